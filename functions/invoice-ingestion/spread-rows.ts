/**
 * Read rows of one step: accepted ones to where their account lies, refused ones kept for a person.
 * From: `read-rows.ts`. Next: `rows/<bucket>/<step>.ndjson`, rejected rows in the store, counts in the import.
 * Everything is derived from the rows, so that a step done twice leaves what it left once.
 */
import { bucketOf, keyRangesOf } from '../../shared/domain/buckets.ts';
import { addCounts, addSums, openSums } from '../../shared/domain/control-totals.ts';
import type { ImportDocument, RejectedRow } from '../../shared/domain/imports.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import { lineOf, spreadKeyOf, type SpreadRow } from '../../shared/domain/spread-rows.ts';
import type { CellRow } from '../../shared/formats/rows.ts';
import { cellsByColumn } from '../../shared/formats/rows.ts';
import type { RowOutcome } from '../../shared/formats/rows-mapper.ts';
import type { KeyLine } from './find-crossed-keys.ts';
import { keysOf, linesOf, rowsOf } from './import-files.ts';
import { withinScope } from './outside-scope.ts';
import { spreadRowsOf } from './row-to-spread.ts';
import type { IngestionStores } from './stores.ts';

/** Rows kept for a person; of what is beyond only the number. */
export const mostRejectsKept = 10_000;
const longestCell = 2_000;

export type ReadRow = { outcome: RowOutcome; source: CellRow };

export type RowSpreader = {
  /** Of each row only its line is kept, so that a step takes little more memory than what it writes. */
  take(rows: readonly ReadRow[], header: readonly string[]): void;
  /** Writes what was taken. @returns the import with the step's counts added. */
  keep(stores: IngestionStores, scope: Scope): Promise<ImportDocument>;
};

/** For one step. A file refused before `keep` leaves nothing behind. */
export const rowSpreader = (document: ImportDocument): RowSpreader => {
  const { buckets, progress, counts } = document;
  const rowsIn = new Map<number, string>();
  const keysIn = new Map<number, string>();
  const rejected: RejectedRow[] = [];
  let counted = document;
  return {
    take: (rows, header) => {
      const read = rows.map(({ outcome, source }) => ({ outcome: withinScope(outcome, document), source }));
      const spread = read.flatMap(({ outcome }) => spreadRowsOf(outcome, document));
      add(rowsIn, bucketed(spread, buckets), lineOf);
      if (buckets > 1) add(keysIn, keyRanges(spread, buckets), (key) => key);
      const room = Math.max(0, mostRejectsKept - counts.rejected - rejected.length);
      rejected.push(...read.flatMap((row) => rejectedOf(row, header)).slice(0, room));
      counted = countedWith(counted, read, spread);
    },
    keep: async ({ files, imports }, scope) => {
      for (const [bucket, lines] of rowsIn)
        await files.write(scope, rowsOf(document, bucket, progress.step), lines);
      for (const [range, lines] of keysIn)
        await files.write(scope, keysOf(document, range, progress.step), lines);
      for (let from = 0; from < rejected.length; from += 90)
        await imports.reject(scope, document, rejected.slice(from, from + 90));
      return counted;
    },
  };
};

const add = <Value>(
  lines: Map<number, string>,
  more: ReadonlyMap<number, readonly Value[]>,
  lineFor: (value: Value) => unknown,
): void => {
  for (const [place, values] of more)
    lines.set(place, (lines.get(place) ?? '') + linesOf(values.map(lineFor)));
};

const bucketed = (spread: readonly SpreadRow[], buckets: number): Map<number, SpreadRow[]> =>
  Map.groupBy(spread, (row) => bucketOf(spreadKeyOf(row), buckets));

/** Item and account, to find keys with more than one account where no bucket sees both. */
const keyRanges = (spread: readonly SpreadRow[], buckets: number): Map<number, KeyLine[]> => {
  const lines = spread.flatMap((row): KeyLine[] =>
    row.is === 'document' ? [[row.itemId, row.row.accountId]] : [],
  );
  return Map.groupBy(lines, ([itemId]) => bucketOf(itemId, keyRangesOf(buckets)));
};

const rejectedOf = ({ outcome, source }: ReadRow, header: readonly string[]): RejectedRow[] => {
  if (outcome.is !== 'refused') return [];
  const cells = Object.entries(cellsByColumn(header, source.cells)).slice(0, 200);
  return [
    {
      row: outcome.row,
      reasons: outcome.reasons.slice(0, 20),
      cells: Object.fromEntries(cells.map(([name, text]) => [name, text.slice(0, longestCell)])),
      state: 'open',
    },
  ];
};

const countedWith = (
  document: ImportDocument,
  read: readonly ReadRow[],
  spread: readonly SpreadRow[],
): ImportDocument => {
  const left = read.flatMap(({ outcome }) => (outcome.is === 'accepted' ? [] : outcome));
  const refused = left.filter((outcome) => outcome.is === 'refused');
  const skipped = left.flatMap((outcome) => (outcome.is === 'skipped' ? outcome.because : []));
  const rows = read.length - skipped.length;
  const { counts } = document;
  const sums = openSums(spread.flatMap((one) => (one.is === 'document' ? one.row : [])));
  return {
    ...document,
    counts: {
      ...counts,
      rows: counts.rows + rows,
      accepted: counts.accepted + rows - refused.length,
      rejected: counts.rejected + refused.length,
    },
    rejectedBy: addCounts(document.rejectedBy, tally(refused.map(({ reasons }) => reasons[0]?.code ?? '*'))),
    ...(skipped.length > 0 && { skippedBy: addCounts(document.skippedBy ?? {}, tally(skipped)) }),
    readSums: addSums(document.readSums ?? {}, sums),
    unreadableKeys:
      document.unreadableKeys + refused.filter(({ accountId }) => accountId === undefined).length,
  };
};

export const tally = (words: readonly string[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
};
