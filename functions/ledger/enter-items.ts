/**
 * Takes documents that were typed in: all are looked at before any is posted, a refusal names its field (R9, R110).
 * From: `POST api/items`. Next: one entry of the account each, or, above the limit of whoever typed it, a request
 * that another person decides about. The id of a document derives from its number: sent again it is there once.
 */
import { entryRules, type EnteredAnswer, type EntryAnswer } from '../../shared/contracts/entries.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { dayAt, textOfInstant, type Day } from '../../shared/domain/calendar.ts';
import type { Company } from '../../shared/domain/company.ts';
import { entryFaults, rowOfEntry, type EnteredItem } from '../../shared/domain/entered-item.ts';
import { entryRequestIdOf } from '../../shared/domain/entry-request.ts';
import { limitIn } from '../../shared/domain/euro-limits.ts';
import type { DeltaRow } from '../../shared/domain/feed-rows.ts';
import { idOfRow } from '../../shared/domain/item-of-row.ts';
import type { AmountMinor, Currency } from '../../shared/domain/money.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { readCompany } from '../../shared/edge/read-company.ts';
import type { EntryRequestStore } from '../../shared/ports/entry-request-store.ts';
import { balance } from './batch-balance.ts';
import type { CashCall, CashParts } from './cash-parts.ts';
import { whileAnnounced } from './enter-announced.ts';
import { checkEntry, postEntry } from './post-entry.ts';

export type EntryParts = Pick<CashParts, 'accounts' | 'settings' | 'files' | 'hashText'> & {
  entryRequests: EntryRequestStore;
};
export type EntryCall = CashCall & {
  /** The matrix gives this person a limit of their own. */
  isLimited: boolean;
};

export type Batch = {
  companyId: string;
  items: readonly EnteredItem[];
  totals?: Readonly<Record<Currency, AmountMinor>> | undefined;
};

export const enterItems = async (
  parts: EntryParts,
  call: EntryCall,
  { companyId, items, totals }: Batch,
): Promise<Outcome<EntryAnswer, ProblemCode>> => {
  for (const { accountId } of items) {
    const { account } = await parts.accounts.load(call.scope, { companyId, accountId });
    if (account.head.version === 0) return refuse('unknown-customer', `There is no account ${accountId}.`);
  }
  const company = await readCompany(parts.settings, call.scope, companyId);
  if (!company.ok) return company;
  const may = mayEnter(company.value, items);
  if (!may.ok) return may;
  const rows = rowsOf(items, dayAt(call.now, company.value.zone), textOfInstant(call.now));
  if (!rows.ok) return rows;
  const balanced = totals === undefined ? done(true) : balance(rows.value, totals);
  if (!balanced.ok) return balanced;
  const repeated = repeatedOf(rows.value, parts);
  if (repeated !== undefined) return refuse('number-taken', `${repeated} stands twice in the batch.`);
  return whileAnnounced(parts, call, companyId, rows.value, () =>
    enterRows(parts, call, company.value, rows.value),
  );
};

const enterRows = async (
  parts: EntryParts,
  call: EntryCall,
  company: Company,
  rows: readonly DeltaRow[],
): Promise<Outcome<EntryAnswer, ProblemCode>> => {
  const isWithin: boolean[] = [];
  for (const row of rows) {
    const within = await isWithinLimit(parts, call, company, row);
    if (!within.ok) return within;
    const checked = await checkEntry(parts, call, company, row);
    if (!checked.ok) return checked;
    isWithin.push(within.value);
  }
  const entered: EnteredAnswer[] = [];
  for (const [index, row] of rows.entries()) {
    const keep = isWithin[index] === true ? post : ask;
    const one = await keep(parts, call, company, row);
    if (!one.ok) return one;
    entered.push(one.value);
  }
  return done({ company: company.companyId, items: entered });
};

/** The book of an ERP-led company is a mirror: what is billed is entered there, what lowers it is proposed. */
const mayEnter = (
  { companyId, mode }: Company,
  items: readonly EnteredItem[],
): Outcome<true, 'enter-in-erp' | 'propose-instead'> => {
  if (mode === 'dunwellLed') return done(true);
  return items.every(({ kind }) => kind === 'creditNote')
    ? refuse('propose-instead', `The book of ${companyId} is kept in its ERP.`)
    : refuse('enter-in-erp', `The book of ${companyId} is kept in its ERP.`);
};

/** All faults of all documents at once; the code is that of the first. */
const rowsOf = (
  items: readonly EnteredItem[],
  today: Day,
  changedAt: string,
): Outcome<DeltaRow[], ProblemCode> => {
  const faults = items.flatMap((item, index) =>
    entryFaults(item, today).map((one) => ({ ...one, field: `items.${index}.${one.field}` })),
  );
  const [first] = faults;
  return first === undefined
    ? done(items.map((item) => rowOfEntry(item, today, changedAt)))
    : refuse(first.code, faults.map(({ field, code, detail }) => `${field}: ${code}: ${detail}`).join('; '));
};

const repeatedOf = (rows: readonly DeltaRow[], { hashText }: EntryParts): string | undefined => {
  const ids = rows.map((row) => idOfRow(row, hashText));
  return rows.find((_row, index) => ids.indexOf(ids[index]!) !== index)?.number;
};

type Keep = (
  parts: EntryParts,
  call: EntryCall,
  company: Company,
  row: DeltaRow,
) => Promise<Outcome<EnteredAnswer, ProblemCode>>;

const post: Keep = async (parts, call, company, row) => {
  const posted = await postEntry(parts, call, company, row);
  if (!posted.ok) return posted;
  const { itemId: item, faults } = posted.value;
  return done({ account: row.accountId, item, state: 'posted', faults });
};

const ask: Keep = async (parts, call, { companyId, zone }, row) => {
  const request = await parts.entryRequests.create(call.scope, {
    ...{ id: entryRequestIdOf(companyId, row, call.cause.id, parts.hashText), companyId, row },
    ...{ on: dayAt(call.now, zone), by: call.actor.id, state: 'waiting' },
  });
  const item = request.itemId ?? idOfRow(row, parts.hashText);
  const state = request.state === 'posted' ? ('posted' as const) : ('waits' as const);
  return done({ account: row.accountId, item, state, request: request.id, faults: {} });
};

/** Whether this person may enter, or take back, so much alone. */
export const isWithinLimit = async (
  { settings }: Pick<EntryParts, 'settings'>,
  { scope, isLimited }: Pick<EntryCall, 'scope' | 'isLimited'>,
  { companyId }: Company,
  { currency, original }: Pick<DeltaRow, 'currency' | 'original'>,
): Promise<Outcome<boolean, 'limits-lack-currency'>> => {
  const kept = await settings.read(scope, { scope: `company:${companyId}`, name: 'entry' });
  const { mostCents = Infinity, mostOfLimitedCents } = entryRules.parse(kept?.value ?? {});
  const cents = Math.min(mostCents, isLimited ? mostOfLimitedCents : Infinity);
  if (cents === Infinity) return done(true);
  const most = limitIn(currency, cents);
  return most.ok ? done(Math.abs(original) <= most.value) : most;
};
