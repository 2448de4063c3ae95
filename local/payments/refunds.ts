/**
 * Refunds: money back to the customer, in whole or in part.
 * From: `POST /v1/refunds`. Next: events; a bank debit's refund is pending for five days first.
 * A refund can fail even after it succeeded (the customer's account is closed): `failRefund`.
 */
import type Stripe from 'stripe';
import { z } from 'zod';
import type { Desk } from './desk.ts';
import { invalid, noSuch } from './errors.ts';
import { newId } from './ids.ts';
import { move } from './ledger.ts';
import type { Stored } from './objects.ts';
import { nameOf, secondsOf } from './objects.ts';
import * as p from './params.ts';

export const createRefundParams = z.strictObject({
  charge: p.text().optional(),
  payment_intent: p.text().optional(),
  amount: p.integer(1).optional(),
  reason: p.oneOf(['duplicate', 'fraudulent', 'requested_by_customer']).optional(),
  metadata: p.metadata().optional(),
  ...p.expand,
});
type CreateParams = z.output<typeof createRefundParams>;

const debitRefundSeconds = 5 * 86_400;

export const createRefund = (desk: Desk, params: CreateParams): Stripe.Refund => {
  const charge = chargeToRefund(desk, params);
  const amount = refundable(charge, params.amount);
  const isCard = charge.payment_method_details?.type === 'card';
  const id = newId('re_3');
  const object: Stripe.Refund = {
    id,
    object: 'refund',
    amount,
    balance_transaction: moveBack(desk, charge, id, -amount, isCard ? 'refund' : 'payment_refund').id,
    charge: charge.id,
    created: secondsOf(desk.nowMs),
    currency: charge.currency,
    customer: charge.customer,
    customer_account: null,
    destination_details: isCard
      ? {
          type: 'card',
          card: { type: 'refund', reference_status: 'pending', reference_type: 'acquirer_reference_number' },
        }
      : { type: 'sepa_debit' },
    metadata: params.metadata ?? {},
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    reason: params.reason ?? null,
    receipt_number: null,
    source_transfer_reversal: null,
    status: isCard ? 'succeeded' : 'pending',
    transfer_reversal: null,
  };
  const settles = isCard ? {} : { settlesAtMs: desk.nowMs + debitRefundSeconds * 1000 };
  desk.put('refund', { object, ...settles });
  desk.emit('refund.created', object);
  changeRefunded(desk, charge, amount, 'charge.refunded');
  return object;
};

/** A pending refund has arrived. */
export const settleRefund = (desk: Desk, { object }: Stored['refund']): void => {
  const done: Stripe.Refund = { ...object, status: 'succeeded' };
  desk.put('refund', { object: done });
  desk.emit('refund.updated', done, { status: object.status });
  desk.emit('charge.refund.updated', done, { status: object.status });
};

/** The customer's bank sent the money back; it is the merchant's again and may be refunded anew. */
export const failRefund = (desk: Desk, id: string): Stripe.Refund => {
  const row = desk.get('refund', id);
  const charge = row && desk.get('charge', nameOf(row.object.charge))?.object;
  if (!row || !charge) throw noSuch('refund', id, 'id');
  if (row.object.status === 'failed') throw invalid(`Refund ${id} has already failed.`);
  const back = moveBack(desk, charge, id, row.object.amount, 'refund_failure');
  const object: Stripe.Refund = {
    ...row.object,
    status: 'failed',
    failure_reason: 'lost_or_stolen_card',
    failure_balance_transaction: back.id,
  };
  desk.put('refund', { object });
  changeRefunded(desk, charge, -object.amount);
  desk.emit('refund.failed', object, { status: row.object.status });
  desk.emit('refund.updated', object, { status: row.object.status });
  desk.emit('charge.refund.updated', object, { status: row.object.status });
  return object;
};

const chargeToRefund = (desk: Desk, params: CreateParams): Stripe.Charge => {
  const { charge: chargeId, payment_intent: intentId } = params;
  if (chargeId !== undefined && intentId !== undefined)
    throw invalid('You can only pass one of `charge` and `payment_intent`.', { param: 'charge' });
  if (chargeId === undefined && intentId === undefined)
    throw invalid(
      'One of the following params should be provided for this request: payment_intent or charge.',
    );
  if (intentId !== undefined) return chargeOfIntent(desk, intentId);
  const charge = desk.get('charge', chargeId!)?.object;
  if (!charge) throw noSuch('charge', chargeId!, 'charge');
  if (charge.status !== 'succeeded')
    throw invalid(`Charge ${charge.id} cannot be refunded: its status is ${charge.status}.`, {
      param: 'charge',
    });
  return charge;
};

const chargeOfIntent = (desk: Desk, id: string): Stripe.Charge => {
  const intent = desk.get('payment_intent', id)?.object;
  if (!intent) throw noSuch('payment_intent', id, 'payment_intent');
  const charge = desk.get('charge', nameOf(intent.latest_charge))?.object;
  if (charge?.status === 'succeeded') return charge;
  throw invalid(`This PaymentIntent (${id}) does not have a successful charge to refund.`, {
    param: 'payment_intent',
    code: 'payment_intent_unexpected_state',
  });
};

const refundable = (charge: Stripe.Charge, wanted: number | undefined): number => {
  const left = charge.amount - charge.amount_refunded;
  if (charge.disputed)
    throw invalid(`Charge ${charge.id} has been charged back; cannot issue a refund.`, {
      code: 'charge_disputed',
    });
  if (left === 0)
    throw invalid(`Charge ${charge.id} has already been refunded.`, { code: 'charge_already_refunded' });
  if (wanted !== undefined && wanted > left)
    throw invalid(`Refund amount (${wanted}) is greater than unrefunded amount on charge (${left})`, {
      param: 'amount',
    });
  return wanted ?? left;
};

const changeRefunded = (desk: Desk, charge: Stripe.Charge, by: number, event?: 'charge.refunded'): void => {
  const amount_refunded = charge.amount_refunded + by;
  const object: Stripe.Charge = { ...charge, amount_refunded, refunded: amount_refunded === charge.amount };
  desk.put('charge', { object });
  if (event) desk.emit(event, object, { amount_refunded: charge.amount_refunded, refunded: charge.refunded });
};

const moveBack = (
  desk: Desk,
  charge: Stripe.Charge,
  source: string,
  amount: number,
  type: 'refund' | 'payment_refund' | 'refund_failure',
): Stripe.BalanceTransaction =>
  move(desk, {
    type,
    category: type === 'refund_failure' ? 'refund_failure' : 'refund',
    amount,
    fee: 0,
    currency: charge.currency,
    source,
    description: `REFUND FOR CHARGE${charge.description === null ? '' : ` (${charge.description})`}`,
  });
