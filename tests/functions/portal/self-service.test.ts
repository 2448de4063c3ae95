/**
 * What a customer does without calling anybody: pays one, many or a part, and has a receipt and the new balance (R67), which
 * customer service sees pending meanwhile, with amount and time, while nothing is asked for (R64); contests line 3 with a
 * photo, and has a case number, while the rest alone is asked for (R72). A payment of 95.00 on 100.00 that nothing explains
 * becomes a case of its own, linked to both (R79).
 */
import { expect, it } from 'vitest';
import { hearEvents } from '../../../functions/disputes/hear-events.ts';
import { portalCases } from '../../../functions/disputes/portal-cases.ts';
import { showCase } from '../../../functions/disputes/show-case.ts';
import { listCases } from '../../../functions/disputes/list-cases.ts';
import { eventOf } from '../../../functions/ledger/relay-entries.ts';
import { openOwnCase } from '../../../functions/portal/open-own-case.ts';
import { listCheckouts } from '../../../functions/portal/payment-routes.ts';
import { readOwnAccount } from '../../../functions/portal/read-own.ts';
import { sha256 } from '../../../shared/azure/entry-hash.ts';
import { casesQuery } from '../../../shared/contracts/disputes.ts';
import { dayAt } from '../../../shared/domain/calendar.ts';
import { standingOfItem } from '../../../shared/domain/item-standing.ts';
import { all, idOf, invoice, told, wire } from '../../support/cash-world.ts';
import { callerOf, people } from '../../support/dispute-world.ts';
import { pngOf } from '../../support/papers.ts';
import { key, portalWorld, type PortalWorld } from './portal-world.ts';

const claimOf = async ({ stores, clock }: PortalWorld, number: string): Promise<number> => {
  const { account } = await stores.accounts.load(all, key, [idOf(number)]);
  const frame = { today: dayAt(clock.now, 'UTC'), disclosedFactors: new Set<string>() };
  return standingOfItem(account.items.get(idOf(number))!, account.head, frame).claim;
};
const page = async ({ stores, call }: PortalWorld) => {
  const read = await readOwnAccount(stores, call(), key);
  if (!read.ok) throw new Error(read.code);
  return read.value;
};
const hearAll = async (world: PortalWorld): Promise<void> => {
  for (const event of [...world.provider.events]) await world.hear(event);
  await world.work();
};

it.each<[string, { item: string; amount?: number }[], number, number[]]>([
  ['one', [{ item: idOf('1') }], 100_00, [0, 50_00, 30_00]],
  ['many', [{ item: idOf('1') }, { item: idOf('2') }, { item: idOf('3') }], 180_00, [0, 0, 0]],
  ['a part of one', [{ item: idOf('1'), amount: 40_00 }], 40_00, [60_00, 50_00, 30_00]],
])(
  '%s invoice paid: pending to staff and not asked for, then a receipt and the new balance',
  async (_, items, sum, left) => {
    const world = await portalWorld('dunwellLed');
    await world.cash.post('a1', invoice('1', 100_00), invoice('2', 50_00), invoice('3', 30_00));
    const started = await world.start(items);
    if (!started.ok) throw new Error(started.detail);
    world.provider.pay(await world.sessionOf(started.value.payment));
    // as customer service reads it
    expect(await listCheckouts(world.stores, world.call(), key)).toMatchObject({
      value: {
        payments: [{ state: 'open', amount: sum, currency: 'EUR', startedAt: '2026-03-10T10:00:00Z' }],
      },
    });
    for (const { item } of items) expect(await claimOf(world, item.split(':').at(-1)!)).toBe(0);
    expect((await world.cash.account('a1')).head.holds).toMatchObject([{ code: 'payment-pending' }]);
    await hearAll(world);
    await hearAll(world);
    const opens = await Promise.all(
      ['1', '2', '3'].map(async (one) => (await world.cash.open('a1', idOf(one)))?.open),
    );
    expect(opens).toEqual(left);
    const { notices, holds } = await world.ends();
    expect([notices, holds]).toEqual([['T14'], []]);
    const open = left.reduce((all_, one) => all_ + one, 0);
    expect((await page(world)).balances).toEqual([{ currency: 'EUR', open, underWay: 0 }]);
  },
);

