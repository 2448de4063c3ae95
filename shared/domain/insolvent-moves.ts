/**
 * Amounts that change their place in reports as a whole: an account that changes hands or segment, a debtor that
 * becomes insolvent and stands in aging's column of its own on the days it is.
 * From: `report-shard.ts`, entry by entry. Next: steps of a tail; the account page shows its cells as they stand.
 */
import { addCells, cellText, parseCell, type Cells } from './aging-cells.ts';
import { addMoves, turnedCells, type Moves } from './aging-moves.ts';
import type { Day } from './calendar.ts';
import { isInsolventOn, type InsolventSpan } from './insolvency.ts';
import type { KnownMoves } from './report-shard.ts';

/** The amounts in the column of insolvent debtors. */
export const insolventCells = (cells: Cells): Cells =>
  Object.entries(cells).reduce<Cells>(
    (all, [text, amount]) => addCells(all, { [cellText({ ...parseCell(text), isInsolvent: true })]: amount }),
    {},
  );

/** What moved, where it stands by these spans: amounts change their column with each day a span begins or ends. */
export const movesInSpans = (moves: Moves, spans: readonly InsolventSpan[]): Moves => {
  if (spans.length === 0) return moves;
  const all: Record<Day, Cells> = {};
  const add = (day: Day, cells: Cells): void => {
    const total = addCells(all[day] ?? {}, cells);
    if (Object.keys(total).length === 0) delete all[day];
    else all[day] = total;
  };
  const turns = [...new Set(spans.flatMap(({ from, to }) => (to === undefined ? [from] : [from, to])))];
  for (const [day, cells] of Object.entries(moves) as [Day, Cells][]) {
    const shown = (on: Day): Cells => (isInsolventOn(spans, on) ? insolventCells(cells) : cells);
    let before = shown(day);
    add(day, before);
    for (const turn of turns.filter((one) => one > day).toSorted()) {
      const now = shown(turn);
      add(turn, addCells(now, turnedCells(before)));
      before = now;
    }
  }
  return all;
};

/** An amount as it is on a day and after it: all that an account had moved by then. */
type Standing = { knownOn: Day; on: Day; cells: Cells };
type Spans = readonly InsolventSpan[];

/** From one group to another, names as `groupText` writes them. */
export const handover = (
  { knownOn, on, cells }: Standing,
  { from, to }: { from: string; to: string },
  spans: Spans,
): KnownMoves[] => {
  if (from === to || Object.keys(cells).length === 0) return [];
  return [
    { knownOn, group: from, moves: movesInSpans({ [on]: turnedCells(cells) }, spans) },
    { knownOn, group: to, moves: movesInSpans({ [on]: cells }, spans) },
  ];
};

/** All an account owes changes its column on the day its debtor becomes insolvent, or is no more. */
export const columnsMoved = (
  { knownOn, on, cells }: Standing,
  group: string,
  { before, after }: { before: Spans; after: Spans },
): KnownMoves[] => {
  const taken = movesInSpans({ [on]: turnedCells(cells) }, before);
  const moves = addMoves(taken, movesInSpans({ [on]: cells }, after));
  return Object.keys(moves).length === 0 ? [] : [{ knownOn, group, moves }];
};
