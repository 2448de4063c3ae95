/**
 * Segments in aging, and that who sees some accounts alone is told nothing of the others, not even that they moved.
 */
import { expect, it } from 'vitest';
import { projectEvents } from '../../../functions/reporting/project-events.ts';
import type { Day } from '../../../shared/domain/calendar.ts';
import type { HeadFact } from '../../../shared/domain/facts.ts';
import { postItem } from '../../../shared/domain/post-item.ts';
import { scopeOf } from '../../../shared/domain/scope.ts';
import { after, factsOf, itemWith, money } from '../../support/account-examples.ts';
import { everything } from '../../support/test-edge.ts';
import { agingOn, appendFacts, newWorld, type World } from './projection-support.ts';

const on = '2026-03-01' as Day;
const say = async (world: World, accountId: string, fact: HeadFact): Promise<void> =>
  projectEvents(await appendFacts(world, accountId, fact.on, [fact]), everything, world);
const post = async (world: World, accountId: string, size: number): Promise<void> => {
  const facts = factsOf(postItem(after(), itemWith({ id: 'item:invoice:1', original: money(size) })));
  await projectEvents(await appendFacts(world, accountId, '2026-03-02', facts), everything, world);
};

it('aging by segment moves what is open with its account, from the day on; no segment has no name', async () => {
  const world = newWorld();
  await say(world, 'a', { kind: 'segmentNamed', segment: 'retail', on });
  await post(world, 'a', 700);
  await post(world, 'b', 40);
  const later = '2026-03-05' as Day;
  await say(world, 'b', { kind: 'segmentNamed', segment: 'retail', on: later });
  const bySegment = async (day: string) =>
    (await agingOn(world, day as Day, 'known', { by: 'segment' })).groups.map(({ name, currencies }) => [
      name,
      currencies[0]?.open,
    ]);
  expect(await bySegment('2026-03-04')).toEqual([
    ['retail', 700],
    [null, 40],
  ]);
  expect(await bySegment('2026-03-05')).toEqual([['retail', 740]]);
});

it('a collector is told neither how much nor when the ledger of others grew', async () => {
  const world = newWorld();
  await say(world, 'mine', { kind: 'accountAssigned', to: 'ann', on });
  await post(world, 'mine', 700);
  const ann = scopeOf([{ companies: 'all', accounts: { by: 'collector', ids: ['ann'] } }]);
  const asked = () => agingOn(world, '2026-03-10' as Day, 'known', {}, ann);
  const before = await asked();
  expect(before.freshness[0]).toMatchObject({ ledgerVersion: null, dataAt: null });
  await post(world, 'theirs', 40);
  expect(JSON.stringify(await asked())).toBe(JSON.stringify(before));
  const whole = await agingOn(world, '2026-03-10' as Day, 'known');
  expect(whole.freshness[0]).toMatchObject({ ledgerVersion: 3, dataAt: '2026-03-02T12:00:00Z' });
});
