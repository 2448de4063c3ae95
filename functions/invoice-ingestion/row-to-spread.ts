/**
 * What a row of a file becomes between the phases: a document, money, master data, or the keys of what was refused.
 * From: `rows-mapper.ts`. Next: `spread-rows.ts`. A refused row is of every key it may be of, so that none is closed.
 */
import { itemIdOf } from '../../shared/domain/document-ids.ts';
import type { DeltaNews, DeltaRow, DocumentRow } from '../../shared/domain/feed-rows.ts';
import { faultsInWords } from '../../shared/domain/file-faults.ts';
import type { ImportDocument } from '../../shared/domain/imports.ts';
import type { ClosedItemRow } from '../../shared/domain/other-rows.ts';
import type { SpreadRow } from '../../shared/domain/spread-rows.ts';
import type { FileRow, RowOutcome } from '../../shared/formats/rows-mapper.ts';
import { sha256Of } from './import-files.ts';

export const spreadRowsOf = (outcome: RowOutcome, document: ImportDocument): SpreadRow[] => {
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
