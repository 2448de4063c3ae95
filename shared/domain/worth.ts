/**
 * What an amount is worth in the currency of a company, for lists, targets and orders of accounts; nothing is booked by it.
 * From: rates told by files of the last days. Next: the worklist, targets of collectors.
 */
import type { Day } from './calendar.ts';
import { inEuroCents, limitIn } from './euro-limits.ts';
import { convert, rateFor, type StoredRate } from './exchange.ts';
import type { AmountMinor, Currency } from './money.ts';
import type { Reference } from './reference.ts';

/**
 * By a stored rate of the last days; where there is none, by the factors limits are set with: roughly, for the order
 * of a list alone, so that no account drops out of it for want of a rate.
 */
export const worthIn = (to: Currency, on: Day, told: readonly Reference[]) => {
  const stored: StoredRate[] = told.flatMap((one) =>
    one.kind === 'exchangeRate' ? [{ ...one.row, importId: one.importId }] : [],
  );
  return (amount: AmountMinor, from: Currency): AmountMinor => {
    if (from === to || amount === 0) return amount;
    const rate = rateFor(stored, { from, to, on });
    if (rate !== undefined) return convert(amount, rate);
    const cents = inEuroCents(amount, from);
    const roughly = cents === undefined ? undefined : limitIn(to, cents);
    // of a currency nothing is known of, one unit counts as one: it stands in the list, if not where it should
    return roughly?.ok === true ? roughly.value : amount;
  };
};
