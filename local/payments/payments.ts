/**
 * What happens when a customer pays a session: an intent, a charge, and the events that belong together.
 * From: the checkout page and `POST /local/sessions/{id}/pay`. Next: webhooks; a delayed payment waits for its alarm.
 * A card is taken or declined at once (declined: the session stays open, to be tried again). A bank
 * debit completes the session unpaid and settles days later by the business clock, one way or the other.
 */
import type Stripe from 'stripe';
import type { Method } from './charge-shapes.ts';
import { newCharge, newIntent } from './charge-shapes.ts';
import { makeCustomer } from './customers.ts';
import type { Desk } from './desk.ts';
import { invalid, noSuch } from './errors.ts';
import { feeOf, move } from './ledger.ts';
import type { Session, Stored } from './objects.ts';
import { nameOf, secondsOf } from './objects.ts';
import { detailsOf } from './session-shape.ts';

export const outcomes = ['paid', 'declined', 'delayed-paid', 'delayed-failed'] as const;
export type Outcome = (typeof outcomes)[number];
export type Attempt = {
  outcome: Outcome;
  email?: string | undefined;
  settleAfterSeconds?: number | undefined;
};
type IntentRow = Stored['payment_intent'];

const settleAfterSeconds = 3 * 86_400;

/** One press of the pay button. @throws Refusal when the session is not there or no longer open. */
export const attemptPayment = (desk: Desk, sessionId: string, attempt: Attempt): Session => {
  const row = desk.get('checkout.session', sessionId);
  if (!row) throw noSuch('checkout.session', sessionId, 'session');
  if (row.object.status !== 'open' || row.object.expires_at * 1000 <= desk.nowMs)
    throw invalid(`This Checkout Session is no longer open: it is ${row.object.status ?? 'gone'}.`);
  const email = attempt.email ?? row.object.customer_details?.email ?? null;
  const session = attempt.outcome === 'declined' ? row.object : withCustomer(desk, row.object, email);
  const intent = intentOf(desk, { ...row, object: session });
  const method: Method = attempt.outcome.startsWith('delayed') ? 'sepa_debit' : 'card';
  const charge = newCharge(intent.object, method, email, secondsOf(desk.nowMs));
  const open: Session = { ...session, payment_intent: intent.object.id };
  if (attempt.outcome === 'declined') {
    desk.put('checkout.session', { ...row, object: open });
    failCharge(desk, intent, charge, 'card_declined', 'Your card was declined.');
    return open;
  }
  if (attempt.outcome === 'paid') {
    succeedCharge(desk, intent, charge);
    return complete(desk, { ...row, object: open }, 'paid');
  }
  const atMs = desk.nowMs + (attempt.settleAfterSeconds ?? settleAfterSeconds) * 1000;
  const settles = { atMs, succeeds: attempt.outcome === 'delayed-paid', webhooks: desk.webhooks };
  startDelayed(desk, { ...intent, settles }, charge);
  return complete(desk, { ...row, object: open }, 'unpaid');
};

/** The end of a bank debit, days after the session was completed. */
export const settleDelayed = (desk: Desk, row: IntentRow): void => {
  const session = desk.get('checkout.session', row.session);
  const charge = desk.get('charge', nameOf(row.object.latest_charge));
  if (!row.settles || !session || !charge) return;
  const { succeeds } = row.settles;
  const intent: IntentRow = { object: row.object, session: row.session };
  if (succeeds) succeedCharge(desk, intent, charge.object);
  else
    failCharge(
      desk,
      intent,
      charge.object,
      'insufficient_funds',
      'The debit was returned: insufficient funds.',
    );
  const object: Session = { ...session.object, payment_status: succeeds ? 'paid' : 'unpaid' };
  desk.put('checkout.session', { ...session, object });
  desk.emit(`checkout.session.async_payment_${succeeds ? 'succeeded' : 'failed'}`, object);
};

