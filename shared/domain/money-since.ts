/**
 * Money of an account that came since something was agreed on and settles nothing yet: promises and plans are kept by it,
 * though nobody allocated it.
 * From: head and items. Next: `make-promise.ts` and `payment-plan.ts` say what was there before, `run-tracks.ts` judges.
 */
import type { Account } from './account.ts';
import type { Day } from './calendar.ts';
import { provisionalOf } from './evolve.ts';
import { negate, smaller, subtract, sum, zero, type AmountMinor, type Currency } from './money.ts';

/** Money that was noted and not booked when something was agreed on: what comes to be kept came later. */
export const provisionalThen = (
  { head }: Pick<Account, 'head'>,
  currency: Currency,
): { provisionalThen?: AmountMinor } => {
  const then = head.balances[currency]?.provisional ?? zero;
  return then === 0 ? {} : { provisionalThen: then };
};

type Since = { currency: Currency; since: Day; provisionalThen?: AmountMinor };

/**
 * Money on account that came since a day and settles nothing yet, booked or noted. All open items must be at hand: what
 * is noted on none of them, and no more than came on top of what was noted before.
 */
export const onAccountSince = (
  { head, items }: Account,
  { currency, since, provisionalThen: before = zero }: Since,
): AmountMinor => {
  const all = [...items.values()].filter((one) => one.currency === currency);
  const booked = all
    .filter((one) => one.kind === 'paymentOnAccount' && one.postedOn >= since)
    .map(({ open }) => negate(open));
  const noted = head.balances[currency]?.provisional ?? zero;
  const onOpen = all.filter(({ open }) => open !== 0).map((one) => provisionalOf(one));
  const loose = subtract(noted, sum(...onOpen));
  const added = smaller(loose, subtract(noted, before));
  return sum(...booked, added > 0 ? added : zero);
};
