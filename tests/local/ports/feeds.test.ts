/**
 * Feeds on the local Cosmos DB: the suite of the port, and what saving a feed does when its answer is lost.
 */
import { CosmosClient } from '@azure/cosmos';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createClock, type Clock } from '../../../local/clock.ts';
import { startCosmos, type LocalCosmos } from '../../../local/cosmos/start.ts';
import { createFaultSwitch } from '../../../local/kit/faults.ts';
import { ownerName } from '../../../local/kit/keys.ts';
import { cosmosFeeds } from '../../../shared/azure/cosmos-feeds.ts';
import { topology } from '../../../shared/contracts/topology.ts';
import type { FeedStore } from '../../../shared/ports/feed-store.ts';
import { feedStoreSuite } from '../../ports/feed-store.suite.ts';
import { everything } from '../../support/test-edge.ts';

const faults = createFaultSwitch();

let clock: Clock;
let cosmos: LocalCosmos;
let client: CosmosClient;
let store: FeedStore;

beforeAll(async () => {
  clock = createClock();
  cosmos = await startCosmos({ port: 0, stateDir: undefined, topology, clock, faults, log: () => undefined });
  client = new CosmosClient({
    endpoint: cosmos.url,
    key: cosmos.key(ownerName),
    connectionPolicy: { requestTimeout: 500, enableBackgroundEndpointRefreshing: false },
  });
  store = cosmosFeeds(() => client.database(topology.database).container('imports'));
});
beforeEach(() => faults.set({}));
afterAll(async () => {
  client.dispose();
  await cosmos.close();
  clock.close();
});

describe('feeds on Cosmos DB', () => feedStoreSuite(() => store));

it('a feed whose saving was not answered is not saved twice by whoever reads it again', async () => {
  const place = { name: 'company', scope: {} };
  const loaded = await store.load(everything, 'lost', place);
  const operation = `POST /dbs/${topology.database}/colls/imports/docs`;
  faults.set({ rules: [{ kind: 'reset-after', operation, times: 1 }] });
  const saved = await store.save(everything, loaded).catch((fault: unknown) => fault);
  expect(saved).toSatisfy((is: unknown) => is === 'version-conflict' || is instanceof Error);
  const again = await store.load(everything, 'lost', place);
  expect(again.mark).toBeDefined();
  expect(await store.save(everything, again)).not.toBe('version-conflict');
});
