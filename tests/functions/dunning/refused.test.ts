/**
 * After a case was decided against the customer: a call a week later and then the stage it stood at; a deduction that
 * was refused is refused again twice, then somebody decides.
 * From: in-memory ports, day by day. Next: `track-refused.ts`.
 */
import { describe, expect, it } from 'vitest';
import { addDays, instantFromText, type Day } from '../../../shared/domain/calendar.ts';
import { planNotice } from '../../../shared/domain/plan-notice.ts';
import { reduceItem } from '../../../shared/domain/reduce-item.ts';
import { factsOf, money } from '../../support/account-examples.ts';
import { late, today } from '../../support/dunning-examples.ts';
import { everything as scope } from '../../support/test-edge.ts';
import { dunningWorld, type DunningWorld } from './world.ts';

const itemId = 'item:invoice:1';
const at = (day: Day, time = '08:30'): string => `${day}T${time}:00Z`;

const decided = async (text: 'T9' | 'T12', outcome = 'rejected', times = 1): Promise<DunningWorld> => {
  const world = await dunningWorld({ times });
  const item = late(itemId, 50_000, 3);
  await world.post(
    'a1',
    at(addDays(today, -1), '03:00'),
    text === 'T12' ? { ...item, kind: 'deduction' } : item,
  );
  const request = { text, causeId: 'dispute:1', itemIds: [itemId], codes: { case: 'dispute:1', outcome } };
  const facts = factsOf(planNotice(await world.head('a1'), request, today));
  await world.change('a1', facts, instantFromText(at(today, '07:00')));
  return world;
};

const mornings = async (world: DunningWorld, days: readonly number[]): Promise<void> => {
  for (const day of days) {
    await world.tick(at(addDays(today, day)));
    await world.tell(at(addDays(today, day), '12:00'));
  }
};
const all = (to: number): number[] => Array.from({ length: to + 1 }, (_, day) => day);

const notices = async (world: DunningWorld): Promise<[string, Day][]> =>
  (await world.facts('a1')).flatMap((fact) =>
    fact.kind === 'noticePlanned' && fact.notice.text !== 'T13'
      ? [[fact.notice.id, fact.on] as [string, Day]]
      : [],
  );
const tasks = async (world: DunningWorld): Promise<[string, Day][]> =>
  (await world.facts('a1')).flatMap((fact) =>
    fact.kind === 'taskCreated' ? [[fact.task.act, fact.on] as [string, Day]] : [],
  );

describe('a deduction that was refused', () => {
  it.each([1, 2])(
    'is refused again after 14 and 30 days, then somebody decides, looked at %i times',
    async (times) => {
      const world = await decided('T12', 'rejected', times);
      await mornings(world, all(40));
      expect(await notices(world)).toEqual([
        ['message:T12:dispute:1', today],
        ['message:T12:dispute:1:refused+14', addDays(today, 14)],
        ['message:T12:dispute:1:refused+30', addDays(today, 30)],
      ]);
      expect(await tasks(world)).toEqual([['billBackOrWriteOff', addDays(today, 30)]]);
      expect((await world.head('a1')).dunning.refused).toEqual([]);
    },
  );

  it('says what the first one said: case, outcome and items', async () => {
    const world = await decided('T12');
    await mornings(world, all(15));
    const said = (await world.facts('a1')).flatMap((fact) =>
      fact.kind === 'noticePlanned' ? [fact.notice] : [],
    );
    const [first, second] = said;
    expect(second).toMatchObject({ itemIds: first!.itemIds, codes: first!.codes });
  });

  it('is asked for once where the days of two letters were missed, and no more once it is paid', async () => {
    const world = await decided('T12');
    await mornings(world, [0, 31]);
    expect(await notices(world)).toHaveLength(2);
    const paid = await decided('T12');
    await mornings(paid, all(3));
    const { account } = await paid.accounts.load(scope, { companyId: 'c1', accountId: 'a1' }, [itemId]);
    const change = {
      itemId,
      changeId: 'p1',
      by: 'payment',
      amount: money(50_000),
      on: addDays(today, 4),
    } as const;
    await paid.change('a1', factsOf(reduceItem(account, change)), instantFromText(at(addDays(today, 4))));
    await mornings(paid, [14, 30, 40]);
    expect(await notices(paid)).toHaveLength(1);
    expect(await tasks(paid)).toEqual([]);
  });
});

describe('a dispute decided against the customer', () => {
  it('is followed by a call a week later, and by no reminder before it', async () => {
    const world = await decided('T9');
    await mornings(world, all(6));
    expect(await world.planned('a1')).toEqual([]);
    expect((await world.head('a1')).dunning.withheld?.reasons).toEqual({ 'recent-contact': 1 });
    await mornings(world, [7, 8]);
    expect(await tasks(world)).toEqual([['call', addDays(today, 7)]]);
    expect((await world.planned('a1')).map(({ stage, plannedOn }) => [stage, plannedOn])).toEqual([
      [2, addDays(today, 7)],
    ]);
  });

  it('accepted: nothing follows it', async () => {
    const world = await decided('T9', 'accepted');
    await mornings(world, all(1));
    expect((await world.head('a1')).dunning.refused).toBeUndefined();
    expect(await world.planned('a1')).toHaveLength(1);
  });
});
