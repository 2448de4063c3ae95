/**
 * Money that goes back: refunds by the merchant, disputes by the customer's bank.
 * From: the local provider. Next: `npm test`.
 */
import type Stripe from 'stripe';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { nameOf } from '../../../local/payments/objects.ts';
import { isLocal, oneInvoice, refusalOf, startLocal, type Local } from './under-test.ts';

describe.runIf(isLocal)('refunds and disputes', () => {
  let local: Local;
  let stripe: Stripe;
  let charge: string;
  let intent: string;
  const paid = async (outcome = 'paid') => {
    const { id } = await stripe.checkout.sessions.create(oneInvoice());
    const { session } = await local.act<{ session: Stripe.Checkout.Session }>(`sessions/${id}/pay`, {
      outcome,
    });
    intent = nameOf(session.payment_intent);
    charge = nameOf((await stripe.paymentIntents.retrieve(intent)).latest_charge);
  };
  beforeAll(async () => {
    local = await startLocal();
    stripe = local.client();
  });
  afterAll(() => local.close());
  beforeEach(() => paid());

  const typesSince = async (ids: string[]) => {
    const { data } = await stripe.events.list({ limit: 100 });
    return data
      .filter(({ data: { object } }) => ids.includes((object as { id: string }).id))
      .map(({ type }) => type)
      .toReversed();
  };

  it('a refund without an amount gives everything back', async () => {
    const refund = await stripe.refunds.create({ payment_intent: intent });
    expect(refund).toMatchObject({ amount: 11_900, status: 'succeeded', charge, payment_intent: intent });
    expect(await stripe.charges.retrieve(charge)).toMatchObject({ refunded: true, amount_refunded: 11_900 });
  });

  it('parts add up, and only the last one makes the charge refunded', async () => {
    await stripe.refunds.create({ charge, amount: 1_900 });
    expect(await stripe.charges.retrieve(charge)).toMatchObject({ refunded: false, amount_refunded: 1_900 });
    await stripe.refunds.create({ charge, amount: 10_000 });
    expect(await stripe.charges.retrieve(charge)).toMatchObject({ refunded: true, amount_refunded: 11_900 });
  });

  it('more than is left is refused, and nothing moves', async () => {
    await stripe.refunds.create({ charge, amount: 10_000 });
    const refusal = await refusalOf(stripe.refunds.create({ charge, amount: 1_901 }));
    expect(refusal).toMatchObject({ statusCode: 400, param: 'amount' });
    expect((await stripe.charges.retrieve(charge)).amount_refunded).toBe(10_000);
  });

  it('what is refunded whole is not refunded again', async () => {
    await stripe.refunds.create({ charge });
    expect((await refusalOf(stripe.refunds.create({ charge }))).code).toBe('charge_already_refunded');
  });

  it('ten refunds of the whole at once: one goes through', async () => {
    const tries = await Promise.allSettled(
      Array.from({ length: 10 }, () => stripe.refunds.create({ charge })),
    );
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('a refund of nothing, of less than nothing, or of half a cent is refused', async () => {
    for (const amount of [0, -5, 0.5]) {
      const refusal = await refusalOf(stripe.refunds.create({ charge, amount }));
      expect(refusal).toMatchObject({ code: 'parameter_invalid_integer', param: 'amount' });
    }
  });

  it('a refund needs exactly one of charge and intent', async () => {
    expect((await refusalOf(stripe.refunds.create({}))).statusCode).toBe(400);
    expect((await refusalOf(stripe.refunds.create({ charge, payment_intent: intent }))).statusCode).toBe(400);
  });

  it('an intent that was never paid is not refunded', async () => {
    await paid('declined');
    const refusal = await refusalOf(stripe.refunds.create({ payment_intent: intent }));
    expect(refusal.message).toContain('does not have a successful charge');
  });

  it('a refund keeps reason and metadata, and is listed under its charge and its intent', async () => {
    const made = await stripe.refunds.create({ charge, reason: 'duplicate', metadata: { case: '9' } });
    expect(await stripe.refunds.retrieve(made.id)).toMatchObject({
      reason: 'duplicate',
      metadata: { case: '9' },
    });
    expect((await stripe.refunds.list({ charge })).data.map(({ id }) => id)).toEqual([made.id]);
    expect((await stripe.refunds.list({ payment_intent: intent })).data).toHaveLength(1);
    const withRefunds = await stripe.charges.retrieve(charge, { expand: ['refunds'] });
    expect(withRefunds.refunds?.data[0]?.id).toBe(made.id);
  });

  it('a refund tells of itself and of its charge, with what the charge was before', async () => {
    const refund = await stripe.refunds.create({ charge, amount: 900 });
    expect(await typesSince([refund.id])).toEqual(['refund.created']);
    const { data } = await stripe.events.list({ type: 'charge.refunded', limit: 1 });
    expect(data[0]?.data.previous_attributes).toEqual({ amount_refunded: 0, refunded: false });
  });

  it('the same refund asked for twice under one key happens once', async () => {
    const twice = await Promise.all(
      [1, 2].map(() =>
        stripe.refunds.create(
          { charge, amount: 100 },
          { idempotencyKey: `refund:${charge}`, maxNetworkRetries: 2 },
        ),
      ),
    );
    expect(twice[0]?.id).toBe(twice[1]?.id);
    expect((await stripe.charges.retrieve(charge)).amount_refunded).toBe(100);
  });

  it('the refund of a bank debit is pending for days, then there', async () => {
    await paid('delayed-paid');
    await local.act(`payment_intents/${intent}/settle`, { outcome: 'paid' });
    const refund = await stripe.refunds.create({ payment_intent: intent });
    expect(refund.status).toBe('pending');
    await local.clock.moveTo(local.clock.now() + 6 * 86_400_000);
    expect((await stripe.refunds.retrieve(refund.id)).status).toBe('succeeded');
    expect(await typesSince([refund.id])).toEqual([
      'refund.created',
      'refund.updated',
      'charge.refund.updated',
    ]);
  });

  it('a refund can fail afterwards: the money is back and may be refunded anew', async () => {
    const refund = await stripe.refunds.create({ charge });
    await local.act(`refunds/${refund.id}/fail`);
    expect((await stripe.refunds.retrieve(refund.id)).status).toBe('failed');
    expect(await stripe.charges.retrieve(charge)).toMatchObject({ refunded: false, amount_refunded: 0 });
    const types = await typesSince([refund.id]);
    expect(types).toEqual(['refund.created', 'refund.failed', 'refund.updated', 'charge.refund.updated']);
    const moves = await stripe.balanceTransactions.list({ source: refund.id });
    expect(moves.data.reduce((sum, { amount }) => sum + amount, 0)).toBe(0);
    expect((await stripe.refunds.create({ charge })).status).toBe('succeeded');
  });

  it('a pending refund that failed does not arrive later', async () => {
    await paid('delayed-paid');
    await local.act(`payment_intents/${intent}/settle`, { outcome: 'paid' });
    const refund = await stripe.refunds.create({ payment_intent: intent });
    await local.act(`refunds/${refund.id}/fail`);
    await local.clock.moveTo(local.clock.now() + 6 * 86_400_000);
    expect((await stripe.refunds.retrieve(refund.id)).status).toBe('failed');
  });

  it('a dispute takes the money and a fee, and marks the charge', async () => {
    const dispute = await local.act<Stripe.Dispute>(`charges/${charge}/dispute`, { reason: 'fraudulent' });
    const read = await stripe.disputes.retrieve(dispute.id);
    expect(read).toMatchObject({ status: 'needs_response', reason: 'fraudulent', amount: 11_900, charge });
    expect(read.balance_transactions[0]).toMatchObject({ amount: -11_900, fee: 1_500, net: -13_400 });
    expect((await stripe.charges.retrieve(charge)).disputed).toBe(true);
    expect(await typesSince([dispute.id])).toEqual([
      'charge.dispute.created',
      'charge.dispute.funds_withdrawn',
    ]);
  });

  it('a disputed charge is not refunded', async () => {
    await local.act(`charges/${charge}/dispute`);
    expect((await refusalOf(stripe.refunds.create({ charge }))).code).toBe('charge_disputed');
  });

  it('a won dispute gives the money back', async () => {
    const { id } = await local.act<Stripe.Dispute>(`charges/${charge}/dispute`, { amount: 5_000 });
    await local.act(`disputes/${id}/close`, { outcome: 'won' });
    const won = await stripe.disputes.retrieve(id);
    expect(won.status).toBe('won');
    expect(won.balance_transactions.map(({ amount }) => amount)).toEqual([-5_000, 5_000]);
    expect((await typesSince([id])).slice(2)).toEqual([
      'charge.dispute.funds_reinstated',
      'charge.dispute.closed',
    ]);
  });

  it('a lost dispute keeps it, and is over', async () => {
    const { id } = await local.act<Stripe.Dispute>(`charges/${charge}/dispute`);
    await local.act(`disputes/${id}/close`, { outcome: 'lost' });
    expect((await stripe.disputes.retrieve(id)).balance_transactions).toHaveLength(1);
    await expect(local.act(`disputes/${id}/close`, { outcome: 'won' })).rejects.toThrow('already closed');
  });

  it('disputes are listed by charge and by intent', async () => {
    const { id } = await local.act<Stripe.Dispute>(`charges/${charge}/dispute`);
    expect((await stripe.disputes.list({ charge })).data.map((one) => one.id)).toEqual([id]);
    expect((await stripe.disputes.list({ payment_intent: intent })).data.map((one) => one.id)).toEqual([id]);
  });

  it('a charge is disputed once, and not over more than it was', async () => {
    await expect(local.act(`charges/${charge}/dispute`, { amount: 11_901 })).rejects.toThrow(
      'more than the charge',
    );
    await local.act(`charges/${charge}/dispute`);
    await expect(local.act(`charges/${charge}/dispute`)).rejects.toThrow('cannot be disputed');
  });
});
