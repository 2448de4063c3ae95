/**
 * Percents of amounts: rounded by name, without floats.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amountOf } from '../../shared/domain/money.ts';
import { percentOf, type Rounding } from '../../shared/domain/percent.ts';

describe('a percent of an amount', () => {
  it.each<[number, number, Rounding, number]>([
    [10_000, 200, 'halfAwayFromZero', 200],
    [25, 200, 'halfAwayFromZero', 1],
    [24, 200, 'halfAwayFromZero', 0],
    [-25, 200, 'halfAwayFromZero', -1],
    [99, 200, 'towardsZero', 1],
    [-99, 200, 'towardsZero', -1],
    [1_005, 1_000, 'halfAwayFromZero', 101],
    [1_004, 1_000, 'halfAwayFromZero', 100],
    [-1, 30, 'halfAwayFromZero', 0],
    [1_000_000_000_000_000, 9_999, 'halfAwayFromZero', 999_900_000_000_000],
  ])('of %i at %i hundredths, rounded %s, is %i', (minor, hundredths, rounding, result) => {
    expect(percentOf(amountOf(minor), hundredths, rounding)).toBe(result);
  });

  it('is the nearest whole amount, and never further from zero than the exact one when fractions drop', () => {
    const sizes = fc.integer({ min: -(10 ** 15), max: 10 ** 15 });
    fc.assert(
      fc.property(sizes, fc.integer({ min: 0, max: 10_000 }), (minor, hundredths) => {
        const exact = BigInt(minor) * BigInt(hundredths);
        const near = BigInt(percentOf(amountOf(minor), hundredths, 'halfAwayFromZero')) * 10_000n;
        const low = BigInt(percentOf(amountOf(minor), hundredths, 'towardsZero')) * 10_000n;
        const size = (value: bigint): bigint => (value < 0n ? -value : value);
        expect(size(exact - near) <= 5_000n).toBe(true);
        if (size(exact - near) === 5_000n) expect(size(near) > size(exact)).toBe(true);
        expect(size(low) <= size(exact) && size(exact - low) < 10_000n).toBe(true);
      }),
      { numRuns: 10_000 },
    );
  });

  it('refuses a percent that is no whole number of hundredths, and a result that is not safe', () => {
    expect(() => percentOf(amountOf(100), 0.5, 'towardsZero')).toThrow(RangeError);
    expect(() => percentOf(amountOf(Number.MAX_SAFE_INTEGER), 20_000, 'towardsZero')).toThrow(RangeError);
  });
});
