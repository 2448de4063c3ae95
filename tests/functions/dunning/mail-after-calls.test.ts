/**
 * Calls that reached nobody have their mail go out by itself, once, however often the company's machinery repeats itself.
 * From: invented accounts on in-memory ports. Next: the collector's "T3 goes to the customer" is true.
 */
import { expect, it } from 'vitest';
import { addDays, instantFromText, type Day } from '../../../shared/domain/calendar.ts';
import type { Fact } from '../../../shared/domain/facts.ts';
import { checkDunning, checkDunningJournal } from '../../../shared/domain/invariants-dunning.ts';
import { everything } from '../../support/test-edge.ts';
import { late, remindedAt, today } from '../../support/dunning-examples.ts';
import { companyId, dunningWorld, type DunningWorld } from './world.ts';

const at = (day: Day, time: string): string => `${day}T${time}:00Z`;
const call = (on: Day, number: number): Fact => ({
  kind: 'callLogged',
  call: {
    ...{ id: `c${number}`, code: 'busy', by: 'u:ann', at: at(on, '11:00'), durationSeconds: 10 },
    ...{ isTalk: false, isUnreached: true, itemIds: [] },
  },
  on,
});

/** Ten days: a look each morning, a call on each of the first days, the mail when it may. */
const lived = async (times: number, calls: number): Promise<DunningWorld> => {
  const world = await dunningWorld({ times });
  const item = late('item:invoice:1', 50_000, 17, remindedAt(3, 8));
  await world.post('a1', at(addDays(today, -1), '03:00'), item);
  await world.tell(at(addDays(today, -1), '03:00'));
  for (let day = 0; day < 6; day += 1) {
    const on = addDays(today, day);
    await world.tick(at(on, '08:30'));
    await world.send('a1', at(on, '09:00'));
    if (day >= calls) continue;
    await world.change('a1', [call(on, day)], instantFromText(at(on, '11:00')));
    await world.tell(at(on, '11:01'));
    await world.send('a1', at(on, '11:02'));
    await world.tell(at(on, '11:03'));
  }
  return world;
};

it.each([1, 2])('three calls send one T3 on the day of the third, told of %i times', async (times) => {
  const world = await lived(times, 3);
  expect(await world.sent('a1')).toEqual([`message:${addDays(today, 2)}:mail`]);
  expect((await world.planned('a1')).map(({ text }) => text)).toEqual(['T3']);
  const { items } = await world.accounts.openItems(everything, { companyId, accountId: 'a1' }, { limit: 9 });
  expect(items[0]?.stage).toBe(3);
  expect(checkDunning(await world.head('a1'), items)).toEqual([]);
  expect(checkDunningJournal(await world.entries('a1'))).toEqual([]);
});

it('two calls send none', async () => {
  expect(await (await lived(1, 2)).sent('a1')).toEqual([]);
});
