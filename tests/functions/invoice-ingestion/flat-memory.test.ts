/**
 * Ten times the rows take no more memory: phases 1 and 2 of an import, each size in a process of its own with the same
 * small heap. 30,000 and 300,000 rows, in `npm run test:long` 100,000 and 1,000,000.
 * From: an invented file on disk. Next: nothing.
 */
import { expect, it } from 'vitest';
import { peakMemoryMb } from '../../support/large-import-peak.ts';

const few = process.env['DUNWELL_LONG'] ? 100_000 : 30_000;

it(`${10 * few} rows take at most 1.2 times the memory of ${few}`, { timeout: 600_000 }, async () => {
  const peak = await peakMemoryMb(few);
  expect(peak).toBeGreaterThan(0);
  expect((await peakMemoryMb(10 * few)) / peak).toBeLessThanOrEqual(1.2);
});
