/**
 * Keeps the search index as accounts are: what was posted, amended, renamed or given to somebody else.
 * From: subscription `ar-events/collections`, in any order, twice or with gaps. Next: `search`, read by people and by
 * money that looks for its payer.
 * What is written is always made of the account as it stands, and looked at again after writing: whoever comes
 * late with an old state sees the new one and mends what they wrote.
 */
import type { ArEvent } from '../../shared/contracts/messages.ts';
import type { Account, AccountKey } from '../../shared/domain/account.ts';
import type { Fact } from '../../shared/domain/facts.ts';
import type { MasterData } from '../../shared/domain/master-data.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import { accountTokens, itemTokens, type SearchDocument } from '../../shared/domain/search-tokens.ts';
import type { AccountStore } from '../../shared/ports/account-store.ts';
import { nameOfDocument, type SearchIndex } from '../../shared/ports/search-index.ts';

export type IndexParts = { accounts: AccountStore; search: SearchIndex };

/** Looks at an account that changes meanwhile, before its events come back another time. */
const mostLooks = 5;

/** @throws when a store fails: the bus delivers the events again. */
export const indexAccounts = async (
  events: readonly ArEvent[],
  scope: Scope,
  parts: IndexParts,
): Promise<void> => {
  const accounts = Map.groupBy(events, ({ companyId, accountId }) => JSON.stringify([companyId, accountId]));
  for (const some of accounts.values()) await indexAccount(some, scope, parts);
};

/** What of an account has to be looked at: items by id, itself, and whether older documents may be wrong now. */
type Touched = { itemIds: Set<string>; isAccount: boolean; isAll: boolean; mayReplace: boolean };

const indexAccount = async (events: readonly ArEvent[], scope: Scope, parts: IndexParts): Promise<void> => {
  const { companyId, accountId } = events[0]!;
  const key = { companyId, accountId };
  const touched = await touchedBy(events, key, scope, parts);
  if (!touched.isAccount && touched.itemIds.size === 0) return;
  let { mayReplace } = touched;
  let there: readonly SearchDocument[] = [];
  let [wanted, isWhole] = [await wantedOf(key, touched, scope, parts, there), false];
  for (let look = 1; look <= mostLooks && !isWhole; look += 1) {
    there = mayReplace ? await parts.search.ofAccount(scope, key) : [];
    if (touched.isAll) wanted = await wantedOf(key, touched, scope, parts, there);
    await parts.search.put(scope, changedIn(wanted, there));
    await parts.search.remove(scope, staleIn(there, wanted, touched));
    const again = await wantedOf(key, touched, scope, parts, there);
    isWhole = JSON.stringify(again) === JSON.stringify(wanted);
    [wanted, mayReplace] = [again, true];
  }
  if (!isWhole) throw new Error(`account ${accountId} changed during each of ${mostLooks} looks`);
};

const touchedBy = async (
  events: readonly ArEvent[],
  key: AccountKey,
  scope: Scope,
  { accounts }: IndexParts,
): Promise<Touched> => {
  const touched: Touched = { itemIds: new Set(), isAccount: false, isAll: false, mayReplace: false };
  for (const event of events) {
    if (event.version === 1) touched.isAccount = true;
    for (const fact of await factsOf(event, key, scope, accounts)) touch(touched, fact);
  }
  return touched;
};

const touch = (touched: Touched, fact: Fact): void => {
  switch (fact.kind) {
    case 'itemPosted':
    case 'paymentReceived':
      touched.itemIds.add(fact.item.id);
      return;
    case 'provisionalNoted':
      if (fact.item) touched.itemIds.add(fact.item.id);
      return;
    case 'itemAmended':
      if (fact.amendment.references === undefined) return;
      touched.itemIds.add(fact.itemId);
      touched.mayReplace = true;
      return;
    case 'masterDataNoted':
      touched.isAccount = true;
      touched.mayReplace = true;
      return;
    case 'accountAssigned':
    case 'salesOwnersNamed':
      Object.assign(touched, { isAccount: true, isAll: true, mayReplace: true });
      return;
    default:
      return;
  }
};

