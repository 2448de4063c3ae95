/**
 * A table as a file that says what it is: as of when, of which version of the ledger, how many rows.
 * From: exports, statements. Next: a download. What a CSV is stands in its last columns, the same on every row, so that
 * sorting, cutting and joining keep it; a workbook has a sheet for it; the name of either says it where no row does.
 */
import type { HashText } from '../../shared/domain/document-ids.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { Download } from '../../shared/edge/http-files.ts';
import type { ExportCell } from '../../shared/formats/csv-neutral.ts';
import { csvHeader, csvLine, csvStart } from '../../shared/formats/csv-writer.ts';
import { mostSheetRows, xlsxBytes } from '../../shared/formats/xlsx-writer.ts';

export type About = {
  /** The end of this day; of several companies whose days differ just then, each. */
  asOf: string;
  /** ISO instant at which it was made. */
  statedAt: string;
  /** `known`: as it was known at the end of that day; `corrected`: with what was booked for it since. */
  view: 'known' | 'corrected';
  /** Entries of the accounts in it. */
  ledgerVersion: number;
  rowCount: number;
  /**
   * Of an export: what is pasted back to learn what changed since. Of a statement it names the content: the same
   * statement of an unchanged ledger has the same, in every format.
   */
  exportId?: string;
};

export type TableFormat = 'csv' | 'xlsx';

/** What a statement was of and says, without when it was made and in which format. */
export const statementId = (
  { statedAt: _made, ...about }: About,
  asked: { format: TableFormat | 'json'; [name: string]: unknown },
  content: unknown,
  hashText: HashText,
): string => {
  const { format: _format, ...question } = asked;
  return hashText(JSON.stringify([about, question, content])).slice(0, 32);
};

/** Sent beside the file, too. */
export const aboutHeaders = (about: About): Record<string, string> => ({
  'x-as-of': about.asOf,
  'x-exported-at': about.statedAt,
  'x-ledger-version': String(about.ledgerVersion),
  'x-row-count': String(about.rowCount),
  ...(about.exportId === undefined ? {} : { 'x-export-id': about.exportId }),
});

/** In the order of the columns of a CSV. */
const aboutCells = (about: About): [string, ExportCell][] => [
  ['asOf', { is: 'text', text: about.asOf }],
  ['statedAt', { is: 'text', text: about.statedAt }],
  ['view', { is: 'text', text: about.view }],
  ['ledgerVersion', { is: 'number', text: String(about.ledgerVersion) }],
  ['rowCount', { is: 'number', text: String(about.rowCount) }],
  ...(about.exportId === undefined
    ? []
    : [['exportId', { is: 'text', text: about.exportId }] satisfies [string, ExportCell]]),
];

/** Lines a file is put together of at once. */
const linesAtOnce = 5_000;

/** `lines`: what `csvLine` made of each row. */
export const csvTable = (columns: readonly string[], lines: readonly string[], about: About): Uint8Array => {
  const cells = aboutCells(about);
  const [header, end] = [
    csvHeader([...columns, ...cells.map(([name]) => name)]),
    csvLine(cells.map(([, one]) => one)),
  ];
  const chunks = [Buffer.from(csvStart + header)];
  for (let at = 0; at < lines.length; at += linesAtOnce) {
    const some = lines.slice(at, at + linesAtOnce);
    chunks.push(Buffer.from(some.map((line) => `${line.slice(0, -'\r\n'.length)},${end}`).join('')));
  }
  return Buffer.concat(chunks);
};

export const xlsxTable = (
  sheet: string,
  columns: readonly string[],
  rows: readonly ExportCell[][],
  about: About,
): Promise<Uint8Array> => {
  const named = aboutCells(about).map(([name, cell]): ExportCell[] => [{ is: 'text', text: name }, cell]);
  return xlsxBytes(sheet, columns, rows, named);
};

/** Name and type of a file. */
export const tableType = (
  format: TableFormat,
  name: string,
  { ledgerVersion, rowCount }: About,
): Pick<Download, 'fileName' | 'contentType'> => ({
  fileName: `${name}-v${ledgerVersion}-${rowCount}-rows.${format}`,
  contentType:
    format === 'csv'
      ? 'text/csv; charset=utf-8'
      : 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
});

export const tooLong = (): Outcome<never, 'export-too-long'> =>
  refuse('export-too-long', `A workbook takes ${mostSheetRows} rows; there are more.`);

/** A table that is all at hand, with its headers. */
export const tableFile = async (
  format: TableFormat,
  name: string,
  { columns, rows }: { columns: readonly string[]; rows: readonly ExportCell[][] },
  about: About,
): Promise<Outcome<Download, 'export-too-long'>> => {
  if (format === 'xlsx' && rows.length > mostSheetRows) return tooLong();
  const bytes =
    format === 'csv'
      ? csvTable(columns, rows.map(csvLine), about)
      : await xlsxTable('statement', columns, rows, about);
  return done({ ...tableType(format, name, about), bytes, headers: () => aboutHeaders(about) });
};
