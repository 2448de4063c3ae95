/**
 * All that the worklist and a call need of an account, as of one version.
 * From: rows, call cards, outcomes of calls. Next: the decisions of the domain.
 */
import type { AccountItem, AccountKey } from '../../shared/domain/account.ts';
import type { MasterData } from '../../shared/domain/master-data.ts';
import { plainItemOf } from '../../shared/domain/plain-item.ts';
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
  return loaded.account.head.openItems === undefined ? withAll(accounts, scope, loaded) : loaded;
};

/** As `readOpen`, as far as claims go by items: those of which the head tells all there is to it are not read. */
export const readClaims = async (
  accounts: AccountStore,
  scope: Scope,
  key: AccountKey,
): Promise<LoadedAccount | undefined> => {
  const loaded = await accounts.load(scope, key, ({ openItems = [] }) =>
    openItems.filter(({ isPlain }) => isPlain !== true).map(({ id }) => id),
  );
  if (loaded.mark === undefined) return undefined;
  const { head, items } = loaded.account;
  if (head.openItems === undefined) return withAll(accounts, scope, loaded);
  const told = head.openItems
    .filter(({ isPlain }) => isPlain)
    .map((one) => [one.id, plainItemOf(one)] as const);
  return { account: { head, items: new Map([...told, ...items]) }, mark: loaded.mark };
};

/** Of an account whose head lists no items any more. */
const withAll = async (
  accounts: AccountStore,
  scope: Scope,
  { account: { head }, mark }: LoadedAccount,
): Promise<LoadedAccount> => {
  const items = await allOpenItems(accounts, scope, head);
  return { account: { head, items: new Map(items.map((item) => [item.id, item])) }, mark };
};

/** Who the account is, as its last master data says. */
export const readMaster = (
  accounts: AccountStore,
  scope: Scope,
  { head }: LoadedAccount['account'],
): Promise<MasterData> => masterDataOf(accounts, scope, head);

export const openOf = ({ account }: LoadedAccount): AccountItem[] =>
  [...account.items.values()].filter(({ open }) => open !== 0);
