/**
 * What a page of search costs on the local Cosmos DB, in a company of 10k items and in one of 100k.
 * From: `npm run bench -- pages`. Next: lines with the targets of the architecture. Counts do not depend on the
 * machine.
 */
import { CosmosClient } from '@azure/cosmos';
import { createClock } from '../../local/clock.ts';
import { startCosmos } from '../../local/cosmos/start.ts';
import { createFaultSwitch } from '../../local/kit/faults.ts';
import { ownerName } from '../../local/kit/keys.ts';
import { cosmosSearch } from '../../shared/azure/cosmos-search.ts';
import { topology } from '../../shared/contracts/topology.ts';
import { scopeOver } from '../../shared/domain/scope.ts';
import { lookupsOf, type SearchDocument } from '../../shared/domain/search-tokens.ts';
import type { Bench } from './kit.ts';

const [few, many] = [10_000, 100_000];
const itemsPerWrite = 2_000;

export const pagesBench: Bench = {
  name: 'pages',
  run: async () => {
    const clock = createClock();
    const cosmos = await startCosmos({
      ...{ port: 0, stateDir: undefined, topology, clock },
      ...{ faults: createFaultSwitch(), log: () => undefined },
    });
    const client = new CosmosClient({ endpoint: cosmos.url, key: cosmos.key(ownerName) });
    let units = 0;
    const search = cosmosSearch(
      () => client.database(topology.database).container('search'),
      (_operation, requestUnits) => void (units += requestUnits),
    );
    const all = scopeOver('all');
    const itemOf = (companyId: string, n: number): SearchDocument => ({
      ...{ companyId, accountId: `a${n % 2_000}`, itemId: `item:invoice:${n}` },
      texts: [{ field: 'number', text: `RE-${100_000 + n}` }],
    });
    const costOf = async (companyId: string, items: number): Promise<[number, number]> => {
      units = 0;
      for (let first = 0; first < items; first += itemsPerWrite)
        await search.create(
          all,
          Array.from({ length: itemsPerWrite }, (_, n) => itemOf(companyId, first + n)),
        );
      const written = units / items;
      units = 0;
      for (const lookup of lookupsOf('re 10')) await search.find(all, companyId, lookup, { limit: 10 });
      return [written, units];
    };
    try {
      const [, small] = await costOf('small', few);
      const [written, large] = await costOf('large', many);
      const [isCheap, isFlat] = [large <= 10, large / small <= 1.2];
      return [
        { job: 'index 100k new items', figure: written, unit: 'RU/item', target: '≤ 6', met: written <= 6 },
        {
          job: 'search page, 100k items',
          figure: large,
          unit: 'RU',
          target: '≤ 10',
          met: isCheap,
          limit: small,
        },
        {
          ...{ job: 'search page, 100k to 10k items', figure: large / small, unit: 'ratio' },
          ...{ target: '≤ 1.2', met: isFlat },
        },
      ];
    } finally {
      client.dispose();
      await cosmos.close();
      clock.close();
    }
  },
};
