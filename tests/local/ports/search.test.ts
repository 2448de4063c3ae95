/**
 * The search index on the local Cosmos DB: the suite of the port, and what a page costs.
 */
import { CosmosClient } from '@azure/cosmos';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClock, type Clock } from '../../../local/clock.ts';
import { startCosmos, type LocalCosmos } from '../../../local/cosmos/start.ts';
import { createFaultSwitch } from '../../../local/kit/faults.ts';
import { ownerName } from '../../../local/kit/keys.ts';
import { cosmosSearch } from '../../../shared/azure/cosmos-search.ts';
import { topology } from '../../../shared/contracts/topology.ts';
import { scopeOf, scopeOver } from '../../../shared/domain/scope.ts';
import { lookupsOf, nameTokens, type SearchDocument } from '../../../shared/domain/search-tokens.ts';
import type { SearchIndex } from '../../../shared/ports/search-index.ts';
import { searchIndexSuite } from '../../ports/search-index.suite.ts';

let clock: Clock;
let cosmos: LocalCosmos;
let client: CosmosClient;
let index: SearchIndex;
let charges: { operation: string; requestUnits: number }[] = [];

beforeAll(async () => {
  clock = createClock();
  const faults = createFaultSwitch();
  cosmos = await startCosmos({ port: 0, stateDir: undefined, topology, clock, faults, log: () => undefined });
  client = new CosmosClient({
    endpoint: cosmos.url,
    key: cosmos.key(ownerName),
    connectionPolicy: { enableBackgroundEndpointRefreshing: false },
  });
  index = cosmosSearch(
    () => client.database(topology.database).container('search'),
    (operation, requestUnits) => charges.push({ operation, requestUnits }),
  );
});
afterAll(async () => {
  client.dispose();
  await cosmos.close();
  clock.close();
});

describe('the search index on Cosmos DB', () => searchIndexSuite(() => index));

it('a page costs less than 10 request units and no more in a company ten times as large', async () => {
  const all = scopeOver('all');
  const costOf = async (companyId: string, count: number): Promise<number[]> => {
    const documents = Array.from({ length: count }, (_, n): SearchDocument[] =>
      nameTokens(`Nordwind ${n}`).map((token) => ({
        ...{
          companyId,
          accountId: `a${n}`,
          token,
          field: 'name',
          text: `Nordwind ${n}`,
          assignedTo: `c${n % 50}`,
        },
      })),
    ).flat();
    await index.put(all, documents);
    const collector = scopeOf([{ companies: [companyId], accounts: { by: 'collector', ids: ['c7'] } }]);
    charges = [];
    for (const scope of [all, collector])
      await index.find(scope, companyId, lookupsOf('nordwind')[0]!, { limit: 10 });
    return charges.map(({ requestUnits }) => requestUnits);
  };
  const small = await costOf('small', 200);
  const large = await costOf('large', 2_000);
  process.stdout.write(
    `search page: whole ${small[0]} and ${large[0]} RU, collector ${small[1]} and ${large[1]} RU\n`,
  );
  for (const [n, cost] of large.entries()) {
    expect(cost).toBeLessThan(10);
    expect(cost / small[n]!).toBeLessThanOrEqual(1.2);
  }
});
