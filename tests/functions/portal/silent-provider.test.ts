/**
 * When webhooks do not come: after three days without one, reconciliation ends where webhooks would have (P3); who comes back
 * from the provider's page reads that the payment is being confirmed (P7); and the invoices are not asked for while it is
 * under way, until it ends or times out (P9).
 */
import { describe, expect, it } from 'vitest';
import { reconcileEvents } from '../../../functions/portal/reconcile-events.ts';
import { showPayment } from '../../../functions/portal/show-payment.ts';
import { dayAt, textOfInstant } from '../../../shared/domain/calendar.ts';
import type { LedgerMode } from '../../../shared/domain/company.ts';
import { standingOfItem } from '../../../shared/domain/item-standing.ts';
import { all, allReceipts, idOf, invoice } from '../../support/cash-world.ts';
import { key, portalWorld, type PortalWorld } from './portal-world.ts';

const numbers = ['1', '2', '3', '4', '5', '6'];
const hours = 72;
const started = async (world: PortalWorld, number: string): Promise<string> => {
  const answer = await world.start([{ item: idOf(number) }]);
  if (!answer.ok) throw new Error(answer.detail);
  return answer.value.payment;
};
const reconcile = async (world: PortalWorld): Promise<number> => {
  const tick = { v: 1, job: 'reconcile-payments', slot: textOfInstant(world.clock.now) } as const;
  const found = await reconcileEvents(world.stores, tick, { scope: all, now: world.clock.now });
  await world.work();
  return found.ok ? found.value.found : -1;
};

/**
 * Three days at the provider: paid; paid and refunded in part; paid and charged back; debited and failed; debited and paid
 * days later; never paid. `hear` is called each hour.
 */
const threeDays = async (mode: LedgerMode, hear: (world: PortalWorld) => Promise<unknown>) => {
  const world = await portalWorld(mode);
  await world.cash.post('a1', ...numbers.map((number) => invoice(number, Number(number) * 100_00)));
  const payments: string[] = [];
  for (const number of numbers) {
    payments.push(await started(world, number));
    world.clock.now = world.clock.now.add({ minutes: 3 });
  }
  const sessions = await Promise.all(payments.map(world.sessionOf));
  const pay = (number: number, how?: 'late') => world.provider.pay(sessions[number - 1]!, how);
  const debits: string[] = [];
  const happens: Record<number, () => void> = {
    0: () => void [pay(1), pay(2), pay(3)],
    1: () => debits.push(pay(4, 'late'), pay(5, 'late')),
    20: () => void world.provider.goBack([...world.provider.payments.keys()][1]!, 'refunds', 30_00),
    40: () => void world.provider.goBack([...world.provider.payments.keys()][2]!, 'reversals', 300_00),
    50: () => world.provider.settle(debits[0]!, 'failed'),
    60: () => world.provider.settle(debits[1]!, 'succeeded'),
    61: () => void world.stores.provider.expire('default', sessions[5]!),
  };
  for (let hour = 0; hour <= hours; hour += 1) {
    happens[hour]?.();
    await hear(world);
    world.clock.now = world.clock.now.add({ minutes: 60 });
  }
  return { world, payments };
};

const endOf = async ({ world, payments }: Awaited<ReturnType<typeof threeDays>>) => {
  const checkouts = await Promise.all(payments.map(world.checkout));
  const receipts = await allReceipts(world.cash.parts);
  const { notices, ...ends } = await world.ends();
  return {
    ...{ ...ends, notices: notices.toSorted() },
    checkouts: checkouts.map((one) => one?.state),
    received: receipts
      .map(({ amount, free, returns }) => [amount, free, returns.map((one) => one.amount)])
      .toSorted((a, b) => Number(a[0]) - Number(b[0])),
    told: world.alerts.raised.map(({ rule }) => rule),
  };
};

