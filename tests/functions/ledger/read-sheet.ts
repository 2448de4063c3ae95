/**
 * Reads a workbook back as texts, row by row.
 * From: exports under test. Next: their expectations.
 */
import { readSheet } from 'read-excel-file/node';

export const readXlsx = async (bytes: Uint8Array): Promise<string[][]> => {
  const rows = await readSheet(Buffer.from(bytes));
  return rows.map((row) => row.map((cell) => (cell === null ? '' : String(cell))));
};
