/**
 * What becomes of the rows that pass the filter: answered one by one, sorted, or grouped; then DISTINCT,
 * OFFSET, LIMIT and TOP.
 * From: `compile-body.ts` pushes rows. Next: JSON answers.
 */
import type { Tally } from './aggregates.ts';
import { tallies } from './aggregates.ts';
import type { Evaluate, Frame, Grouping } from './scope.ts';
import type { Json, SourceRow } from './types.ts';
import type { Value } from './values.ts';
import { canonicalText, compareValues } from './values.ts';

/** `push` takes what the frame stands on and answers true when no more rows are needed. */
export type Run = { push: (frame: Frame) => boolean; finish: (frame: Frame) => Json[] };

export type Paging = { offset: number; limit: number; distinct: boolean };

export type SortKey = { evaluate: Evaluate; descending: boolean };

/** More rows than needed are kept before the buffer is cut, so that sorting stays rare. */
const bufferSlack = 5_000;

/** Collects answers in order; `add` answers true when the page is full. Undefined is no answer. */
const createPage = ({ offset, limit, distinct }: Paging) => {
  const answers: Json[] = [];
  const seen = new Set<string>();
  let toSkip = offset;
  const isNew = (value: Json) => seen.size !== seen.add(canonicalText(value)).size;
  const add = (value: Value): boolean => {
    if (answers.length >= limit) return true;
    if (value === undefined || (distinct && !isNew(value))) return false;
    if (toSkip > 0) toSkip -= 1;
    else answers.push(value);
    return answers.length >= limit;
  };
  return { answers, add };
};

/** Each row is an answer. */
export const startPlain = (project: Evaluate, paging: Paging): Run => {
  const page = createPage(paging);
  return { push: (frame) => page.add(project(frame)), finish: () => page.answers };
};

type Entry = { keys: Value[]; row: SourceRow; value: Value };

const compareBy = (keys: readonly SortKey[]) => (a: Entry, b: Entry) => {
  for (const [place, { descending }] of keys.entries()) {
    const order = compareValues(a.keys[place], b.keys[place]);
    if (order !== 0) return descending ? -order : order;
  }
  return 0;
};

/**
 * Rows in order. With a single key, rows without it are dropped, as the service does.
 * `late`: answers can be made from the row alone after sorting, and always have a value.
 */
export const startSorted = (
  keys: readonly SortKey[],
  project: Evaluate,
  late: boolean,
  paging: Paging,
): Run => {
  const compare = compareBy(keys);
  // DISTINCT may need any number of rows to fill a page: then nothing can be cut early.
  const needed = paging.distinct ? Infinity : paging.offset + paging.limit;
  const entries: Entry[] = [];
  let lastNeeded: Entry | undefined;
  const push = (frame: Frame) => {
    const values = keys.map((key) => key.evaluate(frame));
    if (values.length === 1 && values[0] === undefined) return false;
    const value = late ? undefined : project(frame);
    if (!late && value === undefined) return false;
    const entry = { keys: values, row: frame.row, value };
    if (lastNeeded && compare(entry, lastNeeded) >= 0) return false;
    entries.push(entry);
    if (entries.length > 2 * needed + bufferSlack) {
      entries.sort(compare);
      entries.length = needed;
      lastNeeded = entries.at(-1);
    }
    return false;
  };
  const finish = (frame: Frame) => {
    const page = createPage(paging);
    for (const entry of entries.sort(compare)) {
      frame.row = entry.row;
      if (page.add(late ? project(frame) : entry.value)) break;
    }
    return page.answers;
  };
  return { push, finish };
};

type Group = { keys: Value[]; tallies: Tally[] };

/** One answer per group; without grouping keys exactly one, even over no rows at all. */
export const startGrouped = (
  keys: readonly Evaluate[],
  calls: Grouping['calls'],
  project: Evaluate,
  paging: Paging,
): Run => {
  const groups = new Map<string, Group>();
  const newGroup = (values: Value[]): Group => ({
    keys: values,
    tallies: calls.map((call) => tallies[call.name]()),
  });
  if (keys.length === 0) groups.set('', newGroup([]));
  const groupOf = (values: Value[]): Group => {
    const text = values.length === 1 ? canonicalText(values[0]) : values.map(canonicalText).join('\n');
    const known = groups.get(text);
    if (known) return known;
    const group = newGroup(values);
    groups.set(text, group);
    return group;
  };
  const push = (frame: Frame) => {
    const group = groupOf(keys.map((key) => key(frame)));
    for (const [place, call] of calls.entries()) group.tallies[place]?.add(call.argument(frame));
    return false;
  };
  const finish = (frame: Frame) => {
    const page = createPage(paging);
    for (const group of groups.values()) {
      frame.groupKeys = group.keys;
      frame.aggregates = group.tallies.map((tally) => tally.result());
      if (page.add(project(frame))) break;
    }
    return page.answers;
  };
  return { push, finish };
};
