/**
 * Every route of the portal's app as everybody: customers by session, holders of a link, nobody, staff, forged ones; a link
 * is looked at by scanners as often as they like, and no log has it (A9).
 */
import { HttpRequest } from '@azure/functions';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { localKey } from '../../local/kit/keys.ts';
import { cosmosMembers } from '../../shared/azure/cosmos-members.ts';
import { cosmosSessions } from '../../shared/azure/cosmos-sessions.ts';
import { sha256 } from '../../shared/azure/entry-hash.ts';
import { hmacLinks } from '../../shared/azure/hmac-links.ts';
import { cellOf, type Principal } from '../../shared/contracts/access.ts';
import { topology } from '../../shared/contracts/topology.ts';
import type { RegisteredRoute } from '../../shared/edge/edge.ts';
import { tenOClock, testContext } from '../support/test-edge.ts';
import { portalExamples, opensOtherwise } from './example-portal-calls.ts';
import { startWorld, type Sent, type World } from './world.ts';

const north = { companyId: 'acme', accountId: 'north' };
const origin = `http://localhost:${topology.apps['portal']!.localPort}`;
const emailHash = 'a'.repeat(64);
const secret = 's'.repeat(43);
const cookie = `__Host-dunwell=${emailHash}.${secret}`;
const at = (minutes: number) => tenOClock.add({ minutes }).toString();
const links = hmacLinks([localKey('links', 'all')]);
const claim = { ...north, messageId: 'message:T16:x', purpose: 'pay' } as const;
const linkUntil = (expiresAt: string) => ({ authorization: `Link ${links.sign({ ...claim, expiresAt })}` });
const asCustomer = { cookie, origin };
const asHolder = linkUntil('2026-12-01T00:00:00Z');

let world: World;
const openSession = async (openedAt = at(-5), lastSeenAt = at(-1)) => {
  const session = { emailHash, secretHash: sha256(secret), openedAt, lastSeenAt };
  await cosmosSessions(() => world.container('access')).open(session);
};
const members = () => cosmosMembers(() => world.container('people'));
beforeAll(async () => {
  world = await startWorld();
  await openSession();
  const membership = { ...north, from: 'invited', by: 'test', since: at(0) } as const;
  await members().save(emailHash, { memberships: [membership], mark: undefined });
});
afterAll(() => world.close());

let keys = 0;
const call = async (route: RegisteredRoute, { path, body }: Sent, headers: Record<string, string>) => {
  const spelled = route.route.split('/');
  const params = Object.fromEntries(
    path.split('/').flatMap((part, n) => {
      const name = /^\{\*?(\w+)\}$/.exec(spelled[n] ?? '')?.[1];
      return name === undefined ? [] : [[name, part]];
    }),
  );
  const method = route.methods[0] ?? 'GET';
  const request = new HttpRequest({
    ...{ url: `http://localhost/${path}`, method, params },
    headers: {
      ...(method === 'GET'
        ? {}
        : { 'idempotency-key': `k${(keys += 1)}`, 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: { string: JSON.stringify(body) } }),
  });
  const { context, lines } = testContext({ invocationId: `i${(keys += 1)}` });
  const answer = await route.handler(request, context);
  const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.jsonBody ?? null);
  return { status: answer.status ?? 200, body: text, lines };
};
const examples = () =>
  world.portalRoutes.flatMap((route) => {
    const example = portalExamples[route.name];
    return example === undefined ? [] : [{ route, example }];
  });
const named = (name: string) => examples().find(({ route }) => route.name === name)!;
const isOpen = (route: RegisteredRoute, who: Principal) => cellOf(route.action, who).scope !== '-';
const accountPage = (headers: Record<string, string>, about = north) => {
  const { route, example } = named('read-own-account');
  return call(route, example.send(about), headers);
};

it('each route has an example, and each example a route', () => {
  const names = world.portalRoutes.map(({ name }) => name).filter((name) => !opensOtherwise.includes(name));
  expect(Object.keys(portalExamples).toSorted()).toEqual(names.toSorted());
});

it.each<[string, Principal, Record<string, string>]>([
  ['a customer', 'CUS', asCustomer],
  ['the holder of a link', 'LNK', asHolder],
  ['nobody', 'ANO', { origin }],
])('answers %s as the matrix says', async (_who, principal, headers) => {
  for (const { route, example } of examples()) {
    const { status, body } = await call(route, example.send(north), headers);
    const denied = principal === 'ANO' ? 401 : 403;
    const allowed = route.name === 'read-link' && principal === 'LNK' ? 200 : example.allowed;
    expect([route.name, status, body]).toEqual([
      ...[route.name, isOpen(route, principal) ? allowed : denied, body],
    ]);
    if (route.name === 'end-session') await openSession();
  }
});

