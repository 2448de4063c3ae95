/**
 * The local Cosmos DB of one file of tests: started before them, without faults before each, closed after them.
 * From: the tests of adapters. Next: containers, as the product's clients hand them out, the fault switch and the clock.
 */
import { CosmosClient, type Container } from '@azure/cosmos';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { createClock, type Clock } from '../../../local/clock.ts';
import { startCosmos, type LocalCosmos } from '../../../local/cosmos/start.ts';
import { createFaultSwitch, type FaultSwitch } from '../../../local/kit/faults.ts';
import { ownerName } from '../../../local/kit/keys.ts';
import { topology } from '../../../shared/contracts/topology.ts';

export type CosmosUnderTest = {
  container: (name: string) => () => Container;
  faults: FaultSwitch;
  /** Time of the business clock passes: what has a time to live ends. */
  pass: (ms: number) => Promise<void>;
};

/** @param requestTimeoutMs short where faults let answers be lost. */
export const cosmosUnderTest = (requestTimeoutMs = 60_000): CosmosUnderTest => {
  const faults = createFaultSwitch();
  let clock: Clock;
  let cosmos: LocalCosmos;
  let client: CosmosClient;
  beforeAll(async () => {
    clock = createClock();
    cosmos = await startCosmos({
      port: 0,
      stateDir: undefined,
      topology,
      clock,
      faults,
      log: () => undefined,
    });
    client = new CosmosClient({
      endpoint: cosmos.url,
      key: cosmos.key(ownerName),
      connectionPolicy: { requestTimeout: requestTimeoutMs, enableBackgroundEndpointRefreshing: false },
    });
  });
  beforeEach(() => faults.set({}));
  afterAll(async () => {
    client.dispose();
    await cosmos.close();
    clock.close();
  });
  return {
    container: (name) => () => client.database(topology.database).container(name),
    faults,
    pass: (ms) => clock.moveTo(clock.now() + ms),
  };
};
