/**
 * A customer's page over the real stores of the local Cosmos DB, from the cookie to the answer, with its request units.
 * From: `npm run bench -- portal`, `tests/local/portal/page-cost.test.ts`. Next: figures. The customer is a contact of the
 * account, which is what costs most: being one is read anew with each call.
 */
import { isDeepStrictEqual } from 'node:util';
import { CosmosClient } from '@azure/cosmos';
import { readOwnAccount } from '../../functions/portal/read-own.ts';
import { createClock } from '../../local/clock.ts';
import { startCosmos } from '../../local/cosmos/start.ts';
import { createFaultSwitch } from '../../local/kit/faults.ts';
import { ownerName } from '../../local/kit/keys.ts';
import { cosmosAccounts } from '../../shared/azure/cosmos-accounts.ts';
import { cosmosMembers } from '../../shared/azure/cosmos-members.ts';
import { cosmosSessions } from '../../shared/azure/cosmos-sessions.ts';
import { cosmosSettings } from '../../shared/azure/cosmos-settings.ts';
import { sha256 } from '../../shared/azure/entry-hash.ts';
import { topology } from '../../shared/contracts/topology.ts';
import { instantFromText } from '../../shared/domain/calendar.ts';
import { masterDataIdOf } from '../../shared/domain/master-data.ts';
import { createAccess } from '../../shared/edge/access.ts';
import { portalAccess, type PortalCaller } from '../../shared/edge/portal-access.ts';
import { rememberCompanies } from '../../shared/ports/remembered-companies.ts';
import { memoryProvider } from './memory/checkout-provider.ts';
import { everything } from './test-edge.ts';

const now = instantFromText('2026-03-10T10:00:00Z');
const email = 'pat@north.example';
const [emailHash, secret] = [sha256(email), 's'.repeat(43)];
const company = {
  ...{ companyId: 'acme', legalName: 'Acme', mode: 'erpLed', zone: 'UTC', country: 'DE', currency: 'EUR' },
};

export const portalPage = async () => {
  const clock = createClock();
  const cosmos = await startCosmos({
    ...{ port: 0, stateDir: undefined, topology, clock },
    ...{ faults: createFaultSwitch(), log: () => undefined },
  });
  const client = new CosmosClient({ endpoint: cosmos.url, key: cosmos.key(ownerName) });
  const container = (name: string) => () => client.database(topology.database).container(name);
  const accounts = cosmosAccounts(container('ledger'));
  const members = cosmosMembers(container('people'));
  const sessions = cosmosSessions(container('access'));
  const stored = cosmosSettings(container('settings'));
  const place = { scope: 'company:acme', name: 'company' };
  const set = { value: company, by: 'test', at: now.toString(), reason: 'test' };
  await stored.save(everything, place, 0, set);
  const seen = { openedAt: now.toString(), lastSeenAt: now.toString() };
  await sessions.open({ emailHash, secretHash: sha256(secret), ...seen });
  const { settings, remembered } = rememberCompanies(stored, () => now);
  const access = portalAccess(
    createAccess({ issuer: '', audience: '', keysUrl: 'http://127.0.0.1:1' }, settings),
    {
      ...{ sessions, members, accounts, hashText: sha256, hashEmail: sha256, origin: '' },
      links: { sign: () => '', verify: () => ({ is: 'forged' }) },
    },
  );
  const { provider } = memoryProvider(() => now);
  const spent = (): Map<string, number> =>
    new Map(Object.entries(cosmos.counts()).filter(([name]) => name.startsWith('ru ')));
  const page = async (accountId: string) => {
    const caller = await access.identify(`Session ${emailHash}.${secret}`, now);
    if (!caller.ok) throw new Error(caller.detail);
    const scope = await access.scopeFor(caller.value, 'por.statement.read', now);
    if (!scope.ok) throw new Error(scope.detail);
    const call = { scope: scope.value, systemScope: everything, now };
    const { looked } = caller.value as PortalCaller;
    const parts = { accounts, settings: remembered, provider };
    const answer = await readOwnAccount(parts, { ...call, looked }, { companyId: 'acme', accountId });
    if (!answer.ok || answer.value.name !== 'North') throw new Error('the page is not whole');
    return { answer, anew: () => readOwnAccount(parts, call, { companyId: 'acme', accountId }) };
  };
  return {
    accounts,
    /** Request units of a page of the account, all told and by what they were for. */
    costOf: async (accountId: string): Promise<{ units: number; of: Record<string, number> }> => {
      const loaded = await accounts.load(everything, { companyId: 'acme', accountId });
      const id = masterDataIdOf(loaded.account.head.version + 1);
      const content = { name: 'North', contacts: [{ name: 'Pat', email }] };
      const change = {
        ...{ at: now, actor: { kind: 'job', id: 't' } as const, cause: { kind: 'row', id } },
        facts: [{ kind: 'masterDataNoted', masterData: id, on: '2026-03-10' as never } as const],
      };
      await accounts.append(everything, loaded, change, undefined, [{ id, content }]);
      const { mark } = await members.read(emailHash);
      const membership = { companyId: 'acme', accountId, from: 'contact', by: 't', since: '' } as const;
      await members.save(emailHash, { memberships: [membership], mark });
      const { answer, anew } = await page(accountId);
      if (!isDeepStrictEqual(answer, await anew()))
        throw new Error('what was read to see whose it is differs');
      const before = spent();
      await page(accountId);
      const of = [...spent()].map(([name, units]): [string, number] => [
        name,
        units - (before.get(name) ?? 0),
      ]);
      const used = of.filter(([, units]) => units > 0);
      return { units: used.reduce((all, [, units]) => all + units, 0), of: Object.fromEntries(used) };
    },
    close: async (): Promise<void> => {
      client.dispose();
      await cosmos.close();
      clock.close();
    },
  };
};