/** Every document of every container but the counts of calls, by id and version. */
const everythingKept = async (): Promise<string[]> => {
  const names = Object.keys(topology.containers).filter((name) => name !== 'requests');
  const kept = await Promise.all(
    names.map(async (name) => {
      const query = 'SELECT c.id, c._etag FROM c';
      const { resources } = await world
        .container(name)
        .items.query<{ id: string; _etag: string }>(query)
        .fetchAll();
      return resources.map(({ id, _etag }) => `${name} ${id} ${_etag}`);
    }),
  );
  return kept.flat().toSorted();
};

it('a scanner that follows a link changes nothing by any GET, and leaves the link in no log', async () => {
  const gets = examples().filter(({ route }) => route.methods.includes('GET'));
  expect(gets.length).toBeGreaterThan(10);
  const before = await everythingKept();
  expect(before.length).toBeGreaterThan(10);
  const logged: string[] = [];
  for (const { route, example } of [...gets, ...gets])
    logged.push(...(await call(route, example.send(north), asHolder)).lines);
  expect(await everythingKept()).toEqual(before);
  expect(logged.join('\n')).toContain('list-own-accounts');
  const [, claims, signature] = /^Link ([^.]+)\.(.+)$/.exec(asHolder.authorization)!;
  for (const part of [claims!, signature!]) expect(logged.join('\n')).not.toContain(part);
  // signed by 128 bits or more: nobody guesses one
  expect(Buffer.from(signature!, 'base64url').byteLength).toBeGreaterThanOrEqual(16);
});

it('staff are nobody here, and forged, altered or ended links open nothing (R68)', async () => {
  const token = await world.tokenOf('CRM');
  const forged: Record<string, string>[] = [
    { authorization: `Bearer ${token}` },
    { authorization: 'Link forged.token' },
    { authorization: `${asHolder.authorization}x` },
    { authorization: `Link ${hmacLinks([localKey('other', 'x')]).sign({ ...claim, expiresAt: at(60) })}` },
    linkUntil(at(-1)),
    { cookie: `__Host-dunwell=${emailHash}.${'t'.repeat(43)}` },
    { cookie: `__Host-dunwell=${'b'.repeat(64)}.${secret}` },
    { cookie: `dunwell=${emailHash}.${secret}` },
    { 'x-ms-client-principal': 'eyJyb2xlcyI6WyJDVVMiXX0=' },
  ];
  for (const headers of forged)
    expect([headers, (await accountPage(headers)).status]).toEqual([headers, 401]);
});

it('no page of others changes anything by a cookie that goes with it', async () => {
  const { route, example } = named('ask-question');
  const elsewhere = await call(route, example.send(north), { cookie, origin: 'https://evil.example' });
  const without = await call(route, example.send(north), { cookie });
  expect([elsewhere.status, without.status]).toEqual([403, 403]);
  const signIn = named('open-session');
  const login = await call(signIn.route, signIn.example.send(north), { origin: 'https://evil.example' });
  expect(login.status).toBe(403);
});

describe('what is not theirs', () => {
  it.each<[string, Record<string, string>]>([
    ['a customer', asCustomer],
    ['the holder of a link', asHolder],
  ])('answers %s exactly as what never was', async (_who, headers) => {
    for (const { route, example } of examples().filter((one) => one.example.isAboutAccount)) {
      const principal = headers === asCustomer ? 'CUS' : 'LNK';
      if (!isOpen(route, principal)) continue;
      const answers = [];
      for (const about of [
        { companyId: 'acme', accountId: 'south' },
        { companyId: 'brio', accountId: 'west' },
        { companyId: 'zeta', accountId: 'never' },
      ])
        answers.push(await call(route, example.send(about), headers));
      expect([route.name, answers[0]]).toEqual([route.name, answers[2]]);
      expect([route.name, answers[1]]).toEqual([route.name, answers[2]]);
      expect([route.name, answers[0]!.status]).toEqual([route.name, 404]);
    }
  });
});

it('a session ends idle (A7), at the latest after two hours, and with its membership, on the next call', async () => {
  expect((await accountPage(asCustomer)).status).toBe(200);
  for (const [openedAt, lastSeenAt] of [
    [at(-60), at(-15)],
    [at(-120), at(-1)],
  ] as const) {
    await openSession(openedAt, lastSeenAt);
    expect((await accountPage(asCustomer)).status).toBe(401);
  }
  await openSession();
  const { mark } = await members().read(emailHash);
  await members().save(emailHash, { memberships: [], mark });
  expect((await accountPage(asCustomer)).status).toBe(404);
});
