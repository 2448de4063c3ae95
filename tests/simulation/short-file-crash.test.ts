/**
 * Scenario S13: a night whose file comes cut short, then whole, from the upload to the accepted feed. Every effect of
 * ingestion, reconciliation and posting may be the last before a crash, or be made twice; the end is always the same.
 */
import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { receiveFile } from '../../functions/invoice-ingestion/receive-file.ts';
import { instantFromText } from '../../shared/domain/calendar.ts';
import {
  bookOf,
  companyId,
  feedOf,
  queues,
  snapshotWorld,
  workAll,
  type World,
} from '../functions/erp-exchange/snapshot-world.ts';
import { Crash, gateOf, type Fault, type Gate } from '../support/faults.ts';
import { everything } from '../support/test-edge.ts';

const accounts = ['acme', 'bolt', 'core'];
type Row = [account: string, number: string, amount: string];
const before: Row[] = [
  ['acme', 'A', '100.00'],
  ['acme', 'B', '200.00'],
  ['bolt', 'C', '300.00'],
];
/** A is gone, B lower, C as it was, D new in a new account. */
const after: Row[] = [
  ['acme', 'B', '150.00'],
  ['bolt', 'C', '300.00'],
  ['core', 'D', '40.00'],
];
const textOf = (rows: readonly Row[]): string =>
  [
    'number,account,name,posting_date,due_date,currency,open_amount',
    ...rows.map(([account, number, amount]) =>
      [number, account, account, '2026-10-01', '2026-11-01', 'EUR', amount].join(),
    ),
    '',
  ].join('\n');

const upload = async (world: World, rows: readonly Row[], declared: number, day: number): Promise<void> => {
  const bytes = Buffer.from(textOf(rows));
  const body = {
    ...({
      company: companyId,
      name: 'night.csv',
      kind: 'snapshot',
      source: 'books',
      locale: 'plain',
    } as const),
    ...{ size: bytes.byteLength, sha256: createHash('sha256').update(bytes).digest('hex'), scope: {} },
    ...{ asOf: `2026-11-${day}T05:00:00Z`, rows: declared },
  };
  const now = instantFromText(`2026-11-${day}T06:00:00Z`);
  const sent = await receiveFile(world.parts, everything, body, bytes, { by: 'feed', isFeed: true }, now);
  if (!sent.ok) throw new Error(`${sent.code}: ${sent.detail}`);
};

/** What fails comes again, a few times: a process that died, a writer that was second. */
const untilDone = async (gate: Gate, work: () => Promise<void>): Promise<void> => {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (fault) {
      if (!(fault instanceof Crash) && tries > 3) throw fault;
      gate.restart();
    }
  }
};

/** Two nights; of the second the short file first. @returns what lasts, and the effects of the second night. */
const live = async (gate: Gate, isTwice = false) => {
  const world = snapshotWorld(gate);
  await world.setUp();
  const night = (rows: readonly Row[], declared: number, day: number) =>
    untilDone(gate, async () => {
      await upload(world, rows, declared, day);
      await workAll(world, `2026-11-${day}T07:00:00Z`);
    });
  await night(before, 3, 20);
  const first = gate.calls.length;
  await night(after.slice(0, 2), 3, 21);
  await night(after, 3, 21);
  if (isTwice) {
    for (const queue of queues) world.worked.set(queue, 0);
    await untilDone(gate, () => workAll(world, '2026-11-21T08:00:00Z'));
  }
  return { end: await endOf(world), first, last: gate.calls.length };
};

const endOf = async (world: World) => {
  const imports = await world.imports.list(everything, companyId, { limit: 10 });
  const entries = await Promise.all(
    accounts.map((accountId) =>
      world.accounts.entries(everything, { companyId, accountId }, { afterVersion: 0, limit: 99 }),
    ),
  );
  const results = await Promise.all(imports.imports.map((one) => world.imports.results(everything, one)));
  return {
    book: await bookOf(world, ...accounts),
    feed: await feedOf(world),
    states: imports.imports.map(({ state, because }) => [state, because?.code]).toSorted(),
    results,
    facts: entries.flat().map(({ version, facts }) => ({ version, facts })),
    arrivals: (await world.feeds.company(everything, companyId)).arrivals,
  };
};

it('ends with the short file refused, the whole one accepted', async () => {
  const { end } = await live(gateOf());
  expect(end.book).toEqual({ B: 15_000, C: 30_000, D: 4_000 });
  expect(end.states).toEqual([
    ['done', undefined],
    ['done', undefined],
    ['refused', 'control-total-mismatch'],
  ]);
  expect(end.feed.check?.lines).toMatchObject([
    { opening: 60_000, closing: 49_000, file: 49_000, between: 0 },
  ]);
});

it('ends the same when every message comes a second time, late', async () => {
  expect((await live(gateOf(), true)).end).toEqual((await live(gateOf())).end);
});

it.each(['crash-before', 'crash-after', 'twice'] as const)(
  '%s at every effect of the night ends as if nothing had been',
  async (fault: Fault) => {
    const calm = await live(gateOf());
    expect(calm.last - calm.first).toBeGreaterThan(20);
    for (let at = calm.first + 1; at <= calm.last; at += 1) {
      const { end } = await live(gateOf({ fault: ({ number }) => (number === at ? fault : undefined) }));
      expect({ at, end }).toEqual({ at, end: calm.end });
    }
  },
  60_000,
);
