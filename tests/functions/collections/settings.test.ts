/**
 * What lists are made by: rules proposed and approved, targets, the view of the team; rows follow without an event.
 */
import { beforeEach, describe, expect, it } from 'vitest';
import { keepAbsence } from '../../../functions/collections/keep-absences.ts';
import { readCeilings, saveCeilings } from '../../../functions/collections/keep-ceilings.ts';
import { approveRules, proposeRules, readRules } from '../../../functions/collections/keep-rules.ts';
import { previewRules } from '../../../functions/collections/preview-rules.ts';
import { readTeam } from '../../../functions/collections/read-team.ts';
import { ceilingsBody } from '../../../shared/contracts/team-settings.ts';
import { teamAnswer } from '../../../shared/contracts/team.ts';
import { rulesAnswer, rulesBody, rulesPreviewAnswer } from '../../../shared/contracts/worklist-settings.ts';
import { addDays } from '../../../shared/domain/calendar.ts';
import { amountOf } from '../../../shared/domain/money.ts';
import type { Outcome } from '../../../shared/domain/outcome.ts';
import { defaultWorklistRules, type WorklistRules } from '../../../shared/domain/worklist-rules.ts';
import { all, keyOf, namesOf, noonOf, ofCollector, today, worklistWorld } from './worklist-world.ts';
import type { WorklistWorld } from './worklist-world.ts';

let world: WorklistWorld;
beforeEach(async () => {
  world = await worklistWorld();
});
const call = (by: string, scope = all, on = today) => ({ scope, now: noonOf(on), by, callerId: by });
const valueOf = <Value>(outcome: Outcome<Value, string>): Value => {
  if (!outcome.ok) throw new Error(outcome.code);
  return outcome.value;
};
/** An account of a collector, so many days late, with its row. */
const owes = async (name: string, to: string, late: number, amount: number) => {
  await world.owe(keyOf(name), late, amount);
  await world.say(keyOf(name), [{ kind: 'accountAssigned', to, on: today }]);
  await world.hear(await world.eventsOf(keyOf(name)));
};

describe('the rules of a list', () => {
  /** What is young is worth more than what is old. */
  const young: WorklistRules = {
    ...defaultWorklistRules,
    decay: [
      { fromDays: 1, percentHundredths: 500 },
      { fromDays: 31, percentHundredths: 1 },
    ],
  };
  const propose = (by: string, value: WorklistRules, after = 0) =>
    proposeRules(
      world.parts,
      'acme',
      rulesBody.parse({ value, after, reason: 'own losses of last year' }),
      call(by),
    );
  const approve = (by: string, version: number) =>
    approveRules(world.parts, 'acme', { version, reason: 'seen side by side' }, call(by));
  beforeEach(async () => {
    await owes('old', 't:ann', 70, 100_000);
    await owes('new', 't:ann', 10, 100_000);
  });

  it('are proposed by one person and in force once another has approved the very version', async () => {
    expect(valueOf(await readRules(world.parts, 'acme', call('t:crm')))).toMatchObject({
      ...{ version: 0, value: defaultWorklistRules, proposed: null },
    });
    const asked = rulesAnswer.parse(valueOf(await propose('t:crm', young)));
    expect(asked).toMatchObject({ version: 0, proposed: { version: 1, by: 't:crm', value: young } });
    expect(await approve('t:crm', 1)).toMatchObject({ code: 'same-author' });
    expect(await propose('t:cfo', defaultWorklistRules)).toMatchObject({ code: 'setting-changed' });
    expect(await approve('t:cfo', 2)).toMatchObject({ code: 'setting-changed' });
    const inForce = { version: 1, value: young, proposed: null };
    expect(valueOf(await approve('t:cfo', 1))).toMatchObject(inForce);
    expect(valueOf(await approve('t:cfo', 1))).toMatchObject(inForce);
  });

  it.each([
    ['a factor nobody knows', { ...defaultWorklistRules, luck: 1 }],
    [
      'decay not from the youngest',
      { ...defaultWorklistRules, decay: [...defaultWorklistRules.decay].reverse() },
    ],
    ['less than nothing', { ...defaultWorklistRules, leastClaimableEuroCents: -1 }],
  ])('with %s are no rules', (_what, value) => {
    expect(rulesBody.safeParse({ value, after: 0, reason: 'x' }).success).toBe(false);
  });

  it('shown beforehand, both orders side by side; nothing is changed by it', async () => {
    const preview = rulesPreviewAnswer.parse(
      valueOf(await previewRules(world.parts, 'acme', young, call('t:crm'))),
    );
    expect(preview).toMatchObject({ looked: 2, moved: 2 });
    expect(preview.rows.map(({ account, now, then }) => [account, now.place, then.place])).toEqual([
      ['new', 2, 1],
      ['old', 1, 2],
    ]);
    for (const { now, then, factors } of preview.rows)
      expect(factors.reduce((all_, { by }) => all_ + by, 0)).toBe(then.points - now.points);
    expect(namesOf((await world.list()).ranked)).toEqual(['old', 'new']);
  });

  it('shown beforehand for more than a page of the list, down to the last', async () => {
    for (let at = 0; at < 48; at += 1) await owes(`a-${at}`, 't:ann', 20 + at, 50_000);
    const shown = rulesPreviewAnswer.parse(
      valueOf(await previewRules(world.parts, 'acme', young, call('t:crm'))),
    );
    expect([shown.looked, new Set(shown.rows.map(({ account }) => account)).size]).toEqual([50, 50]);
  });

  it('in force, the next tick writes the rows anew, and the list is as it was shown; a further tick writes none', async () => {
    await propose('t:crm', young);
    await approve('t:cfo', 1);
    expect(await world.tick(today)).toEqual({ ok: true, value: 2 });
    expect(namesOf((await world.list()).ranked)).toEqual(['new', 'old']);
    expect(await world.tick(today)).toEqual({ ok: true, value: 0 });
  });
});

