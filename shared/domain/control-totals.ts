/**
 * Control totals: what a file says of itself must be what was read of it, to the row and to the cent.
 * From: the declaration at upload, counts and sums of phase 1. Next: a file that differs is refused whole.
 */
import { refuse, type Refusal } from './outcome.ts';
import { amountOf, zero, type AmountMinor, type Currency } from './money.ts';
import type { ImportDocument, Sums } from './imports.ts';

type Read = Pick<ImportDocument, 'declared' | 'counts' | 'readSums'>;

/**
 * Where rows were refused, their amounts may be unreadable: then the number of rows alone proves that nothing is
 * missing, and the share of refused rows is guarded elsewhere.
 */
export const controlTotalsDiffer = ({
  declared,
  counts,
  readSums = {},
}: Read): Refusal<'control-total-mismatch'> | undefined => {
  if (declared.rows !== undefined && declared.rows !== counts.rows)
    return refuse('control-total-mismatch', `${counts.rows} rows were read, declared are ${declared.rows}.`);
  if (declared.sums === undefined || counts.rejected > 0) return undefined;
  const wrong = [...new Set([...Object.keys(declared.sums), ...Object.keys(readSums)])]
    .toSorted()
    .find((currency) => (declared.sums?.[currency] ?? zero) !== (readSums[currency] ?? zero));
  if (wrong === undefined) return undefined;
  const [wanted, found] = [declared.sums[wrong] ?? zero, readSums[wrong] ?? zero];
  return refuse(
    'control-total-mismatch',
    `${wrong} adds up to ${found}, declared is ${wanted} (minor units).`,
  );
};

/** @throws RangeError when a sum leaves the safe integers. */
export const addTo = (sums: Sums, currency: Currency, amount: AmountMinor): Sums => ({
  ...sums,
  [currency]: amountOf((sums[currency] ?? 0) + amount),
});

/** What is open of many rows, added up without a copy for each. */
export const openSums = (rows: Iterable<{ currency: Currency; open: AmountMinor }>): Sums => {
  const sums: Record<Currency, AmountMinor> = {};
  for (const { currency, open } of rows) sums[currency] = amountOf((sums[currency] ?? 0) + open);
  return sums;
};

export const addSums = (a: Sums, b: Sums): Sums =>
  Object.entries(b).reduce((sums, [currency, amount]) => addTo(sums, currency, amount), a);

export const addCounts = (
  a: Readonly<Record<string, number>>,
  b: Readonly<Record<string, number>>,
): Record<string, number> => {
  const counts = { ...a };
  for (const [name, count] of Object.entries(b)) counts[name] = (counts[name] ?? 0) + count;
  return counts;
};
