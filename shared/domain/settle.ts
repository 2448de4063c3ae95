/**
 * What letting a payment and letting a credit settle an item have in common.
 * From: `apply-payment.ts`, `allocate-credit.ts`. Next: their facts.
 */
import { sizeOf, type Account, type AccountItem } from './account.ts';
import type { Day } from './calendar.ts';
import { beforeChange, findItem, latestOf, type Decision } from './decide.ts';
import type { Fact } from './facts.ts';
import type { ClearingSpan, ItemKind } from './item.ts';
import type { AmountMinor } from './money.ts';
import { done, refuse } from './outcome.ts';
import { isCreditKind, postingOfSettlement, type Posting } from './postings.ts';

export type Settlement = {
  /** The payment or credit that gives. */
  from: string;
  /** The item that is settled. */
  itemId: string;
  /** Derived from what caused it, so that the same cause settles once. */
  changeId: string;
  amount: AmountMinor;
  on: Day;
  /** Where only two snapshots tell when. */
  clearedBetween?: ClearingSpan;
};

type SettledChange = {
  itemId: string;
  changeId: string;
  on: Day;
  posting: Posting;
  clearedBetween?: ClearingSpan;
};

/** Decides a settlement; `toFact` words it. */
export const settle = (
  account: Account,
  { from, itemId, changeId, amount, on, clearedBetween }: Settlement,
  kindOfGiver: ItemKind,
  toFact: (change: SettledChange) => Fact,
): Decision => {
  const [giving, taking] = [findItem(account, from), findItem(account, itemId)];
  if (!giving.ok) return giving;
  if (!taking.ok) return taking;
  const [giver, item] = [giving.value, taking.value];
  const early =
    kindsRefused(giver, item, kindOfGiver) ??
    beforeChange(item, { changeId, amount }, (change) => change.from === from, sizeOf(item.open));
  if (early) return early;
  if (amount > sizeOf(giver.open))
    return refuse('more-than-left', `${amount} is more than the ${sizeOf(giver.open)} left of ${from}`);
  const posting = postingOfSettlement(giver, item, amount);
  const change = { itemId, changeId, on: latestOf(on, item.postedOn, giver.postedOn), posting };
  return done([toFact({ ...change, ...(clearedBetween === undefined ? {} : { clearedBetween }) })]);
};

const kindsRefused = (giver: AccountItem, item: AccountItem, kindOfGiver: ItemKind): Decision | undefined => {
  if (giver.kind !== kindOfGiver) return refuse('kind-not-right', `${giver.id} is a ${giver.kind}`);
  if (isCreditKind(item.kind))
    return refuse('kind-not-right', `${item.id} is a ${item.kind} and owes nothing`);
  return giver.currency === item.currency
    ? undefined
    : refuse('currency-differs', `${giver.currency} cannot settle ${item.currency}`);
};
