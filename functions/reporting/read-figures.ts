/**
 * What tiles are made of, read at once: aging of the day, kept figures with what the tails have besides, sales as told.
 * From: `reports`, references. Next: `read-kpis.ts`, `read-trend.ts`, closing months. Its cost does not grow with the ledger:
 * a month that closed is kept; only where it is not, its end is read as aging of a past day is.
 */
import { agingOfCells, type Cells } from '../../shared/domain/aging-cells.ts';
import type { Aging } from '../../shared/domain/aging.ts';
import { addMonths, type Day } from '../../shared/domain/calendar.ts';
import {
  figuresNow,
  noFigures,
  stockOn,
  type Closing,
  type FiguresKept,
} from '../../shared/domain/figures-kept.ts';
import type { SalesRow } from '../../shared/domain/other-rows.ts';
import type { Family, Tail } from '../../shared/domain/report-months.ts';
import type { Standing } from '../../shared/domain/kpis.ts';
import { amountOf, type Currency } from '../../shared/domain/money.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { ReferenceStore } from '../../shared/ports/reference-store.ts';
import type { ReportStore } from '../../shared/ports/report-store.ts';
import { groupsOfCompany, renamed } from './read-groups.ts';

const mostReads = 5;

export type FigureStores = { reports: ReportStore; references: Pick<ReferenceStore, 'newest'> };
type Place = { companyId: string; day: Day };

export type DayFigures = { aging: Aging; kept: FiguresKept; tails: readonly Tail[] };

/** @throws when the shards of the company are folded during each of the reads. */
export const figuresOn = async (
  { companyId, day }: Place,
  scope: Scope,
  { reports }: Pick<FigureStores, 'reports'>,
): Promise<DayFigures> => {
  for (let read = 1; read <= mostReads; read += 1) {
    const { aging, byShard } = await agingOn({ companyId, day }, scope, reports);
    const loaded = await reports.figures(scope, companyId);
    const kept = figuresNow(loaded?.figures ?? noFigures, byShard);
    if (kept !== 'again') return { aging, kept, tails: [...byShard.values()] };
  }
  throw new Error(`the figures of ${companyId} changed during each of ${mostReads} reads`);
};

/** Kept figures with what the tails have besides, and nothing else. @throws as `figuresOn`. */
export const keptFigures = async (
  companyId: string,
  scope: Scope,
  reports: Pick<ReportStore, 'tails' | 'figures'>,
): Promise<FiguresKept> => {
  for (let read = 1; read <= mostReads; read += 1) {
    const tails = await reports.tails(scope, companyId);
    const kept = figuresNow((await reports.figures(scope, companyId))?.figures ?? noFigures, tails);
    if (kept !== 'again') return kept;
  }
  throw new Error(`the figures of ${companyId} changed during each of ${mostReads} reads`);
};

/** Open amounts by due day as they stood at the end of a day: as known then, or as corrected since. */
export const cellsOn = async (
  { companyId, day, view }: Place & { view: Family['view'] },
  scope: Scope,
  reports: ReportStore,
) => {
  const question = { companyId, day, view, basis: 'due', isByGroup: false } as const;
  const { groups, byShard } = await groupsOfCompany(question, scope, reports);
  return { byShard, cells: renamed(groups, () => '')[''] ?? {} };
};

/** What they come to by bucket. */
export const agedOn = (cells: Cells, day: Day): Aging =>
  agingOfCells(cells, { asOf: day, scheme: 'standard', basis: 'dueDay' });

const agingOn = async (place: Place, scope: Scope, reports: ReportStore) => {
  const { byShard, cells } = await cellsOn({ ...place, view: 'known' }, scope, reports);
  return { byShard, aging: agedOn(cells, place.day) };
};

/** What stands on a day, by currency. */
export const standingsOf = (aging: Aging, kept: FiguresKept, day: Day): Map<Currency, Standing> =>
  new Map(
    [...aging].map(([currency, { receivables: table }]) => [
      currency,
      {
        receivables: table.total,
        notDue: amountOf(table.buckets['notDue'] ?? 0),
        beyond90: amountOf(table.buckets['91+'] ?? 0),
        disputed: amountOf(table.ofWhichDeductions + (stockOn(kept, day, `disputed ${currency}`) ?? 0)),
        credits: table.columns.credits,
        retention: table.columns.retention,
        drafts: table.columns.drafts,
        charges: amountOf(stockOn(kept, day, `charges ${currency}`) ?? 0),
      },
    ]),
  );

/** How a day closed: kept where it is the end of a month that was closed, else read. */
export const closingOn = async (
  { companyId, day }: Place,
  kept: FiguresKept,
  scope: Scope,
  { reports }: Pick<FigureStores, 'reports'>,
): Promise<Closing> => {
  const known = kept.closings[day.slice(0, 7)];
  if (known !== undefined) return known;
  const { aging } = await agingOn({ companyId, day }, scope, reports);
  const standings = standingsOf(aging, kept, day);
  return Object.fromEntries(
    [...standings].map(([currency, { receivables, notDue, beyond90, disputed }]) => [
      currency,
      { receivables, notDue, beyond90, disputed },
    ]),
  );
};

/** Sales told of two years up to a day: no receivable reaches back further for long. */
export const salesRows = async (
  { companyId, day }: Place,
  scope: Scope,
  { references }: FigureStores,
): Promise<SalesRow[]> => {
  const days = { fromOn: addMonths(day, -24), toOn: day };
  const told = await references.newest(scope, companyId, 'sales', days);
  return told.flatMap((one) => (one.kind === 'sales' ? [one.row] : []));
};
