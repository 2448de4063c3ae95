/**
 * Read rows of one step: accepted ones to where their account lies, refused ones kept for a person.
 * From: `read-rows.ts`. Next: `rows/<bucket>/<step>.ndjson`, rejected rows in the store, counts in the import.
 * Everything is derived from the rows, so that a step done twice leaves what it left once.
 */
import { bucketOf, keyRangesOf } from '../../shared/domain/buckets.ts';
import { addCounts, addSums, sumsOf } from '../../shared/domain/control-totals.ts';
import { itemIdOf } from '../../shared/domain/document-ids.ts';
import type { DeltaNews, DeltaRow, DocumentRow } from '../../shared/domain/feed-rows.ts';
import { faultsInWords } from '../../shared/domain/file-faults.ts';
import type { ImportDocument, RejectedRow } from '../../shared/domain/imports.ts';
import type { ClosedItemRow } from '../../shared/domain/other-rows.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import { lineOf, spreadKeyOf, type SpreadRow } from '../../shared/domain/spread-rows.ts';
import type { CellRow } from '../../shared/formats/rows.ts';
import { cellsByColumn } from '../../shared/formats/rows.ts';
import type { FileRow, RowOutcome } from '../../shared/formats/rows-mapper.ts';
import type { KeyLine } from './find-crossed-keys.ts';
import { keysOf, linesOf, rowsOf, sha256Of } from './import-files.ts';
import { withinScope } from './outside-scope.ts';
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
      const read = rows.map((row) => ({ ...row, outcome: withinScope(row.outcome, document) }));
      const spread = read.flatMap(({ outcome }) => spreadOf(outcome, document));
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

const spreadOf = (outcome: RowOutcome, document: ImportDocument): SpreadRow[] => {
  if (outcome.is === 'accepted') return acceptedOf(outcome, document);
  if (outcome.is === 'skipped' || outcome.accountId === undefined) return [];
  const { accountId, keys } = outcome;
  if (keys === undefined) return [{ is: 'refused', accountId }];
  return keys.map((key) => ({
    is: 'refused',
    accountId,
    itemId: itemIdOf({ type: key.kind, ...key }, sha256Of),
  }));
};

const acceptedOf = (read: FileRow, document: ImportDocument): SpreadRow[] => {
  switch (read.record) {
    case 'document':
    case 'delta':
      return [documentOf(read.row)];
    case 'closedItem':
      return [documentOf(closedOf(read.row, document))];
    case 'receipt':
      return [{ is: 'receipt', row: read.row }];
    case 'allocation':
      return document.kind === 'remittance'
        ? [{ is: 'reference', told: { kind: 'remittance', row: read.row } }]
        : [{ is: 'allocation', row: read.row }];
    case 'bankLine':
      throw new Error('a line of a bank goes on as a receipt of its whole statement');
    case 'customer':
      return [{ is: 'customer', row: read.row }];
    case 'contact':
      return [{ is: 'contact', row: read.row }];
    case 'apStatus':
      return [{ is: 'apStatus', row: read.row }];
    case 'sales':
      return [{ is: 'reference', told: { kind: 'sales', row: read.row } }];
    case 'orderHold':
      return [{ is: 'reference', told: { kind: 'orderHold', row: read.row } }];
    case 'exchangeRate':
      return [{ is: 'reference', told: { kind: 'exchangeRate', row: read.row } }];
  }
};

const documentOf = (row: DocumentRow | DeltaRow): SpreadRow => {
  const { kind: type, number, fiscalYear, part, faults } = row;
  return {
    is: 'document',
    itemId: itemIdOf({ type, number, fiscalYear, part }, sha256Of),
    row: faults.length === 0 ? row : { ...row, faults: faultsInWords(faults) },
  };
};

const instantOf = ({ asOf, receivedAt }: ImportDocument): string => asOf ?? receivedAt;

/** A list of invoices tells them as they are at the instant it speaks of; said of all when they are read back. */
export const newsOfAll = (document: ImportDocument): DeltaNews | undefined =>
  document.kind === 'invoices' ? { change: 'upsert', changedAt: instantOf(document) } : undefined;

const closedOf = (
  { clearedOn, clearingDocument, ...row }: ClosedItemRow,
  document: ImportDocument,
): DeltaRow => ({
  ...row,
  news: {
    change: 'cleared',
    changedAt: instantOf(document),
    clearedOn,
    ...(clearingDocument !== undefined && { clearingDocument }),
  },
});

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
  const refused = read.flatMap(({ outcome }) => (outcome.is === 'refused' ? [outcome] : []));
  const skipped = read.flatMap(({ outcome }) => (outcome.is === 'skipped' ? [outcome.because] : []));
  const rows = read.length - skipped.length;
  const { counts } = document;
  const sums = sumsOf(
    spread.flatMap((one) =>
      one.is === 'document' ? [{ currency: one.row.currency, amount: one.row.open }] : [],
    ),
  );
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
