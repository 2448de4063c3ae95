/**
 * The projection: whatever order its events come in, twice, or not at all for a while, its figures are those
 * of a replay of the journals; and a crash between any two effects leaves nothing behind.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldTail } from '../../../functions/reporting/fold-tail.ts';
import { projectEvents } from '../../../functions/reporting/project-events.ts';
import { readBalances } from '../../../functions/reporting/read-balances.ts';
import type { ArEvent } from '../../../shared/contracts/messages.ts';
import { agingOf, type AgingChoice } from '../../../shared/domain/aging.ts';
import { asOf as accountAsOf } from '../../../shared/domain/as-of.ts';
import { addDays, type Day } from '../../../shared/domain/calendar.ts';
import { replay, type Entry } from '../../../shared/domain/entry.ts';
import { postItem } from '../../../shared/domain/post-item.ts';
import { allShards, shardOf } from '../../../shared/domain/report-shard.ts';
import { scopeOf } from '../../../shared/domain/scope.ts';
import { beginLedger, ledgerCommands } from '../../support/aging-commands.ts';
import { after, factsOf, itemWith, money } from '../../support/account-examples.ts';
import { crashAt, gateOf, withFaults } from '../../support/faults.ts';
import { everything } from '../../support/test-edge.ts';
import { ownBook } from '../../support/own-book.ts';
import {
  agingOn,
  appendFacts,
  companyId,
  keyOf,
  newWorld,
  writeJournal,
  type World,
} from './projection-support.ts';

type Journals = Map<string, Entry[]>;

const journalsFrom = (lives: Iterable<Parameters<typeof fc.modelRun>[1]>[]): Journals =>
  new Map(
    lives.map((commands, index) => {
      const run = beginLedger();
      fc.modelRun(() => ({ model: {}, real: run }), commands as never);
      return [`a${index}`, run.entries];
    }),
  );

/** Sums over accounts and parts by currency, of a replay. */
const oracle = (journals: Journals, choice: AgingChoice, view: 'known' | 'corrected') => {
  const items = [...journals].flatMap(([accountId, entries]) => [
    ...accountAsOf(keyOf(accountId), entries, { day: choice.asOf, zone: 'UTC', view }).items.values(),
  ]);
  return [...agingOf(items, choice, () => undefined).values()]
    .map(({ scheme: _scheme, ...sums }) => sums)
    .filter((sums) => hasAmount(sums))
    .toSorted((a, b) => (a.currency < b.currency ? -1 : 1));
};

const hasAmount = (value: object): boolean =>
  Object.values(value).some((one) =>
    typeof one === 'object' ? hasAmount(one as object) : typeof one === 'number' && one !== 0,
  );

const told = async (world: World, day: Day, view: 'known' | 'corrected') => {
  const { groups } = await agingOn(world, day, view);
  return groups.flatMap(({ currencies }) => currencies.filter((one) => hasAmount(one)));
};

const expectSame = async (world: World, journals: Journals, days: readonly number[]): Promise<void> => {
  for (const offset of days)
    for (const view of ['known', 'corrected'] as const) {
      const asOf = addDays('2026-02-20' as Day, offset);
      const expected = oracle(journals, { asOf, scheme: 'standard', basis: 'dueDay' }, view);
      expect(await told(world, asOf, view)).toEqual(expected);
    }
};

const lives = fc.array(ledgerCommands, { minLength: 1, maxLength: 4 });

/** Deals events into batches in an order of its own, some of them twice, some left out at first. */
const dealt = (events: readonly ArEvent[], picks: readonly number[]): ArEvent[][] => {
  const rest = [...events];
  const batches: ArEvent[][] = [];
  for (const pick of picks) {
    if (rest.length === 0) break;
    const [event] = rest.splice(pick % rest.length, 1);
    if (pick % 7 === 0) continue; // lost: a later one of the account brings it
    batches.push(pick % 3 === 0 ? [event!, event!] : [event!, ...(batches.at(-1)?.slice(0, 2) ?? [])]);
  }
  return [...batches, rest];
};

