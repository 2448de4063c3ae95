/**
 * Keeps the search index as accounts are: what was posted, amended, renamed or given to somebody else.
 * From: subscription `ar-events/collections`, in any order, twice or with gaps. Next: `search`, read by people and by
 * money that looks for its payer.
 * New items come with their events and are written once, those of an entry together and many accounts at a time; what is
 * there already stays.
 * Whose they are is looked at before and after: what changed meanwhile is mended.
 */
import type { ArEvent } from '../../shared/contracts/messages.ts';
import type { AccountKey } from '../../shared/domain/account.ts';
import type { PostedItem } from '../../shared/domain/facts.ts';
import type { Item } from '../../shared/domain/item.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import { itemTexts, type SearchDocument } from '../../shared/domain/search-tokens.ts';
import type { SearchOwners } from '../../shared/ports/search-index.ts';
import {
  isSame,
  mendOwners,
  mostLooks,
  ownersIn,
  ownersOf,
  tellAccounts,
  type IndexParts,
} from './index-owners.ts';
import { toldByEvents, type Told } from './told-by-events.ts';

export type { IndexParts } from './index-owners.ts';

/** @throws when a store fails: the bus delivers the events again. */
export const indexAccounts = async (
  events: readonly ArEvent[],
  scope: Scope,
  parts: IndexParts,
): Promise<void> => {
  const told = await toldByEvents(events, scope, parts.accounts);
  for (const [companyId, some] of Map.groupBy(told, ({ key }) => key.companyId))
    await indexCompany(companyId, some, scope, parts);
};

const indexCompany = async (
  companyId: string,
  told: readonly Told[],
  scope: Scope,
  parts: IndexParts,
): Promise<void> => {
  const owners = await ownersIn(companyId, told, scope, parts);
  const untold = told.filter(
    ({ key, isRenamed, isGiven }) => isRenamed || isGiven || !owners.has(key.accountId),
  );
  for (const document of await tellAccounts(untold, scope, parts))
    owners.set(document.accountId, ownersOf(document));
  const posted = told.flatMap((one) =>
    [...one.posted.values()].map(({ item, version: entry }) => ({
      ...documentOf(one.key, item, owners.get(one.key.accountId)!),
      entry,
    })),
  );
  const there = await parts.search.create(scope, posted);
  for (const one of told) await retellItems(one, owners.get(one.key.accountId)!, scope, parts);
  // an account without items has none whose owners could have changed meanwhile
  const withItems = told.filter((one) => one.posted.size + one.amended.size > 0);
  const now = withItems.length === 0 ? owners : await ownersIn(companyId, withItems, scope, parts);
  const wereThere = new Set(there.map(({ accountId }) => accountId));
  for (const { key, isGiven } of told) {
    const isOther = now.has(key.accountId) && !isSame(now.get(key.accountId), owners.get(key.accountId));
    if (isGiven || isOther || wereThere.has(key.accountId)) await mendOwners(key, scope, parts);
  }
};

const documentOf = (key: AccountKey, item: Item | PostedItem, owners: SearchOwners): SearchDocument => ({
  ...key,
  itemId: item.id,
  texts: itemTexts(item),
  ...owners,
});

/** Items read at once. */
const itemsPerRead = 100;

/** Amended items as they stand, looked at again after writing. */
const retellItems = async (
  { key, amended }: Told,
  owners: SearchOwners,
  scope: Scope,
  { accounts, search }: IndexParts,
): Promise<void> => {
  const ids = [...amended];
  for (let first = 0; first < ids.length; first += itemsPerRead) {
    const some = ids.slice(first, first + itemsPerRead);
    const read = async (): Promise<SearchDocument[]> => {
      const { account } = await accounts.load(scope, key, some);
      return [...account.items.values()].map((item) => documentOf(key, item, owners));
    };
    let [wanted, isWhole] = [await read(), false];
    for (let look = 1; look <= mostLooks && !isWhole; look += 1) {
      await search.put(scope, wanted);
      const again = await read();
      isWhole = isSame(again, wanted);
      wanted = again;
    }
    if (!isWhole) throw new Error(`account ${key.accountId} changed during each of ${mostLooks} looks`);
  }
};
