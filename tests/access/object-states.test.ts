/**
 * Every route about one account, as everybody who may call it (A2, A7), with the account in every state it can have for them:
 * theirs, in their unit but not theirs, of another unit, never there, lent, no longer lent.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cellOf, staffPrincipals, type Principal, type ScopeLetter } from '../../shared/contracts/access.ts';
import type { RegisteredRoute } from '../../shared/edge/edge.ts';
import { exampleCalls, type About, type Example } from './example-calls.ts';
import { startWorld, type World } from './world.ts';

const theirs = { companyId: 'acme', accountId: 'north' };
const otherPortfolio = { companyId: 'acme', accountId: 'south' };
const otherUnit = { companyId: 'brio', accountId: 'west' };
const neverThere = { companyId: 'acme', accountId: 'nowhere' };
const neverAnywhere = { companyId: 'zeta', accountId: 'nowhere' };

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const lent = (about: About, fromAt: string, untilAt: string) => ({
  companyIds: [],
  grants: [{ ...about, itemIds: 'all' as const, fromAt, untilAt, purpose: 'an example' }],
});

const letterOf = (route: RegisteredRoute, who: Principal): ScopeLetter => cellOf(route.action, who).scope;

const routesOpenTo = (who: Principal, letters: readonly ScopeLetter[]): [RegisteredRoute, Example][] =>
  world.routes.flatMap((route) => {
    const example = exampleCalls[route.name];
    const isMeant = example?.isAboutAccount && letters.includes(letterOf(route, who));
    return isMeant ? [[route, example] as [RegisteredRoute, Example]] : [];
  });

const plain = (text: string, { companyId, accountId }: About): string =>
  text.replaceAll(companyId, '-').replaceAll(accountId, '-');

/** The one answers as the other: status, body and headers. */
const answersAlike = async (who: Principal, letters: readonly ScopeLetter[], there: About, never: About) => {
  const token = await world.tokenOf(who);
  for (const [route, { send, foreign }] of routesOpenTo(who, letters)) {
    const [one, other] = [
      await world.call(route, send(there), token),
      await world.call(route, send(never), token),
    ];
    expect([route.name, one.status, plain(one.body, there), one.headers]).toEqual([
      ...[route.name, foreign, plain(other.body, never), other.headers],
    ]);
    expect(other.status).toBe(foreign);
  }
};

it('there are such routes, for each letter of the matrix that a person has', () => {
  const letters = staffPrincipals.flatMap((who) =>
    routesOpenTo(who, ['A', 'B', 'P', 'S', 'G']).map(([route]) => letterOf(route, who)),
  );
  expect([...new Set(letters)].toSorted()).toEqual(['A', 'B', 'G', 'P', 'S']);
});

describe.each(staffPrincipals)('%s', (who) => {
  it('is answered about an account of theirs', async () => {
    await world.giveReach(who, {
      ...lent(theirs, '2026-11-01T00:00:00Z', '2026-12-01T00:00:00Z'),
      companyIds: ['acme'],
    });
    const token = await world.tokenOf(who);
    for (const [route, { send, allowed }] of routesOpenTo(who, ['A', 'B', 'P', 'S', 'G'])) {
      const answer = await world.call(route, send(theirs), token);
      expect([route.name, answer.status, answer.body]).toEqual([route.name, allowed, answer.body]);
    }
  });

  it('finds an account of their unit that is not theirs as absent as one that never was', () =>
    answersAlike(who, ['P', 'S', 'G'], otherPortfolio, neverThere));

  it('finds an account of another unit as absent as one of a company that never was', () =>
    answersAlike(who, ['B', 'P', 'S', 'G'], otherUnit, neverAnywhere));

  it('finds an account of their unit as absent as one of another when it never was', () =>
    answersAlike(who, ['B', 'P', 'S', 'G'], neverThere, neverAnywhere));

  it('finds an account that is no longer lent, or not yet, as absent as one that never was', async () => {
    for (const [from, until] of [
      ['2026-11-01T00:00:00Z', '2026-11-22T10:00:00Z'],
      ['2026-11-22T10:00:01Z', '2026-12-01T00:00:00Z'],
    ] as const) {
      await world.giveReach(who, lent(theirs, from, until));
      await answersAlike(who, ['G'], theirs, neverThere);
    }
    await world.giveReach(who, { companyIds: ['acme'] });
  });
});

it('an account given to another collector over HTTP is gone with the next call, and theirs at once', async () => {
  const [manager, collector] = [await world.tokenOf('CRM'), await world.tokenOf('COL')];
  const route = (name: string) => world.routes.find((one) => one.name === name)!;
  const path = 'api/accounts/acme/north';
  const read = async () => (await world.call(route('read-account'), { path }, collector)).status;
  const assign = (to: string) =>
    world.call(route('assign-collector'), { path: `${path}/assignment`, body: { to } }, manager);
  expect(await read()).toBe(200);
  expect(await assign('tenant:other')).toMatchObject({ status: 200 });
  expect(await read()).toBe(404);
  await assign('tenant:COL');
  expect(await read()).toBe(200);
});

it('an account that is sold by somebody else is gone from the seller with the next call', async () => {
  const [manager, seller] = [await world.tokenOf('CRM'), await world.tokenOf('SAL')];
  const route = (name: string) => world.routes.find((one) => one.name === name)!;
  const path = 'api/accounts/acme/north';
  const read = async () => (await world.call(route('read-account'), { path }, seller)).status;
  const sell = (owners: string[]) =>
    world.call(route('assign-sellers'), { path: `${path}/sellers`, body: { owners } }, manager);
  expect(await read()).toBe(200);
  await sell(['team-south']);
  expect(await read()).toBe(404);
  await world.giveReach('SAL', { companyIds: ['acme'], teams: ['team-south'] });
  expect(await read()).toBe(200);
});
