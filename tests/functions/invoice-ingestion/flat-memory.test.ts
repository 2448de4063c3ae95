/**
 * Ten times the rows take no more memory: phases 1 and 2 of an import, each size in a process of its own with the same
 * small heap. 30,000 and 300,000 rows, in `npm run test:long` 100,000 and 1,000,000.
 * From: an invented file on disk. Next: nothing.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const few = process.env['DUNWELL_LONG'] ? 100_000 : 30_000;
const script = join(import.meta.dirname, '../../support/large-import-run.ts');

const peakOf = (rows: number): number => {
  const directory = mkdtempSync(join(tmpdir(), 'dunwell-memory-'));
  try {
    const heap = ['--max-old-space-size=160', '--max-semi-space-size=8'];
    return Number(
      execFileSync(process.execPath, [...heap, script, directory, String(rows)], { encoding: 'utf8' }),
    );
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
};

it(`${10 * few} rows take at most 1.2 times the memory of ${few}`, { timeout: 600_000 }, () => {
  const [peak, ofTenTimes] = [peakOf(few), peakOf(10 * few)];
  expect(peak).toBeGreaterThan(0);
  expect(ofTenTimes / peak).toBeLessThanOrEqual(1.2);
});
