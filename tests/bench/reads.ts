/**
 * What an account page, aging and the live totals cost on the local Cosmos DB, in a small ledger and a large one.
 * From: `npm run bench -- reads`. Next: lines with the targets of the architecture. Counts do not depend on the
 * machine. Reports are projected in memory and then copied, so that a large ledger costs seconds.
 */
import { CosmosClient } from '@azure/cosmos';
import { readAccountPage } from '../../functions/ledger/read-account-page.ts';
import { foldTail } from '../../functions/reporting/fold-tail.ts';
import { projectEvents } from '../../functions/reporting/project-events.ts';
import { readAging } from '../../functions/reporting/read-aging.ts';
import { readKpis } from '../../functions/reporting/read-kpis.ts';
import { readBalances } from '../../functions/reporting/read-balances.ts';
import { createClock } from '../../local/clock.ts';
import { startCosmos } from '../../local/cosmos/start.ts';
import { createFaultSwitch } from '../../local/kit/faults.ts';
import { ownerName } from '../../local/kit/keys.ts';
import { cosmosAccounts } from '../../shared/azure/cosmos-accounts.ts';
import { cosmosReports } from '../../shared/azure/cosmos-reports.ts';
import { sha256 } from '../../shared/azure/entry-hash.ts';
import { homeRoles } from '../../shared/contracts/home.ts';
import { kpisQuery } from '../../shared/contracts/reports.ts';
import { agingQuery } from '../../shared/contracts/reporting.ts';
import { topology } from '../../shared/contracts/topology.ts';
import { instantFromText, type Day } from '../../shared/domain/calendar.ts';
import { families } from '../../shared/domain/report-months.ts';
import { allShards } from '../../shared/domain/report-shard.ts';
import { rememberCompanies } from '../../shared/ports/remembered-companies.ts';
import type { AccountStore } from '../../shared/ports/account-store.ts';
import type { ReportStore } from '../../shared/ports/report-store.ts';
import { memoryAlerts } from '../support/memory/alert-store.ts';
import { memoryAccounts } from '../support/memory/account-store.ts';
import { memoryFiles } from '../support/memory/file-store.ts';
import { memoryReferences } from '../support/memory/reference-store.ts';
import { memoryReports } from '../support/memory/report-store.ts';
import { memorySettings } from '../support/memory/settings-store.ts';
import { ownBook } from '../support/own-book.ts';
import { everything } from '../support/test-edge.ts';
import { linesOf, newMeter, type Meter } from './cost-lines.ts';
import { costOfHomes } from './homes.ts';
import { fillAccount, invoiceEvents } from './read-ledger.ts';
import type { Bench } from './kit.ts';

const [few, many] = [10_000, 1_000_000];
const [fewAccounts, manyAccounts] = [10, 200];
/** Cases and rows of work, of home pages. */
const [fewRows, manyRows] = [200, 2_000];
const now = instantFromText('2026-04-05T12:00:00Z');
const eventsPerBatch = 5_000;

const zoneOf = async (): Promise<string> => 'UTC';

/** Projects invoices of a company in memory and copies what came of it. */
const fillReports = async (reports: ReportStore, companyId: string, invoices: number): Promise<void> => {
  const memory = memoryReports();
  const parts = {
    accounts: memoryAccounts(),
    reports: memory,
    alerts: memoryAlerts(),
    zoneOf,
    settings: memorySettings(),
  };
  const events = invoiceEvents(companyId, invoices);
  for (let at = 0; at < events.length; at += eventsPerBatch)
    await projectEvents(events.slice(at, at + eventsPerBatch), everything, parts);
  for (const shard of allShards) {
    const place = { companyId, shard };
    await foldTail(everything, place, memory);
    const { total, tail } = await memory.shard(everything, place);
    await reports.apply(everything, await reports.shard(everything, place), {
      total,
      tail,
      contributions: [],
    });
    for (const family of families)
      for (const month of tail.months[family.view]) {
        const found = await memory.month(everything, place, family, month);
        if (found !== undefined) await reports.saveMonth(everything, place, family, found.cells, undefined);
      }
  }
  const kept = await memory.figures(everything, companyId);
  if (kept !== undefined) await reports.saveFigures(everything, companyId, kept.figures, undefined);
  const loaded = await memory.today(everything, companyId);
  if (loaded !== undefined) await reports.saveToday(everything, companyId, loaded.today, undefined);
};

type Stores = { accounts: AccountStore; reports: ReportStore };