describe('targets of collectors', () => {
  const cells = (amount: number, dueOn = '2026-10-01') => ({ [`EUR open ${dueOn}`]: amountOf(amount) });
  const save = (amount: number, after = 0) =>
    saveCeilings(
      world.parts,
      'acme',
      ceilingsBody.parse({ ceilings: [{ collector: 't:ann', amount }], after, reason: 'goal of the year' }),
      call('t:crm'),
    );
  beforeEach(async () => {
    for (const [name, amount] of [
      ['a', 500_000],
      ['b', 300_000],
      ['c', 200_000],
    ] as const)
      await owes(name, 't:ann', 40, amount);
    await owes('bobs', 't:bob', 40, 100_000);
    Object.assign(world.owed, { 't:ann': cells(1_000_000), 't:bob': cells(100_000) });
  });

  it('are shown against what is owed, with the largest accounts until the excess is covered', async () => {
    expect(valueOf(await save(300_000)).ceilings).toEqual([
      {
        ...{ collector: 't:ann', amount: 300_000, open: 1_000_000, isAbove: true },
        accounts: [
          { account: 'a', claim: 500_000 },
          { account: 'b', claim: 300_000 },
        ],
      },
    ]);
    expect(valueOf(await save(1_000_000, 1)).ceilings).toMatchObject([{ isAbove: false, accounts: [] }]);
    expect(await save(1, 1)).toMatchObject({ code: 'setting-changed' });
  });

  it('missed, add their points to the accounts of that collector alone; met again, they are gone', async () => {
    const pointsOf = async () =>
      Object.fromEntries(
        (await world.list()).ranked.map(({ account, parts }) => [
          account,
          parts.find(({ factor }) => factor === 'missedCeiling')?.points ?? 0,
        ]),
      );
    await save(900_000);
    await world.tick(today);
    expect(await pointsOf()).toEqual({ a: 1_000, b: 1_000, c: 1_000, bobs: 0 });
    Object.assign(world.owed, { 't:ann': cells(800_000) });
    await world.tick(today);
    expect(await pointsOf()).toEqual({ a: 0, b: 0, c: 0, bobs: 0 });
    expect(await world.tick(today)).toEqual({ ok: true, value: 0 });
  });

  it('a collector sees their own', async () => {
    await save(1);
    const own = await readCeilings(world.parts, 'acme', call('t:bob', ofCollector('t:bob')));
    expect(valueOf(own).ceilings).toEqual([]);
    const anns = await readCeilings(world.parts, 'acme', call('t:ann', ofCollector('t:ann')));
    expect(valueOf(anns).ceilings).toHaveLength(1);
    expect(await readCeilings(world.parts, 'other', call('t:ann'))).toMatchObject({ code: 'not-found' });
  });
});

