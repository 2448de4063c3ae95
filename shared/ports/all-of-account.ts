/**
 * What of an account takes more than one read: all its open items, page by page, and who it is.
 * From: every piece that decides about an account as a whole. Next: their decisions.
 */
import type { AccountHead, AccountItem, AccountKey } from '../domain/account.ts';
import type { MasterData } from '../domain/master-data.ts';
import type { Scope } from '../domain/scope.ts';
import type { AccountStore } from './account-store.ts';

const pageSize = 500;

/** Every open item, also of an account whose head lists none any more. */
export const allOpenItems = async (
  accounts: Pick<AccountStore, 'openItems'>,
  scope: Scope,
  { companyId, accountId }: AccountKey,
): Promise<AccountItem[]> => {
  const items: AccountItem[] = [];
  let after: string | undefined;
  do {
    const page = { limit: pageSize, ...(after === undefined ? {} : { after }) };
    const found = await accounts.openItems(scope, { companyId, accountId }, page);
    items.push(...found.items);
    after = found.after;
  } while (after !== undefined);
  return items;
};

/** As its last master data says; nothing where none was noted. */
export const masterDataOf = async (
  accounts: Pick<AccountStore, 'paper'>,
  scope: Scope,
  { masterData, companyId, accountId }: AccountHead,
): Promise<MasterData> =>
  masterData === undefined ? {} : ((await accounts.paper(scope, { companyId, accountId }, masterData)) ?? {});
