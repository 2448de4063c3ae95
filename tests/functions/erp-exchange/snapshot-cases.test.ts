/**
 * Whole files into the ledger: the cases of defaults §2.6 that are about files, end to end over reconciliation and
 * posting on in-memory ports.
 */
import { expect, it } from 'vitest';
import { everything } from '../../support/test-edge.ts';
import {
  arrive,
  bookOf,
  companyId,
  feedOf,
  idOf,
  snapshotWorld,
  stateOf,
  workAll,
  type Open,
  type SnapshotFile,
} from './snapshot-world.ts';

const day = (n: number): string => `2026-11-${String(n).padStart(2, '0')}T05:00:00Z`;

const worldWith = async (...files: SnapshotFile[]) => {
  const world = snapshotWorld();
  await world.setUp();
  for (const [at, file] of files.entries()) {
    await arrive(world, `s${at + 1}`, file);
    await workAll(world);
  }
  return world;
};

const itemOf = async (world: Awaited<ReturnType<typeof worldWith>>, accountId: string, number: string) =>
  (await world.accounts.load(everything, { companyId, accountId }, [idOf(number)])).account.items.get(
    idOf(number),
  );

const many = (count: number): Open[] =>
  Array.from({ length: count }, (_, at) => [`acc-${at % 50}`, `n${at}`, 1_000]);

it('S1 A 100, B 200; S2 B 200: A is cleared, implied, between the two', async () => {
  const world = await worldWith(
    {
      asOf: day(20),
      open: [
        ['acme', 'A', 100],
        ['acme', 'B', 200],
      ],
    },
    { asOf: day(21), open: [['acme', 'B', 200]] },
  );
  expect(await bookOf(world, 'acme')).toEqual({ B: 200 });
  const item = await itemOf(world, 'acme', 'A');
  expect(item?.clearedBetween).toEqual({ fromAt: day(20), toAt: day(21) });
  expect(item?.changes.map(({ by }) => by)).toEqual(['implied']);
  expect(await feedOf(world)).toMatchObject({ accepted: { importId: 's2', asOf: day(21) } });
});

it("A's row in S2 is unreadable: A stays open, withheld, and is closed by a later file without it", async () => {
  const world = await worldWith(
    {
      asOf: day(19),
      open: [
        ['acme', 'A', 100],
        ['acme', 'B', 200],
      ],
    },
    { asOf: day(20), open: [['acme', 'B', 200]], refused: { acme: ['A'] } },
  );
  expect(await bookOf(world, 'acme')).toEqual({ A: 100, B: 200 });
  expect((await feedOf(world)).check).toMatchObject({ lines: [{ withheld: 100, file: 200, closing: 300 }] });
  await arrive(world, 's3', { asOf: day(21), open: [['acme', 'B', 200]] });
  await workAll(world);
  expect(await bookOf(world, 'acme')).toEqual({ B: 200 });
});

it('an account that nobody looked at again keeps the difference it had: the check is not green by forgetting', async () => {
  const acme = { refused: { acme: ['A'] } };
  const nightOf = (bolt: number): [string, string, number][] => [
    ['acme', 'B', 200],
    ['bolt', 'C', bolt],
  ];
  const world = await worldWith(
    { asOf: day(19), open: [['acme', 'A', 100], ...nightOf(50)] },
    { asOf: day(20), open: nightOf(50), ...acme },
    { asOf: day(21), open: nightOf(40), ...acme },
  );
  expect(await bookOf(world, 'acme')).toEqual({ A: 100, B: 200 });
  expect((await feedOf(world)).check).toMatchObject({
    lines: [{ withheld: 100, file: 240, closing: 340 }],
    differences: [{ accountId: 'acme', amount: 100 }],
  });
});

it('a row of which not even the account can be read keeps everything open that is missing', async () => {
  const world = await worldWith(
    {
      asOf: day(19),
      open: [
        ['acme', 'A', 100],
        ['bolt', 'B', 200],
      ],
    },
    { asOf: day(20), open: [['bolt', 'B', 200]], unreadableKeys: 1 },
  );
  expect(await bookOf(world, 'acme', 'bolt')).toEqual({ A: 100, B: 200 });
  await arrive(world, 's3', { asOf: day(21), open: [['bolt', 'B', 200]] });
  await workAll(world);
  expect(await bookOf(world, 'acme', 'bolt')).toEqual({ B: 200 });
});

it('S2 has 40 % fewer of 1,000 rows: held, nothing posted; a person releases it: applied', async () => {
  const all = many(1_000);
  const world = await worldWith({ asOf: day(20), open: all }, { asOf: day(21), open: all.slice(0, 600) });
  expect(await stateOf(world, 's2')).toMatchObject({ state: 'held', because: { code: 'snapshot-shrank' } });
  expect((await feedOf(world)).accepted?.importId).toBe('s1');
  expect(Object.keys(await bookOf(world, 'acc-0'))).toHaveLength(20);
  const decided = { is: 'released', by: 'manager', at: day(21), reason: 'a branch was sold' } as const;
  await world.feeds.decide(
    everything,
    companyId,
    { importId: 's2', code: 'snapshot-shrank', decided },
    undefined,
  );
  const body = { v: 1, companyId, importId: 's2', step: 'guard', bucket: 0 };
  await world.sender.send('snapshots', [{ id: 'released', body }]);
  await workAll(world);
  expect(await stateOf(world, 's2')).toMatchObject({ state: 'done' });
  expect(Object.keys(await bookOf(world, 'acc-0'))).toHaveLength(12);
});

