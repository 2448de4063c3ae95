/**
 * The invented series that the walk's tests share, and how they read what came of it.
 * From: `tests/support/series.ts`. Next: the tests beside this file; each has a process of its own.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Progress } from '../../scripts/walk/progress.ts';
import type { WalkResults } from '../../scripts/walk/results.ts';
import { dayAfter, inventClosed, openOn, writeSnapshot, type Closed } from '../support/series.ts';

const firstOn = '2026-02-20';
export const closed = inventClosed(20261122, firstOn, 14, 420);
export const nights = Array.from({ length: 26 }, (_, index) => dayAfter(firstOn, index));
export const silent: Progress = { at: () => undefined, end: () => undefined };

/** A directory with a file for each night and what it must come to. */
export const writeSeries = (): string => {
  const directory = mkdtempSync(join(tmpdir(), 'dunwell-series-'));
  for (const day of nights) writeSnapshot(directory, day, openOn(closed, day));
  return directory;
};

export const itemOf = (results: WalkResults, { account, number }: Closed) =>
  results.items.filter((item) => item.account === account && item.number === number);
