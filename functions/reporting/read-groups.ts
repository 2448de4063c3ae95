/**
 * What stood at the end of a day in a company, as far as a scope reaches: by collector and segment, or as a whole.
 * From: tails of sixteen shards in one call. Next: `read-aging.ts`. Of today, what all shards have folded is one
 * more document; of a day before, a month of each shard.
 */
import type { Cells } from '../../shared/domain/aging-cells.ts';
import { addCells } from '../../shared/domain/aging-cells.ts';
import { addDays, dayAt, instantFromText, type Day } from '../../shared/domain/calendar.ts';
import {
  addGroups,
  groupsOn,
  latestMonth,
  type Family,
  type GroupCells,
  type MonthCells,
  type Tail,
} from '../../shared/domain/report-months.ts';
import { parseGroup } from '../../shared/domain/report-shard.ts';
import { noToday, openOn } from '../../shared/domain/report-today.ts';
import { isAccountInScope, reachInto, wholeCompany, type Scope } from '../../shared/domain/scope.ts';
import type { ReportStore } from '../../shared/ports/report-store.ts';

export type GroupsQuestion = Family & { companyId: string; day: Day; isByGroup: boolean };

/** With the tails they were read from, which say how fresh they are. */
export type GroupsAnswer = {
  groups: GroupCells;
  tails: readonly Tail[];
  byShard: ReadonlyMap<string, Tail>;
};

/** Reads of a company whose shards are being folded at the same time. */
const mostReads = 5;

/** Groups outside the scope are not there. @throws when it is folded during each of the reads. */
export const groupsOfCompany = async (
  question: GroupsQuestion,
  scope: Scope,
  reports: ReportStore,
): Promise<GroupsAnswer> => {
  const { companyId, basis, isByGroup } = question;
  const isWhole = reachInto(scope, companyId) === 'all' && !isByGroup && basis === 'due';
  for (let read = 1; read <= mostReads; read += 1) {
    const tails = await reports.tails(scope, companyId);
    const fresh = isWhole ? await openToday(question, tails, scope, reports) : undefined;
    if (fresh === 'again') continue;
    const groups = fresh === undefined ? await fromMonths(question, tails, scope, reports) : { '': fresh };
    if (groups !== 'again')
      return { groups: visibleIn(groups, companyId, scope), tails: [...tails.values()], byShard: tails };
  }
  throw new Error(`the reports of ${companyId} changed during each of ${mostReads} reads`);
};

const visibleIn = (groups: GroupCells, companyId: string, scope: Scope): GroupCells =>
  Object.fromEntries(
    Object.entries(groups).filter(([group]) => {
      const { collector } = parseGroup(group);
      const assignedTo = collector === '' ? undefined : collector;
      return isAccountInScope(scope, { companyId, accountId: '', assignedTo });
    }),
  );

/** Tails first: folding moves amounts out of them, never back. Undefined when it does not say. */
const openToday = async (
  { companyId, day, view }: GroupsQuestion,
  tails: ReadonlyMap<string, Tail>,
  scope: Scope,
  reports: ReportStore,
): Promise<Cells | 'again' | undefined> => {
  if (isSurelyPast(day, tails)) return undefined;
  const loaded = await reports.today(scope, companyId);
  return openOn(day, loaded?.today ?? noToday, tails, view);
};

/** Before the newest entry by more than zones differ: it would be read in vain. */
const isSurelyPast = (day: Day, tails: ReadonlyMap<string, Tail>): boolean =>
  [...tails.values()].some(
    ({ dataAt }) => dataAt !== '' && day < addDays(dayAt(instantFromText(dataAt), 'UTC'), -1),
  );

const fromMonths = async (
  { companyId, day, view, basis }: GroupsQuestion,
  tails: ReadonlyMap<string, Tail>,
  scope: Scope,
  reports: ReportStore,
): Promise<GroupCells | 'again'> => {
  const family = { view, basis };
  const latest = new Map([...tails].map(([shard, tail]) => [shard, latestMonth(tail, view, day)]));
  const names = [...new Set(latest.values())].filter((name) => name !== undefined);
  const months = await reports.months(scope, companyId, family, names);
  let groups: GroupCells = {};
  for (const [shard, tail] of tails) {
    const name = latest.get(shard);
    const month = name === undefined ? undefined : cellsOf(months, shard, name);
    if (name !== undefined && month === undefined)
      throw new Error(`month ${name} of shard ${shard} of ${companyId} is not there`);
    if (month !== undefined && month.foldedTo > tail.seq) return 'again';
    groups = addGroups(groups, groupsOn(day, month, tail, family));
  }
  return groups;
};

const cellsOf = (
  months: readonly { shard: string; cells: MonthCells }[],
  shard: string,
  name: string,
): MonthCells | undefined =>
  months.find((month) => month.shard === shard && month.cells.month === name)?.cells;

/** The sum over groups by another name of theirs. */
export const renamed = (groups: GroupCells, nameOf: (group: string) => string): Record<string, Cells> => {
  const named: Record<string, Cells> = {};
  for (const [group, cells] of Object.entries(groups))
    named[nameOf(group)] = addCells(named[nameOf(group)] ?? {}, cells);
  return named;
};

/** What stands open on a day by collector alone, for lists of work; nobody's under the empty name. */
export const owedByCollector =
  (reports: ReportStore) =>
  async (companyId: string, day: Day): Promise<Record<string, Cells>> => {
    const question = { companyId, day, view: 'corrected', basis: 'due', isByGroup: true } as const;
    const { groups } = await groupsOfCompany(question, wholeCompany(companyId), reports);
    return renamed(groups, (group) => parseGroup(group).collector);
  };