it('a newer snapshot goes past a held one, which is then refused as older', async () => {
  const all = many(1_000);
  const world = await worldWith(
    { asOf: day(19), open: all },
    { asOf: day(20), open: all.slice(0, 600) },
    { asOf: day(21), open: all.slice(0, 999) },
  );
  expect((await feedOf(world)).accepted?.importId).toBe('s3');
  const decided = { is: 'released', by: 'manager', at: day(21), reason: 'too late' } as const;
  await world.feeds.decide(
    everything,
    companyId,
    { importId: 's2', code: 'snapshot-shrank', decided },
    undefined,
  );
  const body = { v: 1, companyId, importId: 's2', step: 'guard', bucket: 0 };
  await world.sender.send('snapshots', [{ id: 'released', body }]);
  await workAll(world);
  expect(await stateOf(world, 's2')).toMatchObject({ state: 'refused', because: { code: 'snapshot-older' } });
});

it('the same S under another id is refused as older and has no second effect', async () => {
  const open: Open[] = [['acme', 'A', 100]];
  const world = await worldWith({ asOf: day(20), open }, { asOf: day(20), open });
  expect(await stateOf(world, 's2')).toMatchObject({ state: 'refused', because: { code: 'snapshot-older' } });
  const entries = await world.accounts.entries(
    everything,
    { companyId, accountId: 'acme' },
    { afterVersion: 0, limit: 9 },
  );
  expect(entries).toHaveLength(1);
});

it('an unchanged account is neither read nor written on the second night', async () => {
  const open: Open[] = [
    ['acme', 'A', 100],
    ['bolt', 'B', 200],
  ];
  const world = await worldWith({ asOf: day(20), open });
  const reads: string[] = [];
  const { accounts } = world.parts;
  const counting = {
    ...accounts,
    load: async (...given: Parameters<typeof accounts.load>) => {
      reads.push(given[1].accountId);
      return accounts.load(...given);
    },
  };
  const second = { ...world, parts: { ...world.parts, accounts: counting } };
  await arrive(second, 's2', {
    asOf: day(21),
    open: [
      ['acme', 'A', 100],
      ['bolt', 'B', 150],
    ],
  });
  await workAll(second);
  expect(new Set(reads)).toEqual(new Set(['bolt']));
});

it('an account that something else touched is compared though its rows are the same', async () => {
  const open: Open[] = [['acme', 'A', 100]];
  const world = await worldWith({ asOf: day(20), open });
  await world.feeds.touch(everything, companyId, {
    cause: 'delta/1',
    accountIds: ['acme', 'zeta'],
    at: '2026-11-22T07:30:00Z',
  });
  await arrive(world, 's2', { asOf: day(22), open });
  await workAll(world);
  const part = await world.files.read(everything, { companyId, name: 's2/parts/s000-0.ndjson' });
  const posted = new TextDecoder().decode(part);
  expect(posted).toContain('"accountId":"acme"');
  expect(posted).toContain('"accountId":"zeta"');
});

it('a company that keeps its own book refuses snapshots', async () => {
  const world = snapshotWorld(undefined, 'dunwellLed');
  await world.setUp();
  await arrive(world, 's1', { asOf: day(20), open: [['acme', 'A', 100]] });
  await workAll(world);
  expect(await stateOf(world, 's1')).toMatchObject({ state: 'refused', because: { code: 'book-kept-here' } });
  expect(await bookOf(world, 'acme')).toEqual({});
});

it('an empty file of the whole company clears everything; of one currency it leaves its items alone', async () => {
  const world = await worldWith(
    { asOf: day(19), open: [['acme', 'A', 100]] },
    { asOf: day(20), open: [], scope: { currency: 'EUR' } },
  );
  expect(await stateOf(world, 's2')).toMatchObject({ state: 'done', because: { code: 'scope-absent' } });
  expect(await bookOf(world, 'acme')).toEqual({ A: 100 });
  await arrive(world, 's3', { asOf: day(21), open: [] });
  await workAll(world);
  expect(await bookOf(world, 'acme')).toEqual({});
});

it('files spread over another number of buckets than the night before change nothing else', async () => {
  const open = many(120);
  const world = await worldWith({ asOf: day(20), open, buckets: 1 });
  await arrive(world, 's2', { asOf: day(21), open: open.slice(1), buckets: 4 });
  await workAll(world);
  await arrive(world, 's3', { asOf: day(22), open: open.slice(2), buckets: 2 });
  await workAll(world);
  const accounts = Array.from({ length: 50 }, (_, at) => `acc-${at}`);
  expect(Object.keys(await bookOf(world, ...accounts))).toHaveLength(118);
  const { entries } = (await world.imports.results(everything, { companyId, importId: 's3' }))[0]!;
  expect(entries).toBe(1);
});

it('two snapshots at once: the newer waits until the older is accepted, and both are', async () => {
  const world = snapshotWorld();
  await world.setUp();
  await arrive(world, 's1', {
    asOf: day(20),
    open: [
      ['acme', 'A', 100],
      ['acme', 'B', 200],
    ],
  });
  await arrive(world, 's2', { asOf: day(21), open: [['acme', 'B', 200]] });
  await workAll(world);
  expect((await feedOf(world)).recent.map(({ importId }) => importId)).toEqual(['s2', 's1']);
  expect((await itemOf(world, 'acme', 'A'))?.clearedBetween).toEqual({ fromAt: day(20), toAt: day(21) });
  expect(await feedOf(world)).toMatchObject({ waiting: [] });
});
