/**
 * What a payment leaves behind: session, intent, charge, movement, events; and what time brings.
 * From: the local provider, driven through `/local/`. Next: `npm test`. The real one pays in a browser only.
 */
import type Stripe from 'stripe';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nameOf } from '../../../local/payments/objects.ts';
import { isLocal, oneInvoice, refusalOf, startLocal, type Local } from './under-test.ts';

describe.runIf(isLocal)('paying a session', () => {
  let local: Local;
  let stripe: Stripe;
  beforeAll(async () => {
    local = await startLocal();
    stripe = local.client();
  });
  afterAll(() => local.close());

  const made = (more: Partial<Stripe.Checkout.SessionCreateParams> = {}) =>
    stripe.checkout.sessions.create(oneInvoice(more));
  const pay = (id: string, body: object = {}) =>
    local.act<{ session: Stripe.Checkout.Session; redirect_to: string | null }>(`sessions/${id}/pay`, body);
  const intentOf = async (id: string) => {
    const session = await stripe.checkout.sessions.retrieve(id, { expand: ['payment_intent.latest_charge'] });
    return session.payment_intent as Stripe.PaymentIntent & { latest_charge: Stripe.Charge };
  };
  const typesAbout = async (id: string) => {
    const session = await stripe.checkout.sessions.retrieve(id);
    const payment_intent = session.payment_intent ?? 'none';
    const events = await stripe.events.list({ limit: 100 });
    return events.data
      .filter(({ data }) => {
        const object = data.object as { id: string; payment_intent?: string };
        return object.id === id || object.id === payment_intent || object.payment_intent === payment_intent;
      })
      .map(({ type }) => type)
      .toReversed();
  };

  it('a paid session is complete, and the customer goes back with its name', async () => {
    const { id } = await made();
    const { session, redirect_to } = await pay(id);
    expect(session).toMatchObject({ status: 'complete', payment_status: 'paid', url: null });
    expect(redirect_to).toBe(`https://portal.example.com/paid?session=${id}`);
  });

  it('intent and charge carry amount, currency and what the merchant wrote on them', async () => {
    const { id } = await made({
      payment_intent_data: { metadata: { account: 'A-7' }, description: 'Invoice 42' },
    });
    await pay(id);
    const intent = await intentOf(id);
    const expected = {
      amount: 11_900,
      currency: 'eur',
      metadata: { account: 'A-7' },
      description: 'Invoice 42',
    };
    expect(intent).toMatchObject({ ...expected, status: 'succeeded', amount_received: 11_900 });
    expect(intent.latest_charge).toMatchObject({
      ...expected,
      status: 'succeeded',
      paid: true,
      captured: true,
    });
    expect(intent.latest_charge.payment_method_details?.card?.last4).toBe('4242');
  });

  it('the events of a card payment belong together and come in this order', async () => {
    const { id } = await made();
    await pay(id);
    const order = [
      'payment_intent.created',
      'charge.succeeded',
      'payment_intent.succeeded',
      'checkout.session.completed',
    ];
    expect(await typesAbout(id)).toEqual(order);
  });

  it('the balance shows amount, fee and what is left', async () => {
    const { id } = await made();
    await pay(id);
    const { latest_charge: charge } = await intentOf(id);
    const { data } = await stripe.balanceTransactions.list({ source: charge.id });
    expect(data).toHaveLength(1);
    expect(data[0]).toMatchObject({
      amount: 11_900,
      fee: 375,
      net: 11_525,
      type: 'charge',
      status: 'pending',
    });
    expect(charge.balance_transaction).toBe(data[0]?.id);
  });

  it('a declined card leaves the session open, to be tried again on the same intent', async () => {
    const { id } = await made();
    expect((await pay(id, { outcome: 'declined' })).session).toMatchObject({
      status: 'open',
      payment_status: 'unpaid',
    });
    const declined = await intentOf(id);
    expect(declined.status).toBe('requires_payment_method');
    expect(declined.last_payment_error).toMatchObject({ type: 'card_error', code: 'card_declined' });
    await pay(id);
    const paid = await intentOf(id);
    expect([paid.id, paid.status, paid.last_payment_error]).toEqual([declined.id, 'succeeded', null]);
    const charges = await stripe.charges.list({ payment_intent: paid.id });
    expect(charges.data.map(({ status }) => status)).toEqual(['succeeded', 'failed']);
  });

  it('a declined card tells of the failed charge and the failed intent', async () => {
    const { id } = await made();
    await pay(id, { outcome: 'declined' });
    expect(await typesAbout(id)).toEqual([
      'payment_intent.created',
      'charge.failed',
      'payment_intent.payment_failed',
    ]);
  });

  it('a session is never paid twice', async () => {
    const { id } = await made();
    await pay(id);
    await expect(pay(id)).rejects.toThrow('no longer open');
    const { id: intent } = await intentOf(id);
    expect((await stripe.charges.list({ payment_intent: intent })).data).toHaveLength(1);
  });

  it('two presses of the button at once pay once', async () => {
    const { id } = await made();
    const presses = await Promise.allSettled([pay(id), pay(id), pay(id)]);
    expect(presses.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('an expired session is not paid', async () => {
    const { id } = await made();
    await stripe.checkout.sessions.expire(id);
    await expect(pay(id)).rejects.toThrow('no longer open');
  });

  it('a merchant who always wants a customer gets one', async () => {
    const { id } = await made({ customer_creation: 'always' });
    const { session } = await pay(id, { email: 'new@example.com' });
    const customer = await stripe.customers.retrieve(nameOf(session.customer));
    expect(customer).toMatchObject({ object: 'customer', email: 'new@example.com' });
  });

  it('a bank debit completes the session unpaid, the intent processing', async () => {
    const { id } = await made();
    const { session } = await pay(id, { outcome: 'delayed-paid' });
    expect(session).toMatchObject({ status: 'complete', payment_status: 'unpaid' });
    expect(await intentOf(id)).toMatchObject({
      status: 'processing',
      latest_charge: { status: 'pending', paid: false },
    });
  });

  it('a bank debit arrives three days later by the business clock', async () => {
    const { id } = await made();
    await pay(id, { outcome: 'delayed-paid' });
    await local.clock.moveTo(local.clock.now() + 3 * 86_400_000 - 60_000);
    expect((await stripe.checkout.sessions.retrieve(id)).payment_status).toBe('unpaid');
    await local.clock.moveTo(local.clock.now() + 120_000);
    expect((await stripe.checkout.sessions.retrieve(id)).payment_status).toBe('paid');
    expect((await typesAbout(id)).slice(-3)).toEqual([
      'charge.succeeded',
      'payment_intent.succeeded',
      'checkout.session.async_payment_succeeded',
    ]);
  });

  it('a bank debit can be returned: the session stays complete and unpaid', async () => {
    const { id } = await made();
    await pay(id, { outcome: 'delayed-failed', settle_after_seconds: 3_600 });
    await local.clock.moveTo(local.clock.now() + 3_601_000);
    const session = await stripe.checkout.sessions.retrieve(id);
    expect([session.status, session.payment_status]).toEqual(['complete', 'unpaid']);
    expect((await typesAbout(id)).at(-1)).toBe('checkout.session.async_payment_failed');
  });

  it('a bank debit on its way can be settled by hand, once', async () => {
    const { id } = await made();
    await pay(id, { outcome: 'delayed-paid' });
    const { id: intent } = await intentOf(id);
    const settled = await local.act(`payment_intents/${intent}/settle`, { outcome: 'failed' });
    expect(settled['status']).toBe('requires_payment_method');
    await expect(local.act(`payment_intents/${intent}/settle`, { outcome: 'paid' })).rejects.toThrow(
      'nothing is on its way',
    );
  });

  it('a session nobody pays expires by the business clock, and says so', async () => {
    const expires_at = Math.ceil(local.clock.now() / 1000) + 1_860;
    const { id } = await made({ expires_at });
    await local.clock.moveTo(expires_at * 1000 - 1_000);
    expect((await stripe.checkout.sessions.retrieve(id)).status).toBe('open');
    await local.clock.moveTo(expires_at * 1000 + 1);
    expect((await stripe.checkout.sessions.retrieve(id)).status).toBe('expired');
    expect(await typesAbout(id)).toEqual(['checkout.session.expired']);
  });

  it('expiring a session cancels the intent of a declined try', async () => {
    const { id } = await made();
    await pay(id, { outcome: 'declined' });
    await stripe.checkout.sessions.expire(id);
    expect(await intentOf(id)).toMatchObject({ status: 'canceled', cancellation_reason: 'expired' });
  });

  it('the intent of a session is not canceled on its own', async () => {
    const { id } = await made();
    await pay(id, { outcome: 'declined' });
    const { id: intent } = await intentOf(id);
    expect(await refusalOf(stripe.paymentIntents.cancel(intent))).toMatchObject({
      statusCode: 400,
      param: 'intent',
    });
  });

  it('a paid intent is not canceled', async () => {
    const { id } = await made();
    await pay(id);
    const { id: intent } = await intentOf(id);
    const refusal = await refusalOf(stripe.paymentIntents.cancel(intent));
    expect(refusal.code).toBe('payment_intent_unexpected_state');
  });

  it('an event keeps the object as it was then', async () => {
    const { id } = await made();
    await pay(id, { outcome: 'delayed-paid' });
    await local.clock.moveTo(local.clock.now() + 4 * 86_400_000);
    const { data } = await stripe.events.list({ type: 'checkout.session.completed', limit: 100 });
    const completed = data.find((event) => (event.data.object as { id: string }).id === id);
    expect(completed?.data.object).toMatchObject({ payment_status: 'unpaid' });
  });

  it('money becomes available two days later', async () => {
    const { id } = await made();
    await pay(id);
    const { latest_charge: charge } = await intentOf(id);
    await local.clock.moveTo(local.clock.now() + 2 * 86_400_000 + 1_000);
    const movement = await stripe.balanceTransactions.retrieve(nameOf(charge.balance_transaction));
    expect(movement.status).toBe('available');
  });
});