describe.each(['dunwellLed', 'erpLed'] as const)('three days in which no webhook comes, %s', (mode) => {
  const heard = () => {
    let told = 0;
    return async (world: PortalWorld) => {
      for (const event of world.provider.events.slice(told)) {
        await world.hear(event);
        await world.work();
      }
      told = world.provider.events.length;
    };
  };

  it('end as if all had come, reconciled once afterwards or by the hour', async () => {
    const expected = await endOf(await threeDays(mode, heard()));
    expect(expected.checkouts).toEqual(['paid', 'paid', 'paid', 'failed', 'paid', 'expired']);
    expect(expected.holds).toEqual([]);
    const silent = await threeDays(mode, async () => undefined);
    expect(await allReceipts(silent.world.cash.parts)).toEqual([]);
    expect(await reconcile(silent.world)).toBeGreaterThan(8);
    expect(await endOf(silent)).toEqual(expected);
    const hourly = await threeDays(mode, reconcile);
    expect(await endOf(hourly)).toEqual(expected);
    silent.world.clock.now = silent.world.clock.now.add({ hours: 1 });
    expect(await reconcile(silent.world)).toBe(0);
  });
});

describe('who comes back from the provider’s page', () => {
  const shown = async (world: PortalWorld, payment: string) => {
    const answer = await showPayment(world.stores, all, key, payment);
    return answer.ok ? [answer.value.state, answer.value.url === null] : answer.code;
  };
  const claimed = async (world: PortalWorld): Promise<number> => {
    const { account } = await world.stores.accounts.load(all, key, [idOf('1')]);
    const frame = { today: dayAt(world.clock.now, 'UTC'), disclosedFactors: new Set<string>() };
    return standingOfItem(account.items.get(idOf('1'))!, account.head, frame).claim;
  };
  const begun = async () => {
    const world = await portalWorld('dunwellLed');
    await world.cash.post(
      'a1',
      invoice('1', 100_00, { dueOn: '2026-03-01' as never, firstDueOn: '2026-03-01' as never }),
    );
    const payment = await started(world, '1');
    return { world, payment, sessionId: await world.sessionOf(payment) };
  };

  it.each(['at once', 'late'] as const)(
    'having paid %s reads that it is being confirmed, until we hear',
    async (how) => {
      const { world, payment, sessionId } = await begun();
      expect(await shown(world, payment)).toEqual(['open', false]);
      const paymentId = world.provider.pay(sessionId, how);
      const before = await world.checkout(payment);
      expect(await shown(world, payment)).toEqual(['processing', true]);
      expect(await world.checkout(payment)).toEqual(before);
      if (how === 'late') world.provider.settle(paymentId, 'succeeded');
      expect(await reconcile(world)).toBeGreaterThan(1);
      expect(await shown(world, payment)).toEqual(['paid', true]);
    },
  );

  it('without having paid can go on paying; a foreign payment is not there', async () => {
    const { world, payment } = await begun();
    expect(await shown(world, payment)).toEqual(['open', false]);
    expect(await shown(world, 'f'.repeat(32))).toBe('not-found');
    const foreign = await showPayment(world.stores, all, { ...key, accountId: 'a2' }, payment);
    expect(foreign).toMatchObject({ code: 'not-found' });
  });

  it('is not asked for the invoice until the payment ends, or its hold is over', async () => {
    const { world, payment, sessionId } = await begun();
    expect(await claimed(world)).toBe(0);
    const paymentId = world.provider.pay(sessionId, 'late');
    await reconcile(world);
    world.clock.now = world.clock.now.add({ hours: 24 * 5 });
    expect([await claimed(world), (await shown(world, payment))[0]]).toEqual([0, 'processing']);
    world.provider.settle(paymentId, 'failed');
    await reconcile(world);
    expect([await claimed(world), (await shown(world, payment))[0]]).toEqual([100_00, 'failed']);
    const other = await begun();
    other.world.clock.now = other.world.clock.now.add({ hours: 24 * 2 });
    expect(await claimed(other.world)).toBe(100_00);
  });
});
