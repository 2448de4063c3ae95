/**
 * Aging: what is open, by how long it has been due, per currency, as of a day.
 * From: open items as they stood that day and the facts about them. Next: pages, reports, provision, checks.
 * Every part of an item is in exactly one bucket or column and all of them sum to what is open (M15).
 * There is no total over currencies: each has rows of its own, and adding two is refused.
 */
import { agingSchemes, bucketFinder, type AgingScheme } from './aging-schemes.ts';
import type { Day } from './calendar.ts';
import { partsOf, type ItemPart, type ItemStates } from './item-parts.ts';
import { rowOfKind, treatments, type Treatment } from './item-treatment.ts';
import type { Item } from './item.ts';
import { amountOf, sum, zero, type AmountMinor, type Currency } from './money.ts';
import { done, refuse, type Outcome } from './outcome.ts';

/** Days count from the due day or, where asked for, from the document day; what lies ahead only from the due day. */
export type AgingChoice = {
  asOf: Day;
  /** Disputed parts in a column of their own instead of their bucket. */
  disputedApart?: boolean;
} & ({ scheme: AgingScheme; basis: 'dueDay' } | { scheme: 'standard' | 'fine'; basis: 'documentDay' });

/** Beside the buckets; all of them, with the buckets, are the total. */
export const agingColumns = ['credits', 'retention', 'drafts', 'insolvent', 'disputed'] as const;
export type AgingColumn = (typeof agingColumns)[number];

export type AgingTable = {
  /** By the name of the bucket, in the order of the scheme. */
  buckets: Record<string, AmountMinor>;
  columns: Record<AgingColumn, AmountMinor>;
  total: AmountMinor;
  /** Deductions within the buckets, counted once more. */
  ofWhichDeductions: AmountMinor;
};

export type CurrencyAging = {
  currency: Currency;
  scheme: AgingScheme;
  /** Accounts receivable; its total is AR. */
  receivables: AgingTable;
  /** Owed by companies of the own group, aged alone. */
  intercompany: AgingTable;
  /** Memo: down-payment requests, sold to a factor, written off. */
  outside: AmountMinor;
  /** Everything: receivables, intercompany and outside. */
  open: AmountMinor;
};

export type Aging = ReadonlyMap<Currency, CurrencyAging>;

/** Sums while counting: buckets by place. */
type Tally = { buckets: AmountMinor[]; columns: Record<AgingColumn, AmountMinor>; deductions: AmountMinor };
export type CurrencyTally = { receivables: Tally; intercompany: Tally; outside: AmountMinor };

/**
 * Ages items in one pass. `statesOf` names the facts about an item, or nothing where there are none. Items
 * posted after the day are the caller's to leave out.
 * @throws RangeError when a sum leaves the safe integers.
 */
export const agingOf = (
  items: Iterable<Item>,
  choice: AgingChoice,
  statesOf: (item: Item) => ItemStates | undefined,
): Aging => {
  const bucketOf = bucketFinder(choice.scheme, choice.asOf);
  const tallies = new Map<Currency, CurrencyTally>();
  let currency: Currency | undefined;
  let tally = newTally(choice.scheme);
  for (const item of items) {
    if (item.currency !== currency) {
      currency = item.currency;
      tally = tallies.get(currency) ?? newTally(choice.scheme);
      tallies.set(currency, tally);
    }
    const states = statesOf(item);
    if (states === undefined && isPlain(item)) {
      const place = bucketOf(choice.basis === 'dueDay' ? item.dueOn : item.documentOn);
      addToBucket(tally.receivables, place, item.open, item.kind === 'deduction');
    } else
      for (const part of partsOf(item, states ?? {}, choice.asOf)) {
        const place = bucketOf(choice.basis === 'dueDay' ? part.dueOn : item.documentOn);
        addPart(tally, part, place, choice.disputedApart === true);
      }
  }
  return new Map([...tallies].map(([code, tally]) => [code, agingFrom(code, choice.scheme, tally)]));
};

