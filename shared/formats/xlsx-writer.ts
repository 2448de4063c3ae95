/**
 * An Excel workbook for download: text as text, numbers with the decimals they are written with, days as days, nothing
 * a formula; where wanted, a second sheet says what the file is.
 * From: exports of at most 100,000 rows, as `await xlsxBytes(sheet, columns, rows, about)`. Next: the file.
 * A number of more than 15 digits is written as text: Excel would change it; so is a day before its calendar begins.
 */
import type { CellObject } from 'write-excel-file/universal';
import { isoDayText, neutralText, numberText, type ExportCell } from './csv-neutral.ts';

export const mostSheetRows = 100_000;

const aboutSheet = 'about';

export type Sheet = {
  /** At most 31 characters. */
  sheet: string;
  columns: readonly string[];
  rows: readonly (readonly ExportCell[])[];
};

/**
 * `about` goes on a sheet of its own.
 * @throws RangeError for too many rows, a cell over 32,767 characters, a number or a day that is none.
 */
export const xlsxBytes = (
  sheet: string,
  columns: readonly string[],
  rows: Sheet['rows'],
  about: Sheet['rows'] = [],
): Promise<Uint8Array> => xlsxOfSheets([{ sheet, columns, rows }], about);

/** Several tables in one workbook. @throws as `xlsxBytes`. */
export const xlsxOfSheets = async (
  tables: readonly Sheet[],
  about: Sheet['rows'] = [],
): Promise<Uint8Array> => {
  if (tables.some(({ rows }) => rows.length > mostSheetRows))
    throw new RangeError(`at most ${mostSheetRows} rows; export as CSV`);
  const sheets = tables.map(({ sheet, columns, rows }) => ({
    ...{ sheet, data: [columns.map((text) => textCell(text)), ...rows.map((row) => row.map(cellOf))] },
  }));
  if (about.length > 0) sheets.push({ sheet: aboutSheet, data: about.map((row) => row.map(cellOf)) });
  const { default: writeXlsxFile } = await import('write-excel-file/universal');
  const blob = await writeXlsxFile(sheets).toBlob();
  return new Uint8Array(await blob.arrayBuffer());
};

const cellOf = (cell: ExportCell): CellObject | null => {
  if (cell.is === 'blank') return null;
  if (cell.is === 'text') return textCell(cell.text);
  if (cell.is === 'day') return dayCell(cell.text);
  const [, decimals = ''] = numberText(cell.text).split('.');
  if (cell.text.replace(/\D/g, '').length > 15) return textCell(cell.text);
  const number = { value: Number(cell.text), type: Number };
  return decimals === '' ? number : { ...number, format: `#,##0.${'0'.repeat(decimals.length)}` };
};

/** Excel counts a day in 1900 that never was; before March its days are other days. */
const firstDay = '1900-03-01';

const dayCell = (text: string): CellObject | null =>
  isoDayText(text) < firstDay
    ? textCell(text)
    : { value: new Date(`${text}T00:00:00Z`), type: Date, format: 'yyyy-mm-dd' };

const longestCell = 32_767;

const textCell = (text: string): CellObject | null => {
  if (text === '') return null;
  const value = unlikeProperty(escaped(neutralText(text)));
  if (value.length > longestCell) throw new RangeError(`a cell of more than ${longestCell} characters`);
  return { value, type: String };
};

/** What XML can not hold, or would change, as `_xHHHH_`; text that looks like that, escaped itself. */
const escaped = (text: string): string =>
  text
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replace(/[\0-\x08\x0b-\x1f\ufffe\uffff]|\p{Cs}/gu, (unit) => hex(unit));

/** The writer keeps its strings in an object: `constructor` or `__proto__` as they stand break its file. */
const unlikeProperty = (text: string): string =>
  text in Object.prototype ? `${hex(text)}${text.slice(1)}` : text;

const hex = (unit: string): string => `_x${unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`;
