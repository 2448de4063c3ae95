/**
 * Which money on account of a receipt is taken off it again: for a division of a clerk's, for a refund.
 * From: `ready-to-divide.ts`, `reverse-receipt.ts` of the ledger. Next: `undo-payment.ts` in each account.
 */
import { subtract, type AmountMinor } from './money.ts';
import type { Portion, Receipt } from './receipt.ts';

/**
 * Posted portions that settle nothing, whole, in their order, until `total` is free; undefined when even all of them
 * are not enough.
 */
export const portionsToFree = (
  { free, portions }: Pick<Receipt, 'free' | 'portions'>,
  total: AmountMinor,
): Portion[] | undefined => {
  const chosen: Portion[] = [];
  let missing = subtract(total, free);
  for (const portion of portions) {
    if (missing <= 0) break;
    if (portion.state !== 'posted' || portion.uses.length > 0) continue;
    chosen.push(portion);
    missing = subtract(missing, portion.amount);
  }
  return missing > 0 ? undefined : chosen;
};
