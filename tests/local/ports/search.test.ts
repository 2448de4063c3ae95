/**
 * The search index on the local Cosmos DB: the suite of the port, and what a page costs.
 */
import { describe, expect, it } from 'vitest';
import { cosmosSearch } from '../../../shared/azure/cosmos-search.ts';
import { scopeOf, scopeOver } from '../../../shared/domain/scope.ts';
import { lookupsOf, type SearchDocument } from '../../../shared/domain/search-tokens.ts';
import { indexAccounts } from '../../../functions/collections/index-accounts.ts';
import type { ArEvent } from '../../../shared/contracts/messages.ts';
import { itemWith } from '../../support/account-examples.ts';
import { memoryAccounts } from '../../support/memory/account-store.ts';
import { searchIndexSuite } from '../../ports/search-index.suite.ts';
import { cosmosUnderTest } from './cosmos-under-test.ts';

const { container } = cosmosUnderTest();

let charges: { operation: string; requestUnits: number }[] = [];

const index = cosmosSearch(container('search'), (operation, requestUnits) =>
  charges.push({ operation, requestUnits }),
);

describe('the search index on Cosmos DB', () => searchIndexSuite(() => index));

const all = scopeOver('all');

it('a page costs less than 10 request units and no more in a company ten times as large', async () => {
  const costOf = async (companyId: string, count: number): Promise<number[]> => {
    const documents = Array.from({ length: count }, (_, n): SearchDocument => ({
      ...{ companyId, accountId: `a${n}`, texts: [{ field: 'name', text: `Nordwind ${n}` }] },
      assignedTo: `c${n % 50}`,
    }));
    await index.create(all, documents);
    const collector = scopeOf([{ companies: [companyId], accounts: { by: 'collector', ids: ['c7'] } }]);
    const costs: number[] = [];
    for (const scope of [all, collector]) {
      charges = [];
      for (const lookup of lookupsOf('nordwind')) await index.find(scope, companyId, lookup, { limit: 10 });
      costs.push(charges.reduce((sum, { requestUnits }) => sum + requestUnits, 0));
    }
    return costs;
  };
  const small = await costOf('small', 500);
  const large = await costOf('large', 5_000);
  process.stdout.write(
    `search page: whole ${small[0]} and ${large[0]} RU, collector ${small[1]} and ${large[1]} RU\n`,
  );
  for (const [n, cost] of large.entries()) {
    expect(cost).toBeLessThan(10);
    expect(cost / small[n]!).toBeLessThanOrEqual(1.2);
  }
});

it('a night of new items costs no more than 6 request units and 0.3 calls for each', async () => {
  const accounts = memoryAccounts();
  const night = async (events: number, itemsEach: number): Promise<[number, number]> => {
    const told: ArEvent[] = Array.from({ length: events }, (_, n) => {
      const facts = Array.from({ length: itemsEach }, (_unused, m) => ({
        ...{ kind: 'itemPosted', on: '2026-03-02' },
        item: itemWith({
          ...{ id: `item:invoice:${n}-${m}`, number: `RE-${n}-${m}` },
          references: { purchaseOrder: `PO-${n}-${m}`, order: `5000${n}${m}`, delivery: `8000${n}${m}` },
        }),
      }));
      const place = { v: 1 as const, companyId: 'night', accountId: `a${n}`, version: 2 };
      return { ...place, at: '2026-03-02T05:00:00.000Z', kinds: ['itemPosted'], facts };
    });
    await index.put(
      all,
      told.map(({ companyId, accountId }) => ({ companyId, accountId, texts: [], assignedTo: 'ann' })),
    );
    charges = [];
    await indexAccounts(told, all, { accounts, search: index });
    const items = events * itemsEach;
    const units = charges.reduce((sum, { requestUnits }) => sum + requestUnits, 0) / items;
    const calls = charges.length / items;
    process.stdout.write(`search index: ${units.toFixed(2)} RU and ${calls.toFixed(2)} calls an item\n`);
    return [units, calls];
  };
  const [units, calls] = await night(100, 3);
  expect(units).toBeLessThanOrEqual(6);
  expect(calls).toBeLessThanOrEqual(0.3);
  const kinds = ['itemReduced', 'feedReconciled'];
  const place = { v: 1 as const, companyId: 'night', accountId: 'a1', version: 3 };
  charges = [];
  await indexAccounts([{ ...place, at: '2026-03-03T05:00:00.000Z', kinds }], all, {
    ...{ accounts, search: index },
  });
  expect(charges).toEqual([]);
});
