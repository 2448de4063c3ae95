/**
 * Money that goes back: a refund we make, a chargeback the payer's bank or the provider makes.
 * From: an approved refund (`refund.ts`), provider webhooks in any order. Next: the receipt.
 * Only free money goes back: what is in a portion is released or reversed first, so that no item stays paid by
 * money that is gone. All returns together never exceed the captured amount (M10).
 */
import { sum } from './money.ts';
import { done, refuse } from './outcome.ts';
import {
  freeSide,
  returnedOf,
  type MoneyReturn,
  type Receipt,
  type ReceiptDecision,
  type ReceiptFact,
} from './receipt.ts';

export type ReturnRefusal =
  'return-not-positive' | 'return-differs' | 'return-exceeds-receipt' | 'return-still-applied';

/** `returned.id` is the provider's or the refund's; the same one again changes nothing. */
export const returnMoney = (receipt: Receipt, returned: MoneyReturn): ReceiptDecision<ReturnRefusal> => {
  const { id, amount } = returned;
  const before = receipt.returns.find((one) => one.id === id);
  if (before !== undefined)
    return before.amount === amount && before.kind === returned.kind
      ? done([])
      : refuse('return-differs', `${id} was a ${before.kind} of ${before.amount}`);
  if (amount <= 0) return refuse('return-not-positive', `${id} is over ${amount}`);
  const all = sum(returnedOf(receipt), amount);
  if (all > receipt.amount)
    return refuse('return-exceeds-receipt', `${all} would go back of ${receipt.amount}`);
  if (amount > receipt.free)
    return refuse(
      'return-still-applied',
      `${amount} asked back, ${receipt.free} of receipt ${receipt.id} free`,
    );
  return done([{ kind: 'moneyReturned', returned, amount, debit: freeSide(receipt), credit: 'bank' }]);
};

/** What was to go back did not: it is free again. Undone before, or never returned: nothing. */
export const undoReturn = (receipt: Receipt, returnId: string, because: string): ReceiptFact[] => {
  const returned = receipt.returns.find(({ id }) => id === returnId);
  if (returned === undefined) return [];
  const { amount } = returned;
  return [{ kind: 'returnUndone', returnId, because, amount, debit: 'bank', credit: freeSide(receipt) }];
};
