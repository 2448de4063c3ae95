/**
 * Takes back a document that was typed in by mistake: a reversal of its posting, never its deletion. It can be undone
 * as long as nobody has used it: nothing settled it, nothing was written off, no message carried it (R9).
 * From: the entry routes. Next: one fact of the account. Its number can be typed in again, as another part.
 */
import { sizeOf, type Account, type AccountItem } from './account.ts';
import type { Day } from './calendar.ts';
import type { AccountRefusal } from './decide.ts';
import { manualSource } from './entered-item.ts';
import type { Fact } from './facts.ts';
import { refuse, type Outcome } from './outcome.ts';
import { reduceItem } from './reduce-item.ts';

export const isUndone = ({ changes }: AccountItem): boolean =>
  changes.some(({ by, isReversed }) => by === 'undone' && !isReversed);

/** Whether anything has happened to it since it was posted. */
export const isUsed = (item: AccountItem): boolean =>
  item.open !== item.original ||
  item.allocated > 0 ||
  item.changes.some(({ isReversed }) => !isReversed) ||
  item.provisional.some(({ state }) => state === 'noted') ||
  item.writeOffs.length > 0 ||
  item.stage > 0 ||
  item.carriedBy !== undefined;

/** `isKeptHere`: the company's book is kept here, so that its credit notes are taken back here wherever they came from. */
type Undo = { itemId: string; changeId: string; on: Day; isKeptHere: boolean };

/** Nothing when it was undone before. */
export const undoEntry = (
  account: Account,
  { itemId, changeId, on, isKeptHere }: Undo,
): Outcome<readonly Fact[], AccountRefusal | 'not-typed-in' | 'entry-used'> => {
  const item = account.items.get(itemId);
  if (item === undefined) return refuse('item-not-found', `there is no item ${itemId} here`);
  if (item.source !== manualSource && !(isKeptHere && item.kind === 'creditNote'))
    return refuse('not-typed-in', `${itemId} came from ${item.source}`);
  if (isUndone(item)) return { ok: true, value: [] };
  if (isUsed(item)) return refuse('entry-used', `${itemId} was settled, written off or sent since`);
  return reduceItem(account, { itemId, changeId, by: 'undone', amount: sizeOf(item.open), on });
};
