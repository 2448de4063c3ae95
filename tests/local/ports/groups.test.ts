/**
 * Groups on the local Cosmos DB: the suite of the port, and lost answers.
 */
import { CosmosClient } from '@azure/cosmos';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createClock, type Clock } from '../../../local/clock.ts';
import { startCosmos, type LocalCosmos } from '../../../local/cosmos/start.ts';
import { createFaultSwitch, type FaultKind } from '../../../local/kit/faults.ts';
import { ownerName } from '../../../local/kit/keys.ts';
import { cosmosAccounts } from '../../../shared/azure/cosmos-accounts.ts';
import { cosmosGroups } from '../../../shared/azure/cosmos-groups.ts';
import { topology } from '../../../shared/contracts/topology.ts';
import { scopeOver } from '../../../shared/domain/scope.ts';
import type { AccountStore } from '../../../shared/ports/account-store.ts';
import type { GroupStore } from '../../../shared/ports/group-store.ts';
import { groupStoreSuite } from '../../ports/group-store.suite.ts';

const all = scopeOver('all');
const faults = createFaultSwitch();
const batches = `POST /dbs/${topology.database}/colls/groups/docs`;

let clock: Clock;
let cosmos: LocalCosmos;
let client: CosmosClient;
let accounts: AccountStore;
let store: GroupStore;

beforeAll(async () => {
  clock = createClock();
  cosmos = await startCosmos({ port: 0, stateDir: undefined, topology, clock, faults, log: () => undefined });
  client = new CosmosClient({
    endpoint: cosmos.url,
    key: cosmos.key(ownerName),
    connectionPolicy: { requestTimeout: 3_000, enableBackgroundEndpointRefreshing: false },
  });
  const container = (name: string) => client.database(topology.database).container(name);
  accounts = cosmosAccounts(() => container('ledger'));
  store = cosmosGroups(() => container('groups'), accounts);
});
beforeEach(() => faults.set({}));
afterAll(async () => {
  client.dispose();
  await cosmos.close();
  clock.close();
});

describe('groups on Cosmos DB', () =>
  groupStoreSuite(
    () => store,
    () => accounts,
  ));

describe('whatever the wire does, a group is there once and whole', () => {
  it.each<FaultKind>(['reset-after', 'lost-answer', '429', 'duplicate'])('%s', async (kind) => {
    const members = ['a1', 'a2'].map((accountId) => ({ companyId: kind, accountId }));
    const group = {
      ...{ groupId: `g-${kind}`, name: 'North', members },
      ...{ by: 'a:b', at: '2026-11-22T10:00:00Z', reason: 'one customer' },
    };
    faults.set({ rules: [{ kind, operation: batches, times: 1, delayMs: 20 }] });
    const saved = await store.save(all, 0, group).catch(() => undefined);
    if (saved === undefined) expect(await store.save(all, 0, group)).toMatchObject({ outcome: 'saved' });
    else expect(saved.outcome).toBe('saved');
    expect(faults.counts()).toEqual({ [kind]: 1 });
    for (const member of members) expect(await store.groupOf(all, member)).toEqual({ ...group, version: 1 });
  });
});
