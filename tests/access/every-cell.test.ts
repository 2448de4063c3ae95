/**
 * Every cell of the matrix that a route has (A1, A2), with its object in every state it can be in: the answer, one line in the
 * log for each denial, and a store that a denial leaves alone. Foreign and absent cost the same calls of the store,
 * so that time tells no more than the answer does. How many checks that are is said at the end.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cellOf, staffPrincipals, type Principal, type ScopeLetter } from '../../shared/contracts/access.ts';
import type { Reach } from '../../shared/contracts/reach.ts';
import { isLentByGlass } from '../../shared/edge/break-glass.ts';
import type { RegisteredRoute } from '../../shared/edge/edge.ts';
import { exampleCalls, type About, type Example } from './example-calls.ts';
import { startWorld, type Answer, type World } from './world.ts';

const company = { companyIds: ['acme'], grants: [] };
const lent = (fromAt: string, untilAt: string): Partial<Reach> => ({
  companyIds: [],
  grants: [{ companyId: 'acme', accountId: 'north', itemIds: 'all', fromAt, untilAt, purpose: 'an example' }],
});
type State = { about: About; reach: Partial<Reach>; seenBy: readonly ScopeLetter[] };

/** `seenBy`: letters that reach it. A person's units are `acme`; `north` is assigned to the roles P and S. */
const states: Record<string, State> = {
  'in scope': {
    ...{ about: { companyId: 'acme', accountId: 'north' }, reach: company, seenBy: ['A', 'B', 'P', 'S'] },
  },
  'of another portfolio': {
    ...{ about: { companyId: 'acme', accountId: 'south' }, reach: company, seenBy: ['A', 'B'] },
  },
  'assigned to nobody': {
    ...{ about: { companyId: 'acme', accountId: 'east' }, reach: company, seenBy: ['A', 'B'] },
  },
  'of another unit': {
    ...{ about: { companyId: 'brio', accountId: 'west' }, reach: company, seenBy: ['A'] },
  },
  'absent from their unit': {
    ...{ about: { companyId: 'acme', accountId: 'nowhere' }, reach: company, seenBy: [] },
  },
  'of a company that never was': {
    ...{ about: { companyId: 'zeta', accountId: 'nowhere' }, reach: company, seenBy: [] },
  },
  'lent now': {
    about: { companyId: 'acme', accountId: 'north' },
    reach: lent('2026-11-01T00:00:00Z', '2026-12-01T00:00:00Z'),
    seenBy: ['A', 'G'],
  },
  'lent until now': {
    about: { companyId: 'acme', accountId: 'north' },
    reach: lent('2026-11-01T00:00:00Z', '2026-11-22T10:00:00Z'),
    seenBy: ['A'],
  },
  'lent later': {
    about: { companyId: 'acme', accountId: 'north' },
    reach: lent('2026-11-22T10:00:01Z', '2026-12-01T00:00:00Z'),
    seenBy: ['A'],
  },
};

let world: World;
let checks = 0;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

/** These change who reaches an account. */
const handsOver = new Set(['assign-collector', 'assign-sellers']);
const examples = (): [RegisteredRoute, Example][] =>
  [...new Map(world.routes.map((route) => [route.name, route])).values()].flatMap((route) => {
    const example = exampleCalls[route.name];
    return example ? [[route, example] as [RegisteredRoute, Example]] : [];
  });

/** What the matrix says the answer is; several where the route decides more than the matrix knows. */
const expectedOf = (route: RegisteredRoute, example: Example, who: Principal, state: State): number[] => {
  const { scope } = cellOf(route.action, who);
  if (scope === '-') return [403];
  const isWrite = !route.methods.includes('GET');
  const seen = isWrite ? [example.allowed, 409] : [example.allowed];
  if (example.isAboutAccount) return state.seenBy.includes(scope) ? seen : [example.foreign ?? 404];
  return [...seen, ...(example.foreign === undefined ? [404] : [example.foreign, 404])];
};

const changeOfCalls = async (work: () => Promise<Answer>): Promise<[Answer, Record<string, number>]> => {
  const before = world.storeCalls();
  const answer = await work();
  const calls: Record<string, number> = {};
  for (const [name, count] of Object.entries(world.storeCalls())) {
    const more = count - (before[name] ?? 0);
    // a read that finds nothing is a read
    const plain = name.replace(/^404 /, 'read ');
    if (more !== 0) calls[plain] = (calls[plain] ?? 0) + more;
  }
  return [answer, calls];
};

describe.each([...staffPrincipals, 'SYS'] as const)('%s', (who) => {
  it.each(Object.keys(states))('an account %s: each cell is right', { timeout: 120_000 }, async (name) => {
    const state = states[name]!;
    if (who !== 'SYS') await world.giveReach(who, state.reach);
    const token = await world.tokenOf(who);
    for (const [route, example] of examples()) {
      if (handsOver.has(route.name) && cellOf(route.action, who).scope !== '-') continue;
      const [answer, calls] = await changeOfCalls(() => world.call(route, example.send(state.about), token));
      const expected = expectedOf(route, example, who, state);
      const isRight = expected.includes(answer.status);
      expect([route.name, answer.status, expected, isRight]).toEqual([
        route.name,
        answer.status,
        expected,
        true,
      ]);
      const denied = answer.lines.filter((line) => line.includes('"denied"'));
      const isDenial = [401, 403, 404].includes(answer.status);
      expect([route.name, denied.length]).toEqual([route.name, isDenial ? 1 : 0]);
      // whether glass is broken for them is looked up, and nothing else
      const looks = who === 'ADM' && isLentByGlass(route.action) ? ['read settings'] : [];
      const asked = Object.keys(calls).filter((name) => name !== 'metadata');
      if (answer.status === 403) expect([route.name, asked]).toEqual([route.name, looks]);
      checks += 1;
    }
  });
});

describe.each(['COL', 'SAL', 'INQ', 'CRM', 'ARC'] as const)('%s', (who) => {
  const pairs = {
    'foreign in their unit': ['of another portfolio', 'absent from their unit', ['P', 'S', 'G']],
    'foreign in another unit': ['of another unit', 'of a company that never was', ['B', 'P', 'S', 'G']],
  } as const;

  it.each(Object.keys(pairs) as (keyof typeof pairs)[])(
    'what is %s costs the calls that what never was costs',
    { timeout: 120_000 },
    async (name) => {
      const [foreign, absent, letters] = pairs[name];
      await world.giveReach(who, company);
      const token = await world.tokenOf(who);
      for (const [route, example] of examples()) {
        const { scope } = cellOf(route.action, who);
        if (!example.isAboutAccount || !(letters as readonly ScopeLetter[]).includes(scope)) continue;
        const cost = async (state: string) => {
          const { about } = states[state]!;
          const [{ status }, calls] = await changeOfCalls(() =>
            world.call(route, example.send(about), token),
          );
          return { status, calls };
        };
        // the day's first thing of a person begins a count, whatever thing it is
        await cost('in scope');
        expect([route.name, await cost(foreign)]).toEqual([route.name, await cost(absent)]);
        checks += 1;
      }
    },
  );
});

it('there were as many checks as the routes, roles and states there are come to', () => {
  const cells = examples().length * (staffPrincipals.length + 1) * Object.keys(states).length;
  expect(Object.keys(states)).toHaveLength(9);
  expect(checks).toBeGreaterThanOrEqual(cells - 2 * handsOver.size * 9 * (staffPrincipals.length + 1));
  expect(checks).toBeGreaterThan(7_500);
});
