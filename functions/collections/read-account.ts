/**
 * All that the worklist and a call need of an account, as of one version.
 * From: rows, call cards, outcomes of calls. Next: the decisions of the domain.
 */
import type { AccountItem, AccountKey } from '../../shared/domain/account.ts';
import type { MasterData } from '../../shared/domain/master-data.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { AccountStore, LoadedAccount } from '../../shared/ports/account-store.ts';

const pageSize = 500;

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
  const items = new Map<string, AccountItem>();
  let after: string | undefined;
  do {
    const page = await accounts.openItems(scope, key, {
      limit: pageSize,
      ...(after === undefined ? {} : { after }),
    });
    for (const item of page.items) items.set(item.id, item);
    after = page.after;
  } while (after !== undefined);
  return { account: { head, items }, mark: loaded.mark };
};

/** Who the account is, as its last master data says; nothing where none was noted. */
export const readMaster = async (
  accounts: AccountStore,
  scope: Scope,
  { head }: LoadedAccount['account'],
): Promise<MasterData> => {
  const { masterData, companyId, accountId } = head;
  if (masterData === undefined) return {};
  return (await accounts.paper(scope, { companyId, accountId }, masterData)) ?? {};
};

export const openOf = ({ account }: LoadedAccount): AccountItem[] =>
  [...account.items.values()].filter(({ open }) => open !== 0);
