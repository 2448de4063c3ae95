/**
 * Attempts: work rests longer each time and never returns all at once.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { restSeconds, spreadOf } from '../../shared/domain/attempts.ts';

it('work rests 10, 20, 40 … 640 seconds, and no longer after that', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 8].map((attempt) => restSeconds(attempt, 0))).toEqual([
    10, 20, 40, 80, 160, 320, 640, 640,
  ]);
});

it('a spread adds at most a quarter, and the same work always rests the same', () => {
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: 1, max: 20 }), (id, attempt) => {
      const rest = restSeconds(attempt, spreadOf(id));
      expect(rest).toBeGreaterThanOrEqual(restSeconds(attempt, 0));
      expect(rest).toBeLessThanOrEqual(restSeconds(attempt, 0) * 1.25 + 1);
      expect(rest).toBe(restSeconds(attempt, spreadOf(id)));
    }),
  );
});

it('different work is spread over the whole range', () => {
  const spreads = Array.from({ length: 1_000 }, (_, index) => spreadOf(`message ${index}`));
  const quarters = [0, 0.25, 0.5, 0.75].map(
    (from) => spreads.filter((one) => one >= from && one < from + 0.25).length,
  );
  for (const count of quarters) expect(count).toBeGreaterThan(150);
});
