/**
 * Answers aging as of any day, as known then or as corrected since: sums of sixteen shards, three documents each.
 * From: `GET api/aging`. Next: staff pages, exports, the walk. Whoever reaches some accounts of a company gets
 * the sums of those alone: amounts are kept by the collector an account is assigned to.
 */
import type { AgingAnswer, AgingQuery } from '../../shared/contracts/reporting.ts';
import { addCells, agingOfCells, type Cells } from '../../shared/domain/aging-cells.ts';
import type { AgingChoice } from '../../shared/domain/aging.ts';
import { dayAt, type Day, type Instant } from '../../shared/domain/calendar.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import {
  addGroups,
  groupsOn,
  latestMonth,
  type Family,
  type GroupCells,
} from '../../shared/domain/report-months.ts';
import { allShards, type ShardPlace, type ShardTotal } from '../../shared/domain/report-shard.ts';
import { isAccountInScope, reachInto, type Scope } from '../../shared/domain/scope.ts';
import type { ReportStore } from '../../shared/ports/report-store.ts';
import type { ZoneOf } from './company-zone.ts';
import { freshnessIn } from './read-balances.ts';

export type ReadParts = {
  reports: ReportStore;
  zoneOf: ZoneOf;
};

/** Reads of a shard that is being folded at the same time. */
const mostReads = 5;

export const readAging = async (
  query: AgingQuery,
  scope: Scope,
  now: Instant,
  { reports, zoneOf }: ReadParts,
): Promise<Outcome<AgingAnswer, 'not-found'>> => {
  const { company: companies, view, scheme, basis, by } = query;
  const zones = await Promise.all(companies.map((companyId) => zoneOf(scope, companyId)));
  const [zone] = zones;
  if (zone === undefined || companies.some((id, n) => reachInto(scope, id) === 'none' || !zones[n]))
    return refuse('not-found', 'There is no such company.');
  const asOf = (query.asOf ?? dayAt(now, zone)) as Day;
  const choice = { asOf, scheme, basis: basis === 'due' ? 'dueDay' : 'documentDay' } as AgingChoice;
  const named: Record<string, Cells> = {};
  const freshness: AgingAnswer['freshness'] = [];
  for (const companyId of companies) {
    const { groups, totals } = await groupsOfCompany(companyId, asOf, { view, basis }, scope, reports);
    for (const [group, cells] of Object.entries(groups)) {
      const name = nameOf(by, companyId, group);
      named[name] = addCells(named[name] ?? {}, cells);
    }
    if (by === 'company') named[companyId] ??= {};
    freshness.push(freshnessIn(companyId, totals));
  }
  return done({ asOf, view, scheme, basis, by, groups: groupsFrom(named, choice), freshness });
};

/** Nobody is the empty name, and so is the one group there is when all are asked for together. */
const nameOf = (by: AgingQuery['by'], companyId: string, group: string): string =>
  by === 'company' ? companyId : by === 'collector' ? group : '';

const groupsFrom = (named: Record<string, Cells>, choice: AgingChoice): AgingAnswer['groups'] =>
  Object.entries(named)
    .toSorted(([a], [b]) => (a === '' ? 1 : b === '' ? -1 : a < b ? -1 : 1))
    .map(([name, cells]) => ({
      name: name === '' ? null : name,
      currencies: [...agingOfCells(cells, choice).values()]
        .map(({ scheme: _same, ...sums }) => sums)
        .toSorted((a, b) => (a.currency < b.currency ? -1 : 1)),
    }));

const groupsOfCompany = async (
  companyId: string,
  asOf: Day,
  family: Family,
  scope: Scope,
  reports: ReportStore,
): Promise<{ groups: GroupCells; totals: ShardTotal[] }> => {
  const shards = await Promise.all(
    allShards.map((shard) => groupsOfShard({ companyId, shard }, asOf, family, scope, reports)),
  );
  const groups = shards.map((shard) => shard.groups).reduce(addGroups, {});
  const isVisible = ([group]: [string, Cells]): boolean =>
    isAccountInScope(scope, { companyId, accountId: '', assignedTo: group === '' ? undefined : group });
  return {
    groups: Object.fromEntries(Object.entries(groups).filter(isVisible)),
    totals: shards.map(({ total }) => total),
  };
};

/** Tail first, then the month: folding moves amounts from the one to the other, never back. */
const groupsOfShard = async (
  place: ShardPlace,
  asOf: Day,
  family: Family,
  scope: Scope,
  reports: ReportStore,
): Promise<{ groups: GroupCells; total: ShardTotal }> => {
  for (let read = 1; read <= mostReads; read += 1) {
    const { tail, total } = await reports.shard(scope, place);
    const name = latestMonth(tail, family.view, asOf);
    const month = name === undefined ? undefined : await reports.month(scope, place, family, name);
    if (name !== undefined && month === undefined)
      throw new Error(`month ${name} of shard ${place.shard} of ${place.companyId} is not there`);
    if (month === undefined || month.cells.foldedTo <= tail.seq)
      return { groups: groupsOn(asOf, month?.cells, tail, family), total };
  }
  throw new Error(`shard ${place.shard} of ${place.companyId} changed during each of ${mostReads} reads`);
};
