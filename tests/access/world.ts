/**
 * All apps registered in one process on an empty local Cosmos DB, with people who each reach something.
 * From: the real wiring and the real adapters, a test issuer for tokens. Next: the authorisation tests.
 * People are called as their role; each of their reaches holds company `acme`. `brio` is there too, and nobody's.
 */
import { HttpRequest } from '@azure/functions';
import { CosmosClient, type Container } from '@azure/cosmos';
import type { JWTPayload } from 'jose';
import { createClock } from '../../local/clock.ts';
import { startBlob } from '../../local/blob/start.ts';
import { startCosmos } from '../../local/cosmos/start.ts';
import { createFaultSwitch } from '../../local/kit/faults.ts';
import { ownerName } from '../../local/kit/keys.ts';
import { startServiceBus } from '../../local/service-bus/start.ts';
import { registerApp } from '../../functions/main.ts';
import { cosmosAccounts } from '../../shared/azure/cosmos-accounts.ts';
import { cosmosGroups } from '../../shared/azure/cosmos-groups.ts';
import { cosmosSettings } from '../../shared/azure/cosmos-settings.ts';
import { principals, staffPrincipals, type Principal } from '../../shared/contracts/access.ts';
import { noReach, reachPlace, type Reach } from '../../shared/contracts/reach.ts';
import { topology } from '../../shared/contracts/topology.ts';
import { textOfInstant } from '../../shared/domain/calendar.ts';
import { registeredRoutes, type RegisteredRoute } from '../../shared/edge/edge.ts';
import type { AccountStore } from '../../shared/ports/account-store.ts';
import type { GroupStore } from '../../shared/ports/group-store.ts';
import type { SettingsStore } from '../../shared/ports/settings-store.ts';
import { append, fill } from '../ports/account-store.suite.ts';
import { appSettings } from '../support/app-settings.ts';
import { day } from '../support/account-examples.ts';
import { createTestIssuer } from '../support/test-issuer.ts';
import { everything, tenOClock, testContext } from '../support/test-edge.ts';

export type Answer = { status: number; body: string; lines: string[]; headers: Record<string, string> };
export type Sent = { path: string; body?: unknown; bytes?: Uint8Array; key?: string };

export type World = {
  routes: readonly RegisteredRoute[];
  /** Of the portal's app, where staff are nobody. */
  portalRoutes: readonly RegisteredRoute[];
  settings: SettingsStore;
  /** A container of the store, with everything allowed. */
  container(name: string): Container;
  /** How often the store was asked for what so far, by operation and container. */
  storeCalls(): Record<string, number>;
  tokenOf(principal: Principal, claims?: JWTPayload, bad?: { foreignKey: boolean }): Promise<string>;
  call(route: RegisteredRoute, sent: Sent, token?: string): Promise<Answer>;
  giveReach(principal: Principal, reach: Partial<Reach>): Promise<void>;
  close(): Promise<void>;
};

export const personOf = (principal: Principal): string => `tenant:${principal}`;
const at = textOfInstant(tenOClock);
const change = { by: 'tenant:setup', at, reason: 'set up' };

/** Customers and holders of links: no sign-in of staff opens them. */
const isOfCustomers = ({ app }: RegisteredRoute): boolean => app === 'portal';

/** Apps that answer HTTP. */
const apps = ['staff', 'portal'];

/** What a person called in an hour is counted; each of these tests is an hour of its own. */
const forgetCounts = async (requests: Container, callerId: string): Promise<void> => {
  const query = "SELECT c.id FROM c WHERE STARTSWITH(c.id, 'count:')";
  const { resources } = await requests.items
    .query<{ id: string }>(query, { partitionKey: callerId })
    .fetchAll();
  for (const { id } of resources) await requests.item(id, callerId).delete();
};

