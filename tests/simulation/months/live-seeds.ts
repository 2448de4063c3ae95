/**
 * How many months the tests live, and which: half of the seeds in each of two files, so that both cores are at work.
 * From: `DUNWELL_LONG`. Next: `months-erp-led.test.ts` (odd seeds), `months-dunwell-led.test.ts` (even ones).
 */
import { expect, it } from 'vitest';
import { liveMonth } from './run-month.ts';

const seeds = process.env['DUNWELL_LONG'] === '1' ? 1_000 : 200;
const atATime = 20;

/** Each test is so many months; a month that breaks says its seed and how to see it again. */
export const liveSeeds = (first: 1 | 2): void => {
  for (let from = first; from <= seeds; from += 2 * atATime) {
    const all = Array.from({ length: atATime }, (_, n) => from + 2 * n).filter((seed) => seed <= seeds);
    it(`months of seeds ${all[0]} to ${all.at(-1)}: nothing is broken after any step, and all settles`, async () => {
      let [mails, agreed] = [0, 0];
      for (const seed of all) {
        const lived = await liveMonth({ seed });
        mails += lived.mails;
        agreed += lived.agreed;
      }
      // a month in which nothing happens shows nothing
      expect(mails).toBeGreaterThan(20 * all.length);
      expect(agreed).toBeGreaterThan(10 * all.length);
    }, 600_000);
  }
};
