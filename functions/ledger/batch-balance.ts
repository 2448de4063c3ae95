/**
 * Whether what was typed in comes to the total its author says.
 * From: batches of documents and of payments. Next: a batch that is out of balance is refused whole (R110).
 */
import { sum, zero, type AmountMinor, type Currency } from '../../shared/domain/money.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';

export const balance = (
  rows: readonly { currency: Currency; original: AmountMinor }[],
  totals: Readonly<Record<Currency, AmountMinor>>,
): Outcome<true, 'batch-out-of-balance'> => {
  const byCurrency = Map.groupBy(rows, ({ currency }) => currency);
  const off = [...new Set([...byCurrency.keys(), ...Object.keys(totals)])].flatMap((currency) => {
    const found = sum(...(byCurrency.get(currency) ?? []).map(({ original }) => original));
    const told = totals[currency] ?? zero;
    return found === told ? [] : [`totals.${currency}: the batch comes to ${found}, not ${told}`];
  });
  return off.length === 0 ? done(true) : refuse('batch-out-of-balance', off.join('; '));
};
