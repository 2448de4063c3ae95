/**
 * The provider's webhook at its door: answered with 2xx only when the event is kept for good, wherever the process dies
 * (P2); what is unsigned, changed, old, ahead, replayed, of another mode or account is refused with 4xx, and leaves nothing
 * but the line of the security log (P4).
 */
import { HttpRequest } from '@azure/functions';
import fc from 'fast-check';
import Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { paymentWebhook } from '../../../functions/portal/payment-webhook.ts';
import { stripeCheckouts } from '../../../shared/azure/stripe-checkouts.ts';
import { webhookFunction } from '../../../shared/edge/http-webhook.ts';
import type { InboxStore } from '../../../shared/ports/inbox-store.ts';
import { crashAt, withFaults, type Gate } from '../../support/faults.ts';
import { memoryInbox } from '../../support/memory/inbox-store.ts';
import { memoryRequests } from '../../support/memory/request-store.ts';
import { everything, tenOClock, testContext, testEdge } from '../../support/test-edge.ts';

const [secret, liveSecret] = ['whsec_of_this_test', 'whsec_of_the_live_one'];
const provider = stripeCheckouts({
  accounts: {
    test: { key: 'sk_test_12345678', webhookSecrets: [secret] },
    live: { key: 'rk_live_12345678', webhookSecrets: [liveSecret] },
  },
});
const bodyOf = (more: object = {}): string =>
  JSON.stringify({
    ...{ id: 'evt_1', object: 'event', type: 'payment_intent.succeeded', created: 1_795_000_000 },
    ...{ livemode: false, data: { object: { object: 'payment_intent', id: 'pi_1', title: 'Müller' } } },
    ...more,
  });
const signed = (payload: string, by = secret, seconds = 0): string =>
  new Stripe('sk_test_x').webhooks.generateTestHeaderString({
    ...{ payload, secret: by, timestamp: Math.floor(tenOClock.epochMilliseconds / 1000) + seconds },
  });

const door = (keep?: InboxStore['keep']) => {
  const inbox = { ...memoryInbox(), ...(keep && { keep }) };
  const writes: string[] = [];
  const counted = (keep: typeof inbox.keep): typeof inbox.keep => {
    return (scope, event) => {
      writes.push(event.eventId);
      return keep(scope, event);
    };
  };
  const edge = { ...testEdge(), requests: memoryRequests() };
  const watched = { ...inbox, keep: counted(inbox.keep) };
  const deliver = async (body: string | Uint8Array, signature: string | null, to = 'test', gate?: Gate) => {
    const stores = { provider, inbox: watched, sender: edge.sender };
    const events =
      gate === undefined
        ? stores
        : {
            provider,
            inbox: withFaults(watched, gate, 'inbox'),
            sender: withFaults(edge.sender, gate, 'sender'),
          };
    const requests = gate === undefined ? edge.requests : withFaults(edge.requests, gate, 'requests');
    const request = new HttpRequest({
      ...{ url: `http://localhost/api/webhooks/payments/${to}`, method: 'POST', params: { provider: to } },
      headers: signature === null ? {} : { 'stripe-signature': signature },
      body: typeof body === 'string' ? { string: body } : { bytes: body },
    });
    const { context, lines } = testContext();
    const answer = await webhookFunction({ ...edge, requests }, paymentWebhook(events))(request, context);
    const said = typeof answer.body === 'string' ? (JSON.parse(answer.body) as { code?: string }) : {};
    return { status: answer.status ?? 0, code: said.code, lines };
  };
  const kept = (id = 'payment:test:evt_1') => inbox.read(everything, id);
  return { deliver, kept, writes, sent: () => edge.sender };
};

