/**
 * Folds the tails of shards in which little happens: those that grow long are folded when they do; then closes months.
 * From: a tick a night on queue `report-ticks`. Next: `fold-tail.ts`, where a tail without steps costs one read;
 * `close-month.ts`.
 */
import type { Instant } from '../../shared/domain/calendar.ts';
import { allShards } from '../../shared/domain/report-shard.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { ZoneOf } from '../../shared/edge/read-company.ts';
import type { ReportStore } from '../../shared/ports/report-store.ts';
import type { SettingsStore } from '../../shared/ports/settings-store.ts';
import { closeMonths } from './close-month.ts';
import { foldTail } from './fold-tail.ts';

const prefix = 'company:';

export type FoldParts = { reports: ReportStore; settings: SettingsStore; zoneOf: ZoneOf };

/** Ids of all companies there are. */
export const companyIdsOf = async (scope: Scope, settings: Pick<SettingsStore, 'list'>): Promise<string[]> =>
  (await settings.list(scope, 'deployment', prefix)).map(({ name }) => name.slice(prefix.length));

/** Twice, late or beside a projection: what is folded is not folded again. How many companies there were. */
export const foldQuietTails = async (
  scope: Scope,
  now: Instant,
  { reports, settings, zoneOf }: FoldParts,
): Promise<number> => {
  const companies = await companyIdsOf(scope, settings);
  for (const companyId of companies) {
    for (const shard of allShards) await foldTail(scope, { companyId, shard }, reports);
    const zone = await zoneOf(scope, companyId);
    if (zone !== undefined) await closeMonths({ companyId, zone }, scope, now, { reports });
  }
  return companies.length;
};
