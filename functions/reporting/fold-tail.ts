/**
 * Folds a shard's tail into its months, so that a read stays two documents however much happened.
 * From: projections, when a tail has grown long. Next: `month:` documents, then a tail without what is in them.
 * Each month, and what is open today, is written by itself and says up to where it is folded: a crash in between leaves nothing wrong,
 * since readers and the next fold take from the tail only what a month does not have.
 */
import { figuresAfter, noFigures, type FiguresKept } from '../../shared/domain/figures-kept.ts';
import {
  families,
  foldMonth,
  foldNewMonth,
  monthsAfter,
  tailRows,
  withoutSteps,
} from '../../shared/domain/report-months.ts';
import type { Family, Month, MonthCells, Tail, TailRows } from '../../shared/domain/report-months.ts';
import type { ShardPlace } from '../../shared/domain/report-shard.ts';
import { noToday, todayAfter, type Today } from '../../shared/domain/report-today.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import { mostNewMonths, type ReportStore } from '../../shared/ports/report-store.ts';

/** Cells in a tail above which it is folded: about 16 KB. */
const mostCellsInTail = 250;

/** Tries of what others change meanwhile; the next fold does what this one could not. */
const mostTries = 6;

export const isTailLong = ({ steps }: Tail): boolean => {
  let cells = 0;
  for (const { moves, figures = {} } of steps)
    for (const moved of [...Object.values(moves), ...Object.values(figures)])
      cells += Object.keys(moved).length;
  return cells > mostCellsInTail;
};

/** Leaves it to whoever else is folding when somebody is: a tail that stays long is folded next time. */
export const foldTail = async (scope: Scope, place: ShardPlace, reports: ReportStore): Promise<void> => {
  const { tail, mark } = await reports.tail(scope, place);
  if (tail.steps.length === 0) return;
  for (const family of families)
    if ((await foldFamily(scope, place, reports, tail, family)) === 'overtaken') return;
  if ((await foldToday(scope, place, reports, tail)) === 'overtaken') return;
  if ((await foldFigures(scope, place, reports, tail)) === 'overtaken') return;
  const months = {
    known: monthsAfter(tail, 'known').months,
    corrected: monthsAfter(tail, 'corrected').months,
  };
  await shorten(scope, place, reports, { tail, mark }, tail.seq, months);
};

type Shared<Kept> = {
  load: () => Promise<{ kept: Kept; mark?: string }>;
  /** As it is with this tail; `newer`: it has been folded further; undefined: readers do without it. */
  after: (before: Kept) => Kept | 'newer' | undefined;
  save: (after: Kept, mark: string | undefined) => Promise<'saved' | 'version-conflict'>;
};

/** Sixteen shards write it; one that finds it changed under every try is folded another time. */
const foldShared = async <Kept>({ load, after, save }: Shared<Kept>): Promise<'folded' | 'overtaken'> => {
  for (let attempt = 1; attempt <= mostTries; attempt += 1) {
    const { kept: before, mark } = await load();
    const now = after(before);
    if (now === 'newer') return 'overtaken';
    if (now === undefined || now === before) return 'folded';
    if ((await save(now, mark)) === 'saved') return 'folded';
  }
  return 'overtaken';
};

/** Begun too late or too large it says nothing: reports of today are read from months. */
const foldToday = (
  scope: Scope,
  { companyId, shard }: ShardPlace,
  reports: ReportStore,
  tail: Tail,
): Promise<'folded' | 'overtaken'> =>
  foldShared<Today>({
    load: async () => {
      const { today = noToday, ...mark } = (await reports.today(scope, companyId)) ?? {};
      return { kept: today, ...mark };
    },
    after: (before) => todayAfter(before, shard, tail),
    save: (after, mark) => reports.saveToday(scope, companyId, after, mark),
  });

/** Nothing else has them: a tail whose figures are not folded keeps its steps. */
const foldFigures = (
  scope: Scope,
  { companyId, shard }: ShardPlace,
  reports: ReportStore,
  tail: Tail,
): Promise<'folded' | 'overtaken'> =>
  foldShared<FiguresKept>({
    load: async () => {
      const { figures = noFigures, ...mark } = (await reports.figures(scope, companyId)) ?? {};
      return { kept: figures, ...mark };
    },
    after: (before) => figuresAfter(before, shard, tail),
    save: (after, mark) => reports.saveFigures(scope, companyId, after, mark),
  });

