/**
 * Keeps rows that contradict others of their file: each is a rejected row like any other and waits for a person.
 * From: `check-bucket.ts`. Next: rejected rows of the import, each with the rows it contradicts.
 */
import type { DocumentRow } from '../../shared/domain/feed-rows.ts';
import type { ImportDocument, RejectedRow } from '../../shared/domain/imports.ts';
import { rowOf, type DistinctRows } from '../../shared/domain/keyed-rows.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { SpreadDocument } from '../../shared/domain/spread-rows.ts';
import { mostRejectsKept } from './spread-rows.ts';
import type { IngestionStores } from './stores.ts';

export const holdConflicts = async (
  { imports }: IngestionStores,
  scope: Scope,
  document: ImportDocument,
  held: readonly RejectedRow[],
): Promise<void> => {
  const rejected = held.slice(0, Math.max(0, mostRejectsKept - document.counts.rejected));
  for (let from = 0; from < rejected.length; from += 90)
    await imports.reject(scope, document, rejected.slice(from, from + 90));
};

export const heldDocument = (
  { itemId, row }: SpreadDocument,
  _at: number,
  conflicting: readonly SpreadDocument[],
): RejectedRow => {
  const rows = conflicting.filter((one) => one.itemId === itemId).map((one) => one.row.row);
  return heldAs('number', row.number, row.row, rows, cellsOf(row));
};

export const heldRow = ({ row, rows }: DistinctRows['conflicting'][number]): RejectedRow => {
  const said = Object.entries(rowOf(row)).filter(([name]) => name !== 'row');
  const cells = Object.fromEntries(said.map(([name, value]) => [name, String(value)]));
  return heldAs('account', cells['accountId'] ?? '', rowOf(row).row, rows, cells);
};

const heldAs = (
  column: string,
  value: string,
  row: number,
  rows: readonly number[],
  cells: Record<string, string>,
): RejectedRow => ({
  row,
  reasons: [
    { column, value, code: 'conflicting-duplicate', detail: `rows ${rows.slice(0, 10).join(', ')} differ` },
  ],
  cells,
  state: 'open',
});

/** What the row said, in our words: its own cells are in the source under its row number. */
const cellsOf = (row: DocumentRow): Record<string, string> => ({
  account: row.accountId,
  kind: row.kind,
  number: row.number,
  part: row.part,
  documentOn: row.documentOn,
  dueOn: row.dueOn,
  currency: row.currency,
  openMinor: String(row.open),
});
