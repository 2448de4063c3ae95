/**
 * A payment's six events — checkout started, provider success, bank line, feed confirmation, refund, chargeback — in every
 * order the provider allows, each told twice: the same end.
 */
import { expect, it } from 'vitest';
import { reduceItem } from '../../../shared/domain/reduce-item.ts';
import type { LedgerMode } from '../../../shared/domain/company.ts';
import { all, allReceipts, idOf, invoice, now, wire } from '../../support/cash-world.ts';
import { day, factsOf } from '../../support/account-examples.ts';
import { key, portalWorld, type PortalWorld } from './portal-world.ts';

/** Capitals happen at the provider, the bank, the ERP; small letters are when we hear of them. */
type Step = 'P' | 'p' | 'R' | 'r' | 'C' | 'c' | 'B' | 'F';

const isLong = process.env['DUNWELL_LONG'] === '1';

const isAllowed = (order: readonly Step[]): boolean => {
  const at = (step: Step) => (order.includes(step) ? order.indexOf(step) : Infinity);
  const pairs: [Step, Step][] = [
    ['P', 'p'],
    ['P', 'R'],
    ['R', 'r'],
    ['P', 'C'],
    ['C', 'c'],
  ];
  return pairs.every(([first, then]) => !order.includes(then) || at(first) < at(then));
};

const ordersOf = (steps: readonly Step[]): Step[][] =>
  steps.length === 0
    ? [[]]
    : steps.flatMap((step, n) => ordersOf(steps.toSpliced(n, 1)).map((rest) => [step, ...rest]));

/** The snapshot of the ERP, which has posted the payment: the item is closed there. */
const feed = async (world: PortalWorld): Promise<void> => {
  const loaded = await world.stores.accounts.load(all, key, [idOf('1')]);
  const open = loaded.account.items.get(idOf('1'))!.open;
  const reduction = { itemId: idOf('1'), changeId: 'feed-1', by: 'payment', on: day('2026-03-11') } as const;
  const facts = factsOf(reduceItem(loaded.account, { ...reduction, amount: open }));
  const change = {
    at: now,
    actor: { kind: 'job', id: 'f' } as const,
    cause: { kind: 'feed', id: 'f' },
    facts,
  };
  await world.stores.accounts.append(all, loaded, change);
  await world.cash.deliver({ v: 1, companyId: 'c1', feedId: 'feed-1', asOf: '2026-03-11T06:00:00Z' });
};

/** The provider pays out what it kept, less its fee: money of nobody's account. */
const { accountId: _nobody, ...payout } = wire('payout', 97_00, { text: 'PAYOUT po_1' });

const run = async (mode: LedgerMode, order: readonly Step[]): Promise<object> => {
  const world = await portalWorld(mode);
  await world.cash.post('a1', invoice('1', 100_00), invoice('2', 55_00));
  const started = await world.start([{ item: idOf('1') }]);
  const sessionId = await world.sessionOf(started.ok ? started.value.payment : '');
  let paymentId = '';
  const told = { p: [] as number[], r: [] as number[], c: [] as number[] };
  const happens = (name: 'p' | 'r' | 'c', act: () => unknown) => {
    const from = world.provider.events.length;
    act();
    told[name] = world.provider.events.slice(from).map((_event, n) => from + n);
  };
  for (const step of order) {
    world.clock.now = world.clock.now.add({ minutes: 1 });
    if (step === 'P') happens('p', () => void (paymentId = world.provider.pay(sessionId)));
    if (step === 'R') happens('r', () => world.provider.goBack(paymentId, 'refunds', 30_00));
    if (step === 'C') happens('c', () => world.provider.goBack(paymentId, 'reversals', 45_00));
    if (step === 'F') await feed(world);
    if (step === 'B') await world.cash.receive([payout]);
    if (step === 'p' || step === 'r' || step === 'c')
      for (const n of [...told[step], ...told[step]]) {
        await world.hear(world.provider.events[n]!);
        await world.work();
      }
  }
  const receipts = await allReceipts(world.cash.parts);
  const ours = receipts.filter(({ source }) => source === 'portal');
  return {
    ...(await world.ends()),
    told: world.alerts.raised.map(({ rule }) => rule),
    received: ours.map(({ amount, free, returns }) => ({
      ...{ amount, free },
      returned: returns.map((one) => one.amount).toSorted((a, b) => a - b),
    })),
    others: receipts.length - ours.length,
  };
};

const steps: Step[] = ['P', 'p', 'R', 'r', 'C', 'c', 'B'];
/** A clerk answers a card reversal, once; somebody is told. */
const reversed = { tasks: ['answer-reversal'], told: ['debitReturned'] };
const returned = [{ amount: 100_00, free: 0, returned: [30_00, 45_00] }];

it('where the book is kept here: what was kept of it pays, what went back is open', async () => {
  const orders = ordersOf(steps).filter(isAllowed);
  expect(orders.length).toBe(210);
  for (const order of orders) {
    const ends = await run('dunwellLed', order);
    expect([order.join(''), ends]).toMatchObject([
      order.join(''),
      {
        ...{ received: returned, items: [{ id: idOf('1'), open: 75_00 }, { open: 55_00 }], holds: [] },
        ...reversed,
      },
    ]);
  }
});

it('where the ERP keeps it: its book stands, and nothing is noted beside what it shows', async () => {
  const all = ordersOf([...steps, 'F' as const]).filter(isAllowed);
  expect(all.length).toBe(1_680);
  // all of them in the long run
  const [first, ...orders] = all.filter((_order, n) => isLong || n % 8 === 0);
  const same = await run('erpLed', first!);
  expect(same).toMatchObject({ received: returned, items: [{ id: idOf('1'), open: 0 }, { open: 55_00 }] });
  expect(same).toMatchObject(reversed);
  for (const order of orders)
    expect([order.join(''), await run('erpLed', order)]).toEqual([order.join(''), same]);
}, 600_000);

it('while no feed has shown it, the claim is what was not kept', async () => {
  for (const order of ordersOf(steps).filter(isAllowed))
    expect([order.join(''), await run('erpLed', order)]).toMatchObject([
      order.join(''),
      {
        ...{ received: returned, ...reversed },
        items: [
          { open: 100_00, noted: [25_00] },
          { open: 55_00, noted: [] },
        ],
        holds: [],
      },
    ]);
});