describe('the team', () => {
  const task = (name: string, act: string, on: string, at?: string) =>
    world.say(keyOf(name), [
      {
        kind: 'taskCreated',
        task: {
          ...{ id: `task:${name}:${act}:${on}`, act, stage: 0, createdOn: on as never, dueOn: on as never },
          ...{ does: ['collector'], sums: {}, items: [], ...(at !== undefined && { at }) },
        },
        on: today,
      },
    ]);
  const teamOf = async (scope = all, by = 't:crm') =>
    teamAnswer.parse(valueOf(await readTeam(world.parts, 'acme', call(by, scope))));

  beforeEach(async () => {
    for (const [name, to] of [
      ['a', 't:ann'],
      ['b', 't:ann'],
      ['c', 't:ann'],
      ['d', 't:bob'],
      ['e', ''],
    ] as const)
      await owes(name, to, 40, 100_000);
    await task('a', 'callBack', '2026-11-24', '2026-11-24T09:00:00Z');
    await task('a', 'decision', '2026-11-23');
    await task('b', 'followUp', '2026-11-17');
    await task('c', 'followUp', '2026-11-20');
    await task('d', 'followUp', '2026-11-23');
    await task('e', 'followUp', '2026-12-01');
    for (const name of ['a', 'b', 'c', 'd', 'e']) await world.hear(await world.eventsOf(keyOf(name)));
    Object.assign(world.owed, {
      't:ann': { 'EUR open 2026-10-15': amountOf(300_000), 'EUR open 2026-12-15': amountOf(50_000) },
      't:bob': { 'EUR open 2026-10-15': amountOf(100_000), 'EUR credit': amountOf(-40_000) },
      '': { 'EUR open 2026-10-15': amountOf(100_000) },
    });
  });

  it('is told who has how much, what is due and late, where it piles up and what is the manager’s now', async () => {
    const { collectors, late, isCut } = await teamOf();
    expect(isCut).toBe(false);
    const shown = collectors.map((one) => [
      ...[one.collector, one.open, one.overdue, one.accountsDue, one.accountsLate, one.isBottleneck],
      Object.entries(one.due)
        .filter(([, times]) => times > 0)
        .map(([kind, times]) => `${kind} ${times}`)
        .join(),
    ]);
    expect(shown).toEqual([
      ['pool', 100_000, 100_000, 0, 0, false, ''],
      ['t:ann', 350_000, 300_000, 3, 3, true, 'callBack 1,followUp 2,approval 1'],
      ['t:bob', 60_000, 100_000, 1, 1, false, 'followUp 1'],
    ]);
    // the 17th is five business days ago, the 20th two
    expect(late).toEqual([
      { account: 'b', collector: 't:ann', kind: 'followUp', on: '2026-11-17', businessDaysLate: 5 },
    ]);
  });

  it('who is away is shown with who stands in, on the days of it', async () => {
    const absence = { who: 't:ann', deputy: 't:bob', firstOn: '2026-11-24', lastOn: '2026-11-25' };
    const parts = { settings: world.parts.settings, ownScope: () => all };
    await keepAbsence(parts, 'acme', { ...absence, reason: 'ill' }, call('t:crm'));
    const awayOn = async (on: typeof today) => {
      const team = valueOf(await readTeam(world.parts, 'acme', call('t:crm', all, on)));
      return team.collectors
        .filter(({ away }) => away !== null)
        .map(({ collector, away }) => [collector, away]);
    };
    expect(await awayOn(addDays(today, 1))).toEqual([['t:ann', { lastOn: '2026-11-25', deputy: 't:bob' }]]);
    expect(await awayOn(addDays(today, 2))).toEqual([]);
  });

  it('calls that reached nobody, three in a row, are counted', async () => {
    const unreached = { isTalk: false, isUnreached: true, durationSeconds: 0, itemIds: [], code: 'noAnswer' };
    for (const n of [1, 2, 3])
      await world.say(keyOf('d'), [
        {
          kind: 'callLogged',
          call: { id: `c${n}`, by: 't:bob', at: `2026-11-2${n}T09:00:00Z`, ...unreached },
          on: today,
        },
      ]);
    await world.hear(await world.eventsOf(keyOf('d')));
    const { collectors } = await teamOf();
    expect(collectors.map(({ collector, unreached: times }) => [collector, times])).toEqual([
      ['pool', 0],
      ['t:ann', 0],
      ['t:bob', 1],
    ]);
  });

  it('a collector sees their own line and nobody else’s work', async () => {
    const { collectors, late } = await teamOf(ofCollector('t:bob'), 't:bob');
    expect(collectors.map(({ collector }) => collector)).toEqual(['t:bob']);
    expect(late).toEqual([]);
  });
});
