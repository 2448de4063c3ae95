/**
 * A percent of an amount, rounded by a rule that has a name.
 * From: discount tiers, withholding, interest, provision. Next: amounts. Whole numbers only (M5).
 */
import { amountOf, type AmountMinor } from './money.ts';

/** Half a minor unit goes away from zero, as commerce rounds; or every fraction is dropped. */
export type Rounding = 'halfAwayFromZero' | 'towardsZero';

/**
 * `percentHundredths` hundredths of a percent of an amount: 200 is 2 %. The sign of the amount stays.
 * @throws RangeError when the percent is no whole number, or the result leaves the safe integers.
 */
export const percentOf = (
  amount: AmountMinor,
  percentHundredths: number,
  rounding: Rounding,
): AmountMinor => {
  const whole = 10_000n;
  const product = BigInt(amount) * BigInt(percentHundredths);
  const size = product < 0n ? -product : product;
  const rounded = rounding === 'towardsZero' ? size / whole : (2n * size + whole) / (2n * whole);
  return amountOf(Number(product < 0n ? -rounded : rounded));
};
