/**
 * Keeps what search knows of accounts themselves: their name and who may see them, on the account's own document
 * and on those of its items.
 * From: `index-accounts.ts`. Next: `search`. What is written is made of the account as it stands, and looked at
 * again after writing: whoever comes late with an old state sees the new one and mends what they wrote.
 */
import type { AccountKey } from '../../shared/domain/account.ts';
import type { MasterData } from '../../shared/domain/master-data.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import { accountTexts, type SearchDocument } from '../../shared/domain/search-tokens.ts';
import type { AccountStore } from '../../shared/ports/account-store.ts';
import type { SearchIndex, SearchOwners } from '../../shared/ports/search-index.ts';
import type { Told } from './told-by-events.ts';

export type IndexParts = { accounts: AccountStore; search: SearchIndex };

/** Looks at what changes meanwhile, before its events come back another time. */
export const mostLooks = 5;

/** Who may see each account of a company, by account; those search does not know yet are absent. */
export const ownersIn = async (
  companyId: string,
  told: readonly Told[],
  scope: Scope,
  { search }: IndexParts,
): Promise<Map<string, SearchOwners>> => {
  const ids = told.map(({ key }) => key.accountId);
  const found = await search.accounts(scope, companyId, ids);
  return new Map(found.map((document) => [document.accountId, ownersOf(document)]));
};

export const ownersOf = ({
  assignedTo,
  salesOwners,
}: {
  assignedTo?: string | undefined;
  salesOwners?: readonly string[] | undefined;
}): SearchOwners => ({
  ...(assignedTo === undefined ? {} : { assignedTo }),
  ...(salesOwners === undefined || salesOwners.length === 0 ? {} : { salesOwners }),
});

export const isSame = (a: object | undefined, b: object | undefined): boolean =>
  JSON.stringify(a) === JSON.stringify(b);

/** Writes the accounts' own documents. @throws when they change all the while, or the ledger lags behind. */
export const tellAccounts = async (
  told: readonly Told[],
  scope: Scope,
  parts: IndexParts,
): Promise<SearchDocument[]> => {
  const done: SearchDocument[] = [];
  let open: { told: Told; wanted: SearchDocument }[] = [];
  for (const one of told) open.push({ told: one, wanted: await accountOf(one, scope, parts.accounts) });
  for (let look = 1; open.length > 0; look += 1) {
    if (look > mostLooks) throw new Error(`accounts changed during each of ${mostLooks} looks`);
    const documents = open.map(({ wanted }) => wanted);
    await parts.search.put(scope, documents);
    const changed: typeof open = [];
    for (const { told: one, wanted } of open) {
      const again = await accountOf(one, scope, parts.accounts);
      if (isSame(again, wanted)) done.push(wanted);
      else changed.push({ told: one, wanted: again });
    }
    open = changed;
  }
  return done;
};

const accountOf = async (
  { key, version }: Told,
  scope: Scope,
  accounts: AccountStore,
): Promise<SearchDocument> => {
  const { head } = (await accounts.load(scope, key)).account;
  if (head.version < version) throw new Error(`account ${key.accountId} is not at ${version} yet`);
  const paper = head.masterData === undefined ? undefined : await accounts.paper(scope, key, head.masterData);
  const { name } = (paper ?? {}) as Partial<MasterData>;
  return { ...key, texts: accountTexts(key.accountId, name), ...ownersOf(head) };
};

/** Gives every document of an account the owners of the account. @throws when they change all the while. */
export const mendOwners = async (key: AccountKey, scope: Scope, { search }: IndexParts): Promise<void> => {
  for (let look = 1; look <= mostLooks; look += 1) {
    const documents = await search.ofAccount(scope, key);
    const account = documents.find(({ itemId }) => itemId === undefined);
    if (account === undefined) throw new Error(`search does not know account ${key.accountId}`);
    const owners = ownersOf(account);
    const wrong = documents.filter((document) => !isSame(ownersOf(document), owners));
    if (wrong.length === 0) return;
    await search.own(scope, wrong, owners);
  }
  throw new Error(`owners of ${key.accountId} changed during each of ${mostLooks} looks`);
};
