/**
 * Money: a safe integer of minor units that knows it is one, always beside its currency.
 * From: parsers, documents, the ledger. Next: every rule that adds, splits or compares.
 * No floats: a sum that leaves the safe integers throws instead of rounding (M5 of the invariants).
 */

declare const minorUnits: unique symbol;

/** Cents, pence, yen: whole minor units of a currency that is named beside it. May be negative. */
export type AmountMinor = number & { readonly [minorUnits]: true };

/** ISO 4217, upper case. */
export type Currency = string;

export const zero = 0 as AmountMinor;

/** @throws RangeError when it is not a safe integer. */
export const amountOf = (value: number): AmountMinor => {
  if (!Number.isSafeInteger(value)) throw new RangeError(`not a whole amount of minor units: ${value}`);
  return (value === 0 ? 0 : value) as AmountMinor; // no minus zero
};

/** The sum of any number of amounts of one currency. @throws RangeError when it leaves the safe integers. */
export const sum = (...amounts: readonly AmountMinor[]): AmountMinor =>
  amounts.reduce((total, amount) => amountOf(total + amount), zero);

export const subtract = (from: AmountMinor, amount: AmountMinor): AmountMinor => amountOf(from - amount);

export const negate = (amount: AmountMinor): AmountMinor => amountOf(0 - amount);

export const smaller = (a: AmountMinor, b: AmountMinor): AmountMinor => (a < b ? a : b);

export const larger = (a: AmountMinor, b: AmountMinor): AmountMinor => (a > b ? a : b);

/**
 * Splits an amount by weights so that the parts add up to it: each part is its exact share rounded towards
 * zero, and the minor units left over go one each to the largest remainders, earlier parts first (M6).
 * @throws RangeError when no weight is positive or one is negative.
 */
export const split = (amount: AmountMinor, weights: readonly number[]): AmountMinor[] => {
  if (weights.some((weight) => !Number.isSafeInteger(weight) || weight < 0))
    throw new RangeError('weights are whole numbers of at least 0');
  const total = weights.reduce((all, weight) => all + BigInt(weight), 0n);
  if (total === 0n) throw new RangeError('at least one weight is positive');
  const size = BigInt(Math.abs(amount));
  const shares = weights.map((weight) => (size * BigInt(weight)) / total);
  const remainders = weights.map((weight, index) => ({ index, left: (size * BigInt(weight)) % total }));
  const spare = Number(size - shares.reduce((all, share) => all + share, 0n));
  const lucky = remainders.toSorted((a, b) =>
    a.left === b.left ? a.index - b.index : a.left > b.left ? -1 : 1,
  );
  for (const { index } of lucky.slice(0, spare)) shares[index]! += 1n;
  return shares.map((share) => amountOf(Number(share) * (amount < 0 ? -1 : 1)));
};
