/**
 * Documents of the same key within one file: the same content is one document, counted; other content holds both.
 * From: spread rows of one bucket, and the keys the whole file has under more than one account. Next: ingestion
 * hands on what is clear and keeps what conflicts for a person. Nothing is chosen for being first or last.
 */
import type { SpreadDocument } from './spread-rows.ts';

export type Distinct = {
  /** One of each key, in the order of keys. */
  clear: SpreadDocument[];
  /** Every row of a key with more than one content. */
  conflicting: SpreadDocument[];
  repeated: number;
};

/** `isCrossed`: whether a key has more than one account in the file, which is another content, too. */
export const distinctDocuments = (
  documents: readonly SpreadDocument[],
  isCrossed: (itemId: string) => boolean,
): Distinct => {
  const sorted = documents.toSorted(byKeyAndRow);
  const distinct: Distinct = { clear: [], conflicting: [], repeated: 0 };
  let from = 0;
  for (let first = sorted[from]; first !== undefined; first = sorted[from]) {
    const same = sameFrom(sorted, from, first);
    from += same.length;
    if (isCrossed(first.itemId) || areDifferent(same)) {
      distinct.conflicting.push(...same);
      continue;
    }
    distinct.clear.push(first);
    distinct.repeated += same.length - 1;
  }
  return distinct;
};

/** Keys as text, rows as they came; documents mostly come so. */
const byKeyAndRow = (a: SpreadDocument, b: SpreadDocument): number => {
  if (a.itemId < b.itemId) return -1;
  return a.itemId > b.itemId ? 1 : a.row.row - b.row.row;
};

/** The documents of a key, which begin there. */
const sameFrom = (
  sorted: readonly SpreadDocument[],
  from: number,
  { itemId }: SpreadDocument,
): SpreadDocument[] => {
  let to = from + 1;
  while (sorted[to]?.itemId === itemId) to += 1;
  return sorted.slice(from, to);
};

const areDifferent = (same: readonly SpreadDocument[]): boolean =>
  same.length > 1 && new Set(same.map(contentOf)).size > 1;

/** All a row says but where it stood: a repeat is told from a conflict by it. */
const contentOf = ({ row }: SpreadDocument): string => JSON.stringify({ ...row, row: 0 });
