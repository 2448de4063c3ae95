/**
 * Moves: which amounts one entry puts into which cell of aging, and takes out of which, by posting day.
 * From: an account before and after an entry. Next: kept beside the entry; reports add them up, so that the
 * sum of all moves up to a day is what was open at its end (M13, M15).
 * A change booked late for an earlier day moves amounts on the days after it, too: an item is compared on
 * every day of its history, not just on the day of the change.
 */
import type { Account, AccountItem } from './account.ts';
import { addCells, addToCell, cellText, cellsOfItem, type Cells } from './aging-cells.ts';
import type { Day } from './calendar.ts';
import type { Fact } from './facts.ts';
import { insolvencyNews, type InsolvencyNews } from './insolvency.ts';
import { daysOf, itemOn } from './item-history.ts';
import { negate, type AmountMinor } from './money.ts';
import { isCounted } from './report-figures.ts';

/** By posting day; no day is empty. */
export type Moves = Readonly<Record<Day, Cells>>;

/** As much of an entry as reports need. */
export type EntryMoves = {
  version: number;
  /** ISO instant. */
  at: string;
  /** Of the entry; what an anchor holds against its account. */
  hash: string;
  moves: Moves;
  /** Whom the entry assigned the account to and from which posting day, when it did. */
  assigned?: { to: string; on: Day };
  /** Which segment it put the account into, when it did. */
  segmented?: { to: string; on: Day };
  /** Whether its debtor became insolvent, or is no more. */
  insolvency?: readonly InsolvencyNews[];
  /** What figures are made of. */
  facts: readonly Fact[];
};

/** What an entry says to reports. */
export const entryMoves = (
  { version, at, hash, facts }: { version: number; at: string; hash: string; facts: readonly Fact[] },
  moves: Moves,
): EntryMoves => {
  const assigned = facts.findLast((fact) => fact.kind === 'accountAssigned');
  const segmented = facts.findLast((fact) => fact.kind === 'segmentNamed');
  const insolvency = insolvencyNews(facts);
  return {
    version,
    at,
    hash,
    moves,
    facts: facts.filter(({ kind }) => isCounted(kind)),
    ...(assigned === undefined ? {} : { assigned: { to: assigned.to, on: assigned.on } }),
    ...(segmented === undefined ? {} : { segmented: { to: segmented.segment, on: segmented.on } }),
    ...(insolvency.length === 0 ? {} : { insolvency }),
  };
};

/** What one entry moved. Adding the moves of all entries gives the account. */
export const movesOf = (before: Account, after: Account, facts: readonly Fact[]): Moves => {
  const moves: Moves[] = [];
  for (const item of after.items.values()) {
    const earlier = before.items.get(item.id);
    if (item !== earlier) moves.push(movesOfItem(earlier, item));
  }
  for (const fact of facts) moves.push(movesOfGiver(after, fact));
  return sumMoves(moves);
};

export const addMoves = (a: Moves, b: Moves): Moves => sumMoves([a, b]);

/** Of many at once: no day is copied for each of them. */
export const sumMoves = (all: readonly Moves[]): Moves => {
  const total: Record<Day, Record<string, AmountMinor>> = {};
  for (const moves of all)
    for (const [day, cells] of Object.entries(moves) as [Day, Cells][]) {
      const sum = (total[day] ??= {});
      for (const [text, amount] of Object.entries(cells)) addToCell(sum, text, amount);
    }
  for (const [day, cells] of Object.entries(total) as [Day, Cells][])
    if (Object.keys(cells).length === 0) delete total[day];
  return total;
};

const movesOfItem = (before: AccountItem | undefined, after: AccountItem): Moves => {
  const came = historyOf(after);
  return before === undefined ? came : addMoves(came, turned(historyOf(before)));
};

/** The same amounts the other way. */
const turned = (moves: Moves): Moves =>
  Object.fromEntries(Object.entries(moves).map(([day, cells]) => [day, turnedCells(cells)]));

export const turnedCells = (cells: Cells): Cells =>
  Object.fromEntries(Object.entries(cells).map(([text, amount]) => [text, negate(amount)]));

/** How the cells of an item changed on each of its days. */
const historyOf = (item: AccountItem): Moves => {
  let moves: Moves = {};
  let before: Cells = {};
  for (const day of daysOf(item)) {
    const now = cellsOn(item, day);
    moves = addMoves(moves, { [day]: addCells(now, turnedCells(before)) });
    before = now;
  }
  return moves;
};

const cellsOn = (item: AccountItem, day: Day): Cells =>
  cellsOfItem(itemOn(item, day)).reduce<Cells>(
    (cells, [cell, amount]) => addCells(cells, { [cellText(cell)]: amount }),
    {},
  );

/** A payment or credit is in one cell whatever the day, so that what it gives moves out of that cell. */
const movesOfGiver = (account: Account, fact: Fact): Moves => {
  const given = givenBy(fact);
  const giver = given && account.items.get(given.from);
  if (given === undefined || giver === undefined) return {};
  const { currency, isIntercompany } = giver;
  return { [given.on]: { [cellText({ currency, kind: 'credit', isIntercompany })]: given.amount } };
};

const givenBy = (fact: Fact): { from: string; on: Day; amount: AmountMinor } | undefined => {
  if (fact.kind === 'paymentApplied')
    return { from: fact.paymentId, on: fact.on, amount: fact.posting.amount };
  if (fact.kind === 'creditAllocated')
    return { from: fact.creditId, on: fact.on, amount: fact.posting.amount };
  if (fact.kind === 'applicationReversed')
    return { from: fact.from, on: fact.on, amount: negate(fact.posting.amount) };
  return undefined;
};