/** Who pays is known once they pay; a customer object is made if the merchant wants one always. */
const withCustomer = (desk: Desk, session: Session, email: string | null): Session => ({
  ...session,
  customer_details: detailsOf(email),
  customer:
    session.customer_creation === 'always'
      ? makeCustomer(desk, { email: email ?? undefined }).id
      : session.customer,
});

const intentOf = (desk: Desk, row: Stored['checkout.session']): IntentRow => {
  const known = row.object.payment_intent;
  const there = typeof known === 'string' ? desk.get('payment_intent', known) : undefined;
  if (there) return { ...there, object: { ...there.object, customer: row.object.customer } };
  const intent: IntentRow = { object: newIntent(row, secondsOf(desk.nowMs)), session: row.object.id };
  desk.put('payment_intent', intent);
  desk.emit('payment_intent.created', intent.object);
  return intent;
};

const complete = (desk: Desk, row: Stored['checkout.session'], paid: 'paid' | 'unpaid'): Session => {
  const object: Session = { ...row.object, status: 'complete', payment_status: paid, url: null };
  desk.put('checkout.session', { ...row, object });
  desk.emit('checkout.session.completed', object);
  return object;
};

const succeedCharge = (desk: Desk, intent: IntentRow, charge: Stripe.Charge): void => {
  const isCard = charge.payment_method_details?.type === 'card';
  const movement = move(desk, {
    type: isCard ? 'charge' : 'payment',
    category: 'charge',
    amount: charge.amount,
    fee: feeOf(charge.amount),
    currency: charge.currency,
    source: charge.id,
    description: charge.description,
  });
  const done: Stripe.Charge = {
    ...charge,
    status: 'succeeded',
    paid: true,
    captured: true,
    amount_captured: charge.amount,
    balance_transaction: movement.id,
    outcome: { ...approved, network_status: 'approved_by_network', type: 'authorized' },
  };
  desk.put('charge', { object: done });
  desk.emit('charge.succeeded', done);
  const object: Stripe.PaymentIntent = {
    ...intent.object,
    status: 'succeeded',
    amount_received: charge.amount,
    latest_charge: charge.id,
    payment_method: charge.payment_method,
    last_payment_error: null,
  };
  desk.put('payment_intent', { ...intent, object });
  desk.emit('payment_intent.succeeded', object);
};

const approved = {
  advice_code: null,
  network_advice_code: null,
  network_decline_code: null,
  reason: null,
  risk_level: 'normal',
  risk_score: 12,
  seller_message: 'Payment complete.',
};

const failCharge = (
  desk: Desk,
  intent: IntentRow,
  charge: Stripe.Charge,
  code: string,
  message: string,
): void => {
  const failed: Stripe.Charge = {
    ...charge,
    status: 'failed',
    failure_code: code,
    failure_message: message,
    outcome: {
      ...approved,
      network_status: 'declined_by_network',
      reason: code === 'card_declined' ? 'generic_decline' : code,
      seller_message: 'The bank did not accept this payment.',
      type: 'issuer_declined',
    },
  };
  desk.put('charge', { object: failed });
  desk.emit('charge.failed', failed);
  const object: Stripe.PaymentIntent = {
    ...intent.object,
    status: 'requires_payment_method',
    latest_charge: charge.id,
    payment_method: null,
    last_payment_error: {
      type: 'card_error',
      code,
      decline_code: 'generic_decline',
      message,
      charge: charge.id,
    },
  };
  desk.put('payment_intent', { ...intent, object });
  desk.emit('payment_intent.payment_failed', object);
};

const startDelayed = (desk: Desk, intent: IntentRow, charge: Stripe.Charge): void => {
  desk.put('charge', { object: charge });
  desk.emit('charge.pending', charge);
  const object: Stripe.PaymentIntent = {
    ...intent.object,
    status: 'processing',
    latest_charge: charge.id,
    payment_method: charge.payment_method,
  };
  desk.put('payment_intent', { ...intent, object });
  desk.emit('payment_intent.processing', object);
};
