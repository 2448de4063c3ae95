/**
 * What was acknowledged is there after a crash, and troubles of the provider itself.
 * From: the local provider on a state directory of its own. Next: `npm test`.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, truncateSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createClock } from '../../../local/clock.ts';
import { startReceiver } from './receiver.ts';
import { nameOf } from '../../../local/payments/objects.ts';
import { openStore } from '../../../local/payments/store.ts';
import { isLocal, oneInvoice, refusalOf, startLocal, type Local } from './under-test.ts';

describe.runIf(isLocal)('after a crash', () => {
  let directory: string;
  const open: Local[] = [];
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'payments-'));
  });
  afterEach(async () => {
    for (const one of open.splice(0)) await one.close();
    rmSync(directory, { recursive: true });
  });
  const start = async (stateDir: string, offsetMs = 0) => {
    const local = await startLocal({ stateDir, clock: createClock({ offsetMs }) });
    open.push(local);
    return local;
  };
  /** What `kill -9` leaves: the file as it is, with nothing closed or written any more. */
  const crash = () => {
    const left = join(directory, `left-${open.length}`);
    cpSync(join(directory, 'live'), left, { recursive: true });
    return left;
  };
  const live = () => start(join(directory, 'live'));

  it('sessions, payments, refunds and their events are as they were acknowledged', async () => {
    const before = await live();
    const { id } = await before.client().checkout.sessions.create(oneInvoice());
    await before.act(`sessions/${id}/pay`);
    const paid = await before.client().checkout.sessions.retrieve(id);
    const refund = await before
      .client()
      .refunds.create({ payment_intent: nameOf(paid.payment_intent), amount: 100 });
    const events = await before.client().events.list({ limit: 100 });
    const after = await start(crash());
    expect(await after.client().checkout.sessions.retrieve(id)).toEqual(paid);
    expect(await after.client().refunds.retrieve(refund.id)).toEqual(refund);
    expect((await after.client().events.list({ limit: 100 })).data).toEqual(events.data);
  });

  it('an idempotency key still gives the first answer', async () => {
    const before = await live();
    const made = await before.client().customers.create({ name: 'A' }, { idempotencyKey: 'k' });
    const after = await start(crash());
    const again = await after.client().customers.create({ name: 'A' }, { idempotencyKey: 'k' });
    expect(again.id).toBe(made.id);
    expect((await after.client().customers.list()).data).toHaveLength(1);
  });

  it('what is too old to be asked for again leaves the memory while the provider runs', () => {
    const store = openStore(undefined, (row) => row.kind !== 'answer');
    for (let count = 0; count < 2_500; count += 1) {
      const object = { id: `k${count}`, path: '/v1/x', asked: '', status: 200, body: '', atMs: 0 };
      store.transact(() => store.put('answer', 'acme', { object }));
    }
    expect(store.count('answer')).toBeLessThan(1_000);
    expect([...store.newestFirst('answer', 'acme')]).toHaveLength(store.count('answer'));
  });

  it('an end leaves no alarm behind that would write to a closed file', async () => {
    const before = await live();
    const { id } = await before.client().checkout.sessions.create(oneInvoice());
    expect(before.clock.nextAlarmMs()).toBeDefined();
    await before.service.close();
    expect(before.clock.nextAlarmMs()).toBeUndefined();
    expect(readFileSync(join(directory, 'live', 'payments.jsonl'), 'utf8')).toContain(id);
  });

  it('a webhook nobody took is delivered after the restart', async () => {
    const receiver = await startReceiver();
    const before = await live();
    await before.service.addWebhook({
      account: 'acme',
      url: receiver.url,
      secret: 'whsec_a',
      events: ['checkout.session.expired'],
    });
    receiver.answerWith(500);
    const { id } = await before.client().checkout.sessions.create(oneInvoice());
    await before.client().checkout.sessions.expire(id);
    await before.settled();
    const after = await start(crash());
    await after.clock.moveTo(after.clock.now() + 6 * 60_000);
    expect(receiver.types()).toEqual(['checkout.session.expired', 'checkout.session.expired']);
    await receiver.close();
  });

  it('a webhook that was taken is not delivered again', async () => {
    const receiver = await startReceiver();
    const before = await live();
    await before.service.addWebhook({
      account: 'acme',
      url: receiver.url,
      secret: 'whsec_a',
      events: ['checkout.session.expired'],
    });
    const { id } = await before.client().checkout.sessions.create(oneInvoice());
    await before.client().checkout.sessions.expire(id);
    await before.settled();
    const after = await start(crash());
    await after.clock.moveTo(after.clock.now() + 4 * 86_400_000);
    expect(receiver.received).toHaveLength(1);
    await receiver.close();
  });

  it('what fell due while it was down happens at the start: expiry and a debit that arrived', async () => {
    const before = await live();
    const sessions = before.client().checkout.sessions;
    const [left, debited] = [await sessions.create(oneInvoice()), await sessions.create(oneInvoice())];
    await before.act(`sessions/${debited.id}/pay`, { outcome: 'delayed-paid' });
    const after = await start(crash(), 5 * 86_400_000);
    await after.settled();
    expect((await after.client().checkout.sessions.retrieve(left.id)).status).toBe('expired');
    expect((await after.client().checkout.sessions.retrieve(debited.id)).payment_status).toBe('paid');
  });

  it('a torn last line loses the unacknowledged request whole, never half of it', async () => {
    const before = await live();
    const { id } = await before.client().checkout.sessions.create(oneInvoice());
    await before.act(`sessions/${id}/pay`);
    const left = crash();
    const file = join(left, 'payments.jsonl');
    truncateSync(file, statSync(file).size - 5);
    const after = await start(left);
    expect((await after.client().checkout.sessions.retrieve(id)).status).toBe('open');
    expect((await after.client().charges.list()).data).toEqual([]);
    expect((await after.client().events.list()).data).toEqual([]);
  });

  it('the endpoint of the start options is there once, however often it starts', async () => {
    const webhooks = [{ account: 'acme', url: 'http://127.0.0.1:9/', secret: 'whsec_a' }];
    for (let i = 0; i < 2; i++) {
      const one = await startLocal({ stateDir: join(directory, 'live'), webhooks });
      expect((await one.client().webhookEndpoints.list()).data).toHaveLength(1);
      await one.close();
    }
  });

  it('a long history is written afresh without what is too old to be shown', async () => {
    const before = await live();
    const customers = before.client().customers;
    const busy = Array.from({ length: 20 }, async () => {
      for (let i = 0; i < 130; i++) await customers.create({});
    });
    await Promise.all(busy);
    const left = crash();
    const sizeBefore = statSync(join(left, 'payments.jsonl')).size;
    const after = await start(left, 31 * 86_400_000);
    expect((await after.client().customers.list({ limit: 1 })).data).toHaveLength(1);
    expect(statSync(join(left, 'payments.jsonl')).size).toBeLessThanOrEqual(sizeBefore);
  });
});

