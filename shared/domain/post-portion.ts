/**
 * What the account answered about a portion: posted, or taken back again later.
 * From: the append in the account's partition, under the portion's id. Next: the receipt of the portion.
 * The account posts first and the receipt hears of it after: a crash between the two leaves the portion
 * reserved, its money counted once, and posting again finds the account's entry.
 */
import { done, refuse } from './outcome.ts';
import { freeSide, portionWith, type Receipt, type ReceiptDecision } from './receipt.ts';

/** `entryId` is the account's entry that carries the portion; the same answer again changes nothing. */
export const postPortion = (
  receipt: Receipt,
  portionId: string,
  entryId: string,
): ReceiptDecision<'portion-unknown' | 'portion-gone'> => {
  const portion = portionWith(receipt, portionId);
  if (portion === undefined) return refuse('portion-unknown', `receipt ${receipt.id} has no ${portionId}`);
  if (portion.state === 'posted') return done([]);
  if (portion.state !== 'reserved') return refuse('portion-gone', `${portionId} is ${portion.state}`);
  const { amount } = portion;
  return done([{ kind: 'portion-posted', portionId, entryId, amount, debit: 'reserved', credit: 'account' }]);
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
  return done([{ kind: 'portion-reversed', portionId, ...reversal, amount, debit: 'account', credit }]);
};
