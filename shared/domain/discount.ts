/**
 * Early-payment discounts: what may be taken off, until which day.
 * From: the tiers of an item. Next: the portal's sum to pay, the ladder, the reading of a short payment.
 */
import { addDays, type Day } from './calendar.ts';
import type { Item } from './item.ts';
import { subtract, zero, type AmountMinor } from './money.ts';
import { percentOf } from './percent.ts';

type Discounted = Pick<Item, 'open' | 'discountTiers'>;

/** The largest discount on what is open that a payment of this value day earns; 0 when none. */
export const discountOn = (item: Discounted, paidOn: Day, graceDays: number): AmountMinor =>
  item.discountTiers
    .filter(({ untilOn }) => paidOn <= addDays(untilOn, graceDays))
    .map(({ percentHundredths }) => percentOf(item.open, percentHundredths, 'halfAwayFromZero'))
    .reduce((most, discount) => (discount > most ? discount : most), zero);

/** What the portal asks on a day: net of the discount until its last day, without grace. */
export const sumToPay = (item: Discounted, on: Day): AmountMinor =>
  subtract(item.open, discountOn(item, on, 0));

/** What settles an invoice within a tier; half a unit is rounded to the customer's good. */
export const afterDiscount = (original: AmountMinor, percentHundredths: number): AmountMinor =>
  subtract(original, Math.ceil((original * percentHundredths) / 10_000) as AmountMinor);
