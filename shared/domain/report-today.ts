/**
 * What is open of a company as of now, in one document: what all shards have folded, by due day, and the tails of
 * what is not folded yet. A report of today needs no month; its size is that of due days, not of the ledger.
 * From: tails, when they are folded. Next: `functions/reporting` answers reports of today and later.
 * From the last day on which anything folded became known, both views are one: all that is posted is known.
 */
import { addCells, sumCells, type Cells } from './aging-cells.ts';
import type { Day } from './calendar.ts';
import { rowsOf, type Family, type Tail, type TailStep } from './report-months.ts';

export type Today = {
  /** By shard, up to which of its steps all are in here. */
  foldedTo: Readonly<Record<string, number>>;
  /** The last day on which any of them became known; reports of days before are read from months. */
  knownOn: Day;
  /** By due day, whatever collector or segment: posted up to `knownOn`. */
  cells: Cells;
  /** Posted for later days. */
  ahead: Readonly<Record<Day, Cells>>;
};

export const noToday: Today = { foldedTo: {}, knownOn: '' as Day, cells: {}, ahead: {} };

/** Cells above which it is kept no more, so that it never outgrows a document; months answer instead. */
const mostCells = 20_000;

/** The tail's steps that are not in it; undefined when some of those are in months alone. */
const stepsAfter = ({ steps, seq }: Tail, foldedTo: number): readonly TailStep[] | undefined => {
  const rest = steps.filter((step) => step.seq > foldedTo);
  return rest.length === seq - foldedTo ? rest : undefined;
};

/**
 * With all steps of a shard's tail. The very same object when they are in it; `newer` when it knows more than
 * this tail; undefined when it cannot be kept: it was begun too late or has grown too large.
 */
export const todayAfter = (before: Today, shard: string, tail: Tail): Today | 'newer' | undefined => {
  const foldedTo = before.foldedTo[shard] ?? 0;
  if (foldedTo > tail.seq) return 'newer';
  const steps = stepsAfter(tail, foldedTo);
  if (steps === undefined || steps.length === 0) return steps && before;
  const knownOn = steps.reduce(
    (latest, step) => (step.knownOn > latest ? step.knownOn : latest),
    before.knownOn,
  );
  const come: Cells[] = [];
  const ahead: Record<Day, Cells> = {};
  const posted = rowsOf(steps, { view: 'corrected', basis: 'due' }).map(
    ({ day, cells: moved }) => [day, moved] as const,
  );
  for (const [day, moved] of [...(Object.entries(before.ahead) as [Day, Cells][]), ...posted])
    if (day <= knownOn) come.push(moved);
    else ahead[day] = addCells(ahead[day] ?? {}, moved);
  const cells = sumCells(before.cells, come);
  const count = [cells, ...Object.values(ahead)].reduce((all, some) => all + Object.keys(some).length, 0);
  if (count > mostCells) return undefined;
  return { foldedTo: { ...before.foldedTo, [shard]: tail.seq }, knownOn, cells, ahead };
};

/**
 * What stood at the end of a day, by due day. `again`: it knows more than the tails, which are to be read again;
 * undefined: it does not say.
 */
export const openOn = (
  day: Day,
  today: Today,
  tails: ReadonlyMap<string, Tail>,
  view: Family['view'],
): Cells | 'again' | undefined => {
  if (day < today.knownOn) return undefined;
  if (Object.entries(today.foldedTo).some(([shard, seq]) => seq > (tails.get(shard)?.seq ?? 0)))
    return 'again';
  const come: Cells[] = [];
  for (const [on, moved] of Object.entries(today.ahead) as [Day, Cells][]) if (on <= day) come.push(moved);
  for (const [shard, tail] of tails) {
    const steps = stepsAfter(tail, today.foldedTo[shard] ?? 0);
    if (steps === undefined) return undefined;
    for (const row of rowsOf(steps, { view, basis: 'due' })) if (row.day <= day) come.push(row.cells);
  }
  return sumCells(today.cells, come);
};
