/**
 * Who looked at what is sensitive leaves a record, whichever route showed it; nobody else does. Made from the routes
 * there are and the list of what is sensitive, so that it grows with both.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { cellOf, staffPrincipals, type Principal } from '../../shared/contracts/access.ts';
import { accessLogAnswer, type AccessLogAnswer } from '../../shared/contracts/audit.ts';
import { sensitiveActions } from '../../shared/contracts/sensitive-reads.ts';
import type { RegisteredRoute } from '../../shared/edge/edge.ts';
import { sightOf } from '../../shared/edge/fields.ts';
import { cosmosAccounts } from '../../shared/azure/cosmos-accounts.ts';
import { changeOf } from '../ports/account-store.suite.ts';
import { day } from '../support/account-examples.ts';
import { everything } from '../support/test-edge.ts';
import { exampleCalls } from './example-calls.ts';
import { personOf, startWorld, type World } from './world.ts';

const mine = { companyId: 'acme', accountId: 'north' };
let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const routeNamed = (name: string): RegisteredRoute => world.routes.find((route) => route.name === name)!;
const read = async (name: string, who: Principal, path = exampleCalls[name]!.send(mine).path) =>
  world.call(routeNamed(name), { path }, await world.tokenOf(who));

/** All looks of a person as an auditor lists them. */
const looksOf = async (who: Principal, auditor: Principal = 'EXE'): Promise<AccessLogAnswer['reads']> => {
  const asked = `person=${encodeURIComponent(personOf(who))}&day=2026-11-22&limit=200`;
  const { status, body } = await read('list-reads', auditor, `api/access-log?${asked}`);
  expect(status).toBe(200);
  return accessLogAnswer.parse(JSON.parse(body)).reads;
};

const readingRoutes = (isWanted: (route: RegisteredRoute) => boolean): RegisteredRoute[] =>
  [...new Map(world.routes.map((route) => [route.name, route])).values()].filter(
    (route) => route.methods.includes('GET') && isWanted(route),
  );

describe('a look at what is sensitive', () => {
  it('leaves one record each, of every route whose action is sensitive and every role that may', async () => {
    const routes = readingRoutes(({ action }) => action in sensitiveActions);
    expect(routes.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['read-bank-details', 'list-people']),
    );
    for (const route of routes)
      for (const who of staffPrincipals.filter((one) => cellOf(route.action, one).scope !== '-')) {
        const before = (await looksOf(who, 'ADM')).filter((look) => look.route === route.name).length;
        const { status } = await read(route.name, who);
        const after = (await looksOf(who, 'ADM')).filter((look) => look.route === route.name).length;
        // the auditor's own look at the list is one more of that route
        const own = who === 'ADM' && route.name === 'list-reads' ? 1 : 0;
        expect([route.name, who, status, after - before]).toEqual([
          ...[route.name, who, status, (status === 200 ? 1 : 0) + own],
        ]);
      }
  });

  it('says who, as what, which action, which record and when', async () => {
    await read('read-bank-details', 'ARC');
    expect((await looksOf('ARC')).filter(({ route }) => route === 'read-bank-details').at(-1)).toEqual({
      ...{ at: '2026-11-22T10:00:00Z', who: personOf('ARC'), as: ['ARC'] },
      ...{ action: 'acct.bank.read', route: 'read-bank-details', about: mine, fields: [] },
    });
  });

  it('is not noted when it was denied or found nothing', async () => {
    const before = (await looksOf('CRM')).length;
    expect((await read('read-bank-details', 'COL')).status).toBe(403);
    const foreign = exampleCalls['read-bank-details']!.send({ companyId: 'brio', accountId: 'west' });
    expect((await read('read-bank-details', 'CRM', foreign.path)).status).toBe(404);
    expect(await looksOf('COL')).toEqual([]);
    expect(await looksOf('CRM')).toHaveLength(before);
  });

  it('leaves none where nothing of it is sensitive', async () => {
    for (const name of ['list-items', 'read-aging', 'read-notes', 'list-companies']) await read(name, 'CRM');
    const named = new Set((await looksOf('CRM')).map(({ route }) => route));
    expect([...named].filter((name) => ['list-items', 'read-aging', 'read-notes'].includes(name))).toEqual(
      [],
    );
  });
});

