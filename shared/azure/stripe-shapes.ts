/**
 * What Stripe answers, in our words: events by their ids, payments with what went back of them.
 * From: objects of the `stripe` package. Next: `stripe-checkouts.ts`.
 */
import type Stripe from 'stripe';
import { instantFromMs, textOfInstant } from '../domain/calendar.ts';
import { amountOf } from '../domain/money.ts';
import type { CheckoutMark, MoneyBack, PaymentState, ProviderEvent } from '../ports/checkout-provider.ts';

/** Of the provider's seconds. */
export const instantOf = (seconds: number): string => textOfInstant(instantFromMs(seconds * 1000));

export const metadataOf = ({ companyId, accountId, checkoutId }: CheckoutMark): Record<string, string> => ({
  dunwell_company: companyId,
  dunwell_account: accountId,
  dunwell_checkout: checkoutId,
});

/** Nothing where the payment is none of ours: the same account may be paid in other ways. */
export const markIn = (metadata: Stripe.Metadata | null): { mark?: CheckoutMark } => {
  const { dunwell_company, dunwell_account, dunwell_checkout } = metadata ?? {};
  if (!dunwell_company || !dunwell_account || !dunwell_checkout) return {};
  return {
    mark: { companyId: dunwell_company, accountId: dunwell_account, checkoutId: dunwell_checkout },
  };
};

const idOf = (value: unknown): string | undefined => {
  if (typeof value === 'string') return value;
  const id = (value as { id?: unknown } | null)?.id;
  return typeof id === 'string' ? id : undefined;
};

/** The ids an event is about; charges, refunds and disputes all name their payment. */
export const eventOf = ({ id, type, created, data }: Stripe.Event): ProviderEvent => {
  const object = data.object as unknown as Record<string, unknown>;
  const is = object['object'];
  const own = typeof object['id'] === 'string' ? object['id'] : undefined;
  const paymentId = is === 'payment_intent' ? own : idOf(object['payment_intent']);
  return {
    ...{ eventId: id, type, at: instantOf(created) },
    ...(is === 'checkout.session' && own !== undefined ? { sessionId: own } : {}),
    ...(paymentId === undefined ? {} : { paymentId }),
  };
};

/** Every other state waits for the customer. */
const states: Readonly<Record<string, PaymentState['state']>> = {
  ...{ succeeded: 'succeeded', processing: 'processing', canceled: 'failed' },
};

export const paymentOf = (
  intent: Stripe.PaymentIntent,
  refunds: readonly Stripe.Refund[],
  disputes: readonly Stripe.Dispute[],
): PaymentState => {
  const charge = typeof intent.latest_charge === 'object' ? intent.latest_charge : null;
  const isSucceeded = intent.status === 'succeeded';
  return {
    ...{ paymentId: intent.id, ...markIn(intent.metadata), state: states[intent.status] ?? 'waiting' },
    currency: intent.currency.toUpperCase(),
    amount: amountOf(intent.amount_received),
    ...(isSucceeded && charge !== null ? { paidAt: instantOf(charge.created) } : {}),
    method: charge?.payment_method_details?.type ?? 'card',
    refunds: refunds.map(refundOf),
    reversals: disputes.filter(isMoneyTaken).map(reversalOf),
  };
};

const refundOf = ({ id, amount, created, status }: Stripe.Refund): MoneyBack => ({
  ...{ id, amount: amountOf(amount), at: instantOf(created) },
  state: status === 'failed' || status === 'canceled' ? 'over' : 'taken',
});

/** Asked about by the bank, without money moved. */
const isMoneyTaken = ({ status }: Stripe.Dispute): boolean => !status.startsWith('warning');

const reversalOf = ({ id, amount, created, status }: Stripe.Dispute): MoneyBack => ({
  ...{ id, amount: amountOf(amount), at: instantOf(created) },
  state: status === 'won' ? 'over' : 'taken',
});

/** What is made of the answer; undefined when the provider has no such object. */
export const whenThere = async <Answer, Value>(
  asking: Promise<Answer>,
  make: (answer: Answer) => Value | Promise<Value>,
): Promise<Value | undefined> => {
  let answer: Answer;
  try {
    answer = await asking;
  } catch (fault) {
    if ((fault as { code?: unknown }).code === 'resource_missing') return undefined;
    throw fault;
  }
  return make(answer);
};
