/**
 * Early-payment discounts: what may be taken off, until which day.
 * From: the tiers of an item. Next: the portal's sum to pay, the ladder, the reading of a short payment.
 */
import { addDays, type Day } from './calendar.ts';
import type { Item } from './item.ts';
import { amountOf, subtract, zero, type AmountMinor } from './money.ts';

type Discounted = Pick<Item, 'open' | 'discountTiers'>;

/** A percent in hundredths of an amount, half a minor unit rounded away from zero. */
export const percentOf = (amount: AmountMinor, percentHundredths: number): AmountMinor => {
  const size = (BigInt(Math.abs(amount)) * BigInt(percentHundredths) * 2n + 10_000n) / 20_000n;
  return amountOf(Number(size) * (amount < 0 ? -1 : 1));
};

/** The largest discount on what is open that a payment of this value day earns; 0 when none. */
export const discountOn = (item: Discounted, paidOn: Day, graceDays: number): AmountMinor =>
  item.discountTiers
    .filter(({ untilOn }) => paidOn <= addDays(untilOn, graceDays))
    .map(({ percentHundredths }) => percentOf(item.open, percentHundredths))
    .reduce((most, discount) => (discount > most ? discount : most), zero);

/** What the portal asks on a day: net of the discount until its last day, without grace. */
export const sumToPay = (item: Discounted, on: Day): AmountMinor =>
  subtract(item.open, discountOn(item, on, 0));
