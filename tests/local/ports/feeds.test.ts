/**
 * Feeds on the local Cosmos DB: the suite of the port, and what saving a feed does when its answer is lost.
 */
import { describe, expect, it } from 'vitest';
import { cosmosFeeds } from '../../../shared/azure/cosmos-feeds.ts';
import { topology } from '../../../shared/contracts/topology.ts';
import { feedStoreSuite } from '../../ports/feed-store.suite.ts';
import { everything } from '../../support/test-edge.ts';
import { cosmosUnderTest } from './cosmos-under-test.ts';

const { container, faults } = cosmosUnderTest(500);

const store = cosmosFeeds(container('imports'));

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
