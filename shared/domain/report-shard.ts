/**
 * Reports of one company in sixteen shards: what each account contributes, and the totals of a shard.
 * From: what entries moved. Next: the report store keeps it; `report-months.ts` folds it by month.
 */
import { sumCells, type Cells } from './aging-cells.ts';
import type { EntryMoves, Moves } from './aging-moves.ts';
import { dayAt, instantFromText, type Day } from './calendar.ts';
import { deliveriesAfter, type Deliveries } from './delivery-figures.ts';
import { amountOf, type AmountMinor, type Currency } from './money.ts';
import { notTooFarAhead, sumRows, type FigureMoves } from './figure-sums.ts';
import { spansAfter, type InsolventSpan } from './insolvency.ts';
import { columnsMoved, handover, movesInSpans } from './insolvent-moves.ts';
import { figureRows, nothingWatched, type Watched } from './report-figures.ts';

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
  /** Whom it is assigned to and its segment, as `groupText` writes them. */
  group: string;
  /** All it has moved, whatever the day. */
  cells: Cells;
  /** What figures of later entries need; absent where there is nothing. */
  watched?: Watched;
  /** Invoices that go out from here; absent where none do. */
  deliveries?: Deliveries;
  /** The days its debtor was insolvent; absent where it never was. */
  insolvent?: readonly InsolventSpan[];
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

/** What reports tell accounts apart by; empty: nobody, no segment. */
export type Group = { collector: string; segment: string };

/** Neither holds a tab; empty for nobody's accounts of no segment. */
export const groupText = ({ collector, segment }: Group): string =>
  segment === '' ? collector : `${collector}\t${segment}`;

export const parseGroup = (text: string): Group => {
  const [collector = '', segment = ''] = text.split('\t');
  return { collector, segment };
};

/** Moves of accounts of one group that became known on one day. */
export type KnownMoves = { knownOn: Day; group: string; moves: Moves; figures?: FigureMoves };

export type Contributed = { contribution: Contribution; steps: KnownMoves[] };

/** Of the company: whose days are counted; from which day on it mails its invoices, absent where they go out elsewhere. */
export type Counting = { zone: string; mailsFrom?: Day | undefined };

/**
 * An account's contribution with the entries that follow it.
 * @throws when the entries do not follow it without a gap.
 */
export const contribute = (
  accountId: string,
  before: Contribution | undefined,
  entries: readonly EntryMoves[],
  counting: Counting,
): Contributed =>
  entries.reduce<Contributed>(
    ({ contribution, steps }, entry) => {
      const next = withEntry(contribution, entry, counting);
      return { contribution: next.contribution, steps: [...steps, ...next.steps] };
    },
    { contribution: before ?? newContribution(accountId), steps: [] },
  );

const newContribution = (accountId: string): Contribution => ({
  ...{ accountId, appliedVersion: 0, hash: '', knownOn: '' as Day, group: '', cells: {} },
});

/** What an account owes moves with it to whom it is assigned and into its segment, from the day of each. */
const withEntry = (
  {
    accountId,
    appliedVersion,
    knownOn: lastOn,
    group,
    cells,
    watched: earlier = nothingWatched,
    deliveries: before,
    insolvent: spans = [],
  }: Contribution,
  entry: EntryMoves,
  { zone, mailsFrom: from }: Counting,
): Contributed => {
  const { version, at, hash, moves, insolvency = [], facts } = entry;
  if (version !== appliedVersion + 1)
    throw new Error(`entry ${version} of ${accountId} does not follow ${appliedVersion}`);
  const knownOn = laterOf(dayAt(instantFromText(at), zone), lastOn); // a clock set back makes no yesterday
  const spansNow = insolvency.reduce<readonly InsolventSpan[]>(spansAfter, spans);
  const { now, steps } = regrouped({ knownOn, group, cells, spans, spansNow }, entry);
  const after = sumCells(cells, Object.values(moves as Record<string, Cells>));
  const { watched, rows: counted } = figureRows(earlier, facts);
  const { deliveries, rows: delivered } = deliveriesAfter(before, entry, { from, zone });
  const rows = [...counted, ...delivered];
  const remembered = Object.keys(watched).length === 0 ? {} : { watched };
  const figures = rows.length === 0 ? {} : { figures: sumRows(notTooFarAhead(rows, knownOn)) };
  return {
    contribution: {
      ...{ accountId, appliedVersion: version, hash, knownOn },
      ...{ group: now, cells: after, ...remembered, ...(deliveries && { deliveries }) },
      ...(spansNow.length === 0 ? {} : { insolvent: spansNow }),
    },
    steps: [...steps, { knownOn, group: now, moves: movesInSpans(moves, spansNow), ...figures }],
  };
};

type Before = Pick<Contribution, 'knownOn' | 'group' | 'cells'> & {
  spans: readonly InsolventSpan[];
  spansNow: readonly InsolventSpan[];
};

/** To another collector, into another segment, into or out of the column of insolvent debtors. */
const regrouped = (
  { knownOn, group, cells, spans, spansNow }: Before,
  { assigned, segmented, insolvency = [] }: EntryMoves,
): { now: string; steps: KnownMoves[] } => {
  const first = parseGroup(group);
  const second = { ...first, collector: assigned?.to ?? first.collector };
  const last = { ...second, segment: segmented?.to ?? second.segment };
  const [old, between, now] = [first, second, last].map(groupText) as [string, string, string];
  const on = (day: Day) => ({ knownOn, on: day, cells });
  const steps = [
    ...(assigned ? handover(on(assigned.on), { from: old, to: between }, spans) : []),
    ...(segmented ? handover(on(segmented.on), { from: between, to: now }, spans) : []),
    ...insolvency
      .slice(0, 1)
      .flatMap((one) => columnsMoved(on(one.on), now, { before: spans, after: spansNow })),
  ];
  return { now, steps };
};

const laterOf = (a: Day, b: Day): Day => (a > b ? a : b);

/** The totals of a shard after some of its accounts contributed more. */
export const totalAfter = (
  total: ShardTotal,
  changes: readonly { before: Contribution | undefined; entries: readonly EntryMoves[] }[],
): ShardTotal => {
  const moved: Cells[] = [];
  let { accounts, entries, dataAt } = total;
  for (const { before, entries: some } of changes) {
    if (before === undefined) accounts += 1;
    entries += some.length;
    for (const { at, moves } of some) {
      if (at > dataAt) dataAt = at;
      moved.push(...Object.values(moves as Record<string, Cells>));
    }
  }
  return { open: withMoved(total.open, sumCells({}, moved)), accounts, entries, dataAt };
};

const withMoved = (open: ShardTotal['open'], moved: Cells): ShardTotal['open'] => {
  const after: Record<Currency, AmountMinor> = { ...open };
  for (const [text, amount] of Object.entries(moved)) {
    const [currency = ''] = text.split(' ');
    after[currency] = amountOf((after[currency] ?? 0) + amount);
  }
  return after;
};
