/**
 * Reports on the local Cosmos DB: the suite of the port, and what projecting and reading cost.
 */
import { describe, expect, it } from 'vitest';
import { foldTail } from '../../../functions/reporting/fold-tail.ts';
import { projectEvents } from '../../../functions/reporting/project-events.ts';
import { readAging } from '../../../functions/reporting/read-aging.ts';
import { readBalances } from '../../../functions/reporting/read-balances.ts';
import { cosmosReports } from '../../../shared/azure/cosmos-reports.ts';
import type { ArEvent } from '../../../shared/contracts/messages.ts';
import { addDays, instantFromText, type Day } from '../../../shared/domain/calendar.ts';
import { allShards } from '../../../shared/domain/report-shard.ts';
import { scopeOver } from '../../../shared/domain/scope.ts';
import { reportStoreSuite } from '../../ports/report-store.suite.ts';
import { memoryAlerts } from '../../support/memory/alert-store.ts';
import { memorySettings } from '../../support/memory/settings-store.ts';
import { memoryAccounts } from '../../support/memory/account-store.ts';
import { ownBook } from '../../support/own-book.ts';
import { cosmosUnderTest } from './cosmos-under-test.ts';

const { container } = cosmosUnderTest();

const all = scopeOver('all');
let charges: number[] = [];

const store = cosmosReports(container('reports'), (_operation, requestUnits) => charges.push(requestUnits));

describe('reports on Cosmos DB', () => reportStoreSuite(() => store));

const first = '2026-01-01' as Day;

/** `count` invoices of 50 to an account, an entry each, over three months, net 30. */
const invoicesOf = (companyId: string, count: number): ArEvent[] =>
  Array.from({ length: count }, (_, n) => {
    const on = addDays(first, n % 90);
    return {
      ...{ v: 1, companyId, accountId: `a${n % Math.ceil(count / 50)}`, kinds: ['itemPosted'], hash: 'h' },
      version: Math.floor(n / Math.ceil(count / 50)) + 1,
      at: `${on}T12:00:00Z`,
      facts: [],
      moves: { [on]: { [`EUR open ${addDays(on, 30)} ${on}`]: 100 } },
    };
  });

const unitsOf = async (work: () => Promise<unknown>): Promise<number> => {
  charges = [];
  await work();
  return charges.reduce((sum, one) => sum + one, 0);
};

const parts = () => ({
  ...{ accounts: memoryAccounts(), reports: store, zoneOf: async () => 'UTC', bookOf: ownBook },
  ...{ alerts: memoryAlerts(), settings: memorySettings() },
});
const aging = (companyId: string, asOf: string) =>
  readAging(
    {
      ...{ company: [companyId], asOf, view: 'known', scheme: 'standard' },
      ...{ basis: 'due', by: 'company' },
    },
    all,
    instantFromText('2026-04-01T12:00:00Z'),
    parts(),
  );

it('projects an entry for few request units, and reads do not grow with the ledger', async () => {
  const cost: Record<string, { entry: number; past: number; today: number; tile: number }> = {};
  for (const [companyId, count] of [
    ['small', 500],
    ['large', 1_500],
  ] as const) {
    const events = invoicesOf(companyId, count);
    let entry = 0;
    for (let at = 0; at < count; at += 100)
      entry += await unitsOf(() => projectEvents(events.slice(at, at + 100), all, parts()));
    for (const shard of allShards) await foldTail(all, { companyId, shard }, store);
    const past = await unitsOf(() => aging(companyId, '2026-03-15'));
    expect(charges).toHaveLength(2);
    const today = await unitsOf(() => aging(companyId, '2026-04-01'));
    expect(charges).toHaveLength(2);
    const tile = await unitsOf(() => readBalances({ company: [companyId] }, all, parts()));
    cost[companyId] = { entry: entry / count, past, today, tile };
  }
  process.stdout.write(`${JSON.stringify(cost)}\n`);
  const [small, large] = [cost['small']!, cost['large']!];
  expect(large.tile).toBeLessThanOrEqual(16);
  expect(large.tile / small.tile).toBeLessThanOrEqual(1.2);
  expect(large.past / small.past).toBeLessThanOrEqual(1.2);
  expect(large.today / small.today).toBeLessThanOrEqual(1.2);
  expect(Math.max(large.past, large.today)).toBeLessThanOrEqual(16);
  expect(large.entry).toBeLessThan(20);
}, 240_000);
