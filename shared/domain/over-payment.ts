/**
 * Money beyond what is open, and credits that nobody used.
 * From: what stays on account after an allocation; open credits. Next: a refund proposal (`refund.ts`), on-account
 * money, the list of aged credits. Nothing here becomes income by itself.
 */
import { daysBetween, type Day } from './calendar.ts';
import type { Item } from './item.ts';
import type { AmountMinor, Currency } from './money.ts';
import type { AccountRef } from './receipt.ts';

export type ItemPayment = {
  receiptId: string;
  account: AccountRef;
  itemId: string;
  amount: AmountMinor;
  currency: Currency;
  paidOn: Day;
};

export type OverPayment =
  | { reads: 'possible-double-payment'; firstReceiptId: string; refundProposal: AmountMinor }
  | { reads: 'on-account'; amount: AmountMinor };

/**
 * `payment` is what the payer meant for the item, `over` the part that the item does not take. The same amount
 * for the same item by another receipt at most `withinDays` apart reads as paid twice; the nearest one is named.
 */
export const readOverPayment = (
  payment: ItemPayment,
  over: AmountMinor,
  earlier: readonly ItemPayment[],
  withinDays = 60,
): OverPayment => {
  const apart = (one: ItemPayment): number => Math.abs(daysBetween(one.paidOn, payment.paidOn));
  const [nearest] = earlier
    .filter((one) => isSamePayment(one, payment) && apart(one) <= withinDays)
    .toSorted((a, b) => apart(a) - apart(b) || (a.receiptId < b.receiptId ? -1 : 1));
  return nearest && over > 0
    ? { reads: 'possible-double-payment', firstReceiptId: nearest.receiptId, refundProposal: over }
    : { reads: 'on-account', amount: over };
};

const isSamePayment = (one: ItemPayment, other: ItemPayment): boolean =>
  one.receiptId !== other.receiptId &&
  one.account.companyId === other.account.companyId &&
  one.account.accountId === other.account.accountId &&
  one.itemId === other.itemId &&
  one.currency === other.currency &&
  one.amount === other.amount;

/** Credits posted more than `days` days ago and still open, oldest first. */
export const agedCredits = <Credit extends Pick<Item, 'id' | 'open' | 'postedOn'>>(
  items: readonly Credit[],
  today: Day,
  days = 180,
): Credit[] =>
  items
    .filter(({ open, postedOn }) => open < 0 && daysBetween(postedOn, today) > days)
    .toSorted((a, b) =>
      a.postedOn === b.postedOn ? (a.id < b.id ? -1 : 1) : a.postedOn < b.postedOn ? -1 : 1,
    );
