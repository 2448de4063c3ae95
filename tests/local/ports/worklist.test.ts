/**
 * The worklist on the local Cosmos DB: the suite of the port.
 */
import { CosmosClient } from '@azure/cosmos';
import { afterAll, beforeAll, describe } from 'vitest';
import { createClock, type Clock } from '../../../local/clock.ts';
import { startCosmos, type LocalCosmos } from '../../../local/cosmos/start.ts';
import { createFaultSwitch } from '../../../local/kit/faults.ts';
import { ownerName } from '../../../local/kit/keys.ts';
import { cosmosWorklist } from '../../../shared/azure/cosmos-worklist.ts';
import { topology } from '../../../shared/contracts/topology.ts';
import { worklistStoreSuite } from '../../ports/worklist-store.suite.ts';

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

describe('the worklist on Cosmos DB', () => {
  const store = cosmosWorklist(() => client.database(topology.database).container('worklist'));
  worklistStoreSuite(() => store);
});