/** @param withFiles what a route keeps as files is kept, by a local Blob service; else there is none. */
export const startWorld = async ({ withFiles = false } = {}): Promise<World> => {
  const clock = createClock();
  const options = { port: 0, stateDir: undefined, topology, clock, log: () => undefined };
  const faults = createFaultSwitch();
  const [cosmos, bus, blob, issuer] = await Promise.all([
    startCosmos({ ...options, faults }),
    startServiceBus({ ...options, faults }),
    withFiles ? startBlob({ ...options, faults }) : undefined,
    createTestIssuer(tenOClock),
  ]);
  const at = {
    ...(blob === undefined ? {} : { blob: blob.url }),
    ...{ cosmos: cosmos.url, serviceBus: `sb://127.0.0.1:${bus.port}`, identity: issuer.identity },
  };
  const parts = await Promise.all(apps.map((app) => registerApp(appSettings(app, at), () => tenOClock)));
  const owner = new CosmosClient({ endpoint: cosmos.url, key: cosmos.key(ownerName) });
  const container = (name: string) => owner.database(topology.database).container(name);
  const settings = cosmosSettings(() => container('settings'));
  const giveReach = async (principal: Principal, reach: Partial<Reach>): Promise<void> => {
    const place = reachPlace(personOf(principal));
    const before = (await settings.read(everything, place))?.version ?? 0;
    await settings.save(everything, place, before, { value: { ...noReach, ...reach }, ...change });
    await forgetCounts(container('requests'), personOf(principal));
  };
  await fillWorld(
    settings,
    cosmosAccounts(() => container('ledger')),
    cosmosGroups(
      () => container('groups'),
      cosmosAccounts(() => container('ledger')),
    ),
  );
  for (const principal of staffPrincipals) await giveReach(principal, { companyIds: ['acme'] });
  return {
    routes: registeredRoutes().filter((route) => !isOfCustomers(route)),
    portalRoutes: registeredRoutes().filter(isOfCustomers),
    ...{ settings, container, giveReach },
    storeCalls: () =>
      Object.fromEntries(Object.entries(cosmos.counts()).filter(([name]) => !name.startsWith('ru '))),
    tokenOf: async (principal, claims = {}, bad = { foreignKey: false }) => {
      const { role } = principals[principal];
      // an app signs in for itself: its token has roles and no scope
      const kind = principal === 'SYS' ? { scp: undefined } : {};
      const roles = role === undefined ? {} : { roles: [role] };
      return issuer.tokenFor({ oid: principal, ...kind, ...roles, ...claims }, bad);
    },
    call,
    close: async () => {
      await Promise.all(parts.map((app) => app.close()));
      owner.dispose();
      await Promise.all([cosmos.close(), bus.close(), blob?.close(), issuer.close()]);
      clock.close();
    },
  };
};

/** Two companies; in `acme` an account of the collector and the seller, one of somebody else and one of nobody; in `brio` one. */
const fillWorld = async (
  settings: SettingsStore,
  accounts: AccountStore,
  groups: GroupStore,
): Promise<void> => {
  for (const companyId of ['acme', 'brio']) {
    const company = { companyId, legalName: `${companyId} Ltd`, mode: 'erpLed', zone: 'Europe/Berlin' };
    const value = { ...company, country: 'DE', currency: 'EUR' };
    await settings.save(everything, { scope: `company:${companyId}`, name: 'company' }, 0, {
      value,
      ...change,
    });
    const listed = { scope: 'deployment', name: `company:${companyId}` };
    await settings.save(everything, listed, 0, { value: { companyId }, ...change });
  }
  for (const [companyId, accountId, to] of [
    ['acme', 'north', personOf('COL')],
    ['acme', 'south', 'tenant:somebody'],
    ['acme', 'east', ''],
    ['brio', 'west', personOf('COL')],
  ] as const) {
    const key = { companyId, accountId };
    await fill(accounts, key, 2);
    const loaded = await accounts.load(everything, key);
    const on = day('2026-03-10');
    const sellers = to === personOf('COL') ? [personOf('SAL')] : [];
    await append(accounts, loaded, [
      { kind: 'accountAssigned', to, on },
      { kind: 'salesOwnersNamed', owners: sellers, on },
    ]);
    if (accountId === 'north' || accountId === 'west') {
      const group = { groupId: `group-${companyId}`, name: 'Example', members: [key] };
      await groups.save(everything, 0, { ...group, ...change });
    }
  }
};

let keys = 0;
let calls = 0;

const call: World['call'] = async (route, { path, body, bytes, key }, token) => {
  const url = new URL(path, 'http://localhost');
  const method = route.methods[0] ?? 'GET';
  const json = body === undefined ? undefined : JSON.stringify(body);
  const request = new HttpRequest({
    url: url.href,
    method,
    params: paramsOf(route.route, url.pathname),
    query: Object.fromEntries(url.searchParams),
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(method === 'GET' ? {} : { 'idempotency-key': key ?? `key-${(keys += 1)}` }),
      ...(json === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(method === 'GET' ? {} : { body: bytes === undefined ? { string: json ?? '' } : { bytes } }),
  });
  const { context, lines } = testContext({ invocationId: `invocation-${(calls += 1)}` });
  const answer = await route.handler(request, context);
  const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.jsonBody ?? null);
  const headers = (answer.headers ?? {}) as Record<string, string>;
  return { status: answer.status ?? 200, body: text, lines, headers };
};

/** What the platform's router would make of the address. @throws when the address is not of this route. */
const paramsOf = (route: string, pathname: string): Record<string, string> => {
  const [spelled, given] = [route.split('/'), pathname.slice(1).split('/')];
  if (spelled.length !== given.length) throw new Error(`${pathname} is no call of ${route}`);
  const places = spelled.flatMap((part, index): [string, string][] => {
    const name = /^\{\*?(\w+)(?::[^}]*)?\}$/.exec(part)?.[1];
    if (name === undefined && part !== given[index]) throw new Error(`${pathname} is no call of ${route}`);
    return name === undefined ? [] : [[name, decodeURIComponent(given[index]!)]];
  });
  return Object.fromEntries(places);
};
