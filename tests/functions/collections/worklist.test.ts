/**
 * The list of a day as people see it (R33, R34): the worked example, lanes, scopes, days that pass, events twice and out of order.
 */
import { beforeEach, describe, expect, it } from 'vitest';
import { explainRow } from '../../../functions/collections/explain-row.ts';
import { addDays } from '../../../shared/domain/calendar.ts';
import type { Fact } from '../../../shared/domain/facts.ts';
import type { ContactMade } from '../../../shared/domain/dunning-position.ts';
import { reduceItem } from '../../../shared/domain/reduce-item.ts';
import { phaseOfDay } from '../../../shared/domain/worklist-row.ts';
import { day, factsOf, money } from '../../support/account-examples.ts';
import {
  all,
  keyOf,
  namesOf,
  noonOf,
  ofCollector,
  ofSeller,
  today,
  worklistWorld,
  type WorklistWorld,
} from './worklist-world.ts';

let world: WorklistWorld;
beforeEach(async () => {
  world = await worklistWorld();
});

const given = (to: string): Fact => ({ kind: 'accountAssigned', to, on: today });
const contact = (on = addDays(today, -6), more: Partial<ContactMade> = {}): Fact => ({
  ...{ kind: 'contactMade', on },
  contact: { on, by: 'auto', channel: 'mail', ...more },
});
/** All of an item is paid. */
const settle = async (name: string, itemId: string, amount: number) => {
  const { account } = await world.parts.accounts.load(all, keyOf(name), [itemId]);
  const paid = { itemId, changeId: 'c', by: 'payment' as const, amount: money(amount), on: today };
  await world.say(keyOf(name), factsOf(reduceItem(account, paid)));
};
const hearAll = async (...names: string[]) => {
  for (const name of names) await world.hear(await world.eventsOf(keyOf(name)));
};
/** The two accounts of the example: each was written to last week, so that silence adds nothing. */
const example = async () => {
  await world.owe(keyOf('one'), 45, 1_200_000);
  await world.say(keyOf('one'), [contact(), given('ann')], { treatment: { risk: 'B' }, name: 'One Ltd' });
  await world.owe(keyOf('two'), 20, 400_000);
  await world.owe(keyOf('two'), 72, 250_000);
  await world.say(keyOf('two'), [contact(), given('bob')], { treatment: { risk: 'C' }, name: 'Two Ltd' });
  await hearAll('one', 'two');
};

describe('the worked example of the defaults', () => {
  it('comes out to the cent, factor by factor', async () => {
    await example();
    const { ranked, due } = await world.list();
    expect(due).toEqual([]);
    const shown = ranked.map(({ account, place, points, claim, daysLate, parts }) => [
      ...[account, place, points, claim, daysLate],
      Object.fromEntries(parts.map((part) => [part.factor, part.points])),
    ]);
    expect(shown).toEqual([
      ['one', 1, 3_941, 1_200_000, 45, { time: 1_841, decay: 3_000, costOfTouch: -900 }],
      ['two', 2, 3_897, 650_000, 72, { time: 997, decay: 3_800, costOfTouch: -900 }],
    ]);
  });

  it('says why the second is not first, and what alone would make it so', async () => {
    await example();
    const answer = await explainRow(world.parts, { company: 'acme', account: 'two' }, 'team', {
      ...{ scope: all, now: noonOf(today), callerId: 'ann' },
    });
    if (!answer.ok) throw new Error(answer.code);
    const { notFirst, wouldMakeFirst } = answer.value;
    expect(notFirst).toMatchObject({ gap: 44, isTie: false, firstPoints: 3_941 });
    expect(notFirst?.factors.reduce((sum, { gap }) => sum + gap, 0)).toBe(44);
    expect(wouldMakeFirst.map(({ change }) => change)).toEqual([
      ...['moreOverdue', 'orderBlocked', 'promiseBroken', 'silence', 'riskD', 'ceiling'],
    ]);
    const { least } = wouldMakeFirst[0]!;
    await world.owe(keyOf('two'), 72, least!, { number: 'MORE' });
    await hearAll('two');
    expect(namesOf((await world.list()).ranked)[0]).toBe('two');
  });
});

