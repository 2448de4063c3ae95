/**
 * All that the worklist and a call need of an account, as of one version.
 * From: rows, call cards, outcomes of calls. Next: the decisions of the domain.
 */
import type { AccountItem, AccountKey } from '../../shared/domain/account.ts';
import type { MasterData } from '../../shared/domain/master-data.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { AccountStore, LoadedAccount } from '../../shared/ports/account-store.ts';
import { allOpenItems, masterDataOf } from '../../shared/ports/all-of-account.ts';

/** With all open items; undefined when nobody posted to it, or outside the scope. */
export const readOpen = async (
  accounts: AccountStore,
  scope: Scope,
  key: AccountKey,
): Promise<LoadedAccount | undefined> => {
  const loaded = await accounts.load(scope, key, ({ openItems = [] }) => openItems.map(({ id }) => id));
  if (loaded.mark === undefined) return undefined;
  const { head } = loaded.account;
  if (head.openItems !== undefined) return loaded;
  const items = await allOpenItems(accounts, scope, key);
  return { account: { head, items: new Map(items.map((item) => [item.id, item])) }, mark: loaded.mark };
};

/** Who the account is, as its last master data says. */
export const readMaster = (
  accounts: AccountStore,
  scope: Scope,
  { head }: LoadedAccount['account'],
): Promise<MasterData> => masterDataOf(accounts, scope, head);

export const openOf = ({ account }: LoadedAccount): AccountItem[] =>
  [...account.items.values()].filter(({ open }) => open !== 0);
