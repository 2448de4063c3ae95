/**
 * A replay of policies over the journal: the live ones reproduce what was done, or name why not; others stand beside.
 * From: a month that was lived through on in-memory ports. Next: credit managers decide by it.
 */
import { describe, expect, it } from 'vitest';
import { previewRun } from '../../../functions/dunning/preview-run.ts';
import { proposePlan } from '../../../functions/dunning/keep-plans.ts';
import { replayPolicies } from '../../../functions/dunning/replay-policies.ts';
import type { ReplayQuery } from '../../../shared/contracts/dunning-replay.ts';
import { addDays, instantFromText, type Day } from '../../../shared/domain/calendar.ts';
import { planNotice } from '../../../shared/domain/plan-notice.ts';
import { defaultChoiceRules } from '../../../shared/domain/policy-choice.ts';
import { defaultPolicies } from '../../../shared/domain/policy-defaults.ts';
import { defaultDunningRules } from '../../../shared/domain/policy-rules.ts';
import { factsOf } from '../../support/account-examples.ts';
import { late, today } from '../../support/dunning-examples.ts';
import { everything as scope } from '../../support/test-edge.ts';
import { companyId, dunningWorld, type DunningWorld } from './world.ts';

const at = (day: Day, time: string): string => `${day}T${time}:00Z`;
const days = 28;

/** Two accounts, looked at and written to every morning. */
const lived = async (): Promise<DunningWorld> => {
  const world = await dunningWorld();
  await world.post(
    'a1',
    at(today, '03:00'),
    late('item:invoice:1', 150_000, 1),
    late('item:invoice:2', 40_000, 0),
  );
  await world.post('a2', at(today, '03:00'), late('item:invoice:3', 20_000, 2));
  await world.tell(at(today, '03:00'));
  for (let day = 0; day < days; day += 1) {
    const on = addDays(today, day);
    await world.tick(at(on, '08:30'));
    for (const id of ['a1', 'a2']) await world.send(id, at(on, '09:00'));
    await world.tell(at(on, '09:05'));
  }
  return world;
};

const replayed = async (world: DunningWorld, against: ReplayQuery['against']) => {
  const query: ReplayQuery = { from: today, to: addDays(today, days - 1), against };
  const now = instantFromText(at(addDays(today, days), '12:00'));
  const outcome = await replayPolicies(world.parts(), companyId, query, { scope, now });
  if (!outcome.ok) throw new Error(outcome.detail);
  return outcome.value;
};

describe('a replay', () => {
  it('of the live policies over the live month reproduces what was sent, and has the same hash each time', async () => {
    const world = await lived();
    const before = await world.entries('a1');
    const answer = await replayed(world, 'live');
    expect(answer.differences).toEqual([]);
    expect(answer.live).toMatchObject({ messages: 7, hash: answer.other.hash });
    expect((await replayed(world, 'live')).hash).toBe(answer.hash);
    expect(await world.entries('a1')).toEqual(before);
  });

  it('names why it differs from what was done: a message that was kept back at the gate', async () => {
    const world = await dunningWorld();
    await world.post('a1', at(today, '03:00'), late('item:invoice:1', 50_000, 3));
    await world.set('dunning-stop', { isStopped: true });
    await world.tell(at(today, '03:00'));
    await world.tick(at(today, '08:30'));
    const answer = await replayed(world, 'live');
    expect(answer.differences[0]).toMatchObject({ on: today, other: null, cause: 'withheld:stop-all' });
  });

  it('of other policies counts messages, touches and every difference', async () => {
    const world = await lived();
    const gentle = defaultPolicies.map((one) =>
      one.id === 'standard' ? { ...one, steps: one.steps.filter(({ stage }) => stage !== 3) } : one,
    );
    const set = { policies: gentle, rules: defaultDunningRules, choice: defaultChoiceRules };
    await world.set('policies-proposed', set);
    const answer = await replayed(world, 'proposed');
    expect(answer.other.messages).toBeLessThan(answer.live.messages);
    expect(answer.differenceCount).toBe(answer.differences.length);
    expect(answer.differences.every(({ cause }) => cause !== '')).toBe(true);
    expect(answer.other.hash).not.toBe(answer.live.hash);
  });
});

describe('a preview', () => {
  it('lists message for message what the run then plans, and the same again has the same hash', async () => {
    const world = await dunningWorld();
    for (const [id, cents, daysLate] of [
      ['a1', 150_000, 4],
      ['a2', 1_000, 4],
      ['a3', 60_000, 12],
      ['a4', 70_000, 0],
    ] as const)
      await world.post(id, at(today, '03:00'), late(`item:invoice:${id}`, cents, daysLate));
    await world.tell(at(today, '03:00'));
    const call = { scope, now: instantFromText(at(today, '08:30')) };
    const preview = async () => {
      const outcome = await previewRun(world.parts(), { companyId }, call);
      if (!outcome.ok) throw new Error(outcome.detail);
      return outcome.value;
    };
    const before = await preview();
    expect((await preview()).hash).toBe(before.hash);
    await world.tick(at(today, '08:30'));
    const planned = await Promise.all(['a1', 'a2', 'a3', 'a4'].map((id) => world.planned(id)));
    const listed = before.accounts.map(({ steps }) => steps.filter(({ channel }) => channel === 'mail'));
    expect(listed.map((steps) => steps.map(({ digest, sums }) => [digest, sums]))).toEqual(
      planned.map((messages) => messages.map(({ digest, sums }) => [digest, sums])),
    );
    expect(planned.flat()).toHaveLength(2);
  });

  it('runs the tracks first, as the run does: a broken plan frees its items, a case decided waits', async () => {
    const world = await dunningWorld();
    const [broken, decided] = ['item:invoice:broken', 'item:invoice:decided'] as const;
    const before = addDays(today, -16);
    await world.post('a1', at(before, '03:00'), late(broken, 50_000, 20));
    await world.post('a2', at(before, '03:00'), late(decided, 50_000, 10));
    const instalments = [-6, 4].map((days) => ({ on: addDays(today, days), amount: 25_000 }));
    const plan = { currency: 'EUR', itemIds: [broken], instalments };
    const caller = { id: 'tid:COL', principals: ['COL' as const] };
    const staff = { scope, now: instantFromText(at(before, '07:00')), requestId: 'r1', caller };
    const key = { companyId, accountId: 'a1' };
    expect(await proposePlan(world.parts(), key, plan, staff)).toMatchObject({ value: { is: 'agreed' } });
    const request = {
      text: 'T9',
      causeId: 'dispute:1',
      itemIds: [decided],
      codes: { outcome: 'rejected' },
    } as const;
    const told = factsOf(planNotice(await world.head('a2'), request, today));
    await world.change('a2', told, instantFromText(at(today, '07:00')));
    await world.tell(at(today, '07:05'));
    const call = { scope, now: instantFromText(at(today, '08:30')) };
    const outcome = await previewRun(world.parts(), { companyId }, call);
    if (!outcome.ok) throw new Error(outcome.detail);
    const listed = outcome.value.accounts.map(({ steps }) =>
      steps.filter(({ channel }) => channel === 'mail').map(({ digest }) => digest),
    );
    await world.tick(at(today, '08:30'));
    const planned = await Promise.all(['a1', 'a2'].map((id) => world.planned(id)));
    expect(listed).toEqual(planned.map((messages) => messages.map(({ digest }) => digest)));
    expect(planned.map(({ length }) => length)).toEqual([1, 0]);
  });
});