describe('who sees which rows', () => {
  it.each<[string, () => Promise<string[]>, string[]]>([
    [
      'a collector their own',
      async () => namesOf((await world.list({ list: 'mine' }, { scope: ofCollector('ann') })).ranked),
      ['one'],
    ],
    [
      'a collector in the team list their own, too',
      async () => namesOf((await world.list({}, { scope: ofCollector('ann') })).ranked),
      ['one'],
    ],
    [
      'who stands in for another both',
      async () => namesOf((await world.list({ list: 'mine' }, { scope: ofCollector('ann', 'bob') })).ranked),
      ['one', 'two'],
    ],
    [
      'a seller what they sell',
      async () => namesOf((await world.list({}, { scope: ofSeller('sue') })).ranked),
      ['two'],
    ],
    [
      'a colleague asked for by name only within the scope',
      async () => namesOf((await world.list({ collector: 'bob' }, { scope: ofCollector('ann') })).ranked),
      [],
    ],
  ])('%s', async (_who, read, expected) => {
    await example();
    await world.say(keyOf('two'), [{ kind: 'salesOwnersNamed', owners: ['sue'], on: today }]);
    await hearAll('two');
    expect(await read()).toEqual(expected);
  });

  it('an account of nobody is in the pool', async () => {
    await world.owe(keyOf('loose'), 10, 100_000);
    await hearAll('loose');
    expect(namesOf((await world.list({ list: 'pool' })).ranked)).toEqual(['loose']);
    expect((await world.list({ list: 'mine' })).ranked).toEqual([]);
  });
});

describe('what is due today', () => {
  const task = (id: string, act: string, on: string, at?: string): Fact => ({
    ...{ kind: 'taskCreated', on: today },
    task: {
      ...{ id: `task:${id}`, act, stage: 0, createdOn: today, dueOn: day(on), does: [], sums: {}, items: [] },
      ...(at !== undefined && { at }),
    },
  });

  it('is never ranked away, call-backs by time first, and leaves the ranked', async () => {
    await example();
    await world.owe(keyOf('small'), 5, 600);
    await world.say(keyOf('small'), [task('a', 'followUp', '2026-11-24')]);
    await world.say(keyOf('two'), [task('b', 'callBack', '2026-11-24', '2026-11-24T15:00:00Z')]);
    await world.say(keyOf('one'), [task('c', 'callBack', '2026-11-24', '2026-11-24T08:00:00Z')]);
    await hearAll('one', 'two', 'small');
    const { due, ranked } = await world.list();
    expect(due.map(({ account, dues }) => [account, dues[0]?.kind])).toEqual([
      ['one', 'callBack'],
      ['two', 'callBack'],
      ['small', 'followUp'],
    ]);
    expect(ranked).toEqual([]);
    expect(namesOf((await world.list({ kind: 'followUp' })).due)).toEqual(['small']);
  });

  it('begins on its day, without anything written by night', async () => {
    await example();
    await world.say(keyOf('two'), [task('b', 'followUp', '2026-11-27')]);
    await hearAll('two');
    expect((await world.list({}, { on: day('2026-11-26') })).due).toEqual([]);
    expect(namesOf((await world.list({}, { on: day('2026-11-27') })).due)).toEqual(['two']);
  });
});

describe('days that pass', () => {
  it('an account contacted today is off the list and back tomorrow by itself', async () => {
    await example();
    await world.say(keyOf('one'), [contact(today)]);
    await hearAll('one');
    expect(namesOf((await world.list()).ranked)).toEqual(['two']);
    expect(namesOf((await world.list({}, { on: addDays(today, 1) })).ranked)).toContain('one');
  });

  it('an item falls due and is listed on the next day', async () => {
    await world.owe(keyOf('young'), 0, 100_000);
    await hearAll('young');
    expect((await world.list()).ranked).toEqual([]);
    expect(namesOf((await world.list({}, { on: addDays(today, 1) })).ranked)).toEqual(['young']);
  });

  it('a claim too small for the list has the points of the day all the same', async () => {
    await world.owe(keyOf('small'), 5, 600);
    await world.say(keyOf('small'), [contact(today)]);
    await hearAll('small');
    for (let ahead = 3; ahead <= 18; ahead += 3) await world.tick(addDays(today, ahead));
    const [row] = await world.parts.worklist.ofAccount(all, keyOf('small'));
    const phase = phaseOfDay(row!, addDays(today, 18));
    expect(phase).toMatchObject({ off: 'belowMinimum', claim: 600 });
    expect(phase?.parts.map(({ factor }) => factor)).toContain('silence');
  });

  it('rows are written anew before what they tell is over, and only those', async () => {
    await example();
    await world.owe(keyOf('far'), -60, 100_000);
    await hearAll('far');
    expect(await world.tick(addDays(today, 2))).toMatchObject({ value: 0 });
    expect(await world.tick(addDays(today, 3))).toMatchObject({ value: 2 });
    expect(await world.tick(addDays(today, 3))).toMatchObject({ value: 0 });
    expect(await world.tick(addDays(today, 58))).toMatchObject({ value: 2 });
    expect(await world.tick(addDays(today, 59))).toMatchObject({ value: 1 });
    const { ranked } = await world.list({}, { on: addDays(today, 61) });
    expect(namesOf(ranked)).toContain('far');
  });
});

