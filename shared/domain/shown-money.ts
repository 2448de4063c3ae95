/**
 * Money that a feed has shown before it arrived here: an item went down in the book, and the bank line of it comes
 * after. Such a line lowers no claim a second time; it says what the reduction was.
 * From: bank lines of ERP-led companies, reductions by feeds. Next: the item knows the receipt as confirmed.
 */
import type { Account, AccountItem, ItemChange } from './account.ts';
import { addDays, type Day } from './calendar.ts';
import { findItem, latestOf, type Decision } from './decide.ts';
import { begin, mustStep, type Steps } from './decide-steps.ts';
import { smaller, subtract, sum, zero, type AmountMinor } from './money.ts';
import { notedBefore } from './note-provisional.ts';
import { done, refuse } from './outcome.ts';
import { isCreditKind } from './postings.ts';
import { reduceItem, reopenItem } from './reduce-item.ts';

/** Calendar days by which an ERP may have booked money before the bank's value day. */
export const leadDays = 3;

/** The first day of which a feed can show the money. */
export const firstShownOn = ({ valueOn }: { valueOn: Day }): Day => addDays(valueOn, -leadDays);

const isGuess = ({ by }: ItemChange): boolean => by === 'implied' || by === 'unexplained';

/** Reductions that may have been money: by a feed that named no reason, or that named a payment. */
const isMoney = (change: ItemChange): boolean =>
  !change.isReversed && (isGuess(change) || change.by === 'payment');

const amountsOf = (all: readonly { amount: AmountMinor }[]): AmountMinor =>
  sum(zero, ...all.map(({ amount }) => amount));

/** How much a feed took off the item from a day on that no receipt is known for. */
export const shownOf = (item: AccountItem, since: Day): AmountMinor => {
  if (isCreditKind(item.kind)) return zero;
  const down = item.changes.filter(isMoney);
  const known = amountsOf(item.provisional.filter(({ state }) => state === 'confirmed'));
  const left = smaller(amountsOf(down.filter(({ on }) => on >= since)), subtract(amountsOf(down), known));
  return left > 0 ? left : zero;
};

export type ShownMoney = {
  itemId: string;
  /** Of the money in this account. */
  receiptId: string;
  amount: AmountMinor;
  on: Day;
  /** The first day on which a feed can have shown it. */
  since: Day;
};

/**
 * The receipt is known and confirmed at once: open amount and claim stay. The same again is nothing; refused where
 * less than this was shown, or other receipts have taken it.
 */
export const claimShown = (
  account: Account,
  { itemId, receiptId, amount, on, since }: ShownMoney,
): Decision => {
  const found = findItem(account, itemId);
  if (!found.ok) return found;
  const item = found.value;
  const again = notedBefore(item, receiptId, amount);
  if (again !== undefined) return again;
  const shown = shownOf(item, since);
  if (amount <= 0 || amount > shown)
    return refuse('more-than-open', `${amount} is more than the ${shown} that went off ${itemId}`);
  const day = latestOf(on, item.postedOn);
  const { currency } = item;
  const { facts } = explained(begin(account), item, receiptId, amount);
  return done([
    ...facts,
    { kind: 'provisionalNoted', itemId, receiptId, amount, currency, on: day },
    { kind: 'provisionalConfirmed', itemId, receiptId, on: day },
  ]);
};

/** What a feed gave no reason for was this payment; the days stay. */
const explained = (start: Steps, item: AccountItem, receiptId: string, whole: AmountMinor): Steps => {
  const span = item.clearedBetween === undefined ? {} : { clearedBetween: item.clearedBetween };
  const guesses = item.changes.filter((change) => !change.isReversed && isGuess(change));
  const exact = guesses.find(({ amount }) => amount === whole);
  let [steps, left] = [start, whole];
  for (const { id: changeId, amount: size, on } of exact === undefined ? guesses : [exact]) {
    const amount = smaller(size, left);
    if (amount <= 0) break;
    left = subtract(left, amount);
    const named = { itemId: item.id, amount, on };
    steps = mustStep(steps, (now) => reopenItem(now, { ...named, changeId }));
    const made = { ...named, ...span, changeId: `${receiptId}:${changeId}`, by: 'payment' } as const;
    steps = mustStep(steps, (now) => reduceItem(now, made));
  }
  return steps;
};
