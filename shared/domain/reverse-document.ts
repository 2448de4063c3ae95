/**
 * A document of a journal that is reversed by a row of its own: what is open of it goes, as a reversal and never a
 * deletion (`defaults.md` §2.2). What settled something, or was settled, is taken back first by rows of its own.
 * From: `journal-work.ts`. Next: one reduction; the same row again is nothing.
 */
import { sizeOf } from './account.ts';
import type { HashText } from './document-ids.ts';
import type { DocumentRow } from './feed-rows.ts';
import { idOfRow } from './item-of-row.ts';
import { refuse, type Refusal } from './outcome.ts';
import { accountIn, inOneStep, take, type Draft } from './posting-steps.ts';
import { reduceItem } from './reduce-item.ts';
import { isUndone, isUsed } from './undo-entry.ts';

/** The item a row reverses; of the same type, year and part. */
export const reversedIdOf = (row: DocumentRow, hashText: HashText): string | undefined =>
  row.reversesNumber === undefined ? undefined : idOfRow({ ...row, number: row.reversesNumber }, hashText);

export const reverseDocument = (
  draft: Draft,
  source: string,
  row: DocumentRow,
  itemId: string,
): Refusal | undefined => {
  const item = draft.items.get(itemId);
  if (item === undefined) return refuse('item-not-found', `there is no item ${itemId} to reverse`);
  if (item.source !== source || item.currency !== row.currency)
    return refuse('item-differs', `${itemId} is of ${item.source} in ${item.currency}`);
  if (isUndone(item)) return undefined;
  if (sizeOf(item.original) !== sizeOf(row.original))
    return refuse('item-differs', `${itemId} is over ${item.original}, its reversal over ${row.original}`);
  if (isUsed(item)) return refuse('entry-used', `${itemId} was settled, written off or sent since`);
  const changeId = `journal:reversed:${row.number}`;
  const reduction = { itemId, changeId, amount: sizeOf(item.open), on: row.postedOn } as const;
  inOneStep(draft, (step) => take(step, reduceItem(accountIn(draft), { ...reduction, by: 'undone' })));
  return undefined;
};