describe('events', () => {
  const shown = async () => JSON.stringify(await world.list());

  it.each<[string, <One>(events: One[]) => One[]]>([
    ['twice', (events) => [...events, ...events]],
    ['backwards', (events) => events.toReversed()],
  ])('that come %s, one by one, end in the same list', async (_how, order) => {
    await example();
    const before = await shown();
    for (const name of ['one', 'two'])
      for (const event of order(await world.eventsOf(keyOf(name)))) await world.hear([event]);
    expect(await shown()).toBe(before);
  });

  const writesOf = async (what: () => Promise<unknown>): Promise<number> => {
    let writes = 0;
    const { worklist } = world.parts;
    const put = async (...call: Parameters<typeof worklist.put>) => ((writes += 1), worklist.put(...call));
    const replace = async (...call: Parameters<typeof worklist.replace>) => (
      (writes += 1),
      worklist.replace(...call)
    );
    world.parts.worklist = { ...worklist, put, replace };
    await what();
    return writes;
  };

  it('that come twice write nothing', async () => {
    await example();
    expect(await writesOf(() => hearAll('one', 'two'))).toBe(0);
  });

  it('that say nothing of the list write nothing, also the day after, until its days are nearly over', async () => {
    await example();
    await world.say(keyOf('one'), [given('ann')]);
    const events = await world.eventsOf(keyOf('one'));
    expect(await writesOf(() => world.hear(events))).toBe(0);
    expect(await writesOf(() => world.hear(events, addDays(today, 1)))).toBe(0);
    expect(await writesOf(() => world.hear(events, addDays(today, 3)))).toBe(1);
  });

  /** What a handler finds of the row of an account, after something else happened. */
  const onceRead = (happens: () => Promise<unknown>) => {
    const { worklist } = world.parts;
    const read: typeof worklist.read = async (...call) => {
      world.parts.worklist = worklist;
      const there = await worklist.read(...call);
      await happens();
      return there;
    };
    world.parts.worklist = { ...worklist, read };
  };

  it('who read a row before its account changed hands leaves none in the old list', async () => {
    await example();
    await world.owe(keyOf('one'), 50, 300_000);
    const late = await world.eventsOf(keyOf('one'));
    onceRead(async () => {
      await world.say(keyOf('one'), [given('bob')]);
      await hearAll('one');
    });
    await world.hear(late);
    const rows = await world.parts.worklist.ofAccount(all, keyOf('one'));
    expect(rows.map(({ collectorId, version }) => [collectorId, version])).toEqual([['bob', 4]]);
  });

  it('who read a row before its account owed nothing any more leaves none', async () => {
    await world.owe(keyOf('gone'), 10, 100_000);
    await world.say(keyOf('gone'), [contact()]);
    await hearAll('gone');
    await world.owe(keyOf('gone'), 20, 5_000);
    const late = await world.eventsOf(keyOf('gone'));
    onceRead(async () => {
      await settle('gone', 'item:invoice:R-10-100000', 100_000);
      await settle('gone', 'item:invoice:R-20-5000', 5_000);
      await hearAll('gone');
    });
    await world.hear(late);
    expect(await world.parts.worklist.ofAccount(all, keyOf('gone'))).toEqual([]);
  });

  const readsOf = async (what: () => Promise<unknown>): Promise<{ items: string[]; papers: number }> => {
    const reads = { items: [] as string[], papers: 0 };
    const { accounts } = world.parts;
    const load: typeof accounts.load = async (...call) => {
      const loaded = await accounts.load(...call);
      reads.items.push(...loaded.account.items.keys());
      return loaded;
    };
    const paper: typeof accounts.paper = (...call) => ((reads.papers += 1), accounts.paper(...call));
    world.parts.accounts = { ...accounts, load, paper };
    await what();
    world.parts.accounts = accounts;
    return reads;
  };

  it('of plain items are told by the head alone, and papers are read when they change', async () => {
    await example();
    await world.owe(keyOf('one'), 30, 70_000);
    await world.owe(keyOf('one'), 31, 20_000, { isInsured: true, number: 'SURE' });
    expect(await readsOf(() => hearAll('one'))).toEqual({ items: ['item:invoice:SURE'], papers: 0 });
    await world.say(keyOf('one'), [], { treatment: { risk: 'D' }, name: 'One and Sons' });
    expect(await readsOf(() => hearAll('one'))).toMatchObject({ papers: 1 });
    expect((await world.list()).ranked.find(({ account }) => account === 'one')).toMatchObject({
      ...{ name: 'One and Sons', claim: 1_290_000 },
    });
  });

  it('an account that changes hands is in one list alone', async () => {
    await example();
    await world.say(keyOf('one'), [given('bob')]);
    await hearAll('one');
    expect((await world.list({ collector: 'ann' })).ranked).toEqual([]);
    expect(namesOf((await world.list({ collector: 'bob' })).ranked)).toEqual(['one', 'two']);
  });

  it('an account that is settled has no row any more', async () => {
    await world.owe(keyOf('gone'), 10, 100_000);
    await hearAll('gone');
    await settle('gone', 'item:invoice:R-10-100000', 100_000);
    await hearAll('gone');
    expect(await world.parts.worklist.ofAccount(all, keyOf('gone'))).toEqual([]);
  });
});
