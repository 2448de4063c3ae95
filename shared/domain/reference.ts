/**
 * Figures beside the accounts: sales by period, orders on credit hold, exchange rates, remittance advices.
 * From: rows of files of these kinds. Next: `reference-store.ts` keeps every version; reports, limits and payments
 * read the newest of each key. A later instant of the source replaces an earlier one, whichever came first.
 */
import type { Day } from './calendar.ts';
import type { AllocationRow } from './feed-rows.ts';
import type { ExchangeRateRow, OrderHoldRow, SalesRow } from './other-rows.ts';

export const referenceKinds = ['sales', 'orderHold', 'exchangeRate', 'remittance'] as const;
export type ReferenceKind = (typeof referenceKinds)[number];

/** `remittance`: what a payer announced to pay for; its money may come or not. */
export type ReferenceRow =
  | { kind: 'sales'; row: SalesRow }
  | { kind: 'orderHold'; row: OrderHoldRow }
  | { kind: 'exchangeRate'; row: ExchangeRateRow }
  | { kind: 'remittance'; row: AllocationRow };

/** One row as one source told it at one instant (ISO). */
export type Reference = ReferenceRow & {
  key: string;
  on: Day;
  source: string;
  importId: string;
  asOf: string;
};

/** What the row is about: two rows of the same key tell the same figure. */
export const referenceKeyOf = (told: ReferenceRow): string => {
  switch (told.kind) {
    case 'sales':
      return keyOf(told.row.fromOn, told.row.toOn, told.row.currency, told.row.accountId);
    case 'orderHold':
      return keyOf(told.row.accountId, told.row.orderNumber);
    case 'exchangeRate':
      return keyOf(told.row.from, told.row.to, told.row.on);
    case 'remittance':
      return keyOf(told.row.fromId, told.row.kind, told.row.number, told.row.fiscalYear, told.row.part);
  }
};

/** The day the row is of, by which it is looked for. */
export const referenceDayOf = (told: ReferenceRow): Day => {
  switch (told.kind) {
    case 'sales':
      return told.row.fromOn;
    case 'orderHold':
      return told.row.heldOn;
    case 'exchangeRate':
      return told.row.on;
    case 'remittance':
      return told.row.postedOn;
  }
};

const keyOf = (...words: readonly (string | undefined)[]): string =>
  JSON.stringify(words.map((word) => word ?? ''));

/** Of each key the one told last, in the order of days, then keys. */
export const newestOfEach = (all: readonly Reference[]): Reference[] => {
  const newest = new Map<string, Reference>();
  for (const one of all) {
    const before = newest.get(one.key);
    if (before === undefined || isLater(one, before)) newest.set(one.key, one);
  }
  return [...newest.values()].toSorted((a, b) => compare(a.on, b.on) || compare(a.key, b.key));
};

/** Two of the same instant are told apart by their import, so that everybody sees the same one. */
const isLater = (one: Reference, other: Reference): boolean =>
  (compare(one.asOf, other.asOf) || compare(one.importId, other.importId)) > 0;

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
