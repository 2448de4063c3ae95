/**
 * Answers aging as of any day, as known then or as corrected since.
 * From: `GET api/aging`. Next: staff pages, exports, the walk. Whoever reaches some accounts of a company gets
 * the sums of those alone: amounts are kept by the collector an account is assigned to; what somebody sells is read
 * account by account.
 */
import type { AgingAnswer, AgingQuery } from '../../shared/contracts/reporting.ts';
import { addCells, agingOfCells, type Cells } from '../../shared/domain/aging-cells.ts';
import type { AgingChoice } from '../../shared/domain/aging.ts';
import { hash32 } from '../../shared/domain/buckets.ts';
import { dayAt, type Day, type Instant } from '../../shared/domain/calendar.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { GroupCells } from '../../shared/domain/report-months.ts';
import { parseGroup } from '../../shared/domain/report-shard.ts';
import { isToldByHeads, reachInto, type Scope } from '../../shared/domain/scope.ts';
import type { BookOf } from '../../shared/edge/read-book.ts';
import type { ZoneOf } from '../../shared/edge/read-company.ts';
import type { AccountStore } from '../../shared/ports/account-store.ts';
import type { ReportStore } from '../../shared/ports/report-store.ts';
import { groupsOfAccounts } from './read-accounts.ts';
import { freshnessIn } from './read-balances.ts';
import { groupsOfCompany, renamed, type GroupsAnswer } from './read-groups.ts';

export type ReadParts = {
  accounts: AccountStore;
  reports: ReportStore;
  zoneOf: ZoneOf;
  bookOf: BookOf;
};

export const readAging = async (
  query: AgingQuery,
  scope: Scope,
  now: Instant,
  { accounts, reports, zoneOf, bookOf }: ReadParts,
): Promise<Outcome<AgingAnswer, 'not-found'>> => {
  const { company: companies, view, scheme, basis, by } = query;
  const zones = await Promise.all(companies.map((companyId) => zoneOf(scope, companyId)));
  const [zone] = zones;
  if (zone === undefined || companies.some((id, n) => reachInto(scope, id) === 'none' || !zones[n]))
    return refuse('not-found', 'There is no such company.');
  const asOf = (query.asOf ?? dayAt(now, zone)) as Day;
  const choice = {
    ...{ asOf, scheme, basis: basis === 'due' ? 'dueDay' : 'documentDay' },
    disputedApart: query.disputed === 'apart',
  } as AgingChoice;
  const isByGroup = by === 'collector' || by === 'segment';
  const named: Record<string, Cells> = {};
  const freshness: AgingAnswer['freshness'] = [];
  for (const [n, companyId] of companies.entries()) {
    const question = { companyId, day: asOf, view, basis };
    const found = isToldByHeads(scope, companyId)
      ? { groups: await groupsOfAccounts({ ...question, zone: zones[n]! }, scope, accounts), tails: [] }
      : await groupsOfCompany({ ...question, isByGroup }, scope, reports);
    const own = renamed(found.groups, (group) => nameOf(by, companyId, group));
    for (const [name, cells] of Object.entries(own)) named[name] = addCells(named[name] ?? {}, cells);
    if (by === 'company') named[companyId] ??= {};
    const book = await bookOf(scope, companyId);
    if (book === undefined) return refuse('not-found', 'There is no such company.');
    freshness.push({ ...freshnessFor(scope, companyId, found), book });
  }
  return done({ asOf, view, scheme, basis, by, groups: groupsFrom(named, choice), freshness });
};

/** Nobody, and no segment, is the empty name, and so is the one group there is when all are asked for together. */
const nameOf = (by: AgingQuery['by'], companyId: string, group: string): string => {
  switch (by) {
    case 'company':
      return companyId;
    case 'currency':
      return '';
    case 'collector':
    case 'segment':
      return parseGroup(group)[by];
  }
};

/** How much the ledger of a company grew, and when, is told only to whom the whole company is shown. */
const freshnessFor = (
  scope: Scope,
  companyId: string,
  { groups, tails }: Pick<GroupsAnswer, 'groups' | 'tails'>,
): Omit<AgingAnswer['freshness'][number], 'book'> => {
  const mark = markOf(groups);
  return reachInto(scope, companyId) === 'all'
    ? { ...freshnessIn(companyId, tails), mark }
    : { companyId, ledgerVersion: null, dataAt: null, mark };
};

/** Of what is shown alone: the same sums by due day, the same mark, whatever happened beside them. */
const markOf = (groups: GroupCells): string => {
  const rows = Object.entries(renamed(groups, () => '')[''] ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const text = JSON.stringify(rows);
  return [hash32(text), hash32(text, 1)].map((part) => part.toString(16).padStart(8, '0')).join('');
};

const groupsFrom = (named: Record<string, Cells>, choice: AgingChoice): AgingAnswer['groups'] =>
  Object.entries(named)
    .toSorted(([a], [b]) => (a === '' ? 1 : b === '' ? -1 : a < b ? -1 : 1))
    .map(([name, cells]) => ({
      name: name === '' ? null : name,
      currencies: [...agingOfCells(cells, choice).values()]
        .map(({ scheme: _same, ...sums }) => sums)
        .toSorted((a, b) => (a.currency < b.currency ? -1 : 1)),
    }));
