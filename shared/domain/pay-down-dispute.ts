/**
 * What is left to contest once a contested item was paid or credited: never more than is open.
 * From: open amounts after money came. Next: `disputePaidDown`, and the end of a case of which nothing is open.
 */
import { isUndecided } from './dispute-steps.ts';
import type { Dispute, DisputedItem, DisputeFact } from './dispute.ts';
import type { Day } from './calendar.ts';
import { smaller, zero, type AmountMinor } from './money.ts';

/** `freeOf`: what is open of an item and not held by an older case. Nothing for a case that is decided. */
export const payDownDispute = (
  dispute: Dispute,
  freeOf: (itemId: string) => AmountMinor,
  on: Day,
): DisputeFact[] => {
  if (!isUndecided(dispute)) return [];
  const left = new Map<string, AmountMinor>();
  const items = dispute.items.flatMap(({ itemId, amount }): DisputedItem[] => {
    const free = left.get(itemId) ?? freeOf(itemId);
    const kept = free <= 0 ? zero : smaller(amount, free);
    left.set(itemId, (free - kept) as AmountMinor);
    return kept > 0 ? [{ itemId, amount: kept }] : [];
  });
  const isSame =
    items.length === dispute.items.length &&
    items.every(({ amount }, at) => amount === dispute.items[at]?.amount);
  if (isSame) return [];
  const paid: DisputeFact = { kind: 'disputePaidDown', items, on };
  return items.length > 0
    ? [paid]
    : [paid, { kind: 'disputeClosed', cause: 'paid', department: 'customer', by: 'system', on }];
};
