/**
 * Figures of a company in one document: by day lately, by month for two years, before that as one sum; and how each
 * month closed. It does not grow: days become months, months become what was before.
 * From: tails, when they are folded. Next: `functions/reporting` answers tiles with it and the tails' own rest.
 */
import { addDays, addMonths, endOfMonth, type Day } from './calendar.ts';
import type { AmountMinor, Currency } from './money.ts';
import { addFigures, type FigureMoves, type Figures } from './figure-sums.ts';
import { monthOf, type Month, type Tail, type TailStep } from './report-months.ts';

export const mostDays = 70;
export const mostMonths = 25;
/** How a month closed, as known at its end, by currency; never changed afterwards. */
export type Closing = Readonly<
  Record<
    Currency,
    {
      receivables: AmountMinor;
      notDue: AmountMinor;
      beyond90: AmountMinor;
      disputed: AmountMinor;
      /** What had moved receivables in the month, when it closed. */
      moved?: Figures;
    }
  >
>;

export type FiguresKept = {
  /** By shard, up to which of its steps all are in here. */
  foldedTo: Readonly<Record<string, number>>;
  /** The last day on which any of them became known; what is a day and what a month is counted from it. */
  knownOn: Day;
  days: FigureMoves;
  months: Readonly<Record<Month, Figures>>;
  before: Figures;
  closings: Readonly<Record<Month, Closing>>;
};

export const noFigures: FiguresKept = {
  ...{ foldedTo: {}, knownOn: '' as Day, days: {}, months: {}, before: {}, closings: {} },
};

type Dated = { on: Day; figures: Figures };

const datedOf = (steps: readonly TailStep[]): Dated[] =>
  steps.flatMap(({ figures = {} }) =>
    (Object.entries(figures) as [Day, Figures][]).map(([on, some]) => ({ on, figures: some })),
  );

/** The tail's steps that are not in it. @throws when some of those are gone: figures are folded before steps are. */
const stepsAfter = ({ steps, seq }: Tail, foldedTo: number): readonly TailStep[] => {
  const rest = steps.filter((step) => step.seq > foldedTo);
  if (rest.length !== seq - foldedTo) throw new Error('steps left the tail before figures knew them');
  return rest;
};

/** With all steps of a shard's tail; the very same object when they are in it, `newer` when it knows more. */
export const figuresAfter = (before: FiguresKept, shard: string, tail: Tail): FiguresKept | 'newer' => {
  const foldedTo = before.foldedTo[shard] ?? 0;
  if (foldedTo > tail.seq) return 'newer';
  const steps = stepsAfter(tail, foldedTo);
  if (steps.length === 0) return before;
  const knownOn = steps.reduce(
    (latest, step) => (step.knownOn > latest ? step.knownOn : latest),
    before.knownOn,
  );
  const added = withDated({ ...before, knownOn }, datedOf(steps));
  return { ...added, foldedTo: { ...before.foldedTo, [shard]: tail.seq } };
};

/** What the tails have besides, without keeping it. `again`: it knows more than the tails. */
export const figuresNow = (kept: FiguresKept, tails: ReadonlyMap<string, Tail>): FiguresKept | 'again' => {
  if (Object.entries(kept.foldedTo).some(([shard, seq]) => seq > (tails.get(shard)?.seq ?? 0)))
    return 'again';
  let now = kept;
  for (const [shard, tail] of tails) {
    const after = figuresAfter(now, shard, tail);
    if (after === 'newer') return 'again';
    now = after;
  }
  return now;
};

const withDated = (kept: FiguresKept, dated: readonly Dated[]): FiguresKept => {
  const firstDay = addDays(kept.knownOn, 1 - mostDays);
  const firstMonth = monthOf(addMonths(kept.knownOn, 1 - mostMonths));
  const days: Record<Day, Figures> = {};
  const months: Record<Month, Figures> = {};
  let { before } = kept;
  const put = (on: Day | undefined, month: Month, figures: Figures): void => {
    if (on !== undefined && on >= firstDay) days[on] = addFigures(days[on] ?? {}, figures);
    else if (month >= firstMonth) months[month] = addFigures(months[month] ?? {}, figures);
    else before = addFigures(before, figures);
  };
  for (const [month, figures] of Object.entries(kept.months)) put(undefined, month, figures);
  for (const [on, figures] of Object.entries(kept.days) as [Day, Figures][]) put(on, monthOf(on), figures);
  for (const { on, figures } of dated) put(on, monthOf(on), figures);
  const closings = Object.fromEntries(Object.entries(kept.closings).filter(([month]) => month >= firstMonth));
  return { ...kept, days: plain(days), months: plain(months), before, closings };
};

/** What came to nothing is left out. */
const plain = <Key extends string>(some: Record<Key, Figures>): Record<Key, Figures> =>
  Object.fromEntries(
    Object.entries<Figures>(some)
      .filter(([, figures]) => Object.keys(figures).length > 0)
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  ) as Record<Key, Figures>;

/** What counts in a period, both days in it. Undefined where it begins or ends among days that are not kept any more. */
export const figuresIn = (kept: FiguresKept, firstOn: Day, lastOn: Day): Figures | undefined => {
  let total: Figures = {};
  for (const [month, figures] of Object.entries(kept.months)) {
    const first = `${month}-01` as Day;
    const endsOn = endOfMonth(first);
    const beforeDays = addDays(kept.knownOn, -mostDays);
    const last = endsOn < beforeDays ? endsOn : beforeDays;
    if (last < firstOn || first > lastOn) continue;
    if (first < firstOn || last > lastOn) return undefined;
    total = addFigures(total, figures);
  }
  for (const [on, figures] of Object.entries(kept.days))
    if (on >= firstOn && on <= lastOn) total = addFigures(total, figures);
  return total;
};

/** All that ever counted, of figures that are asked for whatever their day. */
export const figuresEver = ({ days, months, before }: FiguresKept): Figures =>
  [...Object.values<Figures>(days), ...Object.values<Figures>(months)].reduce(addFigures, before);

/** What stood at the end of a day of a figure that is a stock: all that moved it up to there. */
export const stockOn = (kept: FiguresKept, day: Day, name: string): number | undefined => {
  const since = figuresIn(kept, '0000-01-01' as Day, day);
  return since === undefined ? undefined : (since[name] ?? 0) + (kept.before[name] ?? 0);
};
