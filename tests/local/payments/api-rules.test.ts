/**
 * The rules every route obeys: keys, idempotency, pages, expansion, errors; holds for the real provider too.
 * From: `under-test.ts`. Next: `npm test`, or the real test mode with a key.
 */
import { randomUUID } from 'node:crypto';
import Stripe from 'stripe';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  isLocal,
  oneInvoice,
  refusalOf,
  startLocal,
  startUnderTest,
  type Local,
  type UnderTest,
} from './under-test.ts';

let it_: UnderTest;
beforeAll(async () => {
  it_ = await startUnderTest();
});
afterAll(() => it_.close());

describe('idempotency keys', () => {
  it('the same key and parameters: the same answer, marked as replayed', async () => {
    const idempotencyKey = randomUUID();
    const first = await it_.stripe.checkout.sessions.create(oneInvoice(), { idempotencyKey });
    const again = await it_.stripe.checkout.sessions.create(oneInvoice(), { idempotencyKey });
    expect(again).toEqual(first);
    expect(again.lastResponse.headers['idempotent-replayed']).toBe('true');
    expect(first.lastResponse.headers['idempotent-replayed']).toBeUndefined();
  });

  it('the same key with other parameters is refused as an idempotency error', async () => {
    const idempotencyKey = randomUUID();
    await it_.stripe.customers.create({ name: 'One' }, { idempotencyKey });
    const refusal = await refusalOf(it_.stripe.customers.create({ name: 'Two' }, { idempotencyKey }));
    expect(refusal).toMatchObject({ statusCode: 400, type: 'StripeIdempotencyError' });
  });

  it('the same key at another address is refused', async () => {
    const idempotencyKey = randomUUID();
    await it_.stripe.customers.create({ name: 'One' }, { idempotencyKey });
    const refusal = await refusalOf(it_.stripe.checkout.sessions.create(oneInvoice(), { idempotencyKey }));
    expect(refusal.rawType).toBe('idempotency_error');
  });

  it('a key of 256 characters is refused', async () => {
    const refusal = await refusalOf(it_.stripe.customers.create({}, { idempotencyKey: 'k'.repeat(256) }));
    expect(refusal.statusCode).toBe(400);
  });

  it('wrong parameters do not use up the key', async () => {
    const idempotencyKey = randomUUID();
    const wrong = { nmae: 'Typo' } as Stripe.CustomerCreateParams;
    await refusalOf(it_.stripe.customers.create(wrong, { idempotencyKey }));
    expect((await it_.stripe.customers.create({ name: 'Right' }, { idempotencyKey })).name).toBe('Right');
  });
});

describe('pages', () => {
  it('walking the pages meets everything once, newest first', async () => {
    const email = `${randomUUID()}@example.com`;
    const made: string[] = [];
    for (let i = 0; i < 5; i++) made.push((await it_.stripe.customers.create({ email })).id);
    const walked = await it_.stripe.customers.list({ email, limit: 2 }).autoPagingToArray({ limit: 100 });
    expect(walked.map(({ id }) => id).toSorted()).toEqual(made.toSorted());
  });

  it('a page says whether there is more, and can be walked backwards', async () => {
    const email = `${randomUUID()}@example.com`;
    for (let i = 0; i < 3; i++) await it_.stripe.customers.create({ email });
    const first = await it_.stripe.customers.list({ email, limit: 2 });
    const rest = await it_.stripe.customers.list({ email, limit: 2, starting_after: first.data[1]!.id });
    const back = await it_.stripe.customers.list({ email, limit: 2, ending_before: rest.data[0]!.id });
    expect([first.has_more, rest.has_more, rest.data.length]).toEqual([true, false, 1]);
    expect(back.data).toEqual(first.data);
  });

  it('a page of 101 is refused', async () => {
    const refusal = await refusalOf(it_.stripe.events.list({ limit: 101 }));
    expect(refusal).toMatchObject({ statusCode: 400, param: 'limit' });
  });

  it('a cursor that names nothing is refused', async () => {
    const refusal = await refusalOf(it_.stripe.customers.list({ starting_after: 'cus_nobody' }));
    expect(refusal).toMatchObject({ code: 'resource_missing', param: 'starting_after' });
  });
});

