/**
 * A document whose number is on another account of the company already: the same invoice cannot be owed twice, so that
 * it is held for a person (R16). A debtor that was replaced is no conflict: the item has left the other account, or
 * the very snapshot that brings it here takes it off there.
 * From: rows of documents no account of theirs knows, and who in the company has such items. Next: rows are refused.
 */
import type { AccountWork } from './account-work.ts';
import type { AccountItem, ItemChange } from './account.ts';
import { isInFeedScope } from './feed-scope.ts';
import { refuse, type Refusal } from './outcome.ts';

/** An item of some account. */
export type HeldItem = { accountId: string; item: AccountItem };

/** By item, the account that has it. */
export type Elsewhere = ReadonlyMap<string, string>;

/** Nobody paid it there: it was cancelled, taken back, or vanished from its source. */
const leaves: readonly ItemChange['by'][] = ['credit', 'undone', 'implied', 'unexplained'];

const hasLeft = ({ open, changes }: AccountItem): boolean => {
  const last = changes.findLast(({ isReversed }) => !isReversed);
  return open === 0 && last !== undefined && leaves.includes(last.by);
};

/** Which of these items keep the rows of this work from being posted. */
export const elsewhereOf = (work: AccountWork, found: readonly HeldItem[]): Elsewhere =>
  new Map(
    found
      .filter(({ accountId, item }) => accountId !== work.accountId && isInTheWay(work, accountId, item))
      .map(({ accountId, item }) => [item.id, accountId]),
  );

/** What is open is the snapshot's to say, where it speaks of that account too: no row of it has the item there. */
const isInTheWay = (work: AccountWork, accountId: string, item: AccountItem): boolean => {
  if (work.do !== 'reconcile') return !hasLeft(item);
  const isTold =
    item.source === work.source && isInFeedScope(work.scope, { accountId, currency: item.currency });
  return item.open !== 0 && !isTold;
};

export const heldElsewhere = (elsewhere: Elsewhere | undefined, itemId: string): Refusal | undefined => {
  const accountId = elsewhere?.get(itemId);
  return accountId === undefined
    ? undefined
    : refuse('number-on-other-account', `${itemId} is on account ${accountId}`);
};
