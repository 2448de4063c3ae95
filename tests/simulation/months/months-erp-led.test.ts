/**
 * Random months of companies whose ERP keeps the book: files, wires, portal, staff, mail, and all that can go wrong (D1, D2, D4 to D16).
 */
import { expect, it } from 'vitest';
import { liveSeeds } from './live-seeds.ts';
import { liveMonth } from './run-month.ts';

liveSeeds(1);

it('the same seed is the same month, to the last mail', async () => {
  expect((await liveMonth({ seed: 3 })).trace).toBe((await liveMonth({ seed: 3 })).trace);
}, 60_000);
