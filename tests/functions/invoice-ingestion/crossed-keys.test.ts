/**
 * One document under two accounts whose rows lie in different buckets: held, wherever they lie, and found range by
 * range of keys.
 */
import { describe, expect, it } from 'vitest';
import { findCrossedKeys } from '../../../functions/invoice-ingestion/find-crossed-keys.ts';
import { bucketOf, bucketsFor, keyRangesOf } from '../../../shared/domain/buckets.ts';
import { everything } from '../../support/test-edge.ts';
import { createWorld } from './world.ts';

const columns = 'invoice_number,customer_number,customer_name,issue_date,due_date,currency,amount,filler';
const filler = 'x'.repeat(10_000);
const line = (number: string, account: string): string =>
  `${number},${account},Name,2026-10-01,2026-11-01,EUR,10.00,${filler}`;

/** 1,750 rows of 17 MB: 8 buckets, 2 ranges of keys. */
const rows = 1_750;
const doubled = ['F-10', 'F-600', 'F-1200'];
const file = [
  columns,
  ...Array.from({ length: rows - doubled.length }, (_, n) => line(`F-${n}`, `C-${n % 50}`)),
  ...doubled.map((number) => line(number, 'C-other')),
  '',
].join('\n');

describe('a document under two accounts', { timeout: 60_000 }, () => {
  it('is held under both, and all others go on', async () => {
    const world = createWorld();
    const document = await world.upload(file);
    expect(document).toMatchObject({
      buckets: 8,
      counts: { rows, accepted: rows - 6, rejected: 6, repeated: 0 },
      rejectedBy: { 'conflicting-duplicate': 6 },
    });
    const held = (await world.rejected(document)).map(({ cells }) => cells['number']);
    expect(held.toSorted()).toEqual([...doubled, ...doubled].toSorted());
    expect(JSON.stringify(world.lines('/parts/'))).not.toContain('"F-600"');
  });

  it('is looked for in one step for each range of keys, none of which sees all of them', async () => {
    const world = createWorld();
    const document = await world.upload(file);
    const steps = world.sent('imports').flatMap(({ id }) => /:cross:(\d+)$/.exec(id)?.[1] ?? []);
    expect(steps).toEqual(['0', '1']);
    const sizes = [0, 1].map((range) => world.lines(`/keys/00${range}/`).length);
    expect(sizes[0]! + sizes[1]!).toBe(rows);
    expect(Math.max(...sizes)).toBeLessThan(rows * 0.6);
    expect(keyRangesOf(document.buckets)).toBe(2);
  });

  it('a step done twice leaves what it left once', async () => {
    const world = createWorld();
    const document = await world.upload(file);
    const before = world.state(document);
    for (const step of [0, 1])
      await findCrossedKeys(world.stores, everything, {
        ...document,
        progress: { ...document.progress, phase: 'cross', step },
      });
    expect(world.state(document)).toEqual(before);
  });
});

it('a small file is one range, the largest sixty-four', () => {
  expect([1, 2, 4, 8, 256].map(keyRangesOf)).toEqual([1, 1, 1, 2, 64]);
  expect(bucketOf('any', keyRangesOf(bucketsFor(1)))).toBe(0);
});
