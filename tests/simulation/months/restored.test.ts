/**
 * Months stopped at random points, set back to a random moment before and lived on to the end: no mail goes out again (D17,
 * drill L10).
 */
import { expect, it } from 'vitest';
import { restoreMonth } from './restored-month.ts';

/** Seed 17: an invoice that went into a lost mail comes into the book again after IT first said that it was complete. */
const seeds =
  process.env['DUNWELL_LONG'] === '1'
    ? Array.from({ length: 50 }, (_, n) => n + 1)
    : [1, 2, 3, 4, 5, 6, 7, 17];

it(`${seeds.length} months whose database is set back: nobody gets a mail twice`, async () => {
  const all = { forgotten: 0, found: 0 };
  for (const seed of seeds) {
    const { forgotten, found } = await restoreMonth({ seed });
    all.forgotten += forgotten;
    all.found += found;
  }
  expect(all.forgotten).toBeGreaterThan(seeds.length);
  expect(all.found).toBe(all.forgotten);
}, 600_000);
