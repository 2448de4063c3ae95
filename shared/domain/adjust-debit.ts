/**
 * Decides that an item claims more than it was posted with.
 * From: a snapshot with a higher open amount that no known reduction explains; staff. Next: `debitAdjusted`.
 */
import type { Account } from './account.ts';
import type { Day } from './calendar.ts';
import { beforeChange, findItem, latestOf, type Decision } from './decide.ts';
import type { AmountMinor } from './money.ts';
import { done, refuse } from './outcome.ts';
import { postingOfAdjustment } from './postings.ts';

export type DebitAdjustment = {
  itemId: string;
  changeId: string;
  /** How far the open amount moves away from zero; positive for credits, too. */
  amount: AmountMinor;
  /** A code, such as `unexplained`. */
  reason: string;
  on: Day;
};

/** Raises an item; open is then at most original and adjustments (M2). The same again is nothing. */
export const adjustDebit = (
  account: Account,
  { itemId, changeId, amount, reason, on }: DebitAdjustment,
): Decision => {
  const found = findItem(account, itemId);
  if (!found.ok) return found;
  const item = found.value;
  if (reason === '') return refuse('reason-missing', `an adjustment of ${itemId} needs a reason`);
  const early = beforeChange(item, { changeId, amount }, ({ by }) => by === 'adjustment');
  if (early) return early;
  const posting = postingOfAdjustment(item, amount);
  return done([
    { kind: 'debitAdjusted', itemId, changeId, reason, on: latestOf(on, item.postedOn), posting },
  ]);
};
