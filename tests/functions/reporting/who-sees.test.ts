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

const owned = (owners: string[], from = on): HeadFact => ({ kind: 'salesOwnersNamed', owners, on: from });
const salesOf = (...ids: string[]) => scopeOf([{ companies: 'all', accounts: { by: 'salesOwner', ids } }]);
const openOf = ({ groups }: { groups: { currencies: { open: number }[] }[] }) =>
  groups.flatMap(({ currencies }) => currencies.map(({ open }) => open));

it('a seller is told the sums of what they or their team sell, and of nothing else', async () => {
  const world = newWorld();
  await say(world, 'mine', owned(['sue']));
  await say(world, 'ours', owned(['team-north', 'tom']));
  await say(world, 'theirs', owned(['tom']));
  await post(world, 'mine', 700);
  await post(world, 'ours', 50);
  await post(world, 'theirs', 9);
  await post(world, 'nobodys', 1);
  const aging = (...ids: string[]) => agingOn(world, '2026-03-10' as Day, 'known', {}, salesOf(...ids));
  const seen = await aging('sue', 'team-north');
  expect(openOf(seen)).toEqual([750]);
  expect(seen.freshness[0]).toMatchObject({ ledgerVersion: null, dataAt: null });
  expect(openOf(await aging('tom'))).toEqual([59]);
  expect(openOf(await aging('nobody'))).toEqual([]);
  await post(world, 'theirs-too', 40);
  expect(JSON.stringify(await aging('sue', 'team-north'))).toBe(JSON.stringify(seen));
});

it('a seller of every account is told what whoever sees the company is told, on any day and in both views', async () => {
  const world = newWorld();
  for (const [n, accountId] of ['a', 'b', 'c'].entries()) {
    await say(world, accountId, owned(['sue']));
    await say(world, accountId, { kind: 'accountAssigned', to: n === 0 ? 'ann' : 'bob', on });
    await post(world, accountId, 100 * (n + 1));
  }
  await say(world, 'b', { kind: 'segmentNamed', segment: 'retail', on: '2026-03-05' as Day });
  const late = itemWith({ id: 'item:invoice:2', original: money(7), postedOn: '2026-03-03' as Day });
  const facts = factsOf(postItem(after(), late));
  await projectEvents(await appendFacts(world, 'a', '2026-03-08', facts), everything, world);
  for (const day of ['2026-03-01', '2026-03-03', '2026-03-04', '2026-03-06', '2026-03-10'] as Day[])
    for (const view of ['known', 'corrected'] as const)
      for (const by of ['company', 'collector', 'segment'] as const) {
        const whole = await agingOn(world, day, view, { by });
        const { groups } = await agingOn(world, day, view, { by }, salesOf('sue'));
        expect([day, view, by, groups]).toEqual([day, view, by, whole.groups]);
      }
});

it('who sells some accounts and collects on others is told both, each once', async () => {
  const world = newWorld();
  await say(world, 'sold', owned(['sue']));
  await say(world, 'collected', { kind: 'accountAssigned', to: 'sue', on });
  await say(world, 'both', owned(['sue']));
  await say(world, 'both', { kind: 'accountAssigned', to: 'sue', on });
  await post(world, 'sold', 1);
  await post(world, 'collected', 20);
  await post(world, 'both', 300);
  await post(world, 'other', 4_000);
  const scope = scopeOf([
    { companies: 'all', accounts: { by: 'salesOwner', ids: ['sue'] } },
    { companies: 'all', accounts: { by: 'collector', ids: ['sue'] } },
  ]);
  expect(openOf(await agingOn(world, '2026-03-10' as Day, 'known', {}, scope))).toEqual([321]);
});
