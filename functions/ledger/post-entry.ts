/**
 * Posts one document that was typed in, and finds out beforehand whether its number is free.
 * From: `enter-items.ts`, `decide-entry.ts`. Next: an entry of the account, by whoever typed or approved it. Twice is
 * once: the second time the first posting is found by the request that caused it.
 */
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { Account, AccountItem } from '../../shared/domain/account.ts';
import { dayAt } from '../../shared/domain/calendar.ts';
import type { Company } from '../../shared/domain/company.ts';
import { manualSource } from '../../shared/domain/entered-item.ts';
import type { DeltaRow } from '../../shared/domain/feed-rows.ts';
import { heldFaults, heldFaultsOf, isHeldFault } from '../../shared/domain/held-faults.ts';
import { idOfRow } from '../../shared/domain/item-of-row.ts';
import type { MasterData } from '../../shared/domain/master-data.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { salesOwnersNews } from '../../shared/domain/sales-owners.ts';
import { isUndone } from '../../shared/domain/undo-entry.ts';
import { updateAccount } from '../../shared/domain/update-item.ts';
import { changeAccount, type CashCall } from './cash-parts.ts';
import type { EntryParts } from './enter-items.ts';

export type PostedEntry = { itemId: string; faults: Record<string, string> };

/** How often one number may be typed in again after it was taken back. */
const mostParts = 10;
/** Entries looked through for an earlier try of the same request. */
const mostEntries = 200;

/** The row as it stands, and under the parts it may take once those before were taken back. */
const rowsToTry = (row: DeltaRow): DeltaRow[] =>
  Array.from({ length: mostParts }, (_, n) => (n === 0 ? row : { ...row, part: `${row.part}-${n + 1}` }));

/** The first part that is free; none where one stands that was not taken back. */
const freeIn = (
  { items }: Account,
  row: DeltaRow,
  { hashText }: EntryParts,
): { row: DeltaRow; itemId: string } | undefined => {
  for (const tried of rowsToTry(row)) {
    const itemId = idOfRow(tried, hashText);
    const item = items.get(itemId);
    if (item === undefined) return { row: tried, itemId };
    if (!isUndone(item)) return undefined;
  }
  return undefined;
};

const idsOf = (row: DeltaRow, { hashText }: EntryParts): string[] =>
  rowsToTry(row).map((one) => idOfRow(one, hashText));

/** `number-taken` when the document is on this account, or on another one of the company. */
export const checkEntry = async (
  parts: EntryParts,
  call: CashCall,
  { companyId }: Company,
  row: DeltaRow,
): Promise<Outcome<true, ProblemCode>> => {
  const { accountId, number } = row;
  const { account } = await parts.accounts.load(call.scope, { companyId, accountId }, idsOf(row, parts));
  if (freeIn(account, row, parts) === undefined)
    return (await postedBefore(parts, call, companyId, row)) === undefined
      ? refuse('number-taken', `${number} is on the account.`)
      : done(true);
  const other = await standsElsewhere(parts, call, companyId, row);
  return other ? refuse('number-taken', `${number} is on another account of the company.`) : done(true);
};

const standsElsewhere = async (
  parts: EntryParts,
  { scope }: CashCall,
  companyId: string,
  row: DeltaRow,
): Promise<boolean> => {
  const found = await parts.accounts.holders(scope, companyId, idsOf(row, parts));
  return found.some(({ accountId, item }) => accountId !== row.accountId && !isUndone(item));
};

/** What an earlier try of this very request posted. */
const postedBefore = async (
  { accounts, hashText }: EntryParts,
  { scope, cause }: CashCall,
  companyId: string,
  row: DeltaRow,
): Promise<PostedEntry | undefined> => {
  const key = { companyId, accountId: row.accountId };
  const { version } = (await accounts.load(scope, key)).account.head;
  const afterVersion = Math.max(0, version - mostEntries);
  const entries = await accounts.entries(scope, key, { afterVersion, limit: mostEntries });
  const mine = entries.filter((entry) => entry.cause.kind === cause.kind && entry.cause.id === cause.id);
  const ids = idsOf(row, { hashText } as EntryParts);
  const items = mine.flatMap(({ facts }) =>
    facts.flatMap((fact) => (fact.kind === 'itemPosted' && ids.includes(fact.item.id) ? [fact.item] : [])),
  );
  const [item] = items;
  return item === undefined ? undefined : { itemId: item.id, faults: inWords(item) };
};

const inWords = ({ faults = [] }: Pick<AccountItem, 'faults'>): Record<string, string> =>
  Object.fromEntries(faults.map((code) => [code, isHeldFault(code) ? heldFaults[code] : code]));

export const postEntry = async (
  parts: EntryParts,
  call: CashCall,
  company: Company,
  row: DeltaRow,
): Promise<Outcome<PostedEntry, ProblemCode>> => {
  const { companyId, zone } = company;
  const { accountId } = row;
  const key = { companyId, accountId };
  const { masterData } = (await parts.accounts.load(call.scope, key)).account.head;
  const paper = masterData && (await parts.accounts.paper(call.scope, key, masterData));
  const master = (paper ?? {}) as MasterData;
  const on = dayAt(call.now, zone);
  const frame = { importId: `entry:${call.cause.id}`, on, zone, master, hashText: parts.hashText };
  const posted = await changeAccount<PostedEntry, ProblemCode>(
    ...([parts, call, key, idsOf(row, parts)] as const),
    (account) => {
      const free = freeIn(account, row, parts);
      if (free === undefined) return refuse('number-taken', `${row.number} is on the account.`);
      const work = { accountId, do: 'update', source: manualSource, rows: [free.row] } as const;
      const { steps, refused, texts } = updateAccount(account, work, frame, company.mode);
      const [not] = refused;
      if (not !== undefined) throw new Error(`${not.refusal.code}: ${not.refusal.detail}`);
      const owners = salesOwnersNews(account.head, work, on);
      const facts = [...steps.flatMap((step) => step.facts), ...(owners === undefined ? [] : [owners])];
      const faults = inWords({ faults: heldFaultsOf(free.row, master) });
      return done({ facts, texts, value: { itemId: free.itemId, faults } });
    },
  );
  if (posted.ok || posted.code !== 'number-taken') return posted;
  const before = await postedBefore(parts, call, companyId, row);
  return before === undefined ? posted : done(before);
};
