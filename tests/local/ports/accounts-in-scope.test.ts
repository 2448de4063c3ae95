/**
 * Accounts on the local Cosmos DB keep each caller to their part, and whoever reaches all pays nothing for it.
 */
import { CosmosClient } from '@azure/cosmos';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClock, type Clock } from '../../../local/clock.ts';
import { startCosmos, type LocalCosmos } from '../../../local/cosmos/start.ts';
import { createFaultSwitch } from '../../../local/kit/faults.ts';
import { ownerName } from '../../../local/kit/keys.ts';
import { cosmosAccounts } from '../../../shared/azure/cosmos-accounts.ts';
import { topology } from '../../../shared/contracts/topology.ts';
import { scopeOf, scopeOver } from '../../../shared/domain/scope.ts';
import type { AccountStore } from '../../../shared/ports/account-store.ts';
import { fill, freshKey, idOf } from '../../ports/account-store.suite.ts';
import { accountsInScopeSuite } from '../../ports/accounts-in-scope.suite.ts';

let clock: Clock;
let cosmos: LocalCosmos;
let client: CosmosClient;
let store: AccountStore;
let operations: string[] = [];

beforeAll(async () => {
  clock = createClock();
  const faults = createFaultSwitch();
  cosmos = await startCosmos({ port: 0, stateDir: undefined, topology, clock, faults, log: () => undefined });
  client = new CosmosClient({
    endpoint: cosmos.url,
    key: cosmos.key(ownerName),
    connectionPolicy: { enableBackgroundEndpointRefreshing: false },
  });
  store = cosmosAccounts(
    () => client.database(topology.database).container('ledger'),
    (operation) => operations.push(operation),
  );
});
afterAll(async () => {
  client.dispose();
  await cosmos.close();
  clock.close();
});

describe('accounts on Cosmos DB, seen in part', () => accountsInScopeSuite(() => store));

it('a scope over the company reads what it asks for, one over some accounts the head besides', async () => {
  const key = freshKey();
  await fill(store, key, 1);
  const collector = scopeOf([{ companies: 'all', accounts: { by: 'collector', ids: ['ann'] } }]);
  const callsOf = async (scope: typeof collector) => {
    operations = [];
    await store.load(scope, key, [idOf(0)]);
    return operations;
  };
  expect(await callsOf(scopeOver('all'))).toEqual(['head', 'item']);
  expect(await callsOf(collector)).toEqual(['head']);
});
