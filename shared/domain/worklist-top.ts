/**
 * A day's list read out of rows that were written ahead: the lane of what is due, and the next of the ranked.
 * From: rows in the order of `best`, highest first. Next: `functions/collections/read-worklist.ts`. The order is
 * that of `worklist.ts`, to the last tie.
 */
import type { Day } from './calendar.ts';
import type { AmountMinor } from './money.ts';
import { compareDues, compareText, type WorklistDue } from './worklist-account.ts';
import { phaseOfDay, type WorklistPhase, type WorklistRow } from './worklist-row.ts';

/** A row as it is on a day. */
export type DayRow = { row: WorklistRow; phase: WorklistPhase; dues: readonly WorklistDue[] };

/** Undefined when the row tells nothing of the day: it has to be written anew first. */
export const rowOnDay = (row: WorklistRow, today: Day): DayRow | undefined => {
  const phase = phaseOfDay(row, today);
  const dues = row.dues.filter(({ on }) => on <= today).toSorted((a, b) => compareDues(a, b));
  return phase === undefined ? undefined : { row, phase, dues };
};

export const isDue = ({ dues }: DayRow): boolean => dues.length > 0;
export const isRanked = (one: DayRow): boolean => !isDue(one) && one.phase.off === undefined;

/** Where in the ranked order a row stands; hand it back for what comes after. */
export type RankMark = Pick<WorklistPhase, 'points' | 'claim' | 'oldestDueOn'> & { accountId: string };

export const markOf = ({ row: { accountId }, phase: { points, claim, oldestDueOn } }: DayRow): RankMark => ({
  ...{ points, claim, accountId },
  ...(oldestDueOn !== undefined && { oldestDueOn }),
});

/** As `byRank` of `worklist.ts`: more points, the larger claim, the older one, the account number. */
export const compareMarks = (a: RankMark, b: RankMark): number =>
  b.points - a.points ||
  b.claim - a.claim ||
  compareText(a.oldestDueOn ?? '9', b.oldestDueOn ?? '9') ||
  compareText(a.accountId, b.accountId);

export const byRankOfDay = (a: DayRow, b: DayRow): number => compareMarks(markOf(a), markOf(b));

/** As the lane is ordered in `worklist.ts`: by what is due first, then by rank. */
export const byDueOfDay = (a: DayRow, b: DayRow): number => {
  const [x, y] = [a.dues[0], b.dues[0]];
  return (x !== undefined && y !== undefined ? compareDues(x, y, 'withoutId') : 0) || byRankOfDay(a, b);
};

/**
 * The first `limit` after `after` among the rows read so far; `isSure` when no row whose `best` is at most `nextBest`
 * could come before the last of them.
 */
export const topOf = (
  read: readonly DayRow[],
  { limit, after, nextBest }: { limit: number; after?: RankMark; nextBest: AmountMinor | undefined },
): { rows: DayRow[]; isSure: boolean } => {
  const rows = read
    .filter((one) => isRanked(one) && (after === undefined || compareMarks(after, markOf(one)) < 0))
    .toSorted(byRankOfDay)
    .slice(0, limit);
  const last = rows.at(-1);
  const isFull = rows.length === limit && last !== undefined && nextBest !== undefined;
  return { rows, isSure: nextBest === undefined || (isFull && last.phase.points > nextBest) };
};
