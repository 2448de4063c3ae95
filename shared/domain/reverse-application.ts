/**
 * Decides the undoing of an application or allocation: the item is open again, the money unapplied again.
 * From: returned payments, corrections. Next: `applicationReversed`, which names what it undoes (M4).
 */
import type { Account, ItemChange } from './account.ts';
import type { Day } from './calendar.ts';
import { findItem, latestOf, nothing, type Decision } from './decide.ts';
import { done, refuse } from './outcome.ts';
import { postingOfSettlement, turned } from './postings.ts';

export type ApplicationReversal = {
  itemId: string;
  /** The change that is undone. */
  changeId: string;
  reason: string;
  on: Day;
};

/** Undoes an application whole. Undone before: nothing. The payment must be loaded beside the item. */
export const reverseApplication = (
  account: Account,
  { itemId, changeId, reason, on }: ApplicationReversal,
): Decision => {
  const found = findItem(account, itemId);
  if (!found.ok) return found;
  const change = found.value.changes.find(({ id }) => id === changeId);
  if (change === undefined || !isSettlement(change))
    return refuse('change-not-found', `nothing was applied to ${itemId} as ${changeId}`);
  if (change.isReversed) return nothing;
  const giver = findItem(account, change.from);
  if (!giver.ok) return giver;
  return done([
    {
      kind: 'applicationReversed',
      itemId,
      changeId,
      from: change.from,
      reason,
      on: latestOf(on, change.on),
      posting: turned(postingOfSettlement(giver.value, found.value, change.amount)),
    },
  ]);
};

const isSettlement = (change: ItemChange): change is ItemChange & { from: string } =>
  change.from !== undefined;
