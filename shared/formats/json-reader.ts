/**
 * Rows of JSON: one array of flat objects, or one object a line (NDJSON).
 * From: a whole upload of at most 32 MiB, as `readJsonTable(bytes)`. Next: `rows-mapper.ts`.
 * Columns are the keys in the order they first come; a key that a row lacks is blank. Numbers keep the text
 * they have in the file. A key twice in an object, or a value that is an object or list, refuses the row.
 */
import { TextDecoder } from 'node:util';
import { done, refuse, type Outcome } from '../domain/outcome.ts';
import { jsonObjects, type JsonObject } from './json-objects.ts';
import {
  cellsProblem,
  tableLimits,
  type CellRow,
  type CellType,
  type Table,
  type TableRefusal,
} from './rows.ts';

export const mostJsonBytes = 32 * 1_048_576;

/** Rows times columns. */
const mostCells = 3_000_000;

type Value = { text: string; type: CellType };
type Row = { values: ReadonlyMap<string, Value>; fault?: string };

export const readJsonTable = (bytes: Uint8Array): Outcome<Table, TableRefusal> => {
  if (bytes.length > mostJsonBytes)
    return refuse('not-json', `${bytes.length} bytes, at most ${mostJsonBytes}; upload it as CSV`);
  const text = decoded(bytes);
  if (text === undefined) return refuse('wrong-encoding', 'JSON is UTF-8, and this is not');
  const objects = jsonObjects(text);
  if (!objects.ok) return objects;
  const rows: Row[] = [];
  for (const object of objects.value) {
    const row = rowValues(object);
    if (row === undefined) return refuse('not-json', `row ${rows.length + 1} is not JSON`);
    rows.push(row);
  }
  const names = new Set<string>();
  for (const { values } of rows) for (const name of values.keys()) names.add(name);
  const header = [...names];
  if (header.length === 0) return refuse('no-header', 'there is no object with a key');
  if (header.length > tableLimits.columns)
    return refuse('too-many-columns', `${header.length} keys, at most ${tableLimits.columns}`);
  if (header.length * rows.length > mostCells)
    return refuse('sheet-too-large', `${rows.length} rows by ${header.length} keys; upload it as CSV`);
  return done({ header, rows: rows.map((row, at) => cellRow(row, at + 1, header)) });
};

const decoded = (bytes: Uint8Array): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
};

/** The members of an object; undefined when it is not JSON. */
const rowValues = ({ text, members, isNested }: JsonObject): Row | undefined => {
  const values = new Map<string, Value>();
  const keep = (key: string, value: unknown, context?: { source?: string }): unknown => {
    if (typeof value !== 'object' || value === null) values.set(key, valueOf(value, context?.source));
    return value;
  };
  try {
    const whole: unknown = JSON.parse(text, keep);
    const keys = typeof whole === 'object' && whole !== null ? Object.keys(whole) : [];
    if (isNested) return { values: new Map(), fault: 'a value is an object or a list' };
    return { values, ...(keys.length !== members && { fault: 'a key stands twice' }) };
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
};

const valueOf = (value: unknown, source: string | undefined): Value => {
  if (typeof value === 'string') return { text: value, type: 'text' };
  if (typeof value === 'boolean') return { text: String(value), type: 'flag' };
  return value === null ? { text: '', type: 'text' } : { text: source ?? '', type: 'number' };
};

const blank: Value = { text: '', type: 'text' };

const cellRow = ({ values, fault }: Row, number: number, header: readonly string[]): CellRow => {
  const cells = header.map((name) => values.get(name) ?? blank);
  const texts = cells.map(({ text }) => text);
  const problem =
    fault === undefined ? cellsProblem(texts, header.length) : { code: 'structure' as const, detail: fault };
  return {
    row: number,
    cells: texts,
    types: cells.map(({ type }) => type),
    fromByte: 0,
    toByte: 0,
    ...(problem && { problem }),
  };
};
