/**
 * Snapshots beside other feeds and money, end to end: the cases of defaults §2.6 that need more than one kind of file.
 */
import { expect, it } from 'vitest';
import { itemIdOf } from '../../../shared/domain/document-ids.ts';
import { receiptIdOf } from '../../../shared/domain/receipt-row.ts';
import { sha256 } from '../../../shared/azure/entry-hash.ts';
import { Crash, gateOf } from '../../support/faults.ts';
import { wire } from '../../support/cash-world.ts';
import { allocationOf, deltaOf } from '../../support/posting-examples.ts';
import { day as dayOf, money } from '../../support/account-examples.ts';
import { everything } from '../../support/test-edge.ts';
import {
  arrive,
  bookOf,
  companyId,
  feedOf,
  idOf,
  rowOf,
  send,
  snapshotWorld,
  workAll,
  type Open,
  type World,
} from './snapshot-world.ts';

const day = (n: number, hour = '05'): string => `2026-11-${String(n).padStart(2, '0')}T${hour}:00:00Z`;
const A: Open = ['acme', 'A', 100];

/** One snapshot after the other, each worked through on its morning. */
const night = async (world: World, n: number, ...open: Open[]): Promise<void> => {
  await arrive(world, `s${n}`, { asOf: day(n), open });
  await workAll(world, day(n, '07'));
};
const worldWith = async (...open: Open[]): Promise<World> => {
  const world = snapshotWorld();
  await world.setUp();
  await night(world, 10, ...open);
  return world;
};
const itemOf = async (world: World, number: string, kind = 'invoice') =>
  (
    await world.accounts.load(everything, { companyId, accountId: 'acme' }, [idOf(number, kind)])
  ).account.items.get(idOf(number, kind));
const update = (open: Open, changedAt: string) => ({
  ...{ accountId: open[0], do: 'update' as const, source: 'books' },
  rows: [deltaOf(rowOf(open, 0), changedAt)],
});

it('a delta changes an account; the next snapshot has its rows unchanged: it is compared and corrected', async () => {
  const world = await worldWith(A, ['bolt', 'B', 200]);
  await send(world, 'd1', 'delta', [update(['acme', 'A', 60], day(10, '09'))], day(10, '09'));
  await workAll(world, day(10, '10'));
  expect(await bookOf(world, 'acme')).toEqual({ A: 60 });
  await night(world, 11, A, ['bolt', 'B', 200]);
  expect(await bookOf(world, 'acme', 'bolt')).toEqual({ A: 100, B: 200 });
});

it('a part is announced with one touch, whatever the number of its accounts', async () => {
  const world = snapshotWorld();
  await world.setUp();
  const accounts = Array.from({ length: 40 }, (_, at): Open => [`acc-${at}`, `n${at}`, 1_000]);
  const lines = accounts.map((open) => update(open, day(10)));
  await send(world, 'd1', 'delta', lines, day(10));
  await workAll(world, day(10, '07'));
  expect(world.gate.calls.filter((call) => call === 'feeds.touch')).toHaveLength(1);
  const [touch] = await world.feeds.touched(everything, companyId);
  expect(touch?.accountIds).toHaveLength(40);
});

it('a delta that dies between two accounts and comes back announces both', async () => {
  let isArmed = false;
  const fault = ({ operation }: { operation: string }) => {
    if (!isArmed || operation !== 'accounts.append') return undefined;
    isArmed = false;
    return 'crash-after' as const;
  };
  const world = snapshotWorld(gateOf({ fault }));
  await world.setUp();
  const both: Open[] = [A, ['bolt', 'B', 200]];
  await night(world, 10, ...both);
  const lines = [update(['acme', 'A', 60], day(10, '09')), update(['bolt', 'B', 50], day(10, '09'))];
  await send(world, 'd1', 'delta', lines, day(10, '09'));
  isArmed = true;
  await expect(workAll(world, day(10, '10'))).rejects.toThrow(Crash);
  world.gate.restart();
  await workAll(world, day(10, '11'));
  await night(world, 11, ...both);
  expect(await bookOf(world, 'acme', 'bolt')).toEqual({ A: 100, B: 200 });
});

it('S2 has B 120; J later brings 80 for B: reduced by 80 unexplained, then explained, nothing doubled', async () => {
  const world = await worldWith(['acme', 'B', 200]);
  await night(world, 11, ['acme', 'B', 120]);
  expect((await itemOf(world, 'B'))?.changes).toMatchObject([{ by: 'unexplained', amount: 80 }]);
  const told = allocationOf('B', 80, { postedOn: dayOf('2026-11-10') });
  const line = { accountId: 'acme', do: 'journal' as const, source: 'books' };
  await send(world, 'j1', 'journal', [{ ...line, documents: [], allocations: [told] }], day(11, '09'));
  await workAll(world, day(11, '10'));
  const standing = (await itemOf(world, 'B'))?.changes.filter(({ isReversed }) => !isReversed);
  expect(standing?.map(({ by, amount }) => [by, amount])).toEqual([['payment', 80]]);
  await night(world, 12, ['acme', 'B', 120]);
  expect(await bookOf(world, 'acme')).toEqual({ B: 120 });
});

