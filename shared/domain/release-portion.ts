/**
 * A reserved portion goes back to the free money of its receipt.
 * From: an account that refused it. Next: the ladder again, or a person.
 * Only with the account's recorded refusal: it stands under the portion's id and keeps a posting that is
 * still on its way from landing after the money was given to somebody else.
 */
import { done, refuse } from './outcome.ts';
import { freeSide, portionWith, type Receipt, type ReceiptDecision } from './receipt.ts';

/** `refusal` is what the account recorded for this portion: its code, such as an item no longer open. */
export const releasePortion = (
  receipt: Receipt,
  portionId: string,
  refusal: { portionId: string; code: string },
): ReceiptDecision<'portion-unknown' | 'portion-posted' | 'refusal-of-another'> => {
  const portion = portionWith(receipt, portionId);
  if (portion === undefined) return refuse('portion-unknown', `receipt ${receipt.id} has no ${portionId}`);
  if (refusal.portionId !== portionId)
    return refuse('refusal-of-another', `the account refused ${refusal.portionId}, not ${portionId}`);
  if (portion.state === 'released') return done([]);
  if (portion.state !== 'reserved')
    return refuse('portion-posted', `${portionId} is ${portion.state}: reverse it in the account`);
  return done([
    {
      kind: 'portionReleased',
      portionId,
      because: refusal.code,
      amount: portion.amount,
      debit: 'reserved',
      credit: freeSide(receipt),
    },
  ]);
};