const writeAll = async (world: World, journals: Journals): Promise<ArEvent[]> => {
  const events: ArEvent[] = [];
  for (const [accountId, entries] of journals)
    events.push(...(await writeJournal(world, accountId, entries)));
  return events;
};

describe('whatever order events come in', () => {
  it('aging of any day is that of a replay, folded into months or not', async () => {
    await fc.assert(
      fc.asyncProperty(
        lives,
        fc.array(fc.nat(1_000), { maxLength: 60 }),
        fc.nat(120),
        async (some, picks, day) => {
          const world = newWorld();
          const journals = journalsFrom(some as never);
          const events = await writeAll(world, journals);
          for (const [index, batch] of dealt(events, picks).entries()) {
            await projectEvents(batch, everything, world);
            if (picks.length > 0 && picks[index % picks.length]! % 2 === 0)
              await foldTail(everything, { companyId, shard: shardOf('a0') }, world.reports);
          }
          await projectEvents(events, everything, world);
          await expectSame(world, journals, [day, day + 9]);
        },
      ),
      { numRuns: 100 },
    );
  }, 240_000);
});

/** One life with a history of months, written once and projected under faults. */
const longLife = (): Journals => {
  const [some] = fc.sample(fc.array(ledgerCommands, { minLength: 3, maxLength: 3 }), {
    numRuns: 1,
    seed: 11,
  });
  return journalsFrom(some as never);
};

const projectUntilDone = async (under: World, events: ArEvent[], restart: () => void) => {
  for (let tries = 1; tries <= 3; tries += 1)
    try {
      await projectEvents(events, everything, under);
      for (const shard of allShards) await foldTail(everything, { companyId, shard }, under.reports);
      return;
    } catch {
      restart();
    }
  throw new Error('never done');
};

describe('a crash between any two effects', () => {
  it.each(['before', 'after'] as const)(
    'crashing %s each of them ends in the same figures',
    async (when) => {
      const journals = longLife();
      const counting = newWorld();
      const events = await writeAll(counting, journals);
      const gate = gateOf();
      await projectUntilDone(
        { ...counting, reports: withFaults(counting.reports, gate, 'reports') },
        events,
        () => undefined,
      );
      const effects = gate.calls.filter((name) => /apply|save/.test(name)).length;
      expect(effects).toBeGreaterThan(10);
      for (let call = 1; call <= gate.calls.length; call += 1) {
        const world = newWorld();
        await writeAll(world, journals);
        const crash = crashAt(call, when);
        const under = { ...world, reports: withFaults(world.reports, crash, 'reports') };
        await projectUntilDone(under, events, () => crash.restart());
        await expectSame(world, journals, [20, 60]);
      }
    },
    120_000,
  );

  it('two workers at once on the same events count each once', async () => {
    const journals = longLife();
    const world = newWorld();
    const events = await writeAll(world, journals);
    const under = () => {
      const gate = gateOf({ turns: ({ number }) => number % 5, counts: () => true });
      return { ...world, reports: withFaults(world.reports, gate, 'reports') };
    };
    await Promise.all([
      projectEvents(events, everything, under()),
      projectEvents([...events].reverse(), everything, under()),
      projectEvents(events.slice(0, 5), everything, under()),
    ]);
    await expectSame(world, journals, [5, 30, 90]);
  });
});

describe('an entry that moves no figure', () => {
  it('is counted by the total and told as the newest, and leaves the tail as it was', async () => {
    const world = newWorld();
    const place = { companyId, shard: shardOf('a0') };
    const posted = factsOf(postItem(after(), itemWith({ id: 'i1', original: money(100) })));
    await projectEvents(await appendFacts(world, 'a0', '2026-03-02', posted), everything, world);
    const before = await world.reports.shard(everything, place);
    const quiet = {
      kind: 'reviewPlanned',
      nextReviewAt: '2026-03-04T08:30:00Z',
      on: '2026-03-03' as Day,
    } as const;
    await projectEvents(await appendFacts(world, 'a0', '2026-03-03', [quiet]), everything, world);
    const now = await world.reports.shard(everything, place);
    expect(now.total).toEqual({ ...before.total, entries: 2, dataAt: '2026-03-03T12:00:00Z' });
    expect([now.marks.tail, now.tail]).toEqual([before.marks.tail, before.tail]);
    const known = await world.reports.contributions(everything, place, ['a0']);
    expect(known.get('a0')?.appliedVersion).toBe(2);
  });
});