it('goods missing on line 3, with a photo: a case number, and the rest alone is asked for', async () => {
  const world = await portalWorld('dunwellLed');
  await world.cash.post('a1', invoice('1', 1_000_00), invoice('2', 50_00));
  const stores = { ...world.stores, ...portalCases(world.disputes) };
  const call = {
    ...world.call(),
    callerId: 'contact:1',
    requestId: 'r1',
    caseScope: all,
    mayContest: 'all',
  } as const;
  const opened = await openOwnCase(stores, call, key, {
    ...{ as: 'dispute', code: 'QTY', text: 'line 3: two boxes missing' },
    items: [{ item: idOf('1'), amount: 300_00 as never }],
  });
  if (!opened.ok) throw new Error(opened.detail);
  const work = {
    ...{ scope: all, now: world.clock.now, actor: { kind: 'customer', id: 'contact:1' } as const },
    cause: { kind: 'request', id: 'r2' },
  };
  const id = opened.value.case;
  const photo = { id, name: 'line-3.png', bytes: new Uint8Array(pngOf(4, 4)) };
  expect(await stores.ownCases.addPaper(work, key, photo)).toMatchObject({ ok: true });
  const [mine] = await stores.ownCases.list(work, key);
  expect(mine).toMatchObject({ amount: 300_00, status: 'received' });
  expect(mine!.number).toMatch(/^\S{4,}$/);
  const read = await stores.ownCases.read(work, key, id);
  const [kept] = read.ok ? read.value.papers : [];
  const taken = await stores.ownCases.paper(work, key, { id, paper: kept!.paper });
  expect(taken).toMatchObject({ value: { bytes: photo.bytes } });
  const shown = await showCase(world.disputes, work, callerOf('u:c', 'COL'), { company: 'c1', case: id });
  expect(shown).toMatchObject({
    value: {
      ...{ number: mine!.number, files: [{ name: 'line-3.png', contentType: 'image/png' }] },
      texts: [{ text: 'line 3: two boxes missing' }],
    },
  });
  expect(await claimOf(world, '1')).toBe(700_00);
  expect(await claimOf(world, '2')).toBe(50_00);
  // a number is of one case alone
  const other = await openOwnCase(stores, { ...call, requestId: 'r3' }, key, {
    ...{ as: 'dispute', code: 'QTY', text: 'nothing came at all' },
    items: [{ item: idOf('2') }],
  });
  expect(other).toMatchObject({ ok: true });
  const numbers = (await stores.ownCases.list(work, key)).map(({ number }) => number);
  expect([numbers.length, new Set(numbers).size]).toEqual([2, 2]);
  expect([await claimOf(world, '1'), await claimOf(world, '2')]).toEqual([700_00, 0]);
});

it('95.00 paid on 100.00 is a coded case of 5.00 by itself, linked to invoice and payment, and as small as it is accepted', async () => {
  const world = await portalWorld('dunwellLed');
  await world.cash.set('disputes', people);
  await world.cash.post('a1', invoice('1', 100_00));
  await world.cash.receive([wire('w1', 95_00), told('w1', '1', 95_00)]);
  const entriesNow = () => world.stores.accounts.entries(all, key, { afterVersion: 0, limit: 50 });
  const entries = await entriesNow();
  for (let time = 0; time < 3; time += 1) {
    const news = (await entriesNow()).map(({ version, at, hash, facts }) => {
      const entry = { at, hash, facts: [...facts] };
      return eventOf({ ...key, version, entry, moves: {} }, sha256).body;
    });
    await hearEvents(news, { now: world.clock.now, scope: all }, world.disputes);
  }
  const call = {
    ...world.call(),
    actor: { kind: 'staff', id: 'u:c' } as const,
    cause: { kind: 'request', id: 'r' },
  };
  const listed = await listCases(
    world.disputes,
    call,
    callerOf('u:c', 'COL'),
    'c1',
    casesQuery.parse({ open: 'no' }),
  );
  const cases = listed.ok ? listed.value.cases : [];
  expect(cases).toMatchObject([
    { as: 'deduction', code: 'OTHER', amount: 5_00, account: 'a1', state: 'closed' },
  ]);
  const shown = await showCase(world.disputes, call, callerOf('u:c', 'COL'), {
    company: 'c1',
    case: cases[0]!.case,
  });
  if (!shown.ok) throw new Error(shown.code);
  expect(shown.value.items).toMatchObject([{ amount: 5_00, of: { invoice: idOf('1') } }]);
  const [item] = shown.value.items;
  const short = entries.find(({ facts }) => facts.some((fact) => fact.kind === 'paymentApplied'))!;
  const applied = short.facts.find((fact) => fact.kind === 'paymentApplied')!;
  expect(item!.of).toEqual({ invoice: idOf('1'), payment: applied.paymentId });
  expect(shown.value.decision).toMatchObject({ outcome: 'accepted', split: { credited: 5_00 } });
  expect((await world.cash.account('a1')).head.openItems).toEqual([]);
});