describe('a delivery of the provider', () => {
  it('is answered with 200 when it is kept, again when it is sent again, and kept once', async () => {
    const { deliver, kept } = door();
    expect(await deliver(bodyOf(), signed(bodyOf()))).toMatchObject({ status: 200 });
    expect(await deliver(bodyOf(), signed(bodyOf(), secret, 5))).toMatchObject({ status: 200 });
    expect(await kept()).toMatchObject({ state: 'new', content: { paymentId: 'pi_1' } });
  });

  it('is not answered before it is kept, and not with 200 when keeping fails', async () => {
    const [{ promise: away, reject }, turns] = [Promise.withResolvers<never>(), 50];
    const { deliver } = door(() => away);
    let answered: unknown;
    const answer = deliver(bodyOf(), signed(bodyOf())).then((said) => (answered = said));
    for (let turn = 0; turn < turns; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(answered).toBeUndefined();
    reject(new Error('the store is away'));
    expect(await answer).toMatchObject({ status: 500 });
  });

  it.each(['before', 'after'] as const)(
    'that dies %s any step: what was answered is kept, what was not is taken when it is sent again',
    async (when) => {
      let points = 0;
      for (let at = 1; ; at += 1) {
        const { deliver, kept } = door();
        const gate = crashAt(at, when);
        const first = await deliver(bodyOf(), signed(bodyOf()), 'test', gate);
        if (first.status === 200) expect([at, await kept()]).toMatchObject([at, { state: 'new' }]);
        else expect([at, first.status >= 500]).toEqual([at, true]);
        if (!gate.isDead) break;
        points += 1;
        expect([at, await deliver(bodyOf(), signed(bodyOf(), secret, 7))]).toMatchObject([
          at,
          { status: 200 },
        ]);
        expect([at, await kept()]).toMatchObject([at, { state: 'new' }]);
      }
      expect(points).toBeGreaterThanOrEqual(3);
    },
  );
});

const live = { livemode: true };
describe('refused, and nothing kept: a delivery', () => {
  it.each<[string, string, () => string | null, string, string]>([
    ['without a signature', bodyOf(), () => null, 'test', 'signature-not-right'],
    ['signed by another', bodyOf(), () => signed(bodyOf(), 'whsec_x'), 'test', 'signature-not-right'],
    ['to another account', bodyOf(), () => signed(bodyOf()), 'live', 'signature-not-right'],
    ['to an account nobody has', bodyOf(), () => signed(bodyOf()), 'none', 'payment-account-unknown'],
    ['301 s old', bodyOf(), () => signed(bodyOf(), secret, -301), 'test', 'signature-not-right'],
    ['301 s ahead', bodyOf(), () => signed(bodyOf(), secret, 301), 'test', 'signature-not-right'],
    [
      'of live mode to the test key',
      bodyOf(live),
      () => signed(bodyOf(live)),
      'test',
      'event-of-other-account',
    ],
    [
      'of test mode to the live key',
      bodyOf(),
      () => signed(bodyOf(), liveSecret),
      'live',
      'event-of-other-account',
    ],
    [
      'of a connected account',
      bodyOf({ account: 'acct_2' }),
      () => signed(bodyOf({ account: 'acct_2' })),
      'test',
      'event-of-other-account',
    ],
    ['that is no JSON', '{"id":', () => signed('{"id":'), 'test', 'event-not-readable'],
    [
      'with a signature of another body',
      bodyOf(),
      () => signed(bodyOf({ id: 'evt_2' })),
      'test',
      'signature-not-right',
    ],
  ])('%s', async (_what, body, signature, to, code) => {
    const { deliver, writes } = door();
    const answer = await deliver(body, signature(), to);
    expect([answer.code, answer.status >= 400 && answer.status < 500, writes]).toEqual([code, true, []]);
    expect(answer.lines.join()).toContain('denied');
  });

  it.each([300, -300])('%s s from now still holds', async (seconds) => {
    expect(await door().deliver(bodyOf(), signed(bodyOf(), secret, seconds))).toMatchObject({ status: 200 });
  });

  it('seen before, byte for byte or with its header spelled otherwise', async () => {
    const { deliver, writes } = door();
    const signature = signed(bodyOf());
    await deliver(bodyOf(), signature);
    for (const again of [signature, `${signature},v0=00`, signature.replace('t=', 't=0')])
      expect(await deliver(bodyOf(), again)).toMatchObject({ status: 409, code: 'signature-used' });
    expect(writes).toHaveLength(1);
  });

  it('with any one byte of it changed to any other', async () => {
    const bytes = new TextEncoder().encode(bodyOf());
    const signature = signed(bodyOf());
    const { deliver, writes } = door();
    const at = fc.integer({ min: 0, max: bytes.length - 1 });
    await fc.assert(
      fc.asyncProperty(at, fc.integer({ min: 1, max: 255 }), async (place, by) => {
        const changed = bytes.with(place, bytes[place]! ^ by);
        expect(await deliver(changed, signature)).toMatchObject({ status: 400, code: 'signature-not-right' });
      }),
      { numRuns: 1_000 },
    );
    for (const more of [
      bytes.subarray(1),
      Uint8Array.of(...bytes, 10),
      Uint8Array.of(0xef, 0xbb, 0xbf, ...bytes),
    ])
      expect(await deliver(more, signature)).toMatchObject({ code: 'signature-not-right' });
    expect(writes).toEqual([]);
  });

  it('with any one character of its signature changed', async () => {
    const signature = signed(bodyOf());
    const { deliver, writes } = door();
    for (let at = 0; at < signature.length; at += 1)
      for (const other of ['0', 'f', ' ', '=']) {
        if (signature[at] === other) continue;
        const header = `${signature.slice(0, at)}${other}${signature.slice(at + 1)}`.trim();
        expect([at, other, await deliver(bodyOf(), header)]).toMatchObject([at, other, { status: 400 }]);
      }
    expect(writes).toEqual([]);
  });
});
