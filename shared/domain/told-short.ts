/**
 * What a journal posted beside a payment, read as it was told: the discount it granted, the rest it settled otherwise
 * and why. What is missing beyond both stays ordinary debt.
 * From: allocation rows of a journal whose book is kept here. Next: `post-difference.ts`.
 */
import type { AccountItem } from './account.ts';
import type { AllocationLine } from './allocation-input.ts';
import type { Day } from './calendar.ts';
import { smaller, subtract, sum, zero, type AmountMinor } from './money.ts';
import type { Reading, ShortPaymentPolicy } from './short-payment-input.ts';
import { codeOfReason, readShortPayment } from './short-payment.ts';

/** `item.open` as it was before the payment. Undefined where nothing was told of it. */
export const toldReadings = (
  item: AccountItem,
  line: AllocationLine,
  paidOn: Day,
  policy: ShortPaymentPolicy,
): Reading[] | undefined => {
  const { discount = zero, difference = zero, amount: paid } = line;
  if (discount <= 0 && difference <= 0) return undefined;
  const missing = subtract(item.open, paid);
  const granted = smaller(discount, missing);
  const settled = smaller(difference, subtract(missing, granted));
  const stays = subtract(missing, sum(granted, settled));
  return [
    ...(granted > 0 ? [{ reads: 'discount-told', discount: granted } as const] : []),
    ...(settled > 0 ? [differenceOf(item, line, { paidOn, settled }, policy)] : []),
    ...(stays > 0 ? [{ reads: 'part-payment', stays } as const] : []),
  ];
};

/** A bank's charge is one within its limits; without a reason it is read as any short payment. */
const differenceOf = (
  { currency }: AccountItem,
  { amount: paid, reason = '', claimNumber }: AllocationLine,
  { paidOn, settled }: { paidOn: Day; settled: AmountMinor },
  policy: ShortPaymentPolicy,
): Reading => {
  const word = reason.trim().toUpperCase();
  if (word === 'WHT')
    return { reads: 'tax-withheld', withheld: settled, code: 'WHT', certificateDays: policy.certificateDays };
  const code = codeOfReason(reason, policy);
  const claimed = { reads: 'claimed-deduction', deduction: settled, code } as const;
  if (word !== '' && word !== 'BANK')
    return claimNumber === undefined ? claimed : { ...claimed, claimNumber };
  const short = readShortPayment(
    {
      ...{ item: { open: sum(paid, settled), currency, discountTiers: [] }, paid, paidOn, credits: [] },
      ...{ withholdingRates: [], isCrossBorder: word === 'BANK', saidPartPayment: false, hasPlan: false },
    },
    policy,
  );
  // journals say what was settled: it does not stay ordinary debt
  return short.ok && short.value.reads !== 'part-payment' ? short.value : claimed;
};
