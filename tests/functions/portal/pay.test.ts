/**
 * A customer pays in the portal (R67, P1, P9): what it comes to, once however often, whatever the provider tells in which order.
 */
import { expect, it } from 'vitest';
import { reconcileEvents } from '../../../functions/portal/reconcile-events.ts';
import { all, allReceipts, credit, idOf, invoice } from '../../support/cash-world.ts';
import { day } from '../../support/account-examples.ts';
import { crashAt } from '../../support/faults.ts';
import { key, portalWorld, type PortalWorld } from './portal-world.ts';

const one = [{ item: idOf('1') }];

/** Starts a payment of invoice 1 and pays it. */
const paid = async (world: PortalWorld): Promise<string> => {
  const started = await world.start(one);
  if (!started.ok) throw new Error(started.detail);
  return world.provider.pay(await world.sessionOf(started.value.payment));
};
const hearAll = async (world: PortalWorld): Promise<void> => {
  for (const event of [...world.provider.events]) await world.hear(event);
  await world.work();
};

it('the sum is worked out here: items less credits, net of a discount on its last day', async () => {
  const world = await portalWorld();
  const tiers = { discountTiers: [{ percentHundredths: 200, untilOn: day('2026-03-10') }] };
  await world.cash.post('a1', invoice('1', 100_00, tiers), invoice('2', 50_00), credit('9', 30_00));
  const started = await world.start([...one, { item: idOf('2'), amount: 20_00 }], ['item:creditNote:9']);
  expect(started).toMatchObject({ ok: true, value: { amount: 98_00 + 20_00 - 30_00, state: 'open' } });
});

it.each<[string, { item: string; amount?: number }[], string[], string]>([
  ['an item of nobody', [{ item: idOf('7') }], [], 'item-not-found'],
  ['more than is open', [{ item: idOf('1'), amount: 100_01 }], [], 'amount-not-possible'],
  ['an item twice', [{ item: idOf('1') }, { item: idOf('1') }], [], 'amount-not-possible'],
  ['a credit as if it were a claim', [{ item: 'item:creditNote:9' }], [], 'nothing-to-pay'],
  ['a claim as if it were a credit', [{ item: idOf('1') }], [idOf('2')], 'amount-not-possible'],
  ['another currency', [{ item: idOf('3') }], [], 'currency-differs'],
  ['less than the provider takes', [{ item: idOf('1'), amount: 49 }], [], 'checkout-too-small'],
  ['nothing after credits', [{ item: idOf('2') }], ['item:creditNote:9'], 'checkout-too-small'],
])('%s is refused', async (_what, items, credits, code) => {
  const world = await portalWorld();
  const dollars = invoice('3', 10_00, { currency: 'USD' });
  await world.cash.post('a1', invoice('1', 100_00), invoice('2', 20_00), dollars, credit('9', 30_00));
  expect(await world.start(items, credits)).toMatchObject({ ok: false, code });
});

it('two clicks are one checkout, at the provider, too', async () => {
  const world = await portalWorld();
  await world.cash.post('a1', invoice('1', 100_00));
  const [first, second] = [await world.start(one), await world.start(one)];
  expect(first).toEqual(second);
  expect(world.provider.sessions.size).toBe(1);
});

it('two at the same instant are one checkout', async () => {
  const world = await portalWorld();
  await world.cash.post('a1', invoice('1', 100_00));
  const [first, second] = await Promise.all([world.start(one), world.start(one)]);
  expect(first).toMatchObject({ ok: true });
  expect(second).toMatchObject({ ok: true, value: { payment: first.ok ? first.value.payment : '' } });
  expect(world.provider.sessions.size).toBe(1);
});

it('another choice over the same invoice ends the checkout before: at most one is open', async () => {
  const world = await portalWorld();
  await world.cash.post('a1', invoice('1', 100_00), invoice('2', 50_00));
  const first = await world.start(one);
  const second = await world.start([...one, { item: idOf('2') }]);
  expect(second).toMatchObject({ ok: true, value: { amount: 150_00 } });
  const states = [...world.provider.sessions.values()].map(({ state }) => state);
  expect(states).toEqual(['expired', 'open']);
  expect((await world.checkout(first.ok ? first.value.payment : ''))?.state).toBe('expired');
});

