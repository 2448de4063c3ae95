/**
 * Why a payment is short, before it becomes a deduction: the tests of `defaults.md` §3.2, the first that fits.
 * From: a line of an `Allocation` below what is open. Next: the account's entries, a case, or nothing.
 * Percents are of what was open before the payment.
 */
import { limitFactors, limitIn } from './euro-limits.ts';
import { discountOn } from './discount.ts';
import { subtract, type AmountMinor } from './money.ts';
import { done, refuse, type Outcome } from './outcome.ts';
import { percentOf } from './percent.ts';
import type { Reading, ShortPayment, ShortPaymentPolicy } from './short-payment-input.ts';

export const defaultShortPaymentPolicy: ShortPaymentPolicy = {
  graceDays: 3,
  discountSlackCents: 2,
  lateDiscountCents: 1_000,
  withholdingSlack: 50,
  certificateDays: 60,
  bankCharge: { cents: 3_500, percent: 1_000 },
  smallest: { cents: 100, percent: 1_000 },
  small: { cents: 500, percent: 50 },
  partPercent: 2_000,
  reviewCents: 2_500,
  codes: {},
  factors: limitFactors,
};

/** What a test sees: the payment, what is missing, the policy, and limits in the item's currency. */
export type Case = {
  payment: ShortPayment;
  missing: AmountMinor;
  policy: ShortPaymentPolicy;
  limit: (euroCents: number) => AmountMinor;
};

type Test = (one: Case) => Reading | undefined;

/** The reading of a payment that is less than its item; every amount is in the item's currency. */
export const readShortPayment = (
  payment: ShortPayment,
  policy: ShortPaymentPolicy = defaultShortPaymentPolicy,
): Outcome<Reading, 'payment-not-short' | 'limits-lack-currency'> => {
  const { item, paid } = payment;
  const missing = subtract(item.open, paid);
  if (paid <= 0 || missing <= 0) return refuse('payment-not-short', `${paid} paid on ${item.open} open`);
  const unit = limitIn(item.currency, 0, policy.factors);
  if (!unit.ok) return unit;
  const limit = (euroCents: number): AmountMinor => {
    const inCurrency = limitIn(item.currency, euroCents, policy.factors);
    return inCurrency.ok ? inCurrency.value : unit.value;
  };
  const one: Case = { payment, missing, policy, limit };
  for (const test of tests) {
    const reading = test(one);
    if (reading) return done(reading);
  }
  return done(unexplained(one));
};

/** Within a tier and its grace, no more than the discount. */
const discountTaken: Test = ({ payment, missing, policy, limit }) => {
  const discount = discountOn(payment.item, payment.paidOn, policy.graceDays);
  return discount > 0 && missing <= discount + limit(policy.discountSlackCents)
    ? { reads: 'discount-taken', discount: missing }
    : undefined;
};

/** Just the discount of a tier that is over; what a later tier still grants is granted. */
const discountLate: Test = ({ payment, missing, policy, limit }) => {
  const { item, paidOn } = payment;
  const isTier = item.discountTiers.some(
    ({ percentHundredths }) =>
      percentHundredths > 0 &&
      Math.abs(missing - percentOf(item.open, percentHundredths, 'halfAwayFromZero')) <=
        limit(policy.discountSlackCents),
  );
  if (!isTier) return undefined;
  const discount = discountOn(item, paidOn, policy.graceDays);
  const unearned = subtract(missing, discount);
  return unearned >= limit(policy.lateDiscountCents)
    ? { reads: 'discount-late', discount, deduction: unearned, code: 'DISC' }
    : { reads: 'discount-tolerated', discount, tolerated: unearned };
};

/** A rate of the account, of the amount with or without tax, half a point up or down. */
const taxWithheld: Test = ({ payment, missing, policy }) => {
  const { open, tax } = payment.item;
  const bases = tax === undefined || tax <= 0 || tax >= open ? [open] : [open, subtract(open, tax)];
  const fits = payment.withholdingRates.some(
    (rate) => rate > 0 && bases.some((base) => isRateOf(missing, base, rate, policy.withholdingSlack)),
  );
  return fits
    ? { reads: 'tax-withheld', withheld: missing, code: 'WHT', certificateDays: policy.certificateDays }
    : undefined;
};

const isRateOf = (part: number, base: number, rate: number, slack: number): boolean => {
  const off = BigInt(part) * 10_000n - BigInt(base) * BigInt(rate);
  return (off < 0n ? -off : off) <= BigInt(base) * BigInt(slack);
};

const retentionKept: Test = ({ payment, missing }) =>
  payment.item.retention?.amount === missing ? { reads: 'retention-kept', retained: missing } : undefined;

/** All open credits of just this amount, for a person to choose from. */
const creditTaken: Test = ({ payment, missing }) => {
  const creditIds = payment.credits.filter(({ open }) => open + missing === 0).map(({ id }) => id);
  return creditIds.length > 0
    ? { reads: 'credit-taken', creditIds: creditIds.toSorted(), proposed: missing }
    : undefined;
};

const bankCharge: Test = (one) =>
  one.payment.isCrossBorder && isWithin(one, one.policy.bankCharge)
    ? { reads: 'bank-charge', writtenOff: one.missing }
    : undefined;

const smallDifference: Test = (one) =>
  isWithin(one, one.policy.smallest) || isWithin(one, one.policy.small)
    ? { reads: 'small-difference', writtenOff: one.missing }
    : undefined;

const isWithin = ({ payment, missing, limit }: Case, bound: { cents: number; percent: number }): boolean =>
  missing <= limit(bound.cents) && !isMoreThan(missing, payment.item.open, bound.percent);

const isMoreThan = (part: number, whole: number, percent: number): boolean =>
  BigInt(part) * 10_000n > BigInt(whole) * BigInt(percent);

/** The code of a case that a payer's word is mapped to; `OTHER` where nobody has. */
export const codeOfReason = (reason: string, { codes }: Pick<ShortPaymentPolicy, 'codes'>): string =>
  codes[reason.trim().toUpperCase()] ?? 'OTHER';

/** A reason or a claim number was given; a reason nobody mapped is `OTHER`. */
const claimedDeduction: Test = ({ payment, missing, policy }) => {
  const { reason, claimNumber } = payment;
  if (!reason && !claimNumber) return undefined;
  const code = codeOfReason(reason ?? '', policy);
  return { reads: 'claimed-deduction', deduction: missing, code, ...(claimNumber ? { claimNumber } : {}) };
};

const partPayment: Test = ({ payment, missing, policy }) => {
  const isLarge = BigInt(missing) * 10_000n >= BigInt(payment.item.open) * BigInt(policy.partPercent);
  return isLarge || payment.hasPlan || payment.saidPartPayment
    ? { reads: 'part-payment', stays: missing }
    : undefined;
};

const unexplained = ({ missing, policy, limit }: Case): Reading => ({
  reads: 'unexplained-deduction',
  deduction: missing,
  code: 'OTHER',
  handling: missing < limit(policy.reviewCents) ? 'monthly-review' : 'coded-by-clerk',
});

/** In the order of `defaults.md` §3.2. */
const tests: readonly Test[] = [
  discountTaken,
  discountLate,
  taxWithheld,
  retentionKept,
  creditTaken,
  bankCharge,
  smallDifference,
  claimedDeduction,
  partPayment,
];
