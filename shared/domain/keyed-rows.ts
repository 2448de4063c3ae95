/**
 * Rows of one key that are no documents: customers, contacts, AP status and figures beside the accounts.
 * From: spread rows of one bucket. Next: ingestion hands on what is clear and keeps what contradicts itself for a
 * person, as `duplicates.ts` does with documents.
 */
import { referenceKeyOf } from './reference.ts';
import type { SpreadRow } from './spread-rows.ts';

export type KeyedRow = Extract<SpreadRow, { is: 'customer' | 'contact' | 'apStatus' | 'reference' }>;

export type DistinctRows = {
  /** One of each key, in the order of the file. */
  clear: KeyedRow[];
  /** Every row of a key with more than one content, with the rows it contradicts. */
  conflicting: { row: KeyedRow; rows: readonly number[] }[];
  repeated: number;
};

export const distinctRows = (spread: readonly SpreadRow[]): DistinctRows => {
  const keyed = spread.filter(isKeyed).toSorted((a, b) => rowOf(a).row - rowOf(b).row);
  const distinct: DistinctRows = { clear: [], conflicting: [], repeated: 0 };
  for (const same of Map.groupBy(keyed, keyOf).values()) {
    const [first, ...others] = same;
    if (first === undefined) continue;
    const rows = same.map((one) => rowOf(one).row);
    if (others.some((one) => contentOf(one) !== contentOf(first)))
      distinct.conflicting.push(...same.map((row) => ({ row, rows })));
    else {
      distinct.clear.push(first);
      distinct.repeated += others.length;
    }
  }
  return distinct;
};

const isKeyed = (one: SpreadRow): one is KeyedRow =>
  one.is === 'customer' || one.is === 'contact' || one.is === 'apStatus' || one.is === 'reference';

export const rowOf = (one: KeyedRow): { row: number } => (one.is === 'reference' ? one.told.row : one.row);

export const keyOf = (one: KeyedRow): string => {
  switch (one.is) {
    case 'customer':
      return wordsOf(one.is, one.row.accountId);
    case 'contact':
      return wordsOf(one.is, one.row.accountId, (one.row.email ?? one.row.name).toLowerCase());
    case 'apStatus':
      return wordsOf(one.is, one.row.accountId, one.row.number, one.row.fiscalYear, one.row.part);
    case 'reference':
      return wordsOf(one.told.kind, referenceKeyOf(one.told));
  }
};

const wordsOf = (...words: readonly (string | undefined)[]): string =>
  JSON.stringify(words.map((word) => word ?? ''));

/** All a row says but where it stood. */
const contentOf = (one: KeyedRow): string => JSON.stringify({ ...rowOf(one), row: 0 });