it('what is being paid is not asked for, and cannot be paid again', async () => {
  const world = await portalWorld();
  await world.cash.post('a1', invoice('1', 100_00), invoice('2', 50_00));
  await paid(world);
  const { head } = await world.cash.account('a1');
  expect(head.holds).toMatchObject([{ code: 'payment-pending', itemIds: [idOf('1')] }]);
  expect(await world.start([...one, { item: idOf('2') }])).toMatchObject({ code: 'payment-under-way' });
  await hearAll(world);
  expect(await world.start(one)).toMatchObject({ code: 'nothing-to-pay' });
});

it('the money lowers the claim and not the book of an ERP, and is told of once', async () => {
  const world = await portalWorld('erpLed');
  await world.cash.post('a1', invoice('1', 100_00));
  await paid(world);
  await hearAll(world);
  await hearAll(world);
  const ends = await world.ends();
  expect(ends.items).toEqual([{ id: idOf('1'), open: 100_00, noted: [100_00] }]);
  expect(ends.balances).toMatchObject({ open: 100_00, provisional: 100_00 });
  expect([ends.holds, ends.notices]).toEqual([[], ['T14']]);
  expect(await allReceipts(world.cash.parts)).toHaveLength(1);
});

it('who was told of it hears of it no second time, whatever comes later', async () => {
  const world = await portalWorld();
  await world.cash.post('a1', invoice('1', 100_00));
  const paymentId = await paid(world);
  await hearAll(world);
  const loaded = await world.stores.accounts.load(all, key);
  const [notice] = loaded.account.head.dunning.notices ?? [];
  const facts = [{ kind: 'noticeSent', messageId: notice!.id, on: day('2026-03-10') }] as const;
  const change = { at: world.clock.now, actor: { kind: 'job', id: 'mail' } as const, facts };
  await world.stores.accounts.append(all, loaded, { ...change, cause: { kind: 'mail', id: 'm' } });
  world.provider.goBack(paymentId, 'refunds', 10_00);
  await hearAll(world);
  expect((await world.ends()).notices).toEqual([]);
});

it('where the book is kept here the invoice is paid', async () => {
  const world = await portalWorld('dunwellLed');
  await world.cash.post('a1', invoice('1', 100_00), credit('9', 30_00));
  const started = await world.start(one, ['item:creditNote:9']);
  world.provider.pay(await world.sessionOf(started.ok ? started.value.payment : ''));
  await hearAll(world);
  expect((await world.ends()).items).toMatchObject([{ open: 0 }]);
  expect((await world.ends()).balances).toMatchObject({ open: 0 });
});

it('a bank debit holds for days, and its failure gives the claim back', async () => {
  const world = await portalWorld();
  await world.cash.post('a1', invoice('1', 100_00));
  const started = await world.start(one);
  const paymentId = world.provider.pay(
    await world.sessionOf(started.ok ? started.value.payment : ''),
    'late',
  );
  await hearAll(world);
  expect((await world.cash.account('a1')).head.holds).toMatchObject([{ untilOn: '2026-03-24' }]);
  world.provider.settle(paymentId, 'failed');
  await hearAll(world);
  expect(await world.ends()).toMatchObject({ holds: [], items: [{ open: 100_00, noted: [] }] });
  expect(await world.start(one)).toMatchObject({ ok: true, value: { state: 'open' } });
  expect(world.provider.sessions.size).toBe(2);
});

it('a checkout nobody paid ends, and its hold with it', async () => {
  const world = await portalWorld();
  await world.cash.post('a1', invoice('1', 100_00));
  const started = await world.start(one);
  await world.stores.provider.expire(
    'default',
    await world.sessionOf(started.ok ? started.value.payment : ''),
  );
  await hearAll(world);
  expect((await world.ends()).holds).toEqual([]);
  expect((await world.checkout(started.ok ? started.value.payment : ''))?.state).toBe('expired');
});

it('what the provider took must be what was started here', async () => {
  const world = await portalWorld();
  await world.cash.post('a1', invoice('1', 100_00));
  const started = await world.start(one);
  world.provider.pay(
    await world.sessionOf(started.ok ? started.value.payment : ''),
    'at once',
    1_00 as never,
  );
  for (const event of world.provider.events) await world.hear(event);
  await expect(world.work()).rejects.toThrow('payment-differs');
  expect(await allReceipts(world.cash.parts)).toEqual([]);
});

