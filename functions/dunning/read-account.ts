/**
 * Reads all that one look at an account needs, as of one version: head, open items, what tracks name, who it is.
 * From: look, preview, staff. Next: `inputOf` and the decisions of the domain.
 * Many open items are read page by page; should the account change meanwhile, nothing can be appended to it.
 */
import type { AccountHead, AccountItem, AccountKey } from '../../shared/domain/account.ts';
import { addDays, type Day } from '../../shared/domain/calendar.ts';
import type { PayerHabit } from '../../shared/domain/dunning-position.ts';
import type { MasterData } from '../../shared/domain/master-data.ts';
import { habitDays, isToLearn, learnHabit } from '../../shared/domain/payer-facts.ts';
import { itemsOfTracks } from '../../shared/domain/run-tracks.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import { allOpenItems, masterDataOf } from '../../shared/ports/all-of-account.ts';
import type { LoadedAccount } from '../../shared/ports/account-store.ts';
import type { CompanyFrame } from '../../shared/edge/read-dunning-frame.ts';
import type { DunningParts } from './parts.ts';

const pageSize = 500;
/** Terms are seldom longer: documents of a year are due within it, or this many days later. */
const mostItemsLearned = 1_000;

/**
 * Undefined when nobody posted to it, or outside the scope. @param isWanted told by the head alone; where it is not, the
 * head comes without items and costs one small read.
 */
export const readWhole = async (
  { accounts }: Pick<DunningParts, 'accounts'>,
  scope: Scope,
  key: AccountKey,
  isWanted: (head: AccountHead) => boolean = () => true,
): Promise<LoadedAccount | undefined> => {
  const loaded = await accounts.load(scope, key, (head) => (isWanted(head) ? idsInside(head) : []));
  if (loaded.mark === undefined) return undefined;
  if (loaded.account.head.openItems !== undefined || !isWanted(loaded.account.head)) return loaded;
  const { head, items: named } = loaded.account;
  const open = await allOpenItems(accounts, scope, key);
  const items = new Map([...named, ...open.map((item) => [item.id, item] as const)]);
  return { account: { head, items }, mark: loaded.mark };
};

const idsInside = (head: AccountHead): string[] => {
  const ids = (head.openItems ?? []).map(({ id }) => id);
  ids.push(...itemsOfTracks({ head }));
  return ids;
};

type Page = { items: AccountItem[]; after?: string };

const pagesOf = async (
  read: (after: { after?: string }) => Promise<Page>,
  most = Number.POSITIVE_INFINITY,
): Promise<AccountItem[]> => {
  const items: AccountItem[] = [];
  let after: string | undefined;
  do {
    const page = await read(after === undefined ? {} : { after });
    items.push(...page.items);
    after = page.after;
  } while (after !== undefined && items.length < most);
  return items;
};

/** Who the account is, as its last master data says. */
export const readMasterData = (
  { accounts }: Pick<DunningParts, 'accounts'>,
  scope: Scope,
  { head }: LoadedAccount['account'],
): Promise<MasterData> => masterDataOf(accounts, scope, head);

/** How the payer pays, where it is time to learn it. */
export const readHabit = async (
  { accounts }: Pick<DunningParts, 'accounts'>,
  scope: Scope,
  { head }: LoadedAccount['account'],
  { today, limitFactors }: CompanyFrame,
): Promise<PayerHabit | undefined> => {
  if (!isToLearn(head, today)) return undefined;
  const from = `${addDays(today, -habitDays)} ` as Day;
  const { companyId, accountId } = head;
  const page = { state: 'all', limit: pageSize } as const;
  const items = await pagesOf(
    (after) => accounts.items(scope, { companyId, accountId }, { ...page, after: from, ...after }),
    mostItemsLearned,
  );
  return learnHabit(items, today, limitFactors);
};

export const openOf = ({ account }: LoadedAccount): AccountItem[] =>
  [...account.items.values()].filter(({ open }) => open !== 0);
