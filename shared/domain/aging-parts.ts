/**
 * Aging of sums instead of items.
 * From: `aging-cells.ts`. Next: reports as of any day.
 */
import { bucketFinder } from './aging-schemes.ts';
import {
  addToBucket,
  agingFrom,
  newTally,
  type Aging,
  type AgingChoice,
  type AgingColumn,
  type CurrencyTally,
} from './aging.ts';
import type { Day } from './calendar.ts';
import { amountOf, type AmountMinor, type Currency } from './money.ts';

/** A sum that is all in one place: what `aging-cells.ts` makes of many items at once. */
export type AgingPart = {
  currency: Currency;
  amount: AmountMinor;
  isIntercompany: boolean;
  isDeduction: boolean;
  column: 'buckets' | 'outside' | AgingColumn;
  /** The day its bucket goes by; needed for the column `buckets` alone. */
  countsFrom?: Day;
};

/** Ages sums instead of items. @throws when one in the buckets names no day. */
export const agingOfParts = (parts: Iterable<AgingPart>, { scheme, asOf }: AgingChoice): Aging => {
  const bucketOf = bucketFinder(scheme, asOf);
  const tallies = new Map<Currency, CurrencyTally>();
  for (const { currency, amount, isIntercompany, isDeduction, column, countsFrom } of parts) {
    const tally = tallies.get(currency) ?? newTally(scheme);
    tallies.set(currency, tally);
    const table = isIntercompany ? tally.intercompany : tally.receivables;
    if (column === 'outside') tally.outside = amountOf(tally.outside + amount);
    else if (column !== 'buckets') table.columns[column] = amountOf(table.columns[column] + amount);
    else if (countsFrom === undefined) throw new Error(`a sum in ${currency} has no day to be aged by`);
    else addToBucket(table, bucketOf(countsFrom), amount, isDeduction);
  }
  return new Map([...tallies].map(([code, tally]) => [code, agingFrom(code, scheme, tally)]));
};
