/**
 * Reads a whole account, as it is or as it was: every item that is asked for, as of one version.
 * From: the account store, page by page. Next: exports, statements. Never for a decision.
 */
import type { Account, AccountHead, AccountKey } from '../../shared/domain/account.ts';
import type { Entry } from '../../shared/domain/entry.ts';
import type { AccountItem } from '../../shared/domain/account.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { AccountStore, ItemState } from '../../shared/ports/account-store.ts';

const itemsPerRead = 500;
const entriesPerRead = 200;
/** Reads of an account that changes meanwhile. */
const mostReads = 8;

/** @throws when it changed during each of the reads: ask again later. */
export const readWholeAccount = async (
  accounts: AccountStore,
  scope: Scope,
  head: AccountHead,
  state: ItemState,
): Promise<Account> => {
  let before = head;
  for (let read = 1; read <= mostReads; read += 1) {
    const items = await readItems(accounts, scope, head, state);
    const { account } = await accounts.load(scope, head);
    if (account.head.version === before.version)
      return { head: account.head, items: new Map(items.map((item) => [item.id, item])) };
    before = account.head;
  }
  throw new Error(`account ${head.accountId} changed during each of ${mostReads} reads`);
};

const readItems = async (
  accounts: AccountStore,
  scope: Scope,
  key: AccountKey,
  state: ItemState,
): Promise<AccountItem[]> => {
  const all: AccountItem[] = [];
  let after: string | undefined;
  do {
    const mark = after === undefined ? {} : { after };
    const page = await accounts.items(scope, key, { state, limit: itemsPerRead, ...mark });
    all.push(...page.items);
    after = page.after;
  } while (after !== undefined);
  return all;
};

/** The whole journal, from the first entry. */
export const readJournal = async (
  accounts: AccountStore,
  scope: Scope,
  key: AccountKey,
): Promise<Entry[]> => {
  const all: Entry[] = [];
  for (;;) {
    const page = await accounts.entries(scope, key, { afterVersion: all.length, limit: entriesPerRead });
    all.push(...page);
    if (page.length < entriesPerRead) return all;
  }
};
