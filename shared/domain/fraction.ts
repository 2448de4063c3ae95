/**
 * Exact fractions, so that a figure made of many amounts and days is rounded once, at its end.
 * From: rates, shares and days of other rules. Next: whole numbers of a unit that has a name, such as hundredths
 * of a day. No floats (M5).
 */

/** `bottom` is above 0. */
export type Fraction = { top: bigint; bottom: bigint };

/** @throws RangeError when the bottom is 0 or one of them is no whole number. */
export const fraction = (top: number | bigint, bottom: number | bigint = 1): Fraction => {
  if (BigInt(bottom) === 0n) throw new RangeError('a fraction of nothing');
  const sign = BigInt(bottom) < 0n ? -1n : 1n;
  return { top: BigInt(top) * sign, bottom: BigInt(bottom) * sign };
};

export const plus = (a: Fraction, b: Fraction): Fraction =>
  lowest(a.top * b.bottom + b.top * a.bottom, a.bottom * b.bottom);

export const minus = (a: Fraction, b: Fraction): Fraction => plus(a, { top: -b.top, bottom: b.bottom });

export const times = (a: Fraction, b: Fraction): Fraction => lowest(a.top * b.top, a.bottom * b.bottom);

/** Long sums would grow without end when they were not shortened. */
const lowest = (top: bigint, bottom: bigint): Fraction => {
  let [a, b] = [top < 0n ? -top : top, bottom];
  while (b !== 0n) [a, b] = [b, a % b];
  return a === 0n ? { top: 0n, bottom: 1n } : { top: top / a, bottom: bottom / a };
};

/**
 * How many `1/perUnit` it is, half away from zero: 50.956 is 5096 hundredths.
 * @throws RangeError when that is no safe integer.
 */
export const roundedTo = ({ top, bottom }: Fraction, perUnit = 1): number => {
  const size = (top < 0n ? -top : top) * BigInt(perUnit);
  const whole = Number((2n * size + bottom) / (2n * bottom));
  if (!Number.isSafeInteger(whole)) throw new RangeError(`too large a figure: ${top}/${bottom}`);
  return top < 0n && whole !== 0 ? -whole : whole;
};
