/**
 * Months stopped at random points, set back to a random moment before and lived on to the end: no mail goes out again (D17,
 * drill L10).
 */
import { expect, it } from 'vitest';
import { restoreMonth } from './restored-month.ts';

const runs = process.env['DUNWELL_LONG'] === '1' ? 50 : 8;

it(`${runs} months whose database is set back: nobody gets a mail twice`, async () => {
  const all = { forgotten: 0, found: 0 };
  for (let seed = 1; seed <= runs; seed += 1) {
    const { forgotten, found } = await restoreMonth({ seed });
    all.forgotten += forgotten;
    all.found += found;
  }
  expect(all.forgotten).toBeGreaterThan(runs);
  expect(all.found).toBe(all.forgotten);
}, 600_000);
