/**
 * Decides about money received: it stands on account first, then settles items of the same currency.
 * From: receipts and their portions. Next: `paymentReceived`, `paymentApplied`, or a refusal. What is not
 * applied stays visible as unapplied (M9); another currency settles nothing (M8).
 */
import type { Account } from './account.ts';
import type { Day } from './calendar.ts';
import { nothing, type Decision } from './decide.ts';
import type { PostedItem } from './facts.ts';
import { negate, type AmountMinor, type Currency } from './money.ts';
import { done, refuse } from './outcome.ts';
import { postingOfNew } from './postings.ts';
import { settle, type Settlement } from './settle.ts';

export type ReceivedPayment = {
  /** `payment:<receipt>[:<portion>]` */
  paymentId: string;
  receiptId: string;
  portion: string;
  source: string;
  amount: AmountMinor;
  currency: Currency;
  /** Value day and posting day. */
  receivedOn: Day;
  on: Day;
  method?: string;
};

/** Puts a payment on account. The same payment again is nothing, with another amount it is refused. */
export const receivePayment = (account: Account, payment: ReceivedPayment): Decision => {
  const { paymentId, receiptId, amount, currency, on } = payment;
  const known = account.items.get(paymentId);
  if (known !== undefined)
    return known.original === negate(amount) && known.currency === currency
      ? nothing
      : refuse('item-differs', `${paymentId} is on the account with ${known.original} ${known.currency}`);
  if (!Number.isSafeInteger(amount) || amount <= 0)
    return refuse('amount-not-possible', `${paymentId}: ${amount} is no amount to receive`);
  const item = paymentItem(payment);
  return done([{ kind: 'paymentReceived', item, receiptId, on, posting: postingOfNew(item, amount) }]);
};

const paymentItem = (payment: ReceivedPayment): PostedItem => ({
  id: payment.paymentId,
  kind: 'paymentOnAccount',
  source: payment.source,
  number: payment.receiptId,
  part: payment.portion,
  documentOn: payment.receivedOn,
  postedOn: payment.on,
  firstDueOn: payment.receivedOn,
  dueOn: payment.receivedOn,
  currency: payment.currency,
  original: negate(payment.amount),
  discountTiers: [],
  parties: {},
  references: {},
  isInsured: false,
  isIntercompany: false,
  stage: 0,
  ...(payment.method === undefined ? {} : { method: payment.method }),
});

/** Lets a payment settle part or all of an item; at most what is left of it and what is open. */
export const applyPayment = (
  account: Account,
  { paymentId, ...settlement }: Omit<Settlement, 'from'> & { paymentId: string },
): Decision =>
  settle(account, { ...settlement, from: paymentId }, 'paymentOnAccount', (change) => ({
    kind: 'paymentApplied',
    paymentId,
    ...change,
  }));
