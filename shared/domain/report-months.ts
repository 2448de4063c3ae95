/**
 * Months of a shard: what stood at the beginning of each and what moved on its days, so that any past day is
 * one month and the tail of what is not folded into months yet.
 * From: the moves of `report-shard.ts`. Next: `functions/reporting` folds and reads.
 * Every month says up to where it is folded: months are written one by one, in any order, twice or not yet.
 */
import { addToCell, cellsForBasis, type AgingBasis, type Cells } from './aging-cells.ts';
import type { AsOfView } from './as-of.ts';
import type { Day } from './calendar.ts';
import type { AmountMinor } from './money.ts';
import type { KnownMoves } from './report-shard.ts';

/** Cells by group: collector and segment, as `groupText` writes them. */
export type GroupCells = Readonly<Record<string, Cells>>;

/** `2026-11`; sorts as text. */
export type Month = string;
export const monthOf = (day: Day): Month => day.slice(0, 7);

export type Family = { view: AsOfView; basis: AgingBasis };
export const families: readonly Family[] = [
  { view: 'known', basis: 'due' },
  { view: 'known', basis: 'document' },
  { view: 'corrected', basis: 'due' },
  { view: 'corrected', basis: 'document' },
];

export type TailStep = KnownMoves & { seq: number };

/** What came lately, and which months there are. */
export type Tail = {
  /** Of the newest step there ever was. */
  seq: number;
  steps: readonly TailStep[];
  /** In order. */
  months: Readonly<Record<AsOfView, readonly Month[]>>;
  /** How fresh it is: entries that made it, and the ISO instant of the newest; empty before the first. */
  entries: number;
  dataAt: string;
};

export const noTail: Tail = {
  ...{ seq: 0, steps: [], months: { known: [], corrected: [] } },
  ...{ entries: 0, dataAt: '' },
};

export type MonthCells = {
  month: Month;
  /** Steps up to this one are in it. */
  foldedTo: number;
  opening: GroupCells;
  days: Readonly<Record<Day, GroupCells>>;
};

type Row = { seq: number; day: Day; group: string; cells: Cells };

/** The day a move counts from: as known, never before it was known. */
const countsFrom = (view: AsOfView, knownOn: Day, on: Day): Day =>
  view === 'known' && knownOn > on ? knownOn : on;

export const rowsOf = (steps: readonly TailStep[], { view, basis }: Family): Row[] =>
  steps.flatMap(({ seq, knownOn, group, moves }) =>
    (Object.entries(moves) as [Day, Cells][]).map(([on, cells]) => ({
      ...{ seq, group, day: countsFrom(view, knownOn, on) },
      cells: cellsForBasis(cells, basis),
    })),
  );

/** What a tail holds for the months of one family, worked out once for all of them. */
export type TailRows = { seq: number; rows: readonly Row[]; ofMonth: ReadonlyMap<Month, readonly Row[]> };

export const tailRows = ({ seq, steps }: Tail, family: Family): TailRows => {
  const rows = rowsOf(steps, family);
  return { seq, rows, ofMonth: Map.groupBy(rows, ({ day }) => monthOf(day)) };
};

/** The tail with more steps, numbered on. */
export const withSteps = (tail: Tail, steps: readonly KnownMoves[]): Tail => ({
  ...tail,
  seq: tail.seq + steps.length,
  steps: [...tail.steps, ...steps.map((step, index) => ({ ...step, seq: tail.seq + index + 1 }))],
});

/** The tail once all steps up to `seq` are in months. */
export const withoutSteps = (tail: Tail, seq: number, months: Tail['months']): Tail => ({
  ...tail,
  steps: tail.steps.filter((step) => step.seq > seq),
  months: {
    known: union(tail.months.known, months.known),
    corrected: union(tail.months.corrected, months.corrected),
  },
});

const union = (a: readonly Month[], b: readonly Month[]): Month[] => [...new Set([...a, ...b])].toSorted();

