/**
 * Every route there is, as every principal (A3, A7): the matrix decides, nothing else, and what is foreign is not there.
 * Made from the matrix and the registered routes, so that it grows with each of them.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cellOf, isActionName, staffPrincipals, type Principal } from '../../shared/contracts/access.ts';
import type { RegisteredRoute } from '../../shared/edge/edge.ts';
import { tenOClock } from '../support/test-edge.ts';
import { exampleCalls, type Example } from './example-calls.ts';
import { personOf, startWorld, type World } from './world.ts';

const mine = { companyId: 'acme', accountId: 'north' };
const seconds = Math.floor(tenOClock.epochMilliseconds / 1000);

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

/** Each app's own routes with their examples, those of the same name once. */
const routesWithExamples = (): [RegisteredRoute, Example][] =>
  [...new Map(world.routes.map((route) => [route.name, route])).values()].flatMap((route) => {
    const example = exampleCalls[route.name];
    return example ? [[route, example] as [RegisteredRoute, Example]] : [];
  });

const isOpen = (route: RegisteredRoute, who: Principal): boolean => cellOf(route.action, who).scope !== '-';

describe('every route', () => {
  it('names an action of the matrix', () => {
    expect(world.routes.filter(({ action }) => !isActionName(action))).toEqual([]);
    expect(world.routes.length).toBeGreaterThanOrEqual(15);
  });

  it('that shows somebody a reduced set of fields says what it leaves out', () => {
    const silent = world.routes.filter(
      ({ action, methods, reduced }) =>
        methods.includes('GET') &&
        reduced === undefined &&
        staffPrincipals.some((who) => cellOf(action, who).reduced),
    );
    // settings, counts, a file of amounts, a paper as it was sent: nothing in them is more than the reduced set
    expect([...new Set(silent.map(({ name }) => name))].toSorted()).toEqual([
      ...[
        'download-attachment',
        'download-case-paper',
        'download-message-file',
        'list-companies',
        'list-parked-work',
        'read-company',
        'read-contacts',
        'read-feeds',
      ],
      ...['read-group-statement', 'read-morning-check'],
      'read-operations-status',
      'read-statement',
    ]);
  });

  it('has an example call, and every example a route', () => {
    const names = [...new Set(world.routes.map(({ name }) => name))];
    expect(Object.keys(exampleCalls).toSorted()).toEqual(names.toSorted());
  });

  it.each([...staffPrincipals, 'SYS'] as const)('answers %s as the matrix says', async (who) => {
    const token = await world.tokenOf(who);
    for (const [route, { send, allowed }] of routesWithExamples()) {
      const answer = await world.call(route, send(mine), token);
      const isSeen = ['A', 'B', 'N'].includes(cellOf(route.action, who).scope);
      const expected = isOpen(route, who) ? (isSeen ? [allowed] : [allowed, 404]) : [403];
      expect([route.name, who, expected.includes(answer.status), answer]).toMatchObject([
        ...[route.name, who, true, { status: answer.status }],
      ]);
    }
  });

  it.each<[string, (who: Principal) => Promise<string | undefined>]>([
    ['nobody', async () => undefined],
    ['whose sign-in is over', (who) => world.tokenOf(who, { exp: seconds - 61 })],
    ['whose sign-in is for another API', (who) => world.tokenOf(who, { aud: 'api://other' })],
    ['whose sign-in another issuer signed', (who) => world.tokenOf(who, {}, { foreignKey: true })],
    ['whose sign-in has not begun', (who) => world.tokenOf(who, { nbf: seconds + 61 })],
  ])('lets in no one %s, unless it is open to all', async (_state, tokenOf) => {
    for (const [route, { send, allowed }] of routesWithExamples())
      for (const who of staffPrincipals.filter((one) => isOpen(route, one)).slice(0, 2)) {
        const token = await tokenOf(who);
        const answer = await world.call(route, send(mine), token);
        const isForAll = token === undefined && isOpen(route, 'ANO');
        expect([route.name, answer.status]).toEqual([route.name, isForAll ? allowed : 401]);
      }
  });

  it('lets in no one whose roles were taken away', async () => {
    const token = await world.tokenOf('CRM', { roles: [] });
    for (const [route, { send }] of routesWithExamples()) {
      const { status } = await world.call(route, send(mine), token);
      expect([route.name, status]).toEqual([route.name, 403]);
    }
  });

  it('lets in no one whom the administrator disabled, with the very next call', async () => {
    await world.giveReach('CRM', { companyIds: ['acme'], isDisabled: true });
    const token = await world.tokenOf('CRM');
    for (const [route, { send }] of routesWithExamples())
      if (isOpen(route, 'CRM') && !isOpen(route, 'ANO'))
        expect([route.name, (await world.call(route, send(mine), token)).status]).toEqual([route.name, 401]);
    await world.giveReach('CRM', { companyIds: ['acme'] });
  });

  it('logs each denied call once, with who and what, and nothing of what was sent', async () => {
    const token = await world.tokenOf('COL');
    for (const [route, { send }] of routesWithExamples()) {
      if (isOpen(route, 'COL')) continue;
      const { lines } = await world.call(route, { ...send(mine), body: { secret: 'canary' } }, token);
      const denied = lines.filter((line) => line.includes('"denied"'));
      expect([route.name, denied.length]).toEqual([route.name, 1]);
      expect(denied[0]).toContain(route.action);
      expect(denied[0]).toContain(personOf('COL'));
      expect(denied[0]).not.toContain('canary');
    }
  });
});

describe('what lies outside a caller’s scope', () => {
  const foreign = () => routesWithExamples().filter(([, example]) => example.foreign !== undefined);
  const kept = { companyId: 'brio', accountId: 'west' };
  const never = { companyId: 'zeta', accountId: 'west' };

  it.each(['CRM', 'ARC', 'BKK', 'CSR', 'COL', 'SAL', 'INQ'] as const)(
    'answers %s exactly as what never was',
    async (who) => {
      const token = await world.tokenOf(who);
      for (const [route, { send, foreign: status }] of foreign()) {
        if (!isOpen(route, who)) continue;
        const there = await world.call(route, send(kept), token);
        const absent = await world.call(route, send(never), token);
        const plain = (text: string) => text.replaceAll('zeta', '-').replaceAll('brio', '-');
        expect([route.name, there.status, plain(there.body), there.headers]).toEqual([
          ...[route.name, status, plain(absent.body), absent.headers],
        ]);
        expect(there.body).not.toContain('Ltd');
      }
    },
  );

  it('of somebody who has no unit is everything', async () => {
    await world.giveReach('CRM', {});
    const token = await world.tokenOf('CRM');
    for (const [route, { send, foreign: status }] of foreign())
      if (cellOf(route.action, 'CRM').scope === 'B')
        expect([route.name, (await world.call(route, send(mine), token)).status]).toEqual([
          route.name,
          status,
        ]);
    await world.giveReach('CRM', { companyIds: ['acme'] });
  });
});