describe('errors', () => {
  it('every answer carries a request id', async () => {
    const customer = await it_.stripe.customers.create({});
    expect(customer.lastResponse.requestId).toMatch(/^req_/);
    expect((await refusalOf(it_.stripe.customers.retrieve('cus_no'))).requestId).toMatch(/^req_/);
  });

  it('an address nobody knows is 404 and named', async () => {
    const refusal = await refusalOf(it_.stripe.rawRequest('POST', '/v1/teapots', {}));
    expect(refusal).toMatchObject({ statusCode: 404, rawType: 'invalid_request_error' });
    expect(refusal.message).toMatch(/^Unrecognized request URL \(POST: \/v1\/teapots\)/);
  });

  it('a field that cannot be expanded is refused', async () => {
    const session = await it_.stripe.checkout.sessions.create(oneInvoice());
    const refusal = await refusalOf(
      it_.stripe.checkout.sessions.retrieve(session.id, { expand: ['colour'] }),
    );
    expect(refusal.message).toContain('cannot be expanded');
  });

  it('metadata over 500 characters is refused', async () => {
    const refusal = await refusalOf(it_.stripe.customers.create({ metadata: { note: 'x'.repeat(501) } }));
    expect(refusal).toMatchObject({ statusCode: 400, param: 'metadata[note]' });
  });
});

describe('webhook endpoints', () => {
  it('are made with a secret that is told once, changed, switched off and deleted', async () => {
    const { webhookEndpoints } = it_.stripe;
    const made = await webhookEndpoints.create({ url: it_.webhookUrl, enabled_events: ['charge.refunded'] });
    expect(made.secret).toMatch(/^whsec_/);
    expect((await webhookEndpoints.retrieve(made.id)).secret).toBeUndefined();
    const off = await webhookEndpoints.update(made.id, { disabled: true, enabled_events: ['*'] });
    expect([off.status, off.enabled_events]).toEqual(['disabled', ['*']]);
    expect((await webhookEndpoints.del(made.id)).deleted).toBe(true);
    expect(await refusalOf(webhookEndpoints.retrieve(made.id))).toMatchObject({ statusCode: 404 });
  });

  it('an event nobody sends cannot be subscribed to', async () => {
    const wrong = { url: it_.webhookUrl, enabled_events: ['teapot.boiled' as 'charge.failed'] };
    const refusal = await refusalOf(it_.stripe.webhookEndpoints.create(wrong));
    expect(refusal).toMatchObject({ statusCode: 400, param: 'enabled_events[0]' });
  });
});

describe.runIf(isLocal)('keys and accounts of the local provider', () => {
  let local: Local;
  beforeAll(async () => {
    local = await startLocal();
  });
  afterAll(() => local.close());
  const withKey = (key: string, config: Partial<Stripe.StripeConfig> = {}) =>
    new Stripe(key, { host: '127.0.0.1', port: local.service.port, protocol: 'http', ...config });

  it('a key that opens nothing is 401', async () => {
    const refusal = await refusalOf(withKey('sk_test_acme_wrong').events.list());
    expect(refusal).toMatchObject({ statusCode: 401, type: 'StripeAuthenticationError' });
    expect(refusal.message).not.toContain('sk_test_acme_wrong');
  });

  it('no key at all is 401 and says how to send one', async () => {
    const answer = await fetch(`${local.service.url}/v1/events`);
    expect(answer.status).toBe(401);
    expect(await answer.text()).toContain('You did not provide an API key');
  });

  it('one company never sees another company’s sessions', async () => {
    const session = await local.client('acme').checkout.sessions.create(oneInvoice());
    const other = local.client('globex');
    expect(await refusalOf(other.checkout.sessions.retrieve(session.id))).toMatchObject({ statusCode: 404 });
    expect((await other.checkout.sessions.list()).data).toEqual([]);
  });

  it('two companies may use the same idempotency key', async () => {
    const a = await local.client('acme').customers.create({ name: 'A' }, { idempotencyKey: 'same' });
    const b = await local.client('globex').customers.create({ name: 'B' }, { idempotencyKey: 'same' });
    expect([a.name, b.name]).toEqual(['A', 'B']);
  });

  it('another API version is refused rather than answered in the wrong shape', async () => {
    const answer = await fetch(`${local.service.url}/v1/events`, {
      headers: { authorization: `Bearer ${local.service.apiKey('acme')}`, 'stripe-version': '2020-08-27' },
    });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('Invalid Stripe API version');
  });

  it('connected accounts are refused', async () => {
    const refusal = await refusalOf(local.client().events.list({}, { stripeAccount: 'acct_1' }));
    expect(refusal.statusCode).toBe(403);
  });

  it('a webhook address outside the machine is refused', async () => {
    const far = { url: 'https://example.com/hook', enabled_events: ['*' as const] };
    expect(await refusalOf(local.client().webhookEndpoints.create(far))).toMatchObject({
      code: 'url_invalid',
    });
  });

  it('an account name that fits no key is refused', () => {
    expect(() => local.service.apiKey('Not A Name')).toThrow(RangeError);
  });
});