const paysAt = async (world: World, at: string): Promise<void> => {
  await send(world, 'portal', 'bankStatement', [wire('w1', 100, { accountId: 'acme' })], at);
  await workAll(world, at);
};
const provisionalOf = async (world: World) =>
  (await world.accounts.load(everything, { companyId, accountId: 'acme' })).account.head.balances['EUR']
    ?.provisional;
const receiptOf = async (world: World) => {
  const receiptId = receiptIdOf('books', 'w1', sha256);
  return (await world.receipts.load(everything, { companyId, receiptId })).receipt;
};

it('portal pays A at 10:00; S of 06:00 with A comes after: open, not chased; the next S without A confirms', async () => {
  const world = await worldWith(A);
  await paysAt(world, day(11, '10'));
  await night(world, 11, A);
  expect(await bookOf(world, 'acme')).toEqual({ A: 100 });
  expect(await provisionalOf(world)).toBe(100);
  expect(await receiptOf(world)).toMatchObject({ standing: 'provisional', missingInFeeds: [] });
  await night(world, 12);
  expect(await bookOf(world, 'acme')).toEqual({});
  expect(await provisionalOf(world)).toBe(0);
  expect(await receiptOf(world)).toMatchObject({ standing: 'confirmed', confirmedBy: 's12' });
  expect((await itemOf(world, 'A'))?.changes.map(({ by }) => by)).toEqual(['payment']);
});

it('portal pays A; three snapshots still show it: missing in three, and still not chased', async () => {
  const world = await worldWith(A);
  await paysAt(world, day(10, '10'));
  for (const n of [11, 12, 13]) await night(world, n, A);
  expect((await receiptOf(world))?.missingInFeeds).toHaveLength(3);
  expect(await provisionalOf(world)).toBe(100);
  expect(await bookOf(world, 'acme')).toEqual({ A: 100 });
});

it('A 100 vanishes, A-R 30 names it: 70 implied payment; A-R keeps the due day of A', async () => {
  const world = await worldWith(A);
  const rest = { kind: 'deduction', originalNumber: 'A', dueOn: dayOf('2026-12-20') } as const;
  await night(world, 11, ['acme', 'A-R', 30, rest]);
  expect(await bookOf(world, 'acme')).toEqual({ 'A-R': 30 });
  const implied = (await itemOf(world, 'A'))?.changes.filter(({ by }) => by === 'implied');
  expect(implied?.map(({ amount }) => amount)).toEqual([70]);
  expect((await itemOf(world, 'A-R', 'deduction'))?.dueOn).toBe('2026-12-01');
});

it('invoice 500 and credit −500 vanish together: cleared against each other, no cash', async () => {
  const world = await worldWith(
    ['acme', 'I', 500],
    ['acme', 'C', -500, { kind: 'creditNote' }],
    ['acme', 'Z', 1],
  );
  await night(world, 11, ['acme', 'Z', 1]);
  expect(await bookOf(world, 'acme')).toEqual({ Z: 1 });
  expect((await itemOf(world, 'I'))?.changes.map(({ by }) => by)).toEqual(['allocation']);
  expect((await feedOf(world)).check?.lines[0]?.unexplained).toBe(0);
});

it('A vanishes and returns two days later: reopened, with its history and the number of its item', async () => {
  const world = await worldWith(A, ['acme', 'Z', 1]);
  await night(world, 11, ['acme', 'Z', 1]);
  await night(world, 13, A, ['acme', 'Z', 1]);
  expect(await bookOf(world, 'acme')).toEqual({ A: 100, Z: 1 });
  const item = await itemOf(world, 'A');
  expect(item?.changes).toMatchObject([{ by: 'implied', isReversed: true }]);
  expect((await feedOf(world)).check?.lines[0]).toMatchObject({ reopened: 100, closing: 101 });
});

it('a delta twice, and an older one after a newer: the newest stands, nothing is done twice', async () => {
  const world = await worldWith(['acme', 'A', 100]);
  const newer = update(['acme', 'A', 40], day(10, '12'));
  await send(world, 'd2', 'delta', [newer], day(10, '12'));
  await send(world, 'd2-again', 'delta', [newer], day(10, '13'));
  await send(world, 'd1', 'delta', [update(['acme', 'A', 70], day(10, '09'))], day(10, '14'));
  await workAll(world, day(10, '15'));
  expect(await bookOf(world, 'acme')).toEqual({ A: 40 });
  const entries = await world.accounts.entries(
    everything,
    { companyId, accountId: 'acme' },
    { afterVersion: 1, limit: 9 },
  );
  expect(entries).toHaveLength(1);
});

it('the same number in two fiscal years: two items', async () => {
  const world = await worldWith(
    ['acme', 'A', 100, { fiscalYear: '2025' }],
    ['acme', 'A', 30, { fiscalYear: '2026' }],
  );
  const ids = ['2025', '2026'].map((fiscalYear) =>
    itemIdOf({ type: 'invoice', number: 'A', part: '1', fiscalYear }, sha256),
  );
  const { items } = (await world.accounts.load(everything, { companyId, accountId: 'acme' }, ids)).account;
  expect(ids.map((id) => items.get(id)?.open)).toEqual([money(100), money(30)]);
});
