/**
 * A posting export as a table: text no spreadsheet takes for a formula, amounts as whole minor units.
 * From: `export-postings.ts`. Next: the ERP, or whoever posts there by hand.
 */
import type { PostingLine } from '../../shared/domain/posting-export.ts';
import type { ExportCell } from '../../shared/formats/csv-neutral.ts';
import { csvHeader, csvLine } from '../../shared/formats/csv-writer.ts';

const columns = ['id', 'kind', 'account', 'item', 'currency', 'amountMinor', 'on', 'reference', 'reason'];

/** UTF-8 without a mark at its beginning: a machine reads it. */
export const csvOfPostings = (lines: readonly PostingLine[]): string =>
  csvHeader(columns) + lines.map((line) => csvLine(cellsOf(line))).join('');

const cellsOf = (line: PostingLine): ExportCell[] => [
  ...[line.id, line.kind, line.accountId, line.itemId, line.currency].map(textCell),
  { is: 'number', text: String(line.amount) },
  ...[line.on, line.reference, line.reason].map(textCell),
];

const textCell = (text: string | undefined): ExportCell =>
  text === undefined || text === '' ? { is: 'blank' } : { is: 'text', text };
