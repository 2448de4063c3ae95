/**
 * A policy left running for thirty days (R21): every step that falls due is sent once, on its day, none is missed and none
 * comes twice, with nobody doing anything; though each tick, look and event comes twice and a day of looks is lost.
 * From: invented accounts on in-memory ports. Next: the mailboxes of customers.
 */
import { describe, expect, it } from 'vitest';
import { businessDayFrom } from '../../../shared/domain/business-days.ts';
import { addDays, type Day } from '../../../shared/domain/calendar.ts';
import { late, today } from '../../support/dunning-examples.ts';
import { dunningWorld, type DunningWorld } from './world.ts';

const week = { weekend: [6, 7], holidays: new Set<Day>() };
const days = 30;

/** Mails of Standard, by days after the due day; for 500 euro no call is asked for in between. */
const mails = [
  { stage: 2, day: 3 },
  { stage: 3, day: 10 },
  { stage: 5, day: 24 },
];

const accounts = Array.from({ length: 12 }, (_, n) => ({ accountId: `a${n}`, daysLate: n - 6 }));

const run = async (world: DunningWorld, lost: readonly number[]): Promise<void> => {
  for (let n = 0; n < days; n += 1) {
    const on = addDays(today, n);
    if (!lost.includes(n)) await world.tick(`${on}T08:30:00Z`);
    for (const { accountId } of accounts) await world.send(accountId, `${on}T10:00:00Z`);
    await world.tell(`${on}T10:05:00Z`);
  }
};

const started = async (): Promise<DunningWorld> => {
  const world = await dunningWorld({ times: 2 });
  for (const { accountId, daysLate } of accounts)
    await world.post(accountId, `${today}T03:00:00Z`, late(`item:invoice:${accountId}`, 50_000, daysLate));
  await world.tell(`${today}T03:05:00Z`);
  return world;
};

/** Each on its day or the business day after it, a gap of seven days after the one before, within the thirty. */
const expectedOf = (daysLate: number, lost: readonly number[]): { stage: number; on: Day }[] => {
  const dueOn = addDays(today, -daysLate);
  const expected: { stage: number; on: Day }[] = [];
  for (const { stage, day } of mails) {
    const before = expected.at(-1)?.on;
    const reached = addDays(dueOn, day);
    const gapEnds = before === undefined ? today : addDays(before, 7);
    const first = businessDayFrom([reached, gapEnds, today].toSorted().at(-1)!, week);
    const isLost = lost.some((n) => addDays(today, n) === first);
    const on = isLost ? businessDayFrom(addDays(first, 1), week) : first;
    if (on <= addDays(today, days - 1)) expected.push({ stage, on });
  }
  return expected;
};

describe('thirty days of a policy', () => {
  it.each<[string, number[]]>([
    ['every morning', []],
    ['every morning but one, whose steps come on the next', [8]],
  ])('looked at %s: each due step is sent once', async (_what, lost) => {
    const world = await started();
    await run(world, lost);
    let sent = 0;
    for (const { accountId, daysLate } of accounts) {
      const plans = await world.planned(accountId);
      const expected = expectedOf(daysLate, lost).map(({ stage, on }) => ({ stage, plannedOn: on }));
      expect(
        plans.map(({ stage, plannedOn }) => ({ stage, plannedOn })),
        accountId,
      ).toEqual(expected);
      const over = await world.sent(accountId);
      expect(over, accountId).toEqual(plans.map(({ id }) => id));
      expect(new Set(over).size).toBe(over.length);
      sent += over.length;
      // nobody did anything
      const actors = (await world.entries(accountId)).map(({ actor }) => actor.kind);
      expect(new Set(actors)).toEqual(new Set(['job']));
    }
    expect(sent).toBeGreaterThan(2 * accounts.length);
  });
});