/** The event's own, or those of its entry where they were too large to be sent along. */
const factsOf = async (
  { facts, version, kinds }: ArEvent,
  key: AccountKey,
  scope: Scope,
  accounts: AccountStore,
): Promise<readonly Fact[]> => {
  if (facts !== undefined) return facts as unknown as readonly Fact[];
  if (!kinds.some((kind) => telling.has(kind))) return [];
  const [entry] = await accounts.entries(scope, key, { afterVersion: version - 1, limit: 1 });
  if (entry === undefined) throw new Error(`entry ${version} of ${key.accountId} is not there`);
  return entry.facts;
};

const tellingKinds: readonly Fact['kind'][] = [
  ...(['itemPosted', 'paymentReceived', 'provisionalNoted', 'itemAmended'] as const),
  ...(['masterDataNoted', 'accountAssigned', 'salesOwnersNamed'] as const),
];
const telling = new Set<string>(tellingKinds);

/** Items read at once. */
const itemsPerRead = 100;

/** Every document there should be of what was touched, from the account as it stands. */
const wantedOf = async (
  key: AccountKey,
  { itemIds, isAccount, isAll }: Touched,
  scope: Scope,
  { accounts }: IndexParts,
  there: readonly SearchDocument[],
): Promise<SearchDocument[]> => {
  const known = isAll ? there.flatMap(({ itemId }) => (itemId === undefined ? [] : [itemId])) : [];
  const ids = [...new Set([...itemIds, ...known])].toSorted();
  const { account } = await accounts.load(scope, key, ids.slice(0, itemsPerRead));
  const items = [...account.items.values()];
  for (let next = itemsPerRead; next < ids.length; next += itemsPerRead) {
    const more = await accounts.load(scope, key, ids.slice(next, next + itemsPerRead));
    items.push(...more.account.items.values());
  }
  const about = ownersOf(account);
  const documents = items
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .flatMap((item) => itemTokens(item).map((token) => ({ ...key, ...token, itemId: item.id, ...about })));
  if (!isAccount) return documents;
  const name = await nameOf(account, key, scope, accounts);
  return [
    ...accountTokens(key.accountId, name).map((token) => ({ ...key, ...token, ...about })),
    ...documents,
  ];
};

const ownersOf = ({ head }: Account): Pick<SearchDocument, 'assignedTo' | 'salesOwners'> => ({
  ...(head.assignedTo === undefined ? {} : { assignedTo: head.assignedTo }),
  ...(head.salesOwners === undefined ? {} : { salesOwners: head.salesOwners }),
});

const nameOf = async (
  { head }: Account,
  key: AccountKey,
  scope: Scope,
  accounts: AccountStore,
): Promise<string | undefined> => {
  if (head.masterData === undefined) return undefined;
  const paper = await accounts.paper(scope, key, head.masterData);
  return (paper as MasterData | undefined)?.name;
};

/** Those that are not there just so. */
const changedIn = (wanted: readonly SearchDocument[], there: readonly SearchDocument[]): SearchDocument[] => {
  const known = new Map(there.map((one) => [nameOfDocument(one), contentOf(one)]));
  return wanted.filter((one) => known.get(nameOfDocument(one)) !== contentOf(one));
};

const contentOf = ({ text, assignedTo, salesOwners }: SearchDocument): string =>
  JSON.stringify([text, assignedTo, salesOwners]);

/** Those of what was touched that nothing calls for any more. */
const staleIn = (
  there: readonly SearchDocument[],
  wanted: readonly SearchDocument[],
  { itemIds, isAccount }: Touched,
): SearchDocument[] => {
  const names = new Set(wanted.map(nameOfDocument));
  return there.filter(
    (one) =>
      !names.has(nameOfDocument(one)) && (one.itemId === undefined ? isAccount : itemIds.has(one.itemId)),
  );
};
