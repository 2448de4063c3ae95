/**
 * One sheet of an Excel workbook as rows of cells.
 * From: a whole upload, as `await readXlsxTable(bytes, { dialect, sheet })`. Next: `rows-mapper.ts`.
 * A cell with a formula counts by the value stored beside it, as the sender saw it when saving; one that has
 * none, or an error such as #N/A, is blank. Numbers keep their decimal text: what Excel stored with noise of
 * binary fractions (1234.5599999999999) is the shortest decimal of the same stored number. A day is the day of
 * a date cell in the workbook's own day count (from 1900 or 1904), or of a plain whole number where the profile
 * has a day; a time of day is not read.
 */
import type { CsvDialect } from '../domain/mapping-profile.ts';
import { done, refuse, type Outcome } from '../domain/outcome.ts';
import {
  cellsProblem,
  tableLimits,
  type CellRow,
  type CellType,
  type Table,
  type TableRefusal,
} from './rows.ts';
import { checkWorkbook } from './xlsx-archive.ts';

export type XlsxInput = {
  dialect: Pick<CsvDialect, 'hasHeader' | 'skippedLines'>;
  /** Absent: the first sheet. */
  sheet?: string;
};

type Cell = { text: string; type: CellType };
type Parsed = { number: string };

export const readXlsxTable = async (
  bytes: Uint8Array,
  { dialect, sheet }: XlsxInput,
): Promise<Outcome<Table, TableRefusal>> => {
  const checked = checkWorkbook(bytes);
  if (!checked.ok) return checked;
  const rows = await sheetRows(bytes, sheet ?? 1);
  return rows.ok ? tableOf(rows.value, dialect, checked.value.daysFrom) : rows;
};

const sheetRows = async (
  bytes: Uint8Array,
  sheet: string | number,
): Promise<Outcome<Cell[][], 'not-a-workbook'>> => {
  try {
    const copy = Uint8Array.from(bytes).buffer;
    const { readSheet } = await import('read-excel-file/universal');
    const rows = await readSheet<Parsed>(copy, sheet, {
      parseNumber: (text) => ({ number: text }),
      trim: false,
    });
    return done(rows.map((row) => row.map((value) => cellOf(value))));
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return refuse('not-a-workbook', `the workbook can not be read: ${error.message.slice(0, 200)}`);
  }
};

const cellOf = (value: unknown): Cell => {
  if (value === null || value === undefined) return { text: '', type: 'text' };
  if (typeof value === 'string') return { text: value, type: 'text' };
  if (typeof value === 'boolean') return { text: String(value), type: 'flag' };
  if (value instanceof Date) return dayCell(value);
  if (typeof value === 'object' && 'number' in value && typeof value.number === 'string')
    return { text: decimalText(value.number), type: 'number' };
  throw new TypeError('a cell of an unknown type');
};

/** Beyond the years a day can have, it is no day. */
const dayCell = (value: Date): Cell =>
  Number.isNaN(value.valueOf()) || value.getUTCFullYear() > 9999 || value.getUTCFullYear() < 0
    ? { text: 'no day of the calendar', type: 'day' }
    : { text: value.toISOString().slice(0, 10), type: 'day' };

/** The digits of more than 15 places are the noise of a binary fraction where a shorter text is the same number. */
const decimalText = (stored: string): string => {
  const text = stored.trim();
  const isNoisy = /^-?\d+\.\d+$/.test(text) && text.replace(/\D/g, '').length > 15;
  if (!isNoisy && !/e-\d+$/i.test(text)) return text;
  const shortest = String(Number(text));
  return /^-?\d+(\.\d+)?$/.test(shortest) ? shortest : text;
};

const tableOf = (
  all: readonly Cell[][],
  { hasHeader, skippedLines }: XlsxInput['dialect'],
  daysFrom: 1900 | 1904,
): Outcome<Table, TableRefusal> => {
  const used = all.slice(skippedLines).filter((row) => row.some(({ text }) => text.trim() !== ''));
  const first = used[0];
  if (first === undefined) return refuse('no-header', 'the sheet is empty');
  const names = first.map(({ text }, at) => (hasHeader ? text.trim() : `${at + 1}`));
  const header = names.slice(0, names.findLastIndex((name) => name !== '') + 1);
  if (header.length > tableLimits.columns)
    return refuse('too-many-columns', `${header.length} columns, at most ${tableLimits.columns}`);
  return done({
    header,
    rows: used
      .slice(hasHeader ? 1 : 0)
      .map((row, at) => ({ ...rowOf(row, at + 1, header.length), daysFrom })),
  });
};

/** Blank cells beyond the header are no cells. */
const rowOf = (row: readonly Cell[], number: number, width: number): CellRow => {
  const last = row.findLastIndex(({ text }) => text !== '');
  const cells = Array.from(
    { length: Math.max(width, last + 1) },
    (_, at) => row[at] ?? { text: '', type: 'text' as const },
  );
  const texts = cells.map(({ text }) => text);
  const problem = cellsProblem(texts, width);
  return {
    row: number,
    cells: texts,
    types: cells.map(({ type }) => type),
    fromByte: 0,
    toByte: 0,
    ...(problem && { problem }),
  };
};
