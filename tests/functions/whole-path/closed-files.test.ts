/**
 * No reader opens a file or a connection beyond the bytes it is given (I9): every shared file is uploaded in a process
 * that is allowed to read the code alone, and that notes what it is asked for.
 * From: files beside the repository, read here; skipped with a message where they are absent. Next: nothing.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Locked, LockedUpload } from '../../support/locked-readers.ts';
import {
  areHere,
  bodyOf,
  bytesOf,
  classes,
  uploadsOf,
  type SharedUpload,
} from '../../support/shared-files.ts';

const root = join(import.meta.dirname, '../../..');
const script = join(root, 'tests/support/locked-readers.ts');

const lineOf = ({ file, as }: SharedUpload): string =>
  `${JSON.stringify({ body: bodyOf(as), base64: bytesOf(file).toString('base64') } satisfies LockedUpload)}\n`;

const locked = (lines: readonly string[]): Locked => {
  const forbidden = join(root, '../shared/corpora');
  const lock = ['--permission', `--allow-fs-read=${root}`];
  const { stdout, stderr, status } = spawnSync(process.execPath, [...lock, script, forbidden], {
    input: lines.join(''),
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`the locked process ended with ${status}:\n${stderr}`);
  return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as Locked;
};

describe.runIf(areHere)('a reader', () => {
  it('asks for no file and no connection, whatever it is given', { timeout: 120_000 }, () => {
    const uploads = classes.flatMap(uploadsOf);
    const { states, tried, forbidden } = locked(uploads.map(lineOf));
    expect(forbidden).toBe('ERR_ACCESS_DENIED');
    expect(tried).toEqual([]);
    expect(Object.values(states).reduce((sum, count) => sum + count, 0)).toBe(uploads.length);
    expect(Object.keys(states).toSorted()).toEqual(['done', 'refused']);
  });
});
