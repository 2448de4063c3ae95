/**
 * Webhooks as a merchant meets them: signed, late, twice, in any order, or never, and how to find what was lost.
 * From: the local provider. Next: `npm test`.
 */
import type Stripe from 'stripe';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startReceiver, type Receiver } from './receiver.ts';
import { isLocal, oneInvoice, startLocal, type Local } from './under-test.ts';

const secret = 'whsec_first_secret_of_this_test';
const cardPayment = [
  'charge.succeeded',
  'checkout.session.completed',
  'payment_intent.created',
  'payment_intent.succeeded',
];

describe.runIf(isLocal)('webhooks', () => {
  let local: Local;
  let receiver: Receiver;
  let stripe: Stripe;
  let endpoint: string;
  beforeEach(async () => {
    local = await startLocal();
    receiver = await startReceiver();
    stripe = local.client();
    endpoint = await local.service.addWebhook({ account: 'acme', url: receiver.url, secret });
  });
  afterEach(async () => {
    await local.close();
    await receiver.close();
  });

  const pay = async (body: object = {}) => {
    const { id } = await stripe.checkout.sessions.create(oneInvoice());
    await local.act(`sessions/${id}/pay`, body);
    await local.settled();
    return id;
  };
  const only = (...types: Stripe.WebhookEndpointUpdateParams.EnabledEvent[]) =>
    stripe.webhookEndpoints.update(endpoint, { enabled_events: types });
  const verify = (index: number, withSecret = secret, atMs = local.clock.now(), tolerance = 300) => {
    const { body, signature } = receiver.received[index]!;
    return stripe.webhooks.constructEventAsync(body, signature, withSecret, tolerance, undefined, atMs);
  };

  it('a payment tells of everything that happened', async () => {
    await pay();
    expect(receiver.types().toSorted()).toEqual(cardPayment);
  });

  it('the signature holds for the body as it was sent', async () => {
    await pay();
    expect((await verify(0)).object).toBe('event');
  });

  it('another secret does not open it', async () => {
    await pay();
    await expect(verify(0, 'whsec_of_somebody_else')).rejects.toThrow('No signatures found matching');
  });

  it('one changed byte is noticed', async () => {
    await pay();
    const { body, signature } = receiver.received[0]!;
    const forged = body.replace('11900', '11901');
    await expect(stripe.webhooks.constructEventAsync(forged, signature, secret)).rejects.toThrow(
      'No signatures found',
    );
  });

  it('the raw body matters: the same JSON written afresh is not what was signed', async () => {
    await pay();
    const { body, signature } = receiver.received[0]!;
    const again = JSON.stringify(JSON.parse(body));
    await expect(stripe.webhooks.constructEventAsync(again, signature, secret)).rejects.toThrow(
      'No signatures found',
    );
  });

  it('five minutes later it is too old', async () => {
    await pay();
    await expect(verify(0, secret, local.clock.now() + 302_000)).rejects.toThrow('tolerance');
  });

  it('it is stamped by the business clock, not the real one', async () => {
    await local.clock.moveTo(local.clock.now() + 40 * 86_400_000);
    await pay();
    expect((await verify(0)).object).toBe('event');
    const stamp = Number(/t=(\d+)/.exec(receiver.received[0]!.signature)?.[1]);
    expect(stamp * 1000 - Date.now()).toBeGreaterThan(39 * 86_400_000);
  });

  it('while a secret is rolled both open it; afterwards only the new one', async () => {
    const rolled = await local.act<{ secret: string }>(`webhook_endpoints/${endpoint}/roll-secret`, {
      overlap_seconds: 3_600,
    });
    await pay();
    expect((await verify(0)).object).toBe('event');
    expect((await verify(0, rolled.secret)).object).toBe('event');
    await local.clock.moveTo(local.clock.now() + 3_601_000);
    const before = receiver.received.length;
    await pay();
    await expect(verify(before)).rejects.toThrow('No signatures found');
    expect((await verify(before, rolled.secret)).object).toBe('event');
  });

  it('an endpoint hears only what it asked for', async () => {
    await only('checkout.session.completed');
    await pay();
    expect(receiver.types()).toEqual(['checkout.session.completed']);
  });

  it('an endpoint switched off hears nothing, also of what was due', async () => {
    receiver.answerWith(500, 500, 500, 500);
    await pay();
    await stripe.webhookEndpoints.update(endpoint, { disabled: true });
    await local.clock.moveTo(local.clock.now() + 86_400_000);
    expect(receiver.received).toHaveLength(4);
  });

  it('one company’s endpoint hears nothing of another company', async () => {
    const other = local.client('globex');
    const { id } = await other.checkout.sessions.create(oneInvoice());
    await local.act(`sessions/${id}/pay`);
    await local.settled();
    expect(receiver.received).toEqual([]);
  });

  it.each([500, 302, 404, 0])(
    'an answer of %i is no answer: it is sent again, the same event',
    async (status) => {
      await only('checkout.session.completed');
      receiver.answerWith(status);
      await pay();
      expect(receiver.received).toHaveLength(1);
      await local.clock.moveTo(local.clock.now() + 6 * 60_000);
      expect(receiver.received).toHaveLength(2);
      expect(receiver.received[1]!.event.id).toBe(receiver.received[0]!.event.id);
      expect(receiver.received[1]!.signature).not.toBe(receiver.received[0]!.signature);
      expect((await verify(1)).object).toBe('event');
    },
  );

  it('it is tried with growing pauses for three days, then no more', async () => {
    await only('checkout.session.completed');
    receiver.answerWith(...Array.from({ length: 50 }, () => 500));
    const startMs = local.clock.now();
    await pay();
    await local.clock.moveTo(startMs + 3 * 86_400_000);
    const tries = receiver.received.length;
    expect(tries).toBeGreaterThanOrEqual(8);
    await local.clock.moveTo(startMs + 10 * 86_400_000);
    expect(receiver.received).toHaveLength(tries);
  });

  it('what was never delivered is found in the list of events', async () => {
    await only('checkout.session.completed');
    receiver.answerWith(...Array.from({ length: 50 }, () => 503));
    const id = await pay();
    await local.clock.moveTo(local.clock.now() + 4 * 86_400_000);
    const lost = await stripe.events.list({ delivery_success: false });
    expect(lost.data.map(({ data }) => (data.object as { id: string }).id)).toEqual([id]);
  });

  it('an event says how many deliveries it still waits for', async () => {
    await only('checkout.session.completed');
    receiver.answerWith(500);
    await pay();
    const waiting = async () =>
      (await stripe.events.list({ type: 'checkout.session.completed' })).data[0]?.pending_webhooks;
    expect(await waiting()).toBe(1);
    await local.clock.moveTo(local.clock.now() + 6 * 60_000);
    expect(await waiting()).toBe(0);
  });

  it('a payment the provider never tells of is found by reading the events', async () => {
    const id = await pay({ webhook_copies: 0 });
    expect(receiver.received).toEqual([]);
    const { data } = await stripe.events.list({ types: ['checkout.session.completed'] });
    expect(data.map((event) => (event.data.object as { id: string }).id)).toEqual([id]);
  });

  it('told twice: every message comes two times, and the completion as two events', async () => {
    const id = await pay({ webhook_copies: 2 });
    const completed = receiver.received.filter(({ event }) => event.type === 'checkout.session.completed');
    expect(completed).toHaveLength(4);
    expect(new Set(completed.map(({ event }) => event.id)).size).toBe(2);
    expect(new Set(completed.map(({ event }) => (event.data.object as { id: string }).id))).toEqual(
      new Set([id]),
    );
    expect(receiver.types().filter((type) => type === 'charge.succeeded')).toHaveLength(2);
  });

  it('a webhook can come 72 hours late, still signed freshly', async () => {
    await pay({ webhook_delay_seconds: 72 * 3_600 });
    expect(receiver.received).toEqual([]);
    await local.clock.moveTo(local.clock.now() + 72 * 3_600_000 + 1_000);
    expect(receiver.types().toSorted()).toEqual(cardPayment);
    expect((await verify(0)).created * 1000).toBeLessThan(local.clock.now() - 71 * 3_600_000);
  });

  it('by the fault switch: delivered twice in a row', async () => {
    await only('checkout.session.completed');
    local.faults.set({ rules: [{ kind: 'duplicate', operation: 'webhook checkout.session.completed' }] });
    await pay();
    expect(new Set(receiver.received.map(({ event }) => event.id)).size).toBe(1);
    expect(receiver.received).toHaveLength(2);
  });

  it('by the fault switch: overtaken by a later one', async () => {
    local.faults.set({
      rules: [{ kind: 'reorder', operation: 'webhook payment_intent.created', delayMs: 5_000 }],
    });
    await pay();
    expect(receiver.types()).toHaveLength(4);
    expect(receiver.types()[0]).not.toBe('payment_intent.created');
  });

  it('by the fault switch: our answer is lost, so the same comes again later', async () => {
    await only('checkout.session.completed');
    local.faults.set({ rules: [{ kind: 'lost-answer', operation: 'webhook', times: 1 }] });
    await pay();
    await local.clock.moveTo(local.clock.now() + 6 * 60_000);
    expect(receiver.received.map(({ event }) => event.id)).toHaveLength(2);
    expect(receiver.received[1]!.event.id).toBe(receiver.received[0]!.event.id);
  });

  it('by the fault switch: lost on the way, it comes with the next try', async () => {
    await only('checkout.session.completed');
    local.faults.set({ rules: [{ kind: 'reset-before', operation: 'webhook', times: 1 }] });
    await pay();
    expect(receiver.received).toEqual([]);
    await local.clock.moveTo(local.clock.now() + 6 * 60_000);
    expect(receiver.types()).toEqual(['checkout.session.completed']);
  });
});
