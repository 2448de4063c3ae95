/**
 * Rows of cells, however they were written: what the readers of tables hand to the mapper.
 * From: `csv-reader.ts`, `xlsx-reader.ts`, `json-reader.ts`. Next: `rows-mapper.ts` makes typed rows of them.
 */

/**
 * What the file itself says a cell is: text in the notation of the source; or a number (`1234.5`), a day
 * (`2026-11-22`) or a flag (`true`, `false`) in the notation of machines, as spreadsheets and JSON hold them.
 */
export type CellType = 'text' | 'number' | 'day' | 'flag';

export type CellRow = {
  /** Data row in its file, from 1; rows without any character are not counted. */
  row: number;
  /** In the order of the header. A row with a `problem` may have more or fewer. */
  cells: readonly string[];
  /** Absent: all are text. */
  types?: readonly CellType[];
  /** Of a spreadsheet: the day its count begins with. A number in a column of days is such a count. */
  daysFrom?: 1900 | 1904;
  /** Where it lies in the file, of files that are read in steps. */
  fromByte: number;
  toByte: number;
  /** Why it can not be read: `structure`, `broken-encoding` or `cell-too-long`. */
  problem?: { code: RowProblem; detail: string };
};
export type RowProblem = 'structure' | 'broken-encoding' | 'cell-too-long';

/** A file whose header is known. `checkpoint`: where to go on, after the last row handed out. */
export type Table = { header: readonly string[]; rows: readonly CellRow[] };

/** Why a whole file is not read; nothing of it is posted. */
export type TableRefusal =
  | 'wrong-encoding'
  | 'no-header'
  | 'duplicate-column'
  | 'too-many-columns'
  | 'too-many-rows'
  | 'line-too-long'
  | 'quote-not-closed'
  | 'not-a-workbook'
  | 'sheet-too-large'
  | 'unsafe-archive'
  | 'unsafe-xml'
  | 'not-json'
  | 'json-too-deep';

/** Limits that hold for every format; characters are those of JavaScript strings. */
export const tableLimits = {
  columns: 1_000,
  cellCharacters: 32_767,
  lineBytes: 1_048_576,
  rows: 10_000_000,
} as const;

/** What is wrong with the cells of a row, whatever its format; undefined when nothing is. */
export const cellsProblem = (cells: readonly string[], width: number): CellRow['problem'] => {
  if (cells.length !== width)
    return { code: 'structure', detail: `${cells.length} cells under ${width} columns` };
  for (const cell of cells) {
    if (cell.length > tableLimits.cellCharacters)
      return {
        code: 'cell-too-long',
        detail: `a cell of more than ${tableLimits.cellCharacters} characters`,
      };
    if (cell.includes('\ufffd'))
      return { code: 'broken-encoding', detail: 'bytes that are no text in the declared encoding' };
    if (cell.includes('\0')) return { code: 'structure', detail: 'a cell with a NUL character' };
  }
  return undefined;
};

/** The cells of a row by column, for a person who corrects it; what has no column is called by its place. */
export const cellsByColumn = (header: readonly string[], cells: readonly string[]): Record<string, string> =>
  Object.fromEntries(cells.map((cell, at) => [nameAt(header, at), cell]));

/** The name of a column; of those without one, or with one used before, its place. */
export const nameAt = (header: readonly string[], at: number): string => {
  const name = header[at] ?? '';
  return name === '' || header.indexOf(name) !== at ? `column ${at + 1}` : name;
};
