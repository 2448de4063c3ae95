/**
 * Whether an account gets a statement of the month: from 25 euro in any currency, whatever sign, nobody stopped it.
 * From: the head. Next: notice T13.
 */
import type { AccountHead } from './account.ts';
import { sizeOf } from './account.ts';
import { limitIn } from './euro-limits.ts';
import type { Currency } from './money.ts';

const fromEuroCents = 2_500;

const stopping = ['insolvent', 'placed', 'legal'];

export const reachesStatement = (
  { balances, holds, openCount }: AccountHead,
  { limitFactors }: { limitFactors?: Readonly<Record<Currency, number>> },
): boolean => {
  if (openCount === 0) return false;
  if (holds.some(({ code, itemIds }) => itemIds === undefined && stopping.includes(code))) return false;
  return Object.entries(balances).some(([currency, { open }]) => {
    const limit = limitIn(currency, fromEuroCents, limitFactors);
    return limit.ok && sizeOf(open) >= limit.value;
  });
};
