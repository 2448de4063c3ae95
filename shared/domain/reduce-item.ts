/**
 * Decides reductions of an open amount that come from elsewhere (a feed, a difference read from a short
 * payment), and their undoing.
 * From: reconciliation, the reading of payments. Next: `itemReduced`, `itemReopened`, or a refusal.
 */
import { sizeOf, type Account, type AccountItem, type ItemChange } from './account.ts';
import type { Day } from './calendar.ts';
import { beforeChange, findItem, latestOf, nothing, type AccountRefusal, type Decision } from './decide.ts';
import type { Fact } from './facts.ts';
import type { ClearingSpan } from './item.ts';
import { subtract, type AmountMinor } from './money.ts';
import { done, refuse, type Outcome } from './outcome.ts';
import { postingOfReduction, reductionReasons, turned, type ReductionReason } from './postings.ts';

export type Reduction = {
  itemId: string;
  changeId: string;
  by: ReductionReason;
  /** How far the open amount goes towards zero; positive for credits, too. */
  amount: AmountMinor;
  on: Day;
  clearedBetween?: ClearingSpan;
};

/** Lowers an item by a stated reason. The same change again is nothing. */
export const reduceItem = (account: Account, reduction: Reduction): Decision => {
  const found = findItem(account, reduction.itemId);
  if (!found.ok) return found;
  const item = found.value;
  const isSame = (change: ItemChange) => change.by === reduction.by;
  const early = beforeChange(item, reduction, isSame, sizeOf(item.open));
  return early ?? done([reducedBy(item, reduction)]);
};

const reducedBy = (
  item: AccountItem,
  { changeId, by, amount, on, clearedBetween }: Omit<Reduction, 'itemId'>,
): Fact => ({
  kind: 'itemReduced',
  itemId: item.id,
  changeId,
  by,
  on: latestOf(on, item.postedOn),
  posting: postingOfReduction(item, by, amount),
  ...(clearedBetween === undefined ? {} : { clearedBetween }),
});

export type Reopening = { itemId: string; changeId: string; amount: AmountMinor; on: Day };

/**
 * Undoes a known reduction wholly or in part; in part it is undone and the rest made again under
 * `<change>:rest`. Undone before: nothing.
 */
export const reopenItem = (account: Account, { itemId, changeId, amount, on }: Reopening): Decision => {
  const found = findItem(account, itemId);
  if (!found.ok) return found;
  const item = found.value;
  const reduction = reductionOf(item, changeId);
  if (!reduction.ok) return reduction;
  const { by, isReversed, amount: whole, on: madeOn } = reduction.value;
  if (isReversed) return nothing;
  if (amount <= 0 || amount > whole)
    return refuse('amount-not-possible', `${amount} of the ${whole} of ${changeId} cannot be undone`);
  const reopenedOn = latestOf(on, madeOn);
  const posting = turned(postingOfReduction(item, by, whole));
  const reopened: Fact = { kind: 'itemReopened', itemId, changeId, on: reopenedOn, posting };
  const rest = { changeId: `${changeId}:rest`, by, amount: subtract(whole, amount), on: reopenedOn };
  return done(rest.amount === 0 ? [reopened] : [reopened, reducedBy(item, rest)]);
};

/** Applications are reversed by their own decision; write-offs stand, money that comes later is a recovery. */
const reductionOf = (
  item: AccountItem,
  changeId: string,
): Outcome<ItemChange & { by: ReductionReason }, AccountRefusal> => {
  const change = item.changes.find(({ id }) => id === changeId);
  return change !== undefined && isReduction(change)
    ? done(change)
    : refuse('change-not-found', `${item.id} has no reduction ${changeId}`);
};

const isReduction = (change: ItemChange): change is ItemChange & { by: ReductionReason } =>
  reductionReasons.some((reason) => reason === change.by);
