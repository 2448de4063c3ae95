/**
 * The rows of a snapshot beside the items they stand for: which are new, which are known, which cannot be taken.
 * From: one account's work. Next: `reconcile.ts` raises, lowers, amends and posts by it.
 */
import type { AccountItem } from './account.ts';
import type { DocumentRow } from './feed-rows.ts';
import { idOfRow, isOnItsSide } from './item-of-row.ts';
import { heldElsewhere } from './number-elsewhere.ts';
import { refuse, type Refusal } from './outcome.ts';
import type { Draft } from './posting-steps.ts';
import { isNewsOf, isOvertaken, type SnapshotWork } from './reconcile-frame.ts';

export type Read = {
  known: { item: AccountItem; row: DocumentRow }[];
  fresh: { id: string; row: DocumentRow }[];
  /** Every item a row stands for, taken or not: none of them is absent. */
  present: ReadonlySet<string>;
};

/** Sorts the rows; what cannot be taken goes to the draft's refused rows and its item is left as it is. */
export const readRows = (draft: Draft, work: SnapshotWork): Read => {
  const read: Read & { present: Set<string> } = { known: [], fresh: [], present: new Set() };
  const openOf = new Map<string, number>();
  for (const row of work.rows) {
    const id = idOfRow(row, draft.frame.hashText);
    const refusal = openOf.has(id)
      ? openOf.get(id) !== row.open && refuse('item-differs', `${id} stands twice in the file`)
      : place(draft, work, read, id, row);
    openOf.set(id, row.open);
    read.present.add(id);
    if (refusal) draft.refused.push({ row, refusal });
  }
  return read;
};

const place = (
  draft: Draft,
  work: SnapshotWork,
  read: Read,
  id: string,
  row: DocumentRow,
): Refusal | undefined => {
  if (isOvertaken(draft, work, row.currency)) return undefined;
  const item = draft.items.get(id);
  if (item !== undefined && isNewsOf(item, work.asOf)) return undefined;
  const held = item ? undefined : heldElsewhere(draft.frame.elsewhere, id);
  const refusal = (item && differs(item, row, work.source)) ?? sideRefused(id, row) ?? held;
  if (refusal) return refusal;
  if (item) read.known.push({ item, row });
  else if (row.open !== 0) read.fresh.push({ id, row });
  return undefined;
};

/** The same number is not the same document when its source, its currency or, once cleared, its day is another. */
export const differs = (item: AccountItem, row: DocumentRow, source: string): Refusal | undefined => {
  if (item.source !== source)
    return refuse('same-number-other-source', `${item.id} came from ${item.source} before`);
  if (item.currency !== row.currency)
    return refuse('item-differs', `${item.id} is in ${item.currency}, the row in ${row.currency}`);
  return item.open === 0 && item.documentOn !== row.documentOn && row.open !== 0
    ? refuse('item-differs', `${item.id} of ${item.documentOn} is cleared, the row is of ${row.documentOn}`)
    : undefined;
};

export const sideRefused = (id: string, row: DocumentRow): Refusal | undefined =>
  isOnItsSide(row) ? undefined : refuse('amount-not-possible', `${id}: ${row.kind} with ${row.open} open`);
