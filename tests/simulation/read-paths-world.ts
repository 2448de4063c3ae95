/**
 * A company of a few random accounts that lives day by day, and every way its figures are read.
 * From: `tests/support/aging-commands.ts`. Next: `read-paths.test.ts` compares them with a recomputation.
 */
import { readAccountPage } from '../../functions/ledger/read-account-page.ts';
import { readExport } from '../../functions/ledger/read-export.ts';
import { readItems } from '../../functions/ledger/read-items.ts';
import { readStatement } from '../../functions/ledger/read-statement.ts';
import { foldTail } from '../../functions/reporting/fold-tail.ts';
import { projectEvents } from '../../functions/reporting/project-events.ts';
import { readAging } from '../../functions/reporting/read-aging.ts';
import { readBalances } from '../../functions/reporting/read-balances.ts';
import { sha256 } from '../../shared/azure/entry-hash.ts';
import { exportQuery } from '../../shared/contracts/exports.ts';
import { agingQuery, type AgingAnswer } from '../../shared/contracts/reporting.ts';
import { statementQuery } from '../../shared/contracts/statements.ts';
import type { AsOfView } from '../../shared/domain/as-of.ts';
import { dayAt, instantFromText, type Day } from '../../shared/domain/calendar.ts';
import type { Entry } from '../../shared/domain/entry.ts';
import type { ExportKind } from '../../shared/domain/export-rows.ts';
import type { HeadFact } from '../../shared/domain/facts.ts';
import type { Outcome } from '../../shared/domain/outcome.ts';
import { shardOf } from '../../shared/domain/report-shard.ts';
import { rememberCompanies } from '../../shared/ports/remembered-companies.ts';
import {
  appendFacts,
  companyId,
  newWorld,
  noonOn,
  writeJournal,
} from '../functions/reporting/projection-support.ts';
import { memoryFiles } from '../support/memory/file-store.ts';
import { memorySettings } from '../support/memory/settings-store.ts';
import { ownBook } from '../support/own-book.ts';
import { everything } from '../support/test-edge.ts';

export type Sums = Record<string, number>;

const valueOf = <Value>(outcome: Outcome<Value, string>): Value => {
  if (!outcome.ok) throw new Error(`${outcome.code}: ${outcome.detail}`);
  return outcome.value;
};

/** By currency, without what is 0. */
export const sumsOf = (rows: readonly { currency: string; open: number }[]): Sums => {
  const sums: Sums = {};
  for (const { currency, open } of rows) sums[currency] = (sums[currency] ?? 0) + open;
  return Object.fromEntries(
    Object.entries(sums)
      .filter(([, sum]) => sum !== 0)
      .toSorted(),
  );
};

export const knownOn = ({ at }: Entry): Day => dayAt(instantFromText(at), 'UTC');

export const createCompany = async (journals: ReadonlyMap<string, readonly Entry[]>) => {
  const world = newWorld();
  const { accounts, reports } = world;
  const kept = memorySettings();
  const value = {
    companyId,
    legalName: 'C',
    mode: 'dunwellLed',
    zone: 'UTC',
    country: 'DE',
    currency: 'EUR',
  };
  const change = { by: 'tenant:setup', at: '2026-01-01T00:00:00Z', reason: 'set up' };
  await kept.save(everything, { scope: `company:${companyId}`, name: 'company' }, 0, { value, ...change });
  let today = '2026-03-01' as Day;
  const now = () => noonOn(today);
  const { remembered: settings } = rememberCompanies(kept, now);
  const parts = { accounts, settings, exports: memoryFiles(), reports, hashText: sha256, bookOf: ownBook };
  const call = () => ({
    ...{ scope: everything, systemScope: everything, keepScope: everything, now: now() },
    callerId: 'tenant:ann',
  });
  const keyOf = (accountId: string) => ({ companyId, accountId });
  const written = new Map<string, number>();
  return {
    accountIds: [...journals.keys()],
    keyOf,
    entries: (accountId: string) =>
      accounts.entries(everything, keyOf(accountId), { afterVersion: 0, limit: 10_000 }),
    /** Puts the tails of reports away, as happens when they have grown long. */
    fold: async () => {
      const shards = new Set([...journals.keys()].map(shardOf));
      for (const shard of shards) await foldTail(everything, { companyId, shard }, reports);
    },
    /** All that becomes known up to the end of the day, and then that somebody else has an account. */
    liveTo: async (day: Day, regroup?: { accountId: string; fact: HeadFact }) => {
      today = day;
      for (const [accountId, whole] of journals) {
        const from = written.get(accountId) ?? 0;
        const fresh = whole.slice(from).filter((entry) => knownOn(entry) <= day);
        written.set(accountId, from + fresh.length);
        await projectEvents(await writeJournal(world, accountId, fresh, whole), everything, world);
      }
      if (regroup === undefined || (written.get(regroup.accountId) ?? 0) === 0) return;
      const events = await appendFacts(world, regroup.accountId, day, [regroup.fact]);
      await projectEvents(events, everything, world);
    },
    aging: async (query: object): Promise<AgingAnswer> => {
      const asked = agingQuery.parse({ company: companyId, ...query });
      const reading = { accounts: parts.accounts, reports, zoneOf: async () => 'UTC', bookOf: ownBook };
      return valueOf(await readAging(asked, everything, now(), reading));
    },
    balances: async (): Promise<Sums> => {
      const { companies } = valueOf(
        await readBalances({ company: [companyId] }, everything, { reports, bookOf: ownBook }),
      );
      const open = Object.entries(companies[0]?.openByCurrency ?? {});
      return sumsOf(open.map(([currency, amount]) => ({ currency, open: amount })));
    },
    page: async (accountId: string) => valueOf(await readAccountPage(parts, keyOf(accountId), call())),
    items: async (accountId: string): Promise<Sums> => {
      const rows: { currency: string; open: number }[] = [];
      let after: string | undefined;
      do {
        const page = valueOf(await readItems(parts, keyOf(accountId), { state: 'open', after }, everything));
        rows.push(...page.items);
        after = page.next ?? undefined;
      } while (after !== undefined);
      return sumsOf(rows);
    },
    statement: async (accountId: string, query: object) => {
      const asked = statementQuery.parse(query);
      const { bytes } = valueOf(await readStatement(parts, keyOf(accountId), asked, call()));
      return JSON.parse(new TextDecoder().decode(bytes as Uint8Array)) as Statement;
    },
    exported: async (kind: ExportKind, query: { asOf?: Day; view?: AsOfView }): Promise<ExportLine[]> => {
      const asked = exportQuery.parse({ company: companyId, ...query });
      const sees = () => 'plain' as const;
      const { bytes } = valueOf(await readExport(parts, kind, asked, { ...call(), sees }));
      const [columns = [], ...lines] = new TextDecoder()
        .decode(bytes as Uint8Array)
        .trimEnd()
        .split('\r\n')
        .map((line) => line.split(','));
      return lines.map((line) => {
        const row = Object.fromEntries(columns.map((name, n) => [name, line[n] ?? '']));
        const open = Number(row['open'] ?? row['amount']);
        return {
          account: row['account'] ?? '',
          bucket: row['bucket'] ?? '',
          currency: row['currency'] ?? '',
          open,
        };
      });
    },
  };
};

export type ReadCompany = Awaited<ReturnType<typeof createCompany>>;
export type ExportLine = { account: string; bucket: string; currency: string; open: number };
export type Statement = {
  currencies: {
    currency: string;
    opening?: number;
    closing: number;
    lines?: { amount: number }[];
    items?: { open: number }[];
  }[];
};
