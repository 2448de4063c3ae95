/**
 * What the page of an account costs on the local Cosmos DB, in a small and in a large ledger.
 */
import { CosmosClient } from '@azure/cosmos';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readAccountPage } from '../../../functions/ledger/read-account-page.ts';
import { createClock, type Clock } from '../../../local/clock.ts';
import { startCosmos, type LocalCosmos } from '../../../local/cosmos/start.ts';
import { createFaultSwitch } from '../../../local/kit/faults.ts';
import { ownerName } from '../../../local/kit/keys.ts';
import { cosmosAccounts } from '../../../shared/azure/cosmos-accounts.ts';
import { cosmosReports } from '../../../shared/azure/cosmos-reports.ts';
import { topology } from '../../../shared/contracts/topology.ts';
import { fill } from '../../ports/account-store.suite.ts';
import { all, now, readWorld } from '../../functions/ledger/read-world.ts';

let clock: Clock;
let cosmos: LocalCosmos;
let client: CosmosClient;

beforeAll(async () => {
  clock = createClock();
  const faults = createFaultSwitch();
  cosmos = await startCosmos({ port: 0, stateDir: undefined, topology, clock, faults, log: () => undefined });
  client = new CosmosClient({
    endpoint: cosmos.url,
    key: cosmos.key(ownerName),
    connectionPolicy: { enableBackgroundEndpointRefreshing: false },
  });
});
afterAll(async () => {
  client.dispose();
  await cosmos.close();
  clock.close();
});

it('costs no more than 10 request units, and no more with ten times the accounts or items', async () => {
  let spent = 0;
  const charged = (_operation: string, requestUnits: number): void => void (spent += requestUnits);
  const container = (name: string) => () => client.database(topology.database).container(name);
  const accounts = cosmosAccounts(container('ledger'), charged);
  const { parts } = await readWorld();
  const reading = { ...parts, accounts, reports: cosmosReports(container('reports'), charged) };
  const costOf = async (accountId: string): Promise<number> => {
    spent = 0; // the company's setting and its book are remembered
    const key = { companyId: 'acme', accountId };
    const answer = await readAccountPage(reading, key, { scope: all, systemScope: all, now });
    expect(answer.ok).toBe(true);
    return spent;
  };
  for (let n = 0; n < 10; n += 1) await fill(accounts, { companyId: 'acme', accountId: `a${n}` }, 50);
  const small = await costOf('a3');
  for (let n = 10; n < 100; n += 1) await fill(accounts, { companyId: 'acme', accountId: `a${n}` }, 50);
  const large = await costOf('a3');
  await fill(accounts, { companyId: 'acme', accountId: 'huge' }, 1_000);
  const huge = await costOf('huge');
  process.stdout.write(
    `account page: ${small} RU of 500 items, ${large} RU of 5,000 items, ${huge} RU of 1,000 on it\n`,
  );
  expect([small, large, huge].every((cost) => cost <= 10)).toBe(true);
  expect(large / small).toBeLessThanOrEqual(1.2);
});
