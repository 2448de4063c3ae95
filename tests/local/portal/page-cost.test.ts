/**
 * What a customer's page costs: request units of everything from cookie to answer do not grow with the ledger.
 */
import { CosmosClient } from '@azure/cosmos';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readOwnAccount } from '../../../functions/portal/read-own.ts';
import { createClock, type Clock } from '../../../local/clock.ts';
import { startCosmos, type LocalCosmos } from '../../../local/cosmos/start.ts';
import { createFaultSwitch } from '../../../local/kit/faults.ts';
import { ownerName } from '../../../local/kit/keys.ts';
import { cosmosAccounts } from '../../../shared/azure/cosmos-accounts.ts';
import { cosmosMembers } from '../../../shared/azure/cosmos-members.ts';
import { cosmosSessions } from '../../../shared/azure/cosmos-sessions.ts';
import { cosmosSettings } from '../../../shared/azure/cosmos-settings.ts';
import { sha256 } from '../../../shared/azure/entry-hash.ts';
import { topology } from '../../../shared/contracts/topology.ts';
import { instantFromText } from '../../../shared/domain/calendar.ts';
import { createAccess } from '../../../shared/edge/access.ts';
import { portalAccess } from '../../../shared/edge/portal-access.ts';
import { fill } from '../../ports/account-store.suite.ts';
import { everything } from '../../support/test-edge.ts';
import { memoryProvider } from '../../support/memory/checkout-provider.ts';

const now = instantFromText('2026-03-10T10:00:00Z');
const [emailHash, secret] = ['a'.repeat(64), 's'.repeat(43)];
let clock: Clock;
let cosmos: LocalCosmos;
let client: CosmosClient;
const container = (name: string) => () => client.database(topology.database).container(name);

beforeAll(async () => {
  clock = createClock();
  const options = { port: 0, stateDir: undefined, topology, clock, log: () => undefined };
  cosmos = await startCosmos({ ...options, faults: createFaultSwitch() });
  client = new CosmosClient({ endpoint: cosmos.url, key: cosmos.key(ownerName) });
  const value = {
    companyId: 'acme',
    legalName: 'Acme',
    mode: 'erpLed',
    zone: 'UTC',
    country: 'DE',
    currency: 'EUR',
  };
  const change = { value, by: 'test', at: now.toString(), reason: 'test' };
  await cosmosSettings(container('settings')).save(
    everything,
    { scope: 'company:acme', name: 'company' },
    0,
    change,
  );
  await cosmosSessions(container('access')).open({
    ...{ emailHash, secretHash: sha256(secret), openedAt: now.toString(), lastSeenAt: now.toString() },
  });
});
afterAll(async () => {
  client.dispose();
  await cosmos.close();
  clock.close();
});

const spent = (): number =>
  Object.entries(cosmos.counts())
    .filter(([name]) => name.startsWith('ru '))
    .reduce((all, [, units]) => all + units, 0);

const costOf = async (accountId: string): Promise<number> => {
  const accounts = cosmosAccounts(container('ledger'));
  const members = cosmosMembers(container('people'));
  const { mark } = await members.read(emailHash);
  const membership = { companyId: 'acme', accountId, from: 'invited', by: 't', since: '' } as const;
  await members.save(emailHash, { memberships: [membership], mark });
  const settings = cosmosSettings(container('settings'));
  const access = portalAccess(
    createAccess({ issuer: '', audience: '', keysUrl: 'http://127.0.0.1:1' }, settings),
    {
      ...{ sessions: cosmosSessions(container('access')), members, accounts, hashText: sha256 },
      ...{ links: { sign: () => '', verify: () => ({ is: 'forged' }) }, hashEmail: sha256, origin: '' },
    },
  );
  const { provider } = memoryProvider(() => now);
  const page = async (): Promise<void> => {
    const caller = await access.identify(`Session ${emailHash}.${secret}`, now);
    if (!caller.ok) throw new Error(caller.detail);
    const scope = await access.scopeFor(caller.value, 'por.statement.read', now);
    if (!scope.ok) throw new Error(scope.detail);
    const call = { scope: scope.value, systemScope: everything, now };
    const answer = await readOwnAccount({ accounts, settings, provider } as never, call, {
      companyId: 'acme',
      accountId,
    });
    expect(answer).toMatchObject({ ok: true });
  };
  await page();
  const before = spent();
  await page();
  return spent() - before;
};

it('at most 10 request units, and the same with 40 and with 400 open invoices', async () => {
  const accounts = cosmosAccounts(container('ledger'));
  await fill(accounts, { companyId: 'acme', accountId: 'small' }, 40);
  await fill(accounts, { companyId: 'acme', accountId: 'large' }, 400);
  const [small, large] = [await costOf('small'), await costOf('large')];
  expect(Math.max(small, large) / Math.min(small, large)).toBeLessThanOrEqual(1.2);
  expect(Math.max(small, large)).toBeLessThanOrEqual(10);
});