it('a part that goes back opens just that part', async () => {
  const world = await portalWorld();
  await world.cash.post('a1', invoice('1', 100_00));
  const paymentId = await paid(world);
  world.provider.goBack(paymentId, 'refunds', 30_00);
  await hearAll(world);
  expect((await world.ends()).items).toEqual([{ id: idOf('1'), open: 100_00, noted: [70_00] }]);
});

it('a reversal decided for the seller is paid again', async () => {
  const world = await portalWorld();
  await world.cash.post('a1', invoice('1', 100_00));
  const paymentId = await paid(world);
  await hearAll(world);
  const back = world.provider.goBack(paymentId, 'reversals', 100_00);
  await hearAll(world);
  expect((await world.ends()).items).toMatchObject([{ open: 100_00, noted: [] }]);
  world.provider.isOver(paymentId, 'reversals', back);
  await hearAll(world);
  expect((await world.ends()).items).toMatchObject([{ open: 100_00, noted: [100_00] }]);
});

it('webhooks that never come are found in the list of the provider', async () => {
  const world = await portalWorld();
  await world.cash.post('a1', invoice('1', 100_00));
  await paid(world);
  world.clock.now = world.clock.now.add({ hours: 72 });
  const tick = { v: 1, job: 'reconcile-payments', slot: '2026-03-13T10:00:00Z' } as const;
  const found = await reconcileEvents(world.stores, tick, { scope: all, now: world.clock.now });
  await world.work();
  expect(found).toEqual({ ok: true, value: { found: 2 } });
  expect((await world.ends()).items).toMatchObject([{ noted: [100_00] }]);
  const again = { ...tick, slot: '2026-03-13T11:00:00Z' };
  expect(await reconcileEvents(world.stores, again, { scope: all, now: world.clock.now })).toEqual({
    ok: true,
    value: { found: 0 },
  });
});

it('a payment that is none of ours is left alone', async () => {
  const world = await portalWorld();
  await world.cash.post('a1', invoice('1', 100_00));
  await world.hear({
    eventId: 'evt_x',
    type: 'charge.succeeded',
    at: '2026-03-10T10:00:00Z',
    paymentId: 'pi_x',
  });
  await world.work();
  expect((await world.stores.inbox.read(all, 'payment:default:evt_x'))?.state).toBe('dropped');
});

it.each(['before', 'after'] as const)(
  'a start that dies %s any step is gone on with by the next click: one session, one hold, the right sum',
  async (when) => {
    let points = 0;
    for (let at = 1; ; at += 1) {
      const world = await portalWorld();
      await world.cash.post('a1', invoice('1', 100_00));
      const gate = crashAt(at, when);
      await world.start(one, [], gate).catch(() => undefined);
      if (!gate.isDead) break;
      points += 1;
      const second = await world.start(one);
      expect([at, second]).toMatchObject([at, { ok: true, value: { amount: 100_00, state: 'open' } }]);
      expect([at, world.provider.sessions.size]).toEqual([at, 1]);
      expect((await world.cash.account(key.accountId)).head.holds).toHaveLength(1);
    }
    expect(points).toBeGreaterThanOrEqual(4);
  },
);

it.each(['before', 'after'] as const)(
  'a payment whose taking in dies %s any step comes to the same, once',
  async (when) => {
    let points = 0;
    for (let at = 1; ; at += 1) {
      const world = await portalWorld();
      await world.cash.post('a1', invoice('1', 100_00));
      const paymentId = await paid(world);
      world.provider.goBack(paymentId, 'refunds', 30_00);
      const gate = crashAt(at, when);
      for (const event of [...world.provider.events]) {
        // the provider sends what was not answered again
        await world.hear(event, gate).catch(() => gate.restart());
        await world.hear(event);
      }
      await world.work(gate).catch(() => gate.restart());
      await world.work();
      expect([at, (await world.ends()).items]).toEqual([
        ...[at, [{ id: idOf('1'), open: 100_00, noted: [70_00] }]],
      ]);
      expect((await world.ends()).notices).toEqual(['T14']);
      if (gate.calls.length < at) break;
      points += 1;
    }
    expect(points).toBeGreaterThan(20);
  },
);