describe.runIf(isLocal)('when the provider itself is in trouble', () => {
  let local: Local;
  beforeEach(async () => {
    local = await startLocal();
  });
  afterEach(() => local.close());
  const customers = (config = {}) => local.client('acme', config).customers;

  it('a 500 is kept for its key: the same again, whether or not it was done', async () => {
    await local.act('mishaps', { path: '/v1/customers', kind: 'error-after' });
    const first = await refusalOf(customers().create({ name: 'A' }, { idempotencyKey: 'k' }));
    const again = await refusalOf(customers().create({ name: 'A' }, { idempotencyKey: 'k' }));
    expect([first.statusCode, again.statusCode, again.headers?.['idempotent-replayed']]).toEqual([
      500,
      500,
      'true',
    ]);
    expect((await customers().list()).data).toHaveLength(1);
  });

  it('a request refused half way leaves nothing behind', async () => {
    const refusal = await refusalOf(customers().create({ name: 'A', expand: ['colour'] }));
    expect(refusal.statusCode).toBe(400);
    expect((await customers().list()).data).toEqual([]);
    expect((await local.client().events.list()).data).toEqual([]);
  });

  it('a 500 before the effect leaves nothing done', async () => {
    await local.act('mishaps', { path: '/v1/customers', kind: 'error-before' });
    const refusal = await refusalOf(customers().create({ name: 'A' }, { idempotencyKey: 'k' }));
    expect(refusal.type).toBe('StripeAPIError');
    expect((await customers().list()).data).toEqual([]);
  });

  it('a second request under a key that is still running is 409', async () => {
    await local.act('mishaps', { path: '/v1/customers', kind: 'slow', delayMs: 500 });
    const slow = customers().create({ name: 'A' }, { idempotencyKey: 'k' });
    await expect.poll(() => local.service.counts()['POST /v1/customers']).toBe(1);
    const refusal = await refusalOf(customers().create({ name: 'A' }, { idempotencyKey: 'k' }));
    expect(refusal).toMatchObject({ statusCode: 409, code: 'idempotency_key_in_use' });
    expect((await slow).name).toBe('A');
  });

  it('a key is forgotten after 24 hours of the business clock', async () => {
    const first = await customers().create({ name: 'A' }, { idempotencyKey: 'k' });
    await local.clock.moveTo(local.clock.now() + 23 * 3_600_000);
    expect((await customers().create({ name: 'A' }, { idempotencyKey: 'k' })).id).toBe(first.id);
    await local.clock.moveTo(local.clock.now() + 3_700_000);
    expect((await customers().create({ name: 'A' }, { idempotencyKey: 'k' })).id).not.toBe(first.id);
  });

  it('throttled: 429 in the provider’s words', async () => {
    local.faults.set({ rules: [{ kind: '429', times: 1 }] });
    const refusal = await refusalOf(customers().create({}));
    expect(refusal).toMatchObject({ statusCode: 429, type: 'StripeRateLimitError', code: 'rate_limit' });
  });

  it('unavailable: 503, and the package’s own retry gets through with the same key', async () => {
    local.faults.set({ rules: [{ kind: '503', times: 1 }] });
    expect((await customers({ maxNetworkRetries: 1 }).create({ name: 'A' })).name).toBe('A');
  });

  it('the answer is lost after the effect: the retry gets the first answer, done once', async () => {
    local.faults.set({ rules: [{ kind: 'lost-answer', operation: 'POST /v1/customers', times: 1 }] });
    const made = await customers({ maxNetworkRetries: 1, timeout: 300 }).create({ name: 'A' });
    expect(made.lastResponse.headers['idempotent-replayed']).toBe('true');
    expect((await customers().list()).data.map(({ id }) => id)).toEqual([made.id]);
  });

  it('the connection is reset after the effect: done once all the same', async () => {
    local.faults.set({ rules: [{ kind: 'reset-after', operation: 'POST /v1/customers', times: 1 }] });
    await customers({ maxNetworkRetries: 1 }).create({ name: 'A' });
    expect((await customers().list()).data).toHaveLength(1);
  });
});
