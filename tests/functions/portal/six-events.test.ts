/**
 * A payment's six events — checkout started, provider success, bank line, feed confirmation, refund, chargeback (P1, P8) — in every
 * order the provider allows, told twice at once, and all of them once more when all is over: the ledger, the portal and
 * the dunning end the same. The checkout is first of all: what comes later names its session.
 */
import { expect, it } from 'vitest';
import { readOwnAccount } from '../../../functions/portal/read-own.ts';
import { reduceItem } from '../../../shared/domain/reduce-item.ts';
import { standingOfItem } from '../../../shared/domain/item-standing.ts';
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

/** The snapshot of the ERP, which has posted the payment: the item is closed there. Told again, it changes nothing. */
const feed = async ({ stores, cash }: PortalWorld): Promise<void> => {
  const loaded = await stores.accounts.load(all, key, [idOf('1')]);
  const amount = loaded.account.items.get(idOf('1'))!.open;
  const posted = {
    itemId: idOf('1'),
    changeId: 'feed-1',
    by: 'payment',
    amount,
    on: day('2026-03-11'),
  } as const;
  const by = { actor: { kind: 'job', id: 'f' } as const, cause: { kind: 'feed', id: 'f' } };
  if (amount > 0)
    await stores.accounts.append(all, loaded, {
      ...{ at: now, ...by, facts: factsOf(reduceItem(loaded.account, posted)) },
    });
  await cash.deliver({ v: 1, companyId: 'c1', feedId: 'feed-1', asOf: '2026-03-11T06:00:00Z' });
};

/** The provider pays out what it kept, less its fee: money of nobody's account. */
const { accountId: _nobody, ...payout } = wire('payout', 97_00, { text: 'PAYOUT po_1' });

/** What the ledger, the customer's page, the provider's record and the dunning come to. */
const endOf = async (world: PortalWorld, payment: string) => {
  const receipts = await allReceipts(world.cash.parts);
  const ours = receipts.filter(({ source }) => source === 'portal');
  const { account } = await world.stores.accounts.load(all, key, [idOf('1'), idOf('2')]);
  const frame = { today: day('2026-03-11'), disclosedFactors: new Set<string>() };
  const asked = {
    scope: all,
    systemScope: all,
    caseScope: all,
    now,
    callerId: 'contact:1',
    requestId: 'look',
  };
  const page = await readOwnAccount(world.stores, asked, key);
  if (!page.ok) throw new Error(page.detail);
  const { state, attempt } = (await world.checkout(payment))!;
  return {
    ...(await world.ends()),
    claims: [...account.items.values()].map((item) => standingOfItem(item, account.head, frame).claim),
    page: page.value,
    checkout: { state, attempt },
    told: world.alerts.raised.map(({ rule }) => rule),
    received: ours.map(({ amount, free, returns }) => ({
      ...{ amount, free },
      returned: returns.map((one) => one.amount).toSorted((a, b) => a - b),
    })),
    others: receipts.length - ours.length,
  };
};

/** @param nth which of the steps are told twice at once: its bits. */
const run = async (mode: LedgerMode, order: readonly Step[], nth: number) => {
  const world = await portalWorld(mode);
  await world.cash.post('a1', invoice('1', 100_00), invoice('2', 55_00));
  const started = await world.start([{ item: idOf('1') }]);
  const again = await world.start([{ item: idOf('1') }]);
  expect(again).toEqual(started);
  const payment = started.ok ? started.value.payment : '';
  const sessionId = await world.sessionOf(payment);
  let [paymentId, files] = ['', 0];
  const told = { p: [] as number[], r: [] as number[], c: [] as number[] };
  const happens = (name: 'p' | 'r' | 'c', act: () => unknown) => {
    const from = world.provider.events.length;
    act();
    told[name] = world.provider.events.slice(from).map((_event, n) => from + n);
  };
  const tell = async (step: Step): Promise<void> => {
    if (step === 'F') await feed(world);
    if (step === 'B') await world.cash.receive([payout], undefined, { importId: `bank-${(files += 1)}` });
    if (step === 'p' || step === 'r' || step === 'c')
      for (const n of told[step]) {
        await world.hear(world.provider.events[n]!);
        await world.work();
      }
  };
  for (const [at, step] of order.entries()) {
    world.clock.now = world.clock.now.add({ minutes: 1 });
    if (step === 'P') happens('p', () => void (paymentId = world.provider.pay(sessionId)));
    if (step === 'R') happens('r', () => world.provider.goBack(paymentId, 'refunds', 30_00));
    if (step === 'C') happens('c', () => world.provider.goBack(paymentId, 'reversals', 45_00));
    await tell(step);
    if ((nth >> at) % 2 === 1) await tell(step);
  }
  const end = await endOf(world, payment);
  for (const step of order.toReversed()) await tell(step);
  expect([order.join(''), await endOf(world, payment)]).toEqual([order.join(''), end]);
  return end;
};

const steps: Step[] = ['P', 'p', 'R', 'r', 'C', 'c', 'B'];
const orders = ordersOf(steps).filter(isAllowed);
const withFeed = ordersOf([...steps, 'F' as const]).filter(isAllowed);
/** A clerk answers a card reversal, once; somebody is told. */
const reversed = { tasks: ['answer-reversal'], told: ['debitReturned'], checkout: { state: 'paid' } };
const returned = [{ amount: 100_00, free: 0, returned: [30_00, 45_00] }];

const endAlike = async (mode: LedgerMode, all: readonly Step[][], expected: object): Promise<void> => {
  const same = await run(mode, all[0]!, 0);
  expect(same).toMatchObject({ received: returned, others: 1, holds: [], ...reversed, ...expected });
  for (const [nth, order] of all.entries())
    expect([order.join(''), await run(mode, order, nth)]).toEqual([order.join(''), same]);
};

it(`${orders.length} orders where the book is kept here: what was kept of it pays, what went back is open`, () =>
  endAlike('dunwellLed', orders, {
    items: [{ id: idOf('1'), open: 75_00 }, { open: 55_00 }],
    claims: [75_00, 55_00],
  }));

// all of them in the long run; every eighth has the news of the feed at each place, too
const looked = withFeed.filter((_order, n) => isLong || n % 8 === 0);
it(`${looked.length} of ${withFeed.length} orders where the ERP keeps it: its book stands, nothing is noted beside it`, () =>
  endAlike('erpLed', looked, { items: [{ open: 0 }, { open: 55_00 }], claims: [0, 55_00] }));

it('the news of the feed and the bank line are looked at in every place', () => {
  for (const step of ['B', 'F'] as const)
    expect(new Set(looked.map((order) => order.indexOf(step))).size).toBe(steps.length + 1);
});

it(`${orders.length} orders while no feed has shown it: the claim is what was not kept`, () =>
  endAlike('erpLed', orders, {
    items: [
      { open: 100_00, noted: [25_00] },
      { open: 55_00, noted: [] },
    ],
    claims: [75_00, 55_00],
  }));
