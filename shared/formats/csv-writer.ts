/**
 * CSV for download: RFC 4180, UTF-8, CRLF, a header line, every text harmless in a spreadsheet.
 * From: exports, row by row, as `csvLine(cells)`. Next: the file, written as it is made.
 * NUL, which no reader takes, is written as its picture U+2400.
 */
import { isoDayText, neutralText, numberText, type ExportCell } from './csv-neutral.ts';

/** What a spreadsheet needs at the beginning of a file to see that it is UTF-8. */
export const csvStart = '\ufeff';

/** One line with its end. @throws RangeError for a number or a day that is none. */
export const csvLine = (cells: readonly ExportCell[]): string => `${cells.map(cellText).join(',')}\r\n`;

export const csvHeader = (columns: readonly string[]): string =>
  csvLine(columns.map((text) => ({ is: 'text', text })));

const cellText = (cell: ExportCell): string => {
  if (cell.is === 'blank') return '';
  if (cell.is === 'number') return numberText(cell.text);
  if (cell.is === 'day') return isoDayText(cell.text);
  const text = neutralText(cell.text).replaceAll('\0', '\u2400');
  return /[",\r\n]|^\s|\s$|^$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};
