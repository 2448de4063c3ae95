/**
 * The list of events, which a merchant reads to find what webhooks did not bring.
 * From: the local provider. Next: `npm test`.
 */
import type Stripe from 'stripe';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isLocal, oneInvoice, refusalOf, startLocal, type Local } from './under-test.ts';

const dayMs = 86_400_000;

describe.runIf(isLocal)('the list of events', () => {
  let local: Local;
  let stripe: Stripe;
  beforeEach(async () => {
    local = await startLocal();
    stripe = local.client();
  });
  afterEach(() => local.close());
  const pay = async () => {
    const { id } = await stripe.checkout.sessions.create(oneInvoice());
    await local.act(`sessions/${id}/pay`);
    return id;
  };
  const later = (ms: number) => local.clock.moveTo(local.clock.now() + ms);

  it('an event is read back by its id, with type, time and version', async () => {
    const seconds = () => Math.floor(local.clock.now() / 1000);
    const before = seconds();
    await pay();
    const { data } = await stripe.events.list({ limit: 1 });
    const event = await stripe.events.retrieve(data[0]!.id);
    expect(event).toMatchObject({ object: 'event', api_version: '2026-10-28.endive', livemode: false });
    expect(event.created).toBeGreaterThanOrEqual(before);
    expect(event.created).toBeLessThanOrEqual(seconds());
  });

  it('types narrow the list', async () => {
    await pay();
    const types: Stripe.EventListParams['types'] = ['charge.succeeded', 'checkout.session.completed'];
    const { data } = await stripe.events.list({ types });
    expect(data.map(({ type }) => type)).toEqual(['checkout.session.completed', 'charge.succeeded']);
  });

  it('a star names a group of types', async () => {
    await pay();
    const { data } = await stripe.events.list({ type: 'payment_intent.*' });
    expect(data.map(({ type }) => type)).toEqual(['payment_intent.succeeded', 'payment_intent.created']);
  });

  it('type and types together are refused', async () => {
    const both = { type: 'charge.succeeded', types: ['charge.failed'] };
    expect(await refusalOf(stripe.events.list(both))).toMatchObject({ statusCode: 400, param: 'types' });
  });

  it('everything since a moment can be asked for', async () => {
    await pay();
    await later(dayMs);
    const since = Math.floor(local.clock.now() / 1000);
    const id = await pay();
    const { data } = await stripe.events.list({
      type: 'checkout.session.completed',
      created: { gte: since },
    });
    expect(data.map((event) => (event.data.object as { id: string }).id)).toEqual([id]);
    const before = await stripe.events.list({ type: 'checkout.session.completed', created: { lt: since } });
    expect(before.data).toHaveLength(1);
  });

  it('a list walked from page to page meets every payment once', async () => {
    const ids: string[] = [];
    for (let i = 0; i < 7; i++) ids.push(await pay());
    const met: string[] = [];
    for await (const event of stripe.events.list({ type: 'checkout.session.completed', limit: 3 }))
      met.push((event.data.object as { id: string }).id);
    expect(met).toEqual(ids.toReversed());
  });

  it('after 29 days an event is still there, after 30 it is gone', async () => {
    await pay();
    const { data } = await stripe.events.list({ limit: 1 });
    await later(29 * dayMs);
    expect((await stripe.events.retrieve(data[0]!.id)).id).toBe(data[0]!.id);
    await later(dayMs + 1_000);
    expect((await stripe.events.list()).data).toEqual([]);
    expect(await refusalOf(stripe.events.retrieve(data[0]!.id))).toMatchObject({ statusCode: 404 });
  });

  it('the payment itself outlives its events', async () => {
    const id = await pay();
    await later(31 * dayMs);
    expect((await stripe.checkout.sessions.retrieve(id)).payment_status).toBe('paid');
  });

  it('an event names the request and the key that caused it', async () => {
    const { id } = await stripe.checkout.sessions.create(oneInvoice());
    const expired = await stripe.checkout.sessions.expire(id, {}, { idempotencyKey: 'expire-1' });
    const { data } = await stripe.events.list({ type: 'checkout.session.expired' });
    expect(data[0]?.request).toEqual({ id: expired.lastResponse.requestId, idempotency_key: 'expire-1' });
  });

  it('what a customer does has no request behind it', async () => {
    await pay();
    const { data } = await stripe.events.list({ type: 'charge.succeeded' });
    expect(data[0]?.request).toEqual({ id: null, idempotency_key: null });
  });
});
