/**
 * Turns the two access tables into JSON that code can type itself by.
 * From: `infra/access/access-matrix.csv` and `access-fields.csv`, the law on who may do what.
 * Next: `shared/contracts/access-matrix.json` and `access-fields.json`, read by `shared/contracts/access.ts`.
 * Run it after each change of a table; a test fails until it has been run. A denied cell is left out.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';

const root = join(import.meta.dirname, '..');

type Table = { columns: string[]; rows: string[][] };

/** Reads a table without quoted cells. @throws when a line has more or fewer cells than the header. */
const readTable = (name: string): Table => {
  const lines = readFileSync(join(root, 'infra/access', name), 'utf8').split(/\r?\n/);
  const [columns = [], ...rows] = lines.filter((line) => line !== '').map((line) => line.split(','));
  for (const row of rows)
    if (row.length !== columns.length) throw new Error(`${name}: ${row[0]} does not fit the header`);
  return { columns, rows };
};

const cellsOf = (columns: string[], row: string[], denied: string): Record<string, string> => {
  const cells = columns.map((column, index): [string, string] => [column, row[index]!]);
  return Object.fromEntries(cells.filter(([, cell]) => cell !== denied));
};

const matrixOf = ({ columns, rows }: Table) => {
  const toEntry = ([action = '', kind = '', ...cells]: string[]): [string, unknown] => [
    action,
    { kind, cells: cellsOf(columns.slice(2), cells, '-') },
  ];
  return { principals: columns.slice(2), actions: Object.fromEntries(rows.map(toEntry)) };
};

const fieldsOf = ({ columns, rows }: Table) => {
  const toEntry = ([field = '', ...cells]: string[]): [string, unknown] => [
    field,
    cellsOf(columns.slice(1), cells, ''),
  ];
  return { principals: columns.slice(1), fields: Object.fromEntries(rows.map(toEntry)) };
};

const write = async (name: string, content: unknown): Promise<void> => {
  const text = await format(JSON.stringify(content), { parser: 'json', printWidth: 110 });
  writeFileSync(join(root, 'shared/contracts', name), text);
  console.log(`shared/contracts/${name} written`);
};

await write('access-matrix.json', matrixOf(readTable('access-matrix.csv')));
await write('access-fields.json', fieldsOf(readTable('access-fields.csv')));