/** Steps that came while months were written stay in the tail. */
const shorten = async (
  scope: Scope,
  place: ShardPlace,
  reports: ReportStore,
  loaded: Awaited<ReturnType<ReportStore['tail']>>,
  foldedTo: number,
  months: Tail['months'],
): Promise<void> => {
  let { tail, mark } = loaded;
  for (let attempt = 1; attempt <= mostTries; attempt += 1) {
    const shorter = withoutSteps(tail, foldedTo, months);
    if ((await reports.saveTail(scope, place, shorter, mark)) === 'saved') return;
    ({ tail, mark } = await reports.tail(scope, place));
  }
};

type Folding = { scope: Scope; place: ShardPlace; reports: ReportStore; family: Family };

const foldFamily = async (
  scope: Scope,
  place: ShardPlace,
  reports: ReportStore,
  tail: Tail,
  family: Family,
): Promise<'folded' | 'overtaken'> => {
  const { months, firstChanged } = monthsAfter(tail, family.view);
  const changing = months.filter((month) => firstChanged !== undefined && month >= firstChanged);
  const previous = months[months.length - changing.length - 1];
  let before = previous === undefined ? undefined : await reports.month(scope, place, family, previous);
  if (previous !== undefined && before === undefined)
    throw new Error(`month ${previous} of shard ${place.shard} of ${place.companyId} is not there`);
  const folding = { scope, place, reports, family };
  const rows = tailRows(tail, family);
  const known = new Set(tail.months[family.view]);
  for (const some of runsOf(changing, known)) {
    const folded = known.has(some[0]!) ? undefined : await createAll(folding, some, rows, before?.cells);
    if (folded !== undefined) {
      before = { cells: folded, mark: '' };
      continue;
    }
    for (const month of some) {
      const cells = await foldOne(folding, month, rows, before?.cells);
      if (cells === 'overtaken') return cells;
      before = { cells, mark: '' };
    }
  }
  return 'folded';
};

/** Months in order, in runs of those that are there and of those that are new. */
const runsOf = (months: readonly Month[], known: ReadonlySet<Month>): Month[][] =>
  months.reduce<Month[][]>((runs, month) => {
    const run = runs.at(-1);
    const fits = run !== undefined && run.length < mostNewMonths && known.has(run[0]!) === known.has(month);
    if (fits) run.push(month);
    else runs.push([month]);
    return runs;
  }, []);

/** Cells that are written at once: about 120 KB. */
const mostCellsAtOnce = 2_000;

/** Creates new months together, and answers with the last; undefined: too large, or a fold that died made one of them. */
const createAll = async (
  { scope, place, reports, family }: Folding,
  months: readonly Month[],
  rows: TailRows,
  before: MonthCells | undefined,
): Promise<MonthCells | undefined> => {
  const created: MonthCells[] = [];
  for (const month of months) created.push(foldNewMonth(month, created.at(-1) ?? before, rows));
  if (created.reduce((all, cells) => all + sizeOf(cells), 0) > mostCellsAtOnce) return undefined;
  const saved = await reports.createMonths(scope, place, family, created);
  return saved === 'saved' ? created.at(-1) : undefined;
};

const sizeOf = ({ opening, days }: MonthCells): number =>
  [opening, ...Object.values(days)]
    .flatMap((groups) => Object.values(groups))
    .reduce((all, cells) => all + Object.keys(cells).length, 0);

const foldOne = async (
  { scope, place, reports, family }: Folding,
  month: Month,
  rows: TailRows,
  before: MonthCells | undefined,
): Promise<MonthCells | 'overtaken'> => {
  const there = await reports.month(scope, place, family, month);
  if (there !== undefined && there.cells.foldedTo > rows.seq) return 'overtaken';
  if (there !== undefined && there.cells.foldedTo === rows.seq) return there.cells;
  const cells = there === undefined ? foldNewMonth(month, before, rows) : foldMonth(there.cells, rows);
  const saved = await reports.saveMonth(scope, place, family, cells, there?.mark);
  return saved === 'saved' ? cells : 'overtaken';
};
