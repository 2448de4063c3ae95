/**
 * Decides about money received: it stands on account first, then settles items of the same currency.
 * From: receipts and their portions. Next: `paymentReceived`, `paymentApplied`, or a refusal. What is not
 * applied stays visible as unapplied (M9); another currency settles nothing (M8).
 */
import type { Account } from './account.ts';
import type { Day } from './calendar.ts';
import { nothing, type Decision } from './decide.ts';
import type { Exchange } from './exchange.ts';
import type { Fact, PostedItem } from './facts.ts';
import { negate, zero, type AmountMinor, type Currency } from './money.ts';
import { done, refuse } from './outcome.ts';
import { postingOfExchange, postingOfNew } from './postings.ts';
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
  /** Where the money came in another currency: the rate of the day and what it gained. */
  exchange?: Exchange & { received: { amount: AmountMinor; currency: Currency } };
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
  return done([
    { kind: 'paymentReceived', item, receiptId, on, posting: postingOfNew(item, amount) },
    ...differenceOf(payment),
  ]);
};

/** The gain or loss beside a payment that came in another currency, with the rate it was settled by. */
const differenceOf = ({ paymentId, currency, exchange, on }: ReceivedPayment): Fact[] =>
  exchange === undefined
    ? []
    : [
        {
          kind: 'exchangeDifferenceNoted',
          paymentId,
          ...{ rateId: exchange.rate.id, rateOn: exchange.rate.on, received: exchange.received },
          ...{ on, posting: postingOfExchange(exchange.gain, currency) },
        },
      ];

/** Money an account holds for no item and no book yet: an ERP-led company's, until its feed shows it. */
export const noteProvisionalPayment = (account: Account, payment: ReceivedPayment): Decision => {
  const { paymentId, amount, currency, on } = payment;
  const noted = account.items.get(paymentId)?.provisional.find(({ id }) => id === paymentId);
  if (noted !== undefined)
    return noted.amount === amount
      ? nothing
      : refuse('change-differs', `${paymentId} was noted with ${noted.amount}`);
  if (!Number.isSafeInteger(amount) || amount <= 0)
    return refuse('amount-not-possible', `${paymentId}: ${amount} is no amount to receive`);
  const item = { ...paymentItem(payment), original: zero };
  return done([
    { kind: 'provisionalNoted', itemId: paymentId, receiptId: paymentId, amount, currency, on, item },
  ]);
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
