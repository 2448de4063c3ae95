/**
 * The account's balance at the provider: what each payment, refund and dispute moved, and what it cost.
 * From: `payments.ts`, `refunds.ts`, `disputes.ts`. Next: `GET /v1/balance_transactions`.
 */
import type Stripe from 'stripe';
import type { Desk } from './desk.ts';
import { newId } from './ids.ts';
import { secondsOf } from './objects.ts';

type Move = {
  type: 'charge' | 'payment' | 'refund' | 'payment_refund' | 'refund_failure' | 'adjustment';
  category: string;
  amount: number;
  fee: number;
  currency: string;
  source: string;
  description: string | null;
};

const daysUntilAvailable = 2;

/** 2.9 % and 30 of the smallest unit, as the price list says for cards. */
export const feeOf = (amount: number): number => Math.round(amount * 0.029) + 30;

export const disputeFee = 1_500;

/** Puts one movement into the books. */
export const move = (desk: Desk, { category, ...what }: Move): Stripe.BalanceTransaction => {
  const created = secondsOf(desk.nowMs);
  const object: Stripe.BalanceTransaction = {
    id: newId('txn_3'),
    object: 'balance_transaction',
    amount: what.amount,
    available_on: created + daysUntilAvailable * 86_400,
    balance_type: 'payments',
    created,
    currency: what.currency,
    description: what.description,
    exchange_rate: null,
    fee: what.fee,
    fee_details: feeDetails(what),
    net: what.amount - what.fee,
    reporting_category: category,
    source: what.source,
    status: 'pending',
    type: what.type,
  };
  desk.put('balance_transaction', { object });
  return object;
};

const feeDetails = ({
  fee,
  currency,
  type,
}: Omit<Move, 'category'>): Stripe.BalanceTransaction.FeeDetail[] => {
  if (fee === 0) return [];
  const description = type === 'adjustment' ? 'Dispute fee' : 'Stripe processing fees';
  return [{ amount: fee, application: null, currency, description, type: 'stripe_fee' }];
};

/** What the account is shown: funds become available two days later by the business clock. */
export const asOf = (object: Stripe.BalanceTransaction, nowMs: number): Stripe.BalanceTransaction =>
  object.available_on * 1000 <= nowMs ? { ...object, status: 'available' } : object;
