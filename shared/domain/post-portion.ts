/**
 * What the account answered about a portion: posted with what it settled, or taken back again later.
 * From: the append in the account's partition, under the portion's id. Next: the receipt of the portion.
 * The account posts first and the receipt hears of it after: a crash between the two leaves the portion
 * reserved, its money counted once, and posting again finds what the account has.
 */
import { done, refuse } from './outcome.ts';
import { freeSide, portionWith, type PortionUse, type Receipt, type ReceiptDecision } from './receipt.ts';

/** `paymentId` names what carries the portion in its account; the same answer again changes nothing. */
export const postPortion = (
  receipt: Receipt,
  portionId: string,
  { paymentId, uses }: { paymentId: string; uses: readonly PortionUse[] },
): ReceiptDecision<'portion-unknown' | 'portion-gone'> => {
  const portion = portionWith(receipt, portionId);
  if (portion === undefined) return refuse('portion-unknown', `receipt ${receipt.id} has no ${portionId}`);
  if (portion.state === 'posted') return done([]);
  if (portion.state !== 'reserved') return refuse('portion-gone', `${portionId} is ${portion.state}`);
  const move = { amount: portion.amount, debit: 'reserved', credit: 'account' } as const;
  return done([{ kind: 'portionPosted', portionId, paymentId, uses, ...move }]);
};

/** Money on account that the account let settle an item, or took off it again. The same again is nothing. */
export const usePortion = (
  receipt: Receipt,
  portionId: string,
  change: { use: PortionUse } | { undo: string; because: string },
): ReceiptDecision<'portion-unknown' | 'portion-not-posted'> => {
  const portion = portionWith(receipt, portionId);
  if (portion === undefined) return refuse('portion-unknown', `receipt ${receipt.id} has no ${portionId}`);
  if (portion.state !== 'posted') return refuse('portion-not-posted', `${portionId} is ${portion.state}`);
  const has = (id: string): boolean => portion.uses.some(({ changeId }) => changeId === id);
  if ('use' in change)
    return done(has(change.use.changeId) ? [] : [{ kind: 'portionApplied', portionId, use: change.use }]);
  const { undo: changeId, because } = change;
  return done(has(changeId) ? [{ kind: 'portionUnapplied', portionId, changeId, because }] : []);
};

/**
 * A posted portion that the account has taken back with a reversing entry; its money is free again.
 * The account's reversal comes first, for the same reason as above.
 */
export const reversePortion = (
  receipt: Receipt,
  portionId: string,
  reversal: { entryId: string; because: string },
): ReceiptDecision<'portion-unknown' | 'portion-not-posted'> => {
  const portion = portionWith(receipt, portionId);
  if (portion === undefined) return refuse('portion-unknown', `receipt ${receipt.id} has no ${portionId}`);
  if (portion.state === 'reversed') return done([]);
  if (portion.state !== 'posted') return refuse('portion-not-posted', `${portionId} is ${portion.state}`);
  const credit = freeSide(receipt);
  const { amount } = portion;
  return done([{ kind: 'portionReversed', portionId, ...reversal, amount, debit: 'account', credit }]);
};
