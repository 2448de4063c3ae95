/**
 * Reads a workbook back, row by row: as texts, or each cell as what a spreadsheet takes it for.
 * From: exports under test. Next: their expectations.
 */
import { readSheet } from 'read-excel-file/node';

export type SheetCell = string | number | boolean | Date | null;

export const readCells = async (bytes: Uint8Array, sheet: string | number = 1): Promise<SheetCell[][]> =>
  (await readSheet(Buffer.from(bytes), sheet)) as SheetCell[][];

export const readXlsx = async (bytes: Uint8Array, sheet: string | number = 1): Promise<string[][]> =>
  (await readCells(bytes, sheet)).map((row) => row.map((cell) => (cell === null ? '' : String(cell))));
