/**
 * What reports are read from: contributions of accounts, totals, tails and months of a company's shards.
 * From: `functions/reporting`. Next: `shared/azure/cosmos-reports.ts`, in memory `tests/support/memory`.
 */
import type { Day } from '../domain/calendar.ts';
import type { ForecastWeek } from '../domain/cash-forecast.ts';
import type { FiguresKept } from '../domain/figures-kept.ts';
import type { Family, Month, MonthCells, Tail } from '../domain/report-months.ts';
import type { Contribution, ShardPlace, ShardTotal } from '../domain/report-shard.ts';
import type { Today } from '../domain/report-today.ts';
import type { Scope } from '../domain/scope.ts';

/** Total and tail of a shard with the marks they were read under; only the store reads the marks. */
export type LoadedShard = {
  place: ShardPlace;
  total: ShardTotal;
  tail: Tail;
  marks: { total: string | undefined; tail: string | undefined };
};
export type LoadedMonth = { cells: MonthCells; mark: string };
export type LoadedFigures = { figures: FiguresKept; mark: string };
export type LoadedToday = { today: Today; mark: string };
/** `tail`: absent where nothing of it changes; the total, which always does, guards all of it. */
export type ShardChange = { total: ShardTotal; tail?: Tail; contributions: readonly Contribution[] };

/** Contributions one change can replace; the total, and the tail, are written with them. */
export const mostContributions = 98;

/** Months that are created at once. */
export const mostNewMonths = 40;

/** Sums of parts of a company are there for scopes that reach some of its accounts: readers choose among them. */
export interface ReportStore {
  /** Nothing yet, or outside the scope: empty. */
  shard(scope: Scope, place: ShardPlace): Promise<LoadedShard>;
  /** Those that are there, by account. */
  contributions(
    scope: Scope,
    place: ShardPlace,
    accountIds: readonly string[],
  ): Promise<Map<string, Contribution>>;
  /** All of it or nothing, and only if nobody else changed the shard since. @throws outside the scope. */
  apply(scope: Scope, loaded: LoadedShard, change: ShardChange): Promise<'saved' | 'version-conflict'>;
  /** All totals of a company, by shard. Outside the scope: none. */
  totals(scope: Scope, companyId: string): Promise<Map<string, ShardTotal>>;
  /** All tails of a company, by shard, in one call. Outside the scope: none. */
  tails(scope: Scope, companyId: string): Promise<Map<string, Tail>>;
  /** These months of all shards that have them, in one call. */
  months(
    scope: Scope,
    companyId: string,
    family: Family,
    months: readonly Month[],
  ): Promise<{ shard: string; cells: MonthCells }[]>;
  /** Of the whole company; undefined before the first fold, and for scopes that reach some accounts alone. */
  today(scope: Scope, companyId: string): Promise<LoadedToday | undefined>;
  /** Only if it is as it was loaded, or still absent where no mark is given. @throws outside the scope. */
  saveToday(
    scope: Scope,
    companyId: string,
    today: Today,
    mark: string | undefined,
  ): Promise<'saved' | 'version-conflict'>;
  /** Of the whole company; undefined before the first fold, and for scopes that reach some accounts alone. */
  figures(scope: Scope, companyId: string): Promise<LoadedFigures | undefined>;
  /** Only if they are as they were loaded, or still absent where no mark is given. @throws outside the scope. */
  saveFigures(
    scope: Scope,
    companyId: string,
    figures: FiguresKept,
    mark: string | undefined,
  ): Promise<'saved' | 'version-conflict'>;
  /** What was expected in the week of a Monday, as it was kept; undefined for scopes that reach some accounts alone, too. */
  forecast(scope: Scope, companyId: string, monday: Day): Promise<ForecastWeek[] | undefined>;
  /** Kept once: whoever is first. What is kept then. @throws outside the scope. */
  keepForecast(
    scope: Scope,
    companyId: string,
    monday: Day,
    weeks: readonly ForecastWeek[],
  ): Promise<ForecastWeek[]>;
  /** Contributions of a shard in an order of their own; hand `after` back for the next page. */
  contributionPage(
    scope: Scope,
    place: ShardPlace,
    page: { limit: number; after?: string },
  ): Promise<{ contributions: Contribution[]; after?: string }>;
  tail(scope: Scope, place: ShardPlace): Promise<{ tail: Tail; mark: string | undefined }>;
  saveTail(
    scope: Scope,
    place: ShardPlace,
    tail: Tail,
    mark: string | undefined,
  ): Promise<'saved' | 'version-conflict'>;
  month(scope: Scope, place: ShardPlace, family: Family, month: Month): Promise<LoadedMonth | undefined>;
  /** Months that are not there yet, at most `mostNewMonths`: all of them or none. */
  createMonths(
    scope: Scope,
    place: ShardPlace,
    family: Family,
    months: readonly MonthCells[],
  ): Promise<'saved' | 'version-conflict'>;
  /** Only if it is as it was loaded, or still absent where no mark is given. */
  saveMonth(
    scope: Scope,
    place: ShardPlace,
    family: Family,
    cells: MonthCells,
    mark: string | undefined,
  ): Promise<'saved' | 'version-conflict'>;
}
