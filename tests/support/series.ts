/**
 * Invented closed invoices, the daily snapshots they make, and what those must come to: an oracle that shares no
 * code with the product.
 * From: a seed. Next: `tests/walk/`. Amounts are whole cents as bigint, days count from an epoch.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export type Closed = {
  number: string;
  account: string;
  postedOn: string;
  dueOn: string;
  clearedOn: string;
  currency: string;
  cents: bigint;
};

const dayMs = 86_400_000;
export const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10);
const daysFrom = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / dayMs;

/** A small generator of numbers that is the same for the same seed. */
export const numbersFrom = (seed: number): ((below: number) => number) => {
  let state = seed >>> 0 || 1;
  return (below) => {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) >>> 0;
    state = Math.imul(state ^ (state >>> 12), 0x297a2d39) >>> 0;
    state = (state + 0x9e3779b9) >>> 0;
    return state % below;
  };
};

/** Invoices of a few accounts, posted from `firstOn` over `days` days, each cleared some days later. */
export const inventClosed = (seed: number, firstOn: string, days: number, count: number): Closed[] => {
  const below = numbersFrom(seed);
  return Array.from({ length: count }, (_, index) => {
    const postedOn = dayAfter(firstOn, below(days));
    const dueOn = dayAfter(postedOn, below(20) - 2);
    const clearedOn = dayAfter(postedOn, 1 + below(12));
    const currency = below(8) === 0 ? 'CAD' : 'USD';
    const cents = BigInt(1 + below(9_000_000));
    return { number: `N${index + 1}`, account: `A${below(14)}`, postedOn, dueOn, clearedOn, currency, cents };
  });
};

export const openOn = (closed: readonly Closed[], day: string): Closed[] =>
  closed.filter(({ postedOn, clearedOn }) => postedOn <= day && day < clearedOn);

const header = 'number,account,name,posting_date,due_date,currency,open_amount';
const decimal = (cents: bigint): string => `${cents / 100n}.${String(cents % 100n).padStart(2, '0')}`;

/** The file of a day; USD is left blank, as some systems do. */
export const snapshotText = (rows: readonly Closed[]): string =>
  [
    header,
    ...rows.map(({ number, account, postedOn, dueOn, currency, cents }) =>
      [
        number,
        account,
        `Firm ${account}`,
        postedOn,
        dueOn,
        currency === 'USD' ? '' : currency,
        decimal(cents),
      ].join(','),
    ),
    '',
  ].join('\n');

export const sumsText = (rows: readonly Closed[]): string => {
  const sums: Record<string, number> = {};
  for (const { currency, cents } of rows) sums[currency] = (sums[currency] ?? 0) + Number(cents);
  return JSON.stringify({ rows: rows.length, sums });
};

/** Writes a day's file and what it must come to. */
export const writeSnapshot = (directory: string, day: string, rows: readonly Closed[]): void => {
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, `${day}.csv`), snapshotText(rows));
  writeFileSync(join(directory, `${day}.json`), sumsText(rows));
};

const bucketOf = (late: number): string =>
  late <= 0 ? 'notDue' : late <= 30 ? '1-30' : late <= 60 ? '31-60' : late <= 90 ? '61-90' : '91+';

/** `currency bucket` → cents, of what is open at the end of a day. */
export const agingOn = (closed: readonly Closed[], day: string): Map<string, bigint> => {
  const sums = new Map<string, bigint>();
  for (const { currency, dueOn, cents } of openOn(closed, day)) {
    const key = `${currency} ${bucketOf(daysFrom(dueOn, day))}`;
    sums.set(key, (sums.get(key) ?? 0n) + cents);
  }
  return sums;
};