describe('a page that shows a tax id', () => {
  const taxId = 'DE-CANARY-99';
  beforeAll(async () => {
    const accounts = cosmosAccounts(() => world.container('ledger'));
    const loaded = await accounts.load(everything, mine);
    const content = { name: 'Example', taxId, contacts: [] };
    const id = 'note:master-data-example';
    const fact = { kind: 'masterDataNoted', masterData: id, on: day('2026-03-11') } as const;
    const appended = await accounts.append(everything, loaded, changeOf([fact]), undefined, [
      { id, content },
    ]);
    expect(appended.outcome).toBe('appended');
  });

  it('leaves a record once an hour of who saw it unmasked, and never what it was', async () => {
    const { body } = await read('read-account', 'CRM');
    await read('read-account', 'CRM');
    expect(z.object({ taxId: z.string() }).parse(JSON.parse(body)).taxId).toBe(taxId);
    const looks = (await looksOf('CRM')).filter(({ route }) => route === 'read-account');
    expect(looks).toMatchObject([
      { fields: ['account.taxId'], about: { company: 'acme', account: 'north' } },
    ]);
    expect(JSON.stringify(looks)).not.toContain(taxId);
  });

  it('leaves none of who does not see it', async () => {
    const { body } = await read('read-account', 'COL');
    expect(body).not.toContain(taxId);
    expect(await looksOf('COL')).toEqual([]);
  });
});

describe('a file shown as a profile would read it', () => {
  const previews = () => world.routes.filter(({ name }) => name.startsWith('preview-mapping-profile'));
  const bytes = Buffer.from('invoice_number,customer_number,issue_date,currency,amount\n');
  const path = 'api/mapping-profiles/acme/dunwell-invoices/preview-file?format=csv&locale=plain';

  it('leaves a record of whoever sees tax ids and bank accounts in it, and of nobody else', async () => {
    const file = previews().find(({ name }) => name === 'preview-mapping-profile-file')!;
    const noted: Record<string, readonly string[]> = {};
    for (const who of staffPrincipals.filter((one) => cellOf(file.action, one).scope !== '-')) {
      const { status } = await world.call(file, { path, bytes }, await world.tokenOf(who));
      if (status !== 200) continue;
      const looks = (await looksOf(who)).filter(({ route }) => route === file.name);
      noted[who] = looks.flatMap(({ fields }) => fields);
    }
    const sees = (who: Principal) =>
      (['account.bankDetails', 'account.taxId'] as const).filter(
        (field) => sightOf(field, [who]) === 'plain',
      );
    const expected = Object.keys(noted).map((who) => [who, sees(who as Principal)]);
    expect(Object.entries(noted)).toEqual(expected);
    expect(noted['ARC']).toContain('account.taxId');
  });

  it('is a look on both routes, of a kept file as of one sent along', () => {
    expect(previews().map(({ isLook }) => isLook)).toEqual([true, true]);
  });
});

describe('people of other firms', () => {
  it('are noted whatever they look at', async () => {
    const grant = { ...mine, itemIds: 'all' as const, purpose: 'an example' };
    const span = { fromAt: '2026-11-01T00:00:00Z', untilAt: '2026-12-01T00:00:00Z' };
    await world.giveReach('INQ', { grants: [{ ...grant, ...span }] });
    expect((await read('list-items', 'INQ')).status).toBe(200);
    expect(await looksOf('INQ')).toMatchObject([{ route: 'list-items', as: ['INQ'], fields: [] }]);
  });
});

describe('whoever audits', () => {
  it('and administers, sees of a look the company and no account', async () => {
    await read('read-bank-details', 'ARC');
    const looks = (await looksOf('ARC', 'ADM')).filter(({ route }) => route === 'read-bank-details');
    expect(new Set(looks.map(({ about }) => JSON.stringify(about)))).toEqual(
      new Set(['{"companyId":"acme"}']),
    );
  });

  it('reads one action, a page at a time', async () => {
    for (let n = 0; n < 3; n += 1) await read('read-bank-details', 'ARC');
    const path = `api/access-log?day=2026-11-22&action=acct.bank.read&limit=2`;
    const first = accessLogAnswer.parse(JSON.parse((await read('list-reads', 'EXE', path)).body));
    expect(first.reads).toHaveLength(2);
    const next = `${path}&after=${encodeURIComponent(first.after!)}`;
    const second = accessLogAnswer.parse(JSON.parse((await read('list-reads', 'EXE', next)).body));
    expect(second.reads.length).toBeGreaterThan(0);
    expect(second.reads.every(({ action }) => action === 'acct.bank.read')).toBe(true);
  });
});
