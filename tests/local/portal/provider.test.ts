/**
 * The payment provider behind its port, on the local one: one checkout per key, states as they are, signatures that hold.
 */
import Stripe from 'stripe';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stripeCheckouts } from '../../../shared/azure/stripe-checkouts.ts';
import { instantFromMs, type Instant } from '../../../shared/domain/calendar.ts';
import type { CheckoutProvider, StartWanted } from '../../../shared/ports/checkout-provider.ts';
import { money } from '../../support/account-examples.ts';
import { startLocal, type Local } from '../payments/under-test.ts';

const [secret, next] = ['whsec_of_this_test_first', 'whsec_of_this_test_second'];
let local: Local;
let provider: CheckoutProvider;
const now = (): Instant => instantFromMs(local.clock.now());

beforeAll(async () => {
  local = await startLocal();
  const account = (name: string, webhookSecrets: string[]) => ({
    key: local.service.apiKey(name),
    webhookSecrets,
  });
  provider = stripeCheckouts({
    origin: local.service.url,
    accounts: { acme: account('acme', [secret, next]), brio: account('brio', ['whsec_of_brio_alone']) },
  });
});
afterAll(() => local.close());

const mark = { companyId: 'acme', accountId: 'north', checkoutId: 'a'.repeat(32) };
const wanted = (key: string, more: Partial<StartWanted> = {}): StartWanted => ({
  ...{ key, mark, currency: 'EUR', amount: money(119_00), title: 'Invoice 1', sellerName: 'Acme GmbH' },
  expiresAt: instantFromMs(Math.ceil(local.clock.now() / 60_000) * 60_000 + 35 * 60_000),
  ...{ successUrl: 'https://pay.example.com/payments/1', cancelUrl: 'https://pay.example.com' },
  ...more,
});
const started = async (key: string, more: Partial<StartWanted> = {}): Promise<string> => {
  const made = await provider.start('acme', wanted(key, more));
  if (!made.ok) throw new Error(made.detail);
  return made.value.sessionId;
};
const pay = (sessionId: string, outcome = 'paid') => local.act(`sessions/${sessionId}/pay`, { outcome });

it('the same key is the same checkout', async () => {
  const same = wanted('k1');
  expect(await provider.start('acme', same)).toEqual(await provider.start('acme', same));
});

it.each(['ISK', 'KWD', 'XXX'])('%s is not taken: the provider counts it otherwise', async (currency) => {
  expect(await provider.start('acme', wanted(`k-${currency}`, { currency }))).toMatchObject({ ok: false });
});

it('a payment is told with whose it is, what was taken and what went back', async () => {
  const sessionId = await started('k2');
  expect(await provider.session('acme', sessionId)).toMatchObject({ state: 'open', mark });
  await pay(sessionId);
  const { paymentId = '' } = (await provider.session('acme', sessionId)) ?? {};
  expect(await provider.payment('acme', paymentId)).toMatchObject({
    ...{ state: 'succeeded', mark, currency: 'EUR', amount: 119_00, refunds: [], reversals: [] },
  });
  await local.client('acme').refunds.create({ payment_intent: paymentId, amount: 19_00 });
  const { latest_charge: charge } = await local.client('acme').paymentIntents.retrieve(paymentId);
  const dispute = await local.act<{ id: string }>(`charges/${charge as string}/dispute`, { amount: 50_00 });
  expect(await provider.payment('acme', paymentId)).toMatchObject({
    refunds: [{ amount: 19_00, state: 'taken' }],
    reversals: [{ amount: 50_00, state: 'taken' }],
  });
  await local.act(`disputes/${dispute.id}/close`, { outcome: 'won' });
  expect((await provider.payment('acme', paymentId))?.reversals).toMatchObject([{ state: 'over' }]);
  expect(await provider.payment('brio', paymentId)).toBeUndefined();
});

it('a bank debit is on its way first, and fails or comes later', async () => {
  const sessionId = await started('k3');
  await pay(sessionId, 'delayed-failed');
  const { paymentId = '' } = (await provider.session('acme', sessionId)) ?? {};
  expect(await provider.payment('acme', paymentId)).toMatchObject({ state: 'processing', amount: 0 });
});

it('an open checkout is ended; one that was paid stays what it is', async () => {
  const [left, paid] = [await started('k4'), await started('k5')];
  await pay(paid);
  expect(await provider.expire('acme', left)).toMatchObject({ state: 'expired' });
  expect(await provider.expire('acme', left)).toMatchObject({ state: 'expired' });
  expect(await provider.expire('acme', paid)).toMatchObject({ state: 'complete' });
  expect(await provider.session('acme', 'cs_test_never')).toBeUndefined();
});

it('its list of events has what happened, the newest first', async () => {
  const since = instantFromMs(local.clock.now() - 3_600_000);
  const { events } = await provider.events('acme', { since });
  expect(events.length).toBeGreaterThan(8);
  expect(events.every(({ sessionId, paymentId }) => sessionId ?? paymentId)).toBe(true);
  expect((await provider.events('brio', { since })).events).toEqual([]);
});

describe('a webhook', () => {
  const body = JSON.stringify({
    ...{ id: 'evt_1', object: 'event', type: 'payment_intent.succeeded', created: 1_795_000_000 },
    livemode: false,
    data: { object: { object: 'payment_intent', id: 'pi_1' } },
  });
  const signed = (text: string, by = secret, seconds = 0): string =>
    new Stripe('sk_test_x').webhooks.generateTestHeaderString({
      ...{ payload: text, secret: by, timestamp: Math.floor(local.clock.now() / 1000) + seconds },
    });
  const verify = (text: string, signature: string | null, account = 'acme') =>
    provider.verify(account, { bytes: new TextEncoder().encode(text), signature, now: now() });

  it.each([secret, next])('signed by either secret in force holds', async (by) => {
    expect(await verify(body, signed(body, by))).toMatchObject({
      ...{ ok: true, value: { eventId: 'evt_1', paymentId: 'pi_1' } },
    });
  });

  it('with any one byte changed is refused', async () => {
    const signature = signed(body);
    for (let at = 0; at < body.length; at += 1) {
      const other = `${body.slice(0, at)}${body[at] === 'x' ? 'y' : 'x'}${body.slice(at + 1)}`;
      expect([at, await verify(other, signature)]).toMatchObject([at, { code: 'signature-not-right' }]);
    }
  });

  it.each<[string, () => string | null, string]>([
    ['unsigned', () => null, 'acme'],
    ['signed by another', () => signed(body, 'whsec_of_somebody_else'), 'acme'],
    ['signed for another account', () => signed(body), 'brio'],
    ['of no account of ours', () => signed(body), 'zeta'],
    ['older than five minutes', () => signed(body, secret, -301), 'acme'],
    ['of more than five minutes from now', () => signed(body, secret, 302), 'acme'],
    ['with a header that is none', () => 't=x,v1=', 'acme'],
  ])('%s is refused', async (_what, signature, account) => {
    expect(await verify(body, signature(), account)).toMatchObject({ code: 'signature-not-right' });
  });
});
