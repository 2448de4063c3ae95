/**
 * Effective partition keys and ranges, against values the SDK computes for the same keys.
 * From: keys of every kind. Next: the promises below.
 */
import { describe, expect, it } from 'vitest';
import { effectiveKey } from '../../../local/cosmos/store/epk.ts';
import type { KeyPart } from '../../../local/cosmos/store/partition-key.ts';
import { tileRanges } from '../../../local/cosmos/store/ranges.ts';

describe('effective keys', () => {
  it.each<[string, KeyPart, string]>([
    ['a letter', 'a', '3A5381E1114EB8D3FCC90795045B49B7'],
    ['an empty text', '', '32E9366E637A71B4E710384B2F4970A0'],
    [
      'a long text with umlauts',
      'longer than sixteen bytes for sure äöü',
      '1BFA06B402E84569134D48168576D5CC',
    ],
    ['a text that fills a block with its marks', 'x'.repeat(14), '2BB4ED8CE8ACD8A9CFAA9525DAA1FE77'],
    ['one', 1, '20CD98B339BA78A5D0CF6953B87070B0'],
    ['a huge number', 1e300, '1234CB21048B20039B22F11DBB13CD7B'],
    ['true', true, '0E711127C5B5A8E4726AC6DD306A3E59'],
    ['false', false, '2FE1BE91E90A3439635E0E9E37361EF2'],
    ['null', null, '378867E4430E67857ACE5C908374FE16'],
    ['nothing', undefined, '11622DAA78F835834610ABE56EFF5CB5'],
  ])('%s hashes as in the SDK', (_name, part, expected) => {
    expect(effectiveKey([part])).toBe(expected);
  });

  it('a hierarchical key begins with the hash of its prefix', () => {
    expect(effectiveKey(['a', 1])).toBe(effectiveKey(['a']) + effectiveKey([1]));
  });

  it.each([1, 3, 4, 16])('%i ranges cover everything without a gap', (count) => {
    const ranges = tileRanges(count);
    expect([ranges[0]?.min, ranges.at(-1)?.max, ranges.length]).toEqual(['', 'FF', count]);
    for (const [index, range] of ranges.slice(1).entries()) expect(range.min).toBe(ranges[index]?.max);
  });
});
