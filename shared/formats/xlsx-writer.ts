/**
 * An Excel workbook of one sheet for download: text as text, numbers as numbers, nothing a formula.
 * From: exports of at most 100,000 rows, as `await xlsxBytes(sheet, columns, rows)`. Next: the file.
 * A number of more than 15 digits is written as text: Excel would change it.
 */
import writeXlsxFile, { type CellObject } from 'write-excel-file/universal';
import { neutralText, numberText, type ExportCell } from './csv-neutral.ts';

export const mostSheetRows = 100_000;

/** @throws RangeError for too many rows, a cell over 32,767 characters, or a number that is none. */
export const xlsxBytes = async (
  sheet: string,
  columns: readonly string[],
  rows: readonly (readonly ExportCell[])[],
): Promise<Uint8Array> => {
  if (rows.length > mostSheetRows) throw new RangeError(`at most ${mostSheetRows} rows; export as CSV`);
  const header = columns.map((text) => textCell(text));
  const blob = await writeXlsxFile([header, ...rows.map((row) => row.map(cellOf))], { sheet }).toBlob();
  return new Uint8Array(await blob.arrayBuffer());
};

const cellOf = (cell: ExportCell): CellObject | null => {
  if (cell.is === 'blank') return null;
  if (cell.is === 'text') return textCell(cell.text);
  const isExact = numberText(cell.text).replace(/\D/g, '').length <= 15;
  return isExact ? { value: Number(cell.text), type: Number } : textCell(cell.text);
};

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
