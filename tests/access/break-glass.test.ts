/**
 * Break-glass (A8, A10): an administrator sees business data for at most four hours, by the approval of an executive, read by
 * read in the log and told aloud; never changes any, never takes any along, and never by themselves.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { cosmosAlerts } from '../../shared/azure/cosmos-alerts.ts';
import { cellOf, kindOf, type Principal } from '../../shared/contracts/access.ts';
import { accessLogAnswer } from '../../shared/contracts/audit.ts';
import { glassPlace, type Glass } from '../../shared/contracts/break-glass.ts';
import { everything } from '../support/test-edge.ts';
import { exampleCalls } from './example-calls.ts';
import { personOf, startWorld, type World } from './world.ts';

const mine = { companyId: 'acme', accountId: 'north' };
const reason = 'the import of Tuesday shows the wrong account';
let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const call = async (name: string, who: Principal, path: string, body?: object, claims = {}) => {
  const route = world.routes.find((one) => one.name === name)!;
  const sent = { path, ...(body === undefined ? {} : { body }) };
  return world.call(route, sent, await world.tokenOf(who, claims));
};
const example = (name: string, who: Principal, about = mine, claims = {}) => {
  const { path, body } = exampleCalls[name]!.send(about);
  return call(name, who, path, body as object | undefined, claims);
};
const codeOf = (body: string) => (JSON.parse(body) as { code?: string }).code;

const put = async (glass: Partial<Glass>): Promise<void> => {
  const place = glassPlace(personOf('ADM'));
  const before = (await world.settings.read(everything, place))?.version ?? 0;
  const value = {
    ...{ number: 1, companyIds: ['acme'], hours: 4, reason, state: 'approved' },
    ...{ requestedBy: personOf('ADM'), requestedAt: '2026-11-22T09:00:00Z', decidedBy: personOf('EXE') },
    ...{ fromAt: '2026-11-22T09:30:00Z', untilAt: '2026-11-22T13:30:00Z', ...glass },
  };
  const change = { by: 'tenant:setup', at: '2026-11-22T09:30:00Z', reason: 'set up' };
  await world.settings.save(everything, place, before, { value, ...change });
};

describe('asked for and approved', () => {
  it('opens what an executive reads, with the very next call, until four hours later', async () => {
    expect((await example('read-account', 'ADM')).status).toBe(403);
    const asked = await call('ask-break-glass', 'ADM', 'api/break-glass', {
      ...{ companyIds: ['acme'], hours: 4, reason },
    });
    expect([asked.status, JSON.parse(asked.body)]).toMatchObject([201, { number: 1, state: 'pending' }]);
    expect((await example('read-account', 'ADM')).status).toBe(403);
    const path = `api/people/${personOf('ADM')}/break-glass/1/approval`;
    expect((await call('approve-break-glass', 'CRM', path, { reason })).status).toBe(403);
    const approved = await call('approve-break-glass', 'EXE', path, { reason });
    expect([approved.status, JSON.parse(approved.body)]).toMatchObject([
      ...[200, { state: 'approved', untilAt: '2026-11-22T14:00:00Z' }],
    ]);
    const open = await example('read-account', 'ADM');
    expect([open.status, open.headers['x-break-glass-until']]).toEqual([200, '2026-11-22T14:00:00Z']);
    const own = await example('list-people', 'ADM');
    expect(own.headers['x-break-glass-until']).toBeUndefined();
  });

  it('is told aloud when it is asked for and when it is approved', async () => {
    const alerts = cosmosAlerts(() => world.container('alerts'));
    const { alerts: raised } = await alerts.since(everything, 'acme', '2026-11-22T00:00:00Z', {
      limit: 10,
    });
    expect(raised.map(({ id, rule, to }) => [id, rule, to])).toEqual([
      [`break-glass:${personOf('ADM')}:1:approved`, 'breakGlass', ['cfo', 'creditManager', 'it']],
      [`break-glass:${personOf('ADM')}:1:pending`, 'breakGlass', ['cfo', 'creditManager', 'it']],
    ]);
  });

  it('is asked for by who needs it, for at most four hours, with a reason', async () => {
    const body = { companyIds: ['acme'], hours: 5, reason };
    expect((await call('ask-break-glass', 'ADM', 'api/break-glass', body)).status).toBe(400);
    const silent = { companyIds: ['acme'], hours: 1, reason: ' ' };
    expect((await call('ask-break-glass', 'ADM', 'api/break-glass', silent)).status).toBe(400);
    const nowhere = { companyIds: ['zeta'], hours: 1, reason };
    expect(codeOf((await call('ask-break-glass', 'ADM', 'api/break-glass', nowhere)).body)).toBe(
      'unknown-company',
    );
  });

  it('is not approved twice, nor when another request took its place', async () => {
    const path = `api/people/${personOf('ADM')}/break-glass/1/approval`;
    await put({ number: 2, state: 'pending' });
    const late = await call('approve-break-glass', 'EXE', path, { reason });
    expect([late.status, codeOf(late.body)]).toEqual([404, 'not-found']);
  });
});

describe('while it is open', () => {
  beforeEach(() => put({}));

  it('shows what executives see, of the companies named, and nothing of others', async () => {
    expect((await example('read-account', 'ADM')).status).toBe(200);
    expect((await example('list-items', 'ADM')).status).toBe(200);
    expect((await example('read-account', 'ADM', { companyId: 'brio', accountId: 'west' })).status).toBe(404);
    const page = JSON.parse((await example('read-account', 'ADM')).body) as object;
    expect(Object.keys(page)).toEqual(
      Object.keys(JSON.parse((await example('read-account', 'EXE')).body) as object),
    );
  });

  it('changes nothing and takes nothing along, whatever the route', async () => {
    for (const route of new Map(world.routes.map((one) => [one.name, one])).values()) {
      const isOwn = cellOf(route.action, 'ADM').scope !== '-';
      const isRead = kindOf(route.action) === 'R' && cellOf(route.action, 'EXE').scope === 'A';
      if (exampleCalls[route.name] === undefined || isOwn || (isRead && route.action !== 'rep.export'))
        continue;
      expect([route.name, (await example(route.name, 'ADM')).status]).toEqual([route.name, 403]);
    }
  });

  it('leaves a record of each read, with the reason it was opened for', async () => {
    const path = `api/access-log?day=2026-11-22&person=${encodeURIComponent(personOf('ADM'))}&limit=200`;
    const looks = async () =>
      accessLogAnswer
        .parse(JSON.parse((await call('list-reads', 'EXE', path)).body))
        .reads.filter(({ route }) => route === 'list-items');
    const before = (await looks()).length;
    await example('list-items', 'ADM');
    await example('list-items', 'ADM');
    const after = await looks();
    expect(after).toHaveLength(before + 2);
    expect(after.at(-1)).toMatchObject({ purpose: reason, action: 'inv.list', about: mineNamed });
  });

  it('is nobody else’s, and not theirs without the role or after they were disabled', async () => {
    expect((await example('read-account', 'ADM', mine, { oid: 'ADM2' })).status).toBe(403);
    expect((await example('read-account', 'ADM', mine, { roles: ['AR.Nobody'] })).status).toBe(403);
    await world.giveReach('ADM', { isDisabled: true });
    expect((await example('read-account', 'ADM')).status).toBe(403);
    await world.giveReach('ADM', { companyIds: ['acme'] });
  });
});
const mineNamed = { company: 'acme', account: 'north' };

describe('it is closed', () => {
  it.each<[string, Partial<Glass>]>([
    ['at the very instant it ends', { untilAt: '2026-11-22T10:00:00Z' }],
    ['before it begins', { fromAt: '2026-11-22T10:00:01Z' }],
    ['while nobody approved it', { state: 'pending' }],
    ['when it was refused', { state: 'refused' }],
    ['when it was ended', { state: 'ended' }],
  ])('%s', async (_when, glass) => {
    await put(glass);
    expect((await example('read-account', 'ADM')).status).toBe(403);
  });

  it('as soon as its holder ends it', async () => {
    await put({});
    expect((await example('read-account', 'ADM')).status).toBe(200);
    expect((await call('end-break-glass', 'ADM', 'api/break-glass/end', {})).status).toBe(200);
    expect((await example('read-account', 'ADM')).status).toBe(403);
  });
});