describe('who looks', () => {
  it('is told the live totals, the version of the ledger and how new its newest entry is', async () => {
    const journals = longLife();
    const world = newWorld();
    await projectEvents(await writeAll(world, journals), everything, world);
    const answer = await readBalances({ company: [companyId] }, everything, {
      ...{ reports: world.reports, bookOf: ownBook },
    });
    const entries = [...journals.values()].flat();
    const open: Record<string, number> = {};
    for (const items of [...journals].map(([id, some]) => replay(keyOf(id), some).items.values()))
      for (const item of items) open[item.currency] = (open[item.currency] ?? 0) + item.open;
    expect(answer).toEqual({
      ok: true,
      value: {
        companies: [
          {
            ...{ companyId, accounts: journals.size, ledgerVersion: entries.length },
            dataAt: entries
              .map(({ at }) => at)
              .toSorted()
              .at(-1),
            openByCurrency: open,
            book: await ownBook(),
          },
        ],
      },
    });
  });

  it('two people get the same bytes', async () => {
    const world = newWorld();
    await projectEvents(await writeAll(world, longLife()), everything, world);
    const ask = () => agingOn(world, '2026-04-01' as Day, 'known');
    expect(JSON.stringify(await ask())).toBe(JSON.stringify(await ask()));
  });

  it('a collector gets the sums of their own accounts, before and after one is handed over', async () => {
    const world = newWorld();
    const own = await assignedAccount(world, 'mine', 'ann', 10_000);
    const other = await assignedAccount(world, 'theirs', 'bob', 500);
    await projectEvents([...own, ...other], everything, world);
    const ann = scopeOf([{ companies: 'all', accounts: { by: 'collector', ids: ['ann'] } }]);
    const openFor = async (scope: typeof ann, day: string) =>
      (await agingOn(world, day as Day, 'known', {}, scope)).groups[0]?.currencies.map(({ open }) => open);
    expect(await openFor(ann, '2026-03-03')).toEqual([10_000]);
    expect(await openFor(everything, '2026-03-03')).toEqual([10_500]);
    await projectEvents(await assign(world, 'theirs', 'ann', '2026-03-05'), everything, world);
    expect(await openFor(ann, '2026-03-04')).toEqual([10_000]);
    expect(await openFor(ann, '2026-03-05')).toEqual([10_500]);
    const byCollector = await agingOn(world, '2026-03-05' as Day, 'known', { by: 'collector' });
    expect(byCollector.groups.map(({ name, currencies }) => [name, currencies[0]?.open])).toEqual([
      ['ann', 10_500],
    ]);
    // facts too large for an event are read in the ledger: whom it went to is not lost
    const [large] = await assign(world, 'mine', 'bob', '2026-03-06');
    const { facts: _facts, ...without } = large!;
    await projectEvents([without], everything, world);
    expect(await openFor(ann, '2026-03-06')).toEqual([500]);
    const nobody = scopeOf([{ companies: ['elsewhere'], accounts: { by: 'all' } }]);
    await expect(openFor(nobody, '2026-03-05')).rejects.toThrow('not-found');
  });
});

const assign = (world: World, accountId: string, to: string, on: string): Promise<ArEvent[]> =>
  appendFacts(world, accountId, on, [{ kind: 'accountAssigned', to, on: on as Day }]);

const assignedAccount = async (world: World, accountId: string, to: string, size: number) => [
  ...(await assign(world, accountId, to, '2026-03-01')),
  ...(await appendFacts(
    world,
    accountId,
    '2026-03-02',
    factsOf(postItem(after(), itemWith({ id: 'i1', original: money(size) }))),
  )),
];
