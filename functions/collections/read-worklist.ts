/**
 * A day's worklist: what is due today, never ranked away, and the ranked accounts page by page (R33, R34).
 * From: `GET api/companies/{company}/worklist`. Next: a collector's screen. Rows are read in the order of the most
 * points they may have, until no further one could come before the last shown (`docs/decisions`).
 */
import {
  factorWords,
  type WorklistAnswer,
  type WorklistLine,
  type WorklistQuery,
} from '../../shared/contracts/worklist.ts';
import { daysBetween, type Day, type Instant } from '../../shared/domain/calendar.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { reachInto, type Scope } from '../../shared/domain/scope.ts';
import type { Score } from '../../shared/domain/worklist-score.ts';
import { pool, type WorklistRow } from '../../shared/domain/worklist-row.ts';
import {
  byDueOfDay,
  isDue,
  markOf,
  rowOnDay,
  topOf,
  type DayRow,
  type RankMark,
} from '../../shared/domain/worklist-top.ts';
import type { Whose, WorklistStore } from '../../shared/ports/worklist-store.ts';
import type { CompanyRows, RowsOf } from './worklist-frame.ts';

export type ListParts = { worklist: WorklistStore; rowsOf: RowsOf };
export type ListCall = { scope: Scope; now: Instant; callerId: string };

/** Rows due that one page shows. */
const mostDue = 100;
/** Rows read at once, and at most for one page of the ranked. */
const rowsPerRead = 60;
const mostReads = 40;

export const readWorklist = async (
  { worklist, rowsOf }: ListParts,
  company: string,
  query: WorklistQuery,
  call: ListCall,
): Promise<Outcome<WorklistAnswer, 'not-found'>> => {
  const frame = reachInto(call.scope, company) === 'none' ? undefined : await rowsOf(company, call.now);
  if (frame === undefined) return refuse('not-found', 'There is no such company.');
  const whose = whoseOf(query, company, call);
  const fits = filterOf(query);
  const due =
    query.lane === 'ranked' || query.after !== undefined
      ? noneDue
      : await dueRows(worklist, frame, whose, fits, call.scope);
  const after = placeOf(query.after);
  const ranked =
    query.lane === 'due' || query.kind !== undefined
      ? { rows: [], isMore: false }
      : await rankedRows(worklist, frame, whose, { ...query, fits, ...after }, call.scope);
  const last = ranked.isMore ? ranked.rows.at(-1) : undefined;
  const before = after.place ?? 0;
  return done({
    ...{ company, today: frame.today, currency: frame.currency, isDueCut: due.isMore },
    due: due.rows.map((row) => lineOf(row, null, frame.today)),
    ranked: ranked.rows.map((row, at) => lineOf(row, before + at + 1, frame.today)),
    next: last === undefined ? null : JSON.stringify([markOf(last), before + ranked.rows.length]),
  });
};

const noneDue: { rows: DayRow[]; isMore: boolean } = { rows: [], isMore: false };

/** One's own are those of the scope that are kept by collector: colleagues one stands in for are among them. */
export const whoseOf = (
  { list, collector }: Pick<WorklistQuery, 'list'> & { collector?: string | undefined },
  company: string,
  { scope, callerId }: Pick<ListCall, 'scope' | 'callerId'>,
): Whose => {
  if (collector !== undefined) return [collector];
  if (list === 'pool') return [pool];
  if (list === 'team') return 'all';
  const ids = scope.parts
    .filter(({ companies }) => companies === 'all' || companies.includes(company))
    .flatMap(({ accounts }) => (accounts.by === 'collector' ? accounts.ids : []));
  return [...new Set([callerId, ...ids])];
};

type Filter = (row: DayRow) => boolean;

const filterOf =
  ({ kind, segment, leastClaim = 0 }: WorklistQuery): Filter =>
  ({ row, phase, dues }) =>
    (segment === undefined || row.segment === segment) &&
    (kind === undefined || dues.some((one) => one.kind === kind)) &&
    (leastClaim === 0 || phase.claim >= leastClaim);

/** A row that tells nothing of the day is shown by what it told last: what is due is never left out. */
const dayRowOf = (row: WorklistRow, today: Day): DayRow =>
  rowOnDay(row, today) ?? { row, phase: row.phases.at(-1)!, dues: row.dues.filter(({ on }) => on <= today) };

const dueRows = async (
  worklist: WorklistStore,
  { company, today }: CompanyRows,
  whose: Whose,
  fits: Filter,
  scope: Scope,
): Promise<{ rows: DayRow[]; isMore: boolean }> => {
  const found = await worklist.due(scope, company.companyId, whose, { today, limit: mostDue });
  const rows = found.rows.map((row) => dayRowOf(row, today)).filter((row) => isDue(row) && fits(row));
  return { rows: rows.toSorted(byDueOfDay), isMore: found.isMore };
};

type Wanted = { limit: number; fits: Filter; mark?: RankMark };

/** The next of the ranked, in the very order of a recomputation of all. @throws when too many rows are behind. */
export const rankedRows = async (
  worklist: WorklistStore,
  { company, today }: CompanyRows,
  whose: Whose,
  { limit, fits, mark }: Wanted,
  scope: Scope,
): Promise<{ rows: DayRow[]; isMore: boolean }> => {
  const read: DayRow[] = [];
  let after: string | undefined;
  for (let reads = 1; reads <= mostReads; reads += 1) {
    const page = await worklist.ranked(scope, company.companyId, whose, {
      limit: rowsPerRead,
      ...(after === undefined ? {} : { after }),
    });
    read.push(...page.rows.map((row) => dayRowOf(row, today)).filter(fits));
    after = page.after;
    const nextBest = after === undefined ? undefined : page.rows.at(-1)?.best;
    // one more than shown, so that the page knows whether there is a next
    const top = topOf(read, { limit: limit + 1, nextBest, ...(mark === undefined ? {} : { after: mark }) });
    if (top.isSure) return { rows: top.rows.slice(0, limit), isMore: top.rows.length > limit };
  }
  throw new Error(
    `${company.companyId}: a page of the worklist is not found in ${mostReads * rowsPerRead} rows`,
  );
};

/** Where the ranked go on; whatever is no such place is the beginning. */
const placeOf = (after: string | undefined): { mark?: RankMark; place?: number } => {
  if (after === undefined) return {};
  try {
    const [mark, place] = JSON.parse(after) as [RankMark, number];
    const isMark =
      Number.isSafeInteger(mark.points) &&
      Number.isSafeInteger(mark.claim) &&
      typeof mark.accountId === 'string';
    return isMark && Number.isSafeInteger(place) ? { mark, place } : {};
  } catch {
    return {};
  }
};

export const partsShown = (parts: Score['parts']): WorklistLine['parts'] =>
  parts.map(({ factor, points }) => ({ factor, points, words: factorWords[factor] }));

const lineOf = ({ row, phase, dues }: DayRow, place: number | null, today: Day): WorklistLine => ({
  account: row.accountId,
  ...(row.name !== undefined && { name: row.name }),
  collector: row.collectorId === pool ? null : row.collectorId,
  segment: row.segment ?? null,
  ...{ place, points: phase.points, parts: partsShown(phase.parts), claim: phase.claim },
  oldestDueOn: phase.oldestDueOn ?? null,
  daysLate: phase.oldestDueOn === undefined ? 0 : daysBetween(phase.oldestDueOn, today),
  dues: dues.map(({ id, kind, on, at }) => ({ id, kind, on, at: at ?? null })),
  ...{ lastContactOn: row.lastContactOn ?? null, lastTalkOn: row.lastTalkOn ?? null, stage: row.stage },
});