const costOfReports = async (stores: Stores, companyId: string, { units }: Meter) => {
  const { reports } = stores;
  const aging = async (asOf: Day | undefined): Promise<number> => {
    const query = agingQuery.parse({ company: companyId, ...(asOf === undefined ? {} : { asOf }) });
    units();
    const answer = await readAging(query, everything, now, { ...stores, zoneOf, bookOf: ownBook });
    if (!answer.ok || answer.value.groups[0]?.currencies.length === 0) throw new Error('nothing was read');
    return units();
  };
  const [today, past] = [await aging(undefined), await aging('2026-02-15' as Day)];
  await readBalances({ company: [companyId] }, everything, { reports, bookOf: ownBook });
  const tile = units();
  const references = memoryReferences();
  const tiles = await readKpis(companyId, kpisQuery.parse({}), everything, now, {
    ...{ reports, references, zoneOf, bookOf: ownBook },
  });
  if (!tiles.ok || tiles.value.tiles.length < 10) throw new Error('no tiles were read');
  return { today, past, tile, page: units() };
};

const pageCost = async (
  accounts: AccountStore,
  reports: ReportStore,
  { units }: Meter,
  companyId: string,
  count: number,
): Promise<number> => {
  const settings = memorySettings();
  const value = { companyId, legalName: 'C', mode: 'erpLed', zone: 'UTC', country: 'DE', currency: 'EUR' };
  const change = { by: 'tenant:setup', at: '2026-01-01T00:00:00Z', reason: 'set up' };
  await settings.save(everything, { scope: `company:${companyId}`, name: 'company' }, 0, {
    value,
    ...change,
  });
  for (let n = 0; n < count; n += 1) await fillAccount(accounts, { companyId, accountId: `a${n}` });
  const { remembered } = rememberCompanies(settings, () => now);
  const parts = {
    ...{ accounts, reports, settings: remembered, exports: memoryFiles() },
    ...{ hashText: sha256, bookOf: ownBook },
  };
  units();
  const call = { scope: everything, systemScope: everything, now };
  const page = await readAccountPage(parts, { companyId, accountId: 'a3' }, call);
  if (!page.ok || page.value.name === undefined || page.value.pinned?.length !== 1)
    throw new Error('the page lacks its master data or its note');
  return units();
};

export const readsBench: Bench = {
  name: 'reads',
  run: async () => {
    const clock = createClock();
    const faults = createFaultSwitch();
    const place = { port: 0, stateDir: undefined, topology, clock, faults, log: () => undefined };
    const cosmos = await startCosmos(place);
    const client = new CosmosClient({ endpoint: cosmos.url, key: cosmos.key(ownerName) });
    const meter = newMeter();
    const container = (name: string) => () => client.database(topology.database).container(name);
    const reports = cosmosReports(container('reports'), meter.charged);
    const accounts = cosmosAccounts(container('ledger'), meter.charged);
    try {
      await fillReports(reports, 'few', few);
      await fillReports(reports, 'many', many);
      const small = await costOfReports({ accounts, reports }, 'few', meter);
      const large = await costOfReports({ accounts, reports }, 'many', meter);
      const page = await pageCost(accounts, reports, meter, 'small', fewAccounts);
      const pageOfMany = await pageCost(accounts, reports, meter, 'large', manyAccounts);
      const stores = { accounts, reports, container };
      const today = '2026-04-05' as Day;
      const homes = await costOfHomes(stores, { companyId: 'few', now, today }, fewRows, meter);
      const homesOfMany = await costOfHomes(stores, { companyId: 'many', now, today }, manyRows, meter);
      return [
        ...homeRoles.flatMap((role) =>
          linesOf(
            `home page of ${role}, tiles and lists, 1M invoices`,
            homes[role] ?? 0,
            homesOfMany[role] ?? 0,
            16,
          ),
        ),
        ...linesOf('account page, master data and note, 10k items', page, pageOfMany, 10),
        ...linesOf('live totals of 1M invoices', small.tile, large.tile, 16),
        ...linesOf('tiles of a home page of 1M invoices, 18 documents', small.page, large.page, 16),
        ...linesOf('aging today of 1M invoices, 17 documents', small.today, large.today, 16),
        ...linesOf('aging of a past day of 1M invoices, 32 documents', small.past, large.past, undefined),
      ];
    } finally {
      client.dispose();
      await cosmos.close();
      clock.close();
    }
  },
};