/** The months there are once the tail is folded, and the first of them that changes by it. */
export const monthsAfter = (
  tail: Tail,
  view: AsOfView,
): { months: readonly Month[]; firstChanged: Month | undefined } => {
  const touched = tail.steps.flatMap(({ knownOn, moves }) =>
    (Object.keys(moves) as Day[]).map((on) => monthOf(countsFrom(view, knownOn, on))),
  );
  return { months: union(tail.months[view], touched), firstChanged: touched.toSorted()[0] };
};

/** A month that was not there, from the one before it. */
export const openMonth = (month: Month, before: MonthCells | undefined, foldedTo: number): MonthCells => ({
  ...{ month, foldedTo, days: {} },
  opening: before === undefined ? {} : closingOf(before),
});

const closingOf = ({ opening, days }: MonthCells): GroupCells =>
  sumGroups(opening, Object.values(days as Record<string, GroupCells>));

/** A month with what of the tail is not in it yet. */
export const foldMonth = (before: MonthCells, { seq, rows }: TailRows): MonthCells => {
  const news = rows.filter((row) => row.seq > before.foldedTo);
  const earlier = news.filter(({ day }) => monthOf(day) < before.month);
  const own = news.filter(({ day }) => monthOf(day) === before.month);
  return {
    month: before.month,
    foldedTo: Math.max(before.foldedTo, seq),
    opening: sumGroups(before.opening, earlier.map(groupOf)),
    days: daysAfter(before.days, own),
  };
};

const groupOf = ({ group, cells }: Row): GroupCells => ({ [group]: cells });

const daysAfter = (before: MonthCells['days'], rows: readonly Row[]): MonthCells['days'] => {
  const days: Record<Day, GroupCells> = { ...before };
  for (const [day, some] of Map.groupBy(rows, (row) => row.day))
    days[day] = sumGroups(days[day] ?? {}, some.map(groupOf));
  return days;
};

/** The days of a month that a new month is opened with: what the tail says of it alone. */
export const foldNewMonth = (month: Month, before: MonthCells | undefined, tail: TailRows): MonthCells => ({
  ...openMonth(month, before, tail.seq),
  days: daysAfter({}, tail.ofMonth.get(month) ?? []),
});

/**
 * What stood at the end of a day, by group. `latest`: the last month there is that is not after the day's.
 * @throws when it is folded further than the tail knows: read the tail again.
 */
export const groupsOn = (
  day: Day,
  latest: MonthCells | undefined,
  tail: Tail,
  family: Family,
): GroupCells => {
  if (latest !== undefined && latest.foldedTo > tail.seq) throw new Error('the month is newer than its tail');
  let groups: GroupCells = latest?.opening ?? {};
  for (const [on, moved] of Object.entries(latest?.days ?? {}) as [Day, GroupCells][])
    if (on <= day) groups = addGroups(groups, moved);
  for (const row of rowsOf(tail.steps, family)) {
    if (row.day > day) continue;
    const isInMonth = latest !== undefined && monthOf(row.day) <= latest.month && row.seq <= latest.foldedTo;
    if (!isInMonth) groups = addGroups(groups, { [row.group]: row.cells });
  }
  return groups;
};

/** The last month there is that is not after the day's. */
export const latestMonth = ({ months }: Tail, view: AsOfView, day: Day): Month | undefined =>
  months[view].findLast((month) => month <= monthOf(day));

export const addGroups = (a: GroupCells, b: GroupCells): GroupCells => sumGroups(a, [b]);

/** Of many at once: no group is copied for each of them. A group that comes to nothing is left out. */
const sumGroups = (start: GroupCells, more: readonly GroupCells[]): GroupCells => {
  const sums = new Map<string, Record<string, AmountMinor>>();
  for (const [group, cells] of more.flatMap((one) => Object.entries(one))) {
    const sum = sums.get(group) ?? { ...start[group] };
    for (const [text, amount] of Object.entries(cells)) addToCell(sum, text, amount);
    sums.set(group, sum);
  }
  const total: Record<string, Cells> = { ...start };
  for (const [group, cells] of sums)
    if (Object.keys(cells).length === 0) delete total[group];
    else total[group] = cells;
  return total;
};
