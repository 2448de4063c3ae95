/**
 * Figures: whatever order events come in, twice, or not at all for a while, they are those of a replay of the journals,
 * folded or not; and the rows behind a tile sum to it.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldTail } from '../../../functions/reporting/fold-tail.ts';
import { projectEvents } from '../../../functions/reporting/project-events.ts';
import { readRows, rowsOf } from '../../../functions/reporting/read-rows.ts';
import { figuresOn } from '../../../functions/reporting/read-figures.ts';
import type { ArEvent } from '../../../shared/contracts/messages.ts';
import { addDays, type Day } from '../../../shared/domain/calendar.ts';
import { addFigures, type Figures } from '../../../shared/domain/figure-sums.ts';
import { figuresIn } from '../../../shared/domain/figures-kept.ts';
import { allShards, shardOf } from '../../../shared/domain/report-shard.ts';
import { scopeOf, scopeOver } from '../../../shared/domain/scope.ts';
import { beginLedger, ledgerCommands } from '../../support/aging-commands.ts';
import { everything } from '../../support/test-edge.ts';
import { appendFacts, companyId, newWorld, writeJournal, type World } from './projection-support.ts';

const lives = fc.array(ledgerCommands, { minLength: 1, maxLength: 3 });

const writeLives = async (
  world: World,
  some: Iterable<Parameters<typeof fc.modelRun>[1]>[],
): Promise<ArEvent[]> => {
  const events: ArEvent[] = [];
  for (const [index, commands] of some.entries()) {
    const run = beginLedger();
    fc.modelRun(() => ({ model: {}, real: run }), commands as never);
    events.push(...(await writeJournal(world, `a${index}`, run.entries)));
  }
  return events;
};

const oracle = async (world: World, firstOn: Day, lastOn: Day): Promise<Figures> => {
  let total: Figures = {};
  const { heads } = await world.accounts.heads(everything, companyId, { limit: 100 });
  for (const { accountId } of heads)
    for (const { name, on, amount } of await rowsOf(
      { companyId, accountId, zone: 'UTC' },
      everything,
      world.accounts,
    ))
      if (on >= firstOn && on <= lastOn) total = addFigures(total, { [name]: amount });
  return total;
};

const told = async (world: World, firstOn: Day, lastOn: Day): Promise<Figures | undefined> => {
  const { kept } = await figuresOn({ companyId, day: lastOn }, everything, world);
  return figuresIn(kept, firstOn, lastOn);
};

describe('whatever order events come in', () => {
  it('the figures of any days are those of a replay, folded or not', async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(
        lives,
        fc.array(fc.nat(1_000), { maxLength: 40 }),
        fc.nat(40),
        async (some, picks, from) => {
          const world = newWorld();
          const events = await writeLives(world, some as never);
          const rest = [...events];
          for (const pick of picks) {
            if (rest.length === 0) break;
            const [event] = rest.splice(pick % rest.length, 1);
            if (pick % 7 === 0) continue; // lost: a later one of the account brings it
            await projectEvents(pick % 3 === 0 ? [event!, event!] : [event!], everything, world);
            if (pick % 2 === 0)
              await foldTail(everything, { companyId, shard: shardOf('a0') }, world.reports);
          }
          await projectEvents(events, everything, world);
          const firstOn = addDays('2026-02-20' as Day, from);
          for (const lastOn of [addDays(firstOn, 6), addDays(firstOn, 200)]) {
            const expected = await oracle(world, firstOn, lastOn);
            const found = await told(world, firstOn, lastOn);
            if (found === undefined) continue;
            compared += Object.keys(expected).length;
            expect(found).toEqual(expected);
          }
        },
      ),
      { numRuns: 60 },
    );
    expect(compared).toBeGreaterThan(100);
  }, 240_000);
});

const promise = (id: string, amount: number, dueOn: string) => ({
  kind: 'promiseMade' as const,
  on: '2026-03-02' as Day,
  promise: {
    ...{
      id,
      by: 'collector' as const,
      currency: 'EUR',
      amount: amount as never,
      madeOn: '2026-03-02' as Day,
    },
    ...{ dueOn: dueOn as Day, judgeOn: dueOn as Day, items: [] },
  },
});
const judged = (promiseId: string, result: 'kept' | 'broken' | 'partly' | 'void', on: string) => ({
  ...{ kind: 'promiseJudged' as const, promiseId, result, received: 0 as never, on: on as Day },
});

describe('a promise', () => {
  it('counts on the day it is due, once judged as kept, partly kept or broken, and not at all when void', async () => {
    const world = newWorld();
    const events = [
      ...(await appendFacts(world, 'a', '2026-03-02', [
        promise('p1', 700, '2026-03-10'),
        promise('p2', 300, '2026-03-11'),
      ])),
      ...(await appendFacts(world, 'a', '2026-03-03', [promise('p3', 50, '2026-03-12')])),
      ...(await appendFacts(world, 'a', '2026-03-14', [
        judged('p1', 'kept', '2026-03-14'),
        judged('p3', 'void', '2026-03-14'),
      ])),
      ...(await appendFacts(world, 'a', '2026-04-14', [judged('p2', 'broken', '2026-04-14')])),
    ];
    await projectEvents(events.toReversed(), everything, world);
    for (const shard of allShards) await foldTail(everything, { companyId, shard }, world.reports);
    expect(await told(world, '2026-03-01' as Day, '2026-03-31' as Day)).toEqual({
      ...{ 'promised EUR': 1_050, 'promisedCount EUR': 3, 'promiseDue EUR': 1_000, 'promiseDueCount EUR': 2 },
      ...{ 'promise-kept EUR': 700, 'promise-keptCount EUR': 1 },
      ...{ 'promise-broken EUR': 300, 'promise-brokenCount EUR': 1 },
    });
    expect(await told(world, '2026-04-01' as Day, '2026-04-30' as Day)).toEqual({});
  });
});

describe('what is kept', () => {
  it('does not grow: after years of the same, days and months are as many as before', async () => {
    const world = newWorld();
    const sizes: number[] = [];
    for (let month = 0; month < 60; month += 1) {
      const on = `${2026 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-15`;
      const calls = [1, 2].map((n) => ({
        ...{ kind: 'noticeSent' as const, messageId: `message:T${n}:x${month}`, on: on as Day },
      }));
      await projectEvents(await appendFacts(world, 'a', on, calls), everything, world);
      await foldTail(everything, { companyId, shard: shardOf('a') }, world.reports);
      const loaded = await world.reports.figures(everything, companyId);
      sizes.push(JSON.stringify(loaded).length);
    }
    expect(sizes[59]! - sizes[35]!).toBeLessThan(40);
    const { kept } = await figuresOn({ companyId, day: '2030-12-31' as Day }, everything, world);
    expect(Object.keys(kept.months).length + Object.keys(kept.days).length).toBeLessThanOrEqual(27);
    expect(kept.before['notice T1']).toBeGreaterThan(20);
  });
});

describe('the rows behind a figure', () => {
  it('sum to it, page by page, and are nothing to who does not see the whole company', async () => {
    const world = newWorld();
    const [some] = fc.sample(fc.array(ledgerCommands, { minLength: 3, maxLength: 3 }), {
      numRuns: 1,
      seed: 7,
    });
    await projectEvents(await writeLives(world, some as never), everything, world);
    const days = { firstOn: '2026-02-01', lastOn: '2026-12-31' };
    const figures = (await told(world, days.firstOn as Day, days.lastOn as Day))!;
    const names = Object.keys(figures).filter((name) => name.endsWith(' EUR'));
    expect(names.length).toBeGreaterThan(1);
    for (const name of names) {
      let after: string | undefined;
      let sum = 0;
      do {
        const query = {
          ...days,
          figure: name.split(' ')[0]!,
          part: 'EUR',
          accounts: 1,
          ...(after && { after }),
        };
        const page = await readRows(companyId, query, everything, world);
        if (!page.ok) throw new Error(page.code);
        sum += page.value.sum;
        after = page.value.after ?? undefined;
      } while (after !== undefined);
      expect([name, sum]).toEqual([name, figures[name]]);
    }
    const query = { ...days, figure: 'billed', accounts: 50 };
    for (const scope of [
      scopeOver(['elsewhere']),
      scopeOf([{ companies: 'all', accounts: { by: 'collector', ids: ['ann'] } }]),
    ])
      expect(await readRows(companyId, query, scope, world)).toMatchObject({ ok: false, code: 'not-found' });
  });
});
