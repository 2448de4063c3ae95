/**
 * The day a company goes live with 3,000 items that are overdue: nothing is mailed by itself, drafts wait for a person,
 * and what is more than 90 days late is in none of them (R169).
 * From: invented accounts on in-memory ports. Next: the first morning of a company.
 */
import { expect, it } from 'vitest';
import { addDays, daysBetween } from '../../../shared/domain/calendar.ts';
import { late, today } from '../../support/dunning-examples.ts';
import { dunningWorld } from './world.ts';

const [accounts, itemsEach] = [50, 60];

it('loading 3,000 old items sends nothing: drafts only, and nothing over 90 days', async () => {
  const world = await dunningWorld({ goLiveOn: today });
  const ids = Array.from({ length: accounts }, (_, n) => `a${n}`);
  const dueOf = new Map<string, string>();
  for (const [n, accountId] of ids.entries()) {
    const items = Array.from({ length: itemsEach }, (_, one) =>
      late(`item:invoice:${n}-${one}`, 5_000 + one, 1 + ((n * itemsEach + one) % 400)),
    );
    for (const { id, dueOn } of items) dueOf.set(id, dueOn);
    await world.post(accountId, `${today}T03:00:00Z`, ...items);
  }
  await world.tell(`${today}T03:05:00Z`);
  expect(dueOf.size).toBe(3_000);
  for (const day of [0, 1, 6, 13]) {
    const on = addDays(today, day);
    await world.tick(`${on}T08:30:00Z`);
    for (const accountId of ids) expect(await world.send(accountId, `${on}T10:00:00Z`)).not.toBe('send');
  }
  const drafts = (await Promise.all(ids.map((id) => world.planned(id)))).flat();
  expect(drafts.length).toBeGreaterThanOrEqual(accounts);
  expect(drafts.filter(({ needs }) => !needs.includes('draft'))).toEqual([]);
  const ages = drafts.flatMap(({ items, plannedOn }) =>
    items.map(({ itemId }) => daysBetween(dueOf.get(itemId)! as typeof today, plannedOn)),
  );
  expect(Math.max(...ages)).toBeLessThanOrEqual(90 + 13);
  const goLiveAges = drafts.flatMap(({ items }) =>
    items.map(({ itemId }) => daysBetween(dueOf.get(itemId)! as typeof today, today)),
  );
  expect(Math.max(...goLiveAges)).toBeLessThanOrEqual(90);
  expect((await Promise.all(ids.map((id) => world.sent(id)))).flat()).toEqual([]);
  expect((await world.head('a1')).dunning.withheld?.reasons['review-list']).toBeGreaterThan(0);
});
