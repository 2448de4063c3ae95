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
  const byKey = Map.groupBy(documents, ({ itemId }) => itemId);
  const distinct: Distinct = { clear: [], conflicting: [], repeated: 0 };
  for (const itemId of [...byKey.keys()].toSorted()) {
    const found = byKey.get(itemId) ?? [];
    const same = found.length < 2 ? found : found.toSorted((a, b) => a.row.row - b.row.row);
    const [first] = same;
    if (first === undefined) continue;
    if (isCrossed(itemId) || areDifferent(same)) {
      distinct.conflicting.push(...same);
      continue;
    }
    distinct.clear.push(first);
    distinct.repeated += same.length - 1;
  }
  return distinct;
};

const areDifferent = (same: readonly SpreadDocument[]): boolean =>
  same.length > 1 && new Set(same.map(contentOf)).size > 1;

/** All a row says but where it stood: a repeat is told from a conflict by it. */
const contentOf = ({ row }: SpreadDocument): string => JSON.stringify({ ...row, row: 0 });