/** Most items: all of it in one bucket, whatever the day. */
const isPlain = ({ kind, open, retention, isIntercompany }: Item): boolean =>
  open >= 0 &&
  kind !== 'draft' &&
  kind !== 'retention' &&
  retention === undefined &&
  !isIntercompany &&
  treatments[rowOfKind[kind]].column === 'buckets';

const addPart = (tally: CurrencyTally, part: ItemPart, place: number, disputedApart: boolean): void => {
  const { amount, row, kindRow, treatment } = part;
  if (treatment.column === 'none') tally.outside = amountOf(tally.outside + amount);
  else if (treatment.column === 'intercompany')
    addToColumn(tally.intercompany, treatments[kindRow].column, place, part);
  else if (row === 'disputed' && disputedApart)
    tally.receivables.columns.disputed = amountOf(tally.receivables.columns.disputed + amount);
  else addToColumn(tally.receivables, treatment.column, place, part);
};

const addToColumn = (
  tally: Tally,
  column: Treatment['column'],
  place: number,
  { amount, kindRow }: ItemPart,
): void => {
  if (column === 'buckets') addToBucket(tally, place, amount, kindRow === 'deduction');
  else if (column === 'none' || column === 'intercompany')
    throw new Error(`${kindRow} has no column within an aging`);
  else tally.columns[column] = amountOf(tally.columns[column] + amount);
};

export const addToBucket = (tally: Tally, place: number, amount: AmountMinor, isDeduction: boolean): void => {
  tally.buckets[place] = amountOf((tally.buckets[place] ?? zero) + amount);
  if (isDeduction) tally.deductions = amountOf(tally.deductions + amount);
};

const noColumns = { credits: zero, retention: zero, drafts: zero, insolvent: zero, disputed: zero };

export const newTally = (scheme: AgingScheme): CurrencyTally => {
  const empty = (): Tally => ({
    buckets: agingSchemes[scheme].map(() => zero),
    columns: { ...noColumns },
    deductions: zero,
  });
  return { receivables: empty(), intercompany: empty(), outside: zero };
};

export const agingFrom = (currency: Currency, scheme: AgingScheme, tally: CurrencyTally): CurrencyAging => {
  const receivables = tableFrom(scheme, tally.receivables);
  const intercompany = tableFrom(scheme, tally.intercompany);
  const open = sum(receivables.total, intercompany.total, tally.outside);
  return { currency, scheme, receivables, intercompany, outside: tally.outside, open };
};

const tableFrom = (scheme: AgingScheme, { buckets, columns, deductions }: Tally): AgingTable => ({
  buckets: Object.fromEntries(agingSchemes[scheme].map(({ name }, place) => [name, buckets[place] ?? zero])),
  columns,
  total: sum(...buckets, ...Object.values(columns)),
  ofWhichDeductions: deductions,
});

/** Adds the aging of two accounts, companies or shards; different currencies or schemes are never added. */
export const addAgings = (
  a: CurrencyAging,
  b: CurrencyAging,
): Outcome<CurrencyAging, 'currencies-differ' | 'aging-schemes-differ'> => {
  if (a.currency !== b.currency)
    return refuse('currencies-differ', `${a.currency} and ${b.currency} are not added`);
  if (a.scheme !== b.scheme) return refuse('aging-schemes-differ', `aged as ${a.scheme} and as ${b.scheme}`);
  return done({
    ...a,
    receivables: addTables(a.receivables, b.receivables),
    intercompany: addTables(a.intercompany, b.intercompany),
    outside: sum(a.outside, b.outside),
    open: sum(a.open, b.open),
  });
};

const addTables = (a: AgingTable, b: AgingTable): AgingTable => ({
  buckets: addRecords(a.buckets, b.buckets),
  columns: addRecords(a.columns, b.columns),
  total: sum(a.total, b.total),
  ofWhichDeductions: sum(a.ofWhichDeductions, b.ofWhichDeductions),
});

const addRecords = <Name extends string>(
  a: Record<Name, AmountMinor>,
  b: Record<Name, AmountMinor>,
): Record<Name, AmountMinor> =>
  Object.fromEntries((Object.keys(a) as Name[]).map((name) => [name, sum(a[name], b[name])])) as Record<
    Name,
    AmountMinor
  >;
