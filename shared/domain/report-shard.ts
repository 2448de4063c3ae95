/**
 * Reports of one company in sixteen shards: what each account contributes, and the totals of a shard.
 * From: what entries moved. Next: the report store keeps it; `report-months.ts` folds it by month.
 */
import { addCells, type Cells } from './aging-cells.ts';
import { addMoves, turnedCells, type EntryMoves, type Moves } from './aging-moves.ts';
import type { Day } from './calendar.ts';
import { amountOf, type AmountMinor, type Currency } from './money.ts';

export const shardCount = 16;

export type ShardPlace = { companyId: string; shard: string };

/** The shard of an account, two digits; a hash, so that accounts of one file spread. */
export const shardOf = (accountId: string): string => {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(accountId)) hash = Math.imul(hash ^ byte, 0x01000193);
  return String(((hash >>> 16) ^ hash) & (shardCount - 1)).padStart(2, '0');
};

export const allShards: readonly string[] = Array.from({ length: shardCount }, (_, shard) =>
  String(shard).padStart(2, '0'),
);

/** What one account adds to its shard, as far as entries up to `appliedVersion` say. */
export type Contribution = {
  accountId: string;
  appliedVersion: number;
  /** Of the entry of that version. */
  hash: string;
  /** The latest company day on which one of them was written. */
  knownOn: Day;
  /** Whom it is assigned to; empty: nobody. */
  group: string;
  /** All it has moved, whatever the day. */
  cells: Cells;
};

export type ShardTotal = {
  open: Readonly<Record<Currency, AmountMinor>>;
  accounts: number;
  /** Entries in it: the version of the ledger it shows. */
  entries: number;
  /** ISO instant of the newest of them; empty before the first. */
  dataAt: string;
};

export const noTotal: ShardTotal = { open: {}, accounts: 0, entries: 0, dataAt: '' };

/** Moves of accounts of one collector that became known on one day. */
export type KnownMoves = { knownOn: Day; group: string; moves: Moves };

export type Contributed = { contribution: Contribution; steps: KnownMoves[] };

/**
 * An account's contribution with the entries that follow it. `dayOf` is the company day of an instant.
 * @throws when the entries do not follow it without a gap.
 */
export const contribute = (
  accountId: string,
  before: Contribution | undefined,
  entries: readonly EntryMoves[],
  dayOf: (at: string) => Day,
): Contributed =>
  entries.reduce<Contributed>(
    ({ contribution, steps }, entry) => {
      const next = withEntry(contribution, entry, dayOf);
      return { contribution: next.contribution, steps: [...steps, ...next.steps] };
    },
    { contribution: before ?? newContribution(accountId), steps: [] },
  );

const newContribution = (accountId: string): Contribution => ({
  ...{ accountId, appliedVersion: 0, hash: '', knownOn: '' as Day, group: '', cells: {} },
});

/** What an account owes moves with it to whom it is assigned, from the day of the assignment. */
const withEntry = (
  { accountId, appliedVersion, knownOn: before, group, cells }: Contribution,
  { version, at, hash, moves, assigned }: EntryMoves,
  dayOf: (at: string) => Day,
): Contributed => {
  if (version !== appliedVersion + 1)
    throw new Error(`entry ${version} of ${accountId} does not follow ${appliedVersion}`);
  const writtenOn = dayOf(at);
  const knownOn = writtenOn > before ? writtenOn : before; // a clock set back makes no yesterday
  const handover: KnownMoves[] =
    assigned === undefined || assigned.to === group || Object.keys(cells).length === 0
      ? []
      : [
          { knownOn, group, moves: { [assigned.on]: turnedCells(cells) } },
          { knownOn, group: assigned.to, moves: { [assigned.on]: cells } },
        ];
  const now = assigned?.to ?? group;
  const after = Object.values(moves as Record<string, Cells>).reduce(addCells, cells);
  return {
    contribution: { accountId, appliedVersion: version, hash, knownOn, group: now, cells: after },
    steps: [...handover, { knownOn, group: now, moves }],
  };
};

/** Steps of one day and collector as one. */
export const mergeSteps = (steps: readonly KnownMoves[]): KnownMoves[] => {
  const merged = new Map<string, KnownMoves>();
  for (const { knownOn, group, moves } of steps) {
    const name = JSON.stringify([knownOn, group]);
    const before = merged.get(name)?.moves ?? {};
    merged.set(name, { knownOn, group, moves: addMoves(before, moves) });
  }
  return [...merged.values()].filter(({ moves }) => Object.keys(moves).length > 0);
};

/** The totals of a shard after some of its accounts contributed more. */
export const totalAfter = (
  total: ShardTotal,
  changes: readonly { before: Contribution | undefined; entries: readonly EntryMoves[] }[],
): ShardTotal => {
  let moved: Cells = {};
  let { accounts, entries, dataAt } = total;
  for (const { before, entries: some } of changes) {
    if (before === undefined) accounts += 1;
    entries += some.length;
    for (const { at, moves } of some) {
      if (at > dataAt) dataAt = at;
      for (const cells of Object.values(moves as Record<string, Cells>)) moved = addCells(moved, cells);
    }
  }
  return { open: withMoved(total.open, moved), accounts, entries, dataAt };
};

const withMoved = (open: ShardTotal['open'], moved: Cells): ShardTotal['open'] => {
  const after: Record<Currency, AmountMinor> = { ...open };
  for (const [text, amount] of Object.entries(moved)) {
    const [currency = ''] = text.split(' ');
    after[currency] = amountOf((after[currency] ?? 0) + amount);
  }
  return after;
};
