/**
 * Orders that wait for an account's payment and are let go all the same: by whom, why, until when (R160).
 * From: a credit manager or an executive. Next: the head; the worklist counts a released order no more until its
 * release is over.
 */
import type { Account, AccountHead } from './account.ts';
import { daysBetween, type Day } from './calendar.ts';
import { limitIn } from './euro-limits.ts';
import type { Fact } from './facts.ts';
import type { AmountMinor, Currency } from './money.ts';
import { done, refuse, type Outcome } from './outcome.ts';

export type ReleasedOrder = {
  number: string;
  /** Who let it go: within their own limit, or without one. */
  by: string;
  on: Day;
  /** The last day it is let go. */
  untilOn: Day;
  /** The note that says why. */
  noteId: string;
};

/** Releases an account remembers, and how long one may hold. */
const mostKept = 20;
export const longestReleaseDays = 60;
/** What a credit manager lets go alone; above it an executive. */
export const managerReleaseEuroCents = 5_000_000;

export const withRelease = (head: AccountHead, order: ReleasedOrder): AccountHead => ({
  ...head,
  releasedOrders: [
    order,
    ...(head.releasedOrders ?? []).filter(({ number }) => number !== order.number),
  ].slice(0, mostKept),
});

/** The release that holds on a day; undefined when none does. */
export const releaseOn = (
  { releasedOrders = [] }: Pick<AccountHead, 'releasedOrders'>,
  orderNumber: string,
  today: Day,
): ReleasedOrder | undefined =>
  releasedOrders.find(({ number, untilOn }) => number === orderNumber && today <= untilOn);

export type ReleaseRefusal = 'above-limit' | 'release-days-wrong';

/** `hasLimit`: a credit manager's. The very same release again says nothing. */
export const releaseOrder = (
  { head }: Account,
  order: ReleasedOrder,
  { amount, currency, hasLimit }: { amount: AmountMinor; currency: Currency; hasLimit: boolean },
): Outcome<Fact[], ReleaseRefusal> => {
  const days = daysBetween(order.on, order.untilOn);
  if (days < 0 || days > longestReleaseDays)
    return refuse('release-days-wrong', `${order.untilOn} is not within ${longestReleaseDays} days.`);
  const limit = limitIn(currency, managerReleaseEuroCents);
  if (hasLimit && (!limit.ok || amount > limit.value))
    return refuse('above-limit', `${order.number} is above what a credit manager lets go alone.`);
  const known = releaseOn(head, order.number, order.on);
  const isSame = known?.untilOn === order.untilOn && known.noteId === order.noteId;
  return done(isSame ? [] : [{ kind: 'orderReleased', order, on: order.on }]);
};
