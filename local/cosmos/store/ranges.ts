/**
 * Partition key ranges: how many physical partitions a container pretends to have, and what lies in each.
 * From: the `ranges` option. Next: `pkranges`, queries and feeds restricted to a range.
 */
import { badRequest } from '../refusal.ts';
import { effectiveKey } from './epk.ts';
import type { Partition } from './row.ts';

export type KeyRange = { id: string; min: string; max: string };

export const wholeRange: KeyRange = { id: '0', min: '', max: 'FF' };

/** Hashes lie in 00…3F, so the tiles are cut there; together they cover "" to "FF". */
export const tileRanges = (count: number): KeyRange[] =>
  Array.from({ length: count }, (_, index) => ({
    id: String(index),
    min: index === 0 ? '' : border(index, count),
    max: index === count - 1 ? 'FF' : border(index + 1, count),
  }));

const border = (index: number, count: number): string =>
  Math.floor((index * 0x4000) / count)
    .toString(16)
    .toUpperCase()
    .padStart(4, '0');

/** Ranges never split here. @throws Refusal 400 for an id that is not there. */
export const rangeById = (ranges: readonly KeyRange[], id: string): KeyRange => {
  const found = ranges.find((range) => range.id === id);
  if (!found) throw badRequest(`Partition key range ${id} does not exist`);
  return found;
};

export const epkOf = (partition: Partition): string => (partition.epk ??= effectiveKey(partition.key));

export const liesIn = (partition: Partition, { min, max }: KeyRange): boolean => {
  if (min === '' && max === 'FF') return true;
  const epk = epkOf(partition);
  return epk >= min && epk < max;
};

/** How many of the ranges a span of keys touches: what a cross-partition query is charged for. */
export const rangesTouched = (ranges: readonly KeyRange[], { min, max }: KeyRange): number =>
  ranges.filter((range) => range.min < max && min < range.max).length;
