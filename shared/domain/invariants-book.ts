/**
 * What must hold of money on its way in, and of a company's book against its ERP.
 * From: receipts, accepted feeds, balances. Next: the nightly check, simulations and crash tests.
 */
import type { Violation } from './invariants.ts';
import type { Sums } from './imports.ts';
import { sum, zero } from './money.ts';
import { unaccountedFor, type Receipt } from './receipt.ts';

/** B5 every unit of a receipt is free, in a portion or returned. */
export const checkReceipt = (receipt: Receipt): Violation[] => {
  const missing = unaccountedFor(receipt);
  return missing === 0
    ? []
    : [{ invariant: 'B5', what: `${receipt.id} does not account for ${missing} of ${receipt.amount}` }];
};

/**
 * B1 the book is what the last accepted feed said, differences it named included, and what was posted since.
 * `fed`: closings of the feed's morning check; a currency not in it came to nothing.
 */
export const checkBook = (fed: Sums, since: Sums, book: Sums): Violation[] =>
  [...new Set([...Object.keys(fed), ...Object.keys(since), ...Object.keys(book)])]
    .toSorted()
    .flatMap((currency) => {
      const expected = sum(fed[currency] ?? zero, since[currency] ?? zero);
      const is = book[currency] ?? zero;
      const what = `the book in ${currency} is ${is}, fed and posted since ${expected}`;
      return is === expected ? [] : [{ invariant: 'B1', what } satisfies Violation];
    });
