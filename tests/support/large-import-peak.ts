/**
 * The most memory that phases 1 and 2 of an import of so many rows ever take, in a process of its own with a heap so
 * small that what is kept for each row ends it.
 * From: the import bench and the test of flat memory. Next: `large-import-run.ts`, and one number from it.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const script = join(import.meta.dirname, 'large-import-run.ts');
const smallHeap = ['--max-old-space-size=64', '--max-semi-space-size=8'];

/** Resident memory in megabytes. @throws with what the process said when it did not come to its end. */
export const peakMemoryMb = async (rows: number): Promise<number> => {
  const directory = mkdtempSync(join(tmpdir(), 'dunwell-memory-'));
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [
      ...smallHeap,
      script,
      directory,
      String(rows),
    ]);
    return Number(stdout) / 1_024;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
};
