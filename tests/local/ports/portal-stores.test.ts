/**
 * The portal's stores on the local Cosmos DB, and when a session is forgotten.
 */
import { CosmosClient } from '@azure/cosmos';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClock, type Clock } from '../../../local/clock.ts';
import { startCosmos, type LocalCosmos } from '../../../local/cosmos/start.ts';
import { createFaultSwitch } from '../../../local/kit/faults.ts';
import { ownerName } from '../../../local/kit/keys.ts';
import { cosmosCheckouts } from '../../../shared/azure/cosmos-checkouts.ts';
import { cosmosMembers } from '../../../shared/azure/cosmos-members.ts';
import { cosmosSessions } from '../../../shared/azure/cosmos-sessions.ts';
import { topology } from '../../../shared/contracts/topology.ts';
import { checkoutStoreSuite, memberStoreSuite, sessionStoreSuite } from '../../ports/portal-stores.suite.ts';

let clock: Clock;
let cosmos: LocalCosmos;
let client: CosmosClient;
const container = (name: string) => client.database(topology.database).container(name);

beforeAll(async () => {
  clock = createClock();
  const options = { port: 0, stateDir: undefined, topology, clock, log: () => undefined };
  cosmos = await startCosmos({ ...options, faults: createFaultSwitch() });
  client = new CosmosClient({ endpoint: cosmos.url, key: cosmos.key(ownerName) });
});
afterAll(async () => {
  client.dispose();
  await cosmos.close();
  clock.close();
});

describe('on Cosmos DB', () => {
  checkoutStoreSuite(() => cosmosCheckouts(() => container('access')));
  sessionStoreSuite(() => cosmosSessions(() => container('access')));
  memberStoreSuite(() => cosmosMembers(() => container('people')));
});

it('a session is gone three hours after it was last written', async () => {
  const store = cosmosSessions(() => container('access'));
  const at = '2026-11-22T10:00:00Z';
  await store.open({ emailHash: 'e9', secretHash: 's9', openedAt: at, lastSeenAt: at });
  await clock.moveTo(clock.now() + 3 * 3_600_000 + 1_000);
  expect(await store.read('e9', 's9')).toBeUndefined();
});
