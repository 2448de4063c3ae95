/**
 * Disputes (chargebacks): the customer's bank takes the money back, and decides weeks later who keeps it.
 * From: `POST /local/charges/{id}/dispute` and `POST /local/disputes/{id}/close`. Next: events, movements.
 */
import type Stripe from 'stripe';
import { z } from 'zod';
import type { Desk } from './desk.ts';
import { invalid, noSuch } from './errors.ts';
import { newId } from './ids.ts';
import { disputeFee, move } from './ledger.ts';
import { nameOf, secondsOf } from './objects.ts';

export const openDisputeParams = z.strictObject({
  amount: z.int().min(1).optional(),
  reason: z
    .enum(['duplicate', 'fraudulent', 'general', 'product_not_received', 'unrecognized'])
    .default('general'),
});
export const closeDisputeParams = z.strictObject({ outcome: z.enum(['won', 'lost']) });

const answerWithinSeconds = 9 * 86_400;

/** The bank takes the money and the provider its fee. */
export const openDispute = (
  desk: Desk,
  chargeId: string,
  { amount, reason }: z.output<typeof openDisputeParams>,
): Stripe.Dispute => {
  const charge = desk.get('charge', chargeId)?.object;
  if (!charge) throw noSuch('charge', chargeId, 'id');
  if (charge.status !== 'succeeded' || charge.disputed)
    throw invalid(
      `Charge ${chargeId} cannot be disputed: it is ${charge.disputed ? 'disputed' : charge.status}.`,
    );
  if (amount !== undefined && amount > charge.amount)
    throw invalid(`A dispute cannot be over more than the charge (${charge.amount}).`, { param: 'amount' });
  const opened = newDispute(desk, charge, amount ?? charge.amount, reason);
  const taken = moveFor(desk, opened, -opened.amount, disputeFee, 'dispute');
  const object: Stripe.Dispute = { ...opened, balance_transactions: [taken] };
  desk.put('dispute', { object });
  desk.put('charge', { object: { ...charge, disputed: true } });
  desk.emit('charge.dispute.created', object);
  desk.emit('charge.dispute.funds_withdrawn', object);
  return object;
};

/** The bank has decided: won gives the money back (not the fee). */
export const closeDispute = (desk: Desk, id: string, outcome: 'won' | 'lost'): Stripe.Dispute => {
  const before = desk.get('dispute', id)?.object;
  if (!before) throw noSuch('dispute', id, 'dispute');
  if (before.status === 'won' || before.status === 'lost')
    throw invalid(`This dispute is already closed: ${before.status}.`);
  const given = outcome === 'won' ? [moveFor(desk, before, before.amount, 0, 'dispute_reversal')] : [];
  const object: Stripe.Dispute = {
    ...before,
    status: outcome,
    balance_transactions: [...before.balance_transactions, ...given],
  };
  desk.put('dispute', { object });
  if (outcome === 'won') desk.emit('charge.dispute.funds_reinstated', object);
  desk.emit('charge.dispute.closed', object, { status: before.status });
  return object;
};

const moveFor = (desk: Desk, dispute: Stripe.Dispute, amount: number, fee: number, category: string) =>
  move(desk, {
    type: 'adjustment',
    category,
    amount,
    fee,
    currency: dispute.currency,
    source: dispute.id,
    description: `Chargeback ${amount < 0 ? 'withdrawal' : 'reversal'} for ${nameOf(dispute.charge)}`,
  });

const newDispute = (desk: Desk, charge: Stripe.Charge, amount: number, reason: string): Stripe.Dispute => ({
  id: newId('du_1'),
  object: 'dispute',
  amount,
  balance_transactions: [],
  charge: charge.id,
  created: secondsOf(desk.nowMs),
  currency: charge.currency,
  enhanced_eligibility_types: [],
  evidence: noEvidence,
  evidence_details: {
    due_by: secondsOf(desk.nowMs) + answerWithinSeconds,
    enhanced_eligibility: {},
    has_evidence: false,
    past_due: false,
    submission_count: 0,
    submission_method: 'not_submitted',
  },
  intended_submission_method: null,
  is_charge_refundable: false,
  livemode: false,
  metadata: {},
  payment_intent: charge.payment_intent,
  payment_method_details:
    charge.payment_method_details?.type === 'card'
      ? {
          type: 'card',
          card: { brand: 'visa', case_type: 'chargeback', network: 'visa', network_reason_code: '10.4' },
        }
      : { type: charge.payment_method_details?.type ?? 'card' },
  reason,
  status: 'needs_response',
});

const noEvidence: Stripe.Dispute.Evidence = {
  access_activity_log: null,
  billing_address: null,
  cancellation_policy: null,
  cancellation_policy_disclosure: null,
  cancellation_rebuttal: null,
  customer_communication: null,
  customer_email_address: null,
  customer_name: null,
  customer_purchase_ip: null,
  customer_signature: null,
  duplicate_charge_documentation: null,
  duplicate_charge_explanation: null,
  duplicate_charge_id: null,
  enhanced_evidence: {},
  product_description: null,
  receipt: null,
  refund_policy: null,
  refund_policy_disclosure: null,
  refund_refusal_explanation: null,
  service_date: null,
  service_documentation: null,
  shipping_address: null,
  shipping_carrier: null,
  shipping_date: null,
  shipping_documentation: null,
  shipping_tracking_number: null,
  uncategorized_file: null,
  uncategorized_text: null,
};
