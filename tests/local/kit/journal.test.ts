/** What the journal promises when the disk is full, and after it was closed. */
import { mkdtempSync, openSync, readFileSync, rmSync, writeFileSync, closeSync } from 'node:fs';
import type * as FileSystem from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openJournal } from '../../../local/kit/journal.ts';

const disk = vi.hoisted(() => ({ isFull: false }));

vi.mock('node:fs', async (importOriginal) => {
  const fs = await importOriginal<typeof FileSystem>();
  const writeSync = (fd: number, bytes: Buffer, at = 0): number => {
    if (!disk.isFull) return fs.writeSync(fd, bytes, at);
    if (bytes.length - at > 5) return fs.writeSync(fd, bytes, at, 5);
    throw new Error('ENOSPC: no space left on device, write');
  };
  return { ...fs, writeSync };
});

let dir: string;
let file: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'journal-'));
  file = join(dir, 'some.jsonl');
});

afterEach(() => {
  disk.isFull = false;
  rmSync(dir, { recursive: true, force: true });
});

const readBack = (): unknown[] => {
  const found: unknown[] = [];
  openJournal(file, (record: unknown) => found.push(record)).close();
  return found;
};

describe('a full disk', () => {
  it('refuses the flush, leaves no torn line in the middle, and keeps what waited for the next flush', async () => {
    const journal = openJournal(file, () => undefined);
    journal.append({ n: 1 });
    await journal.flush();
    disk.isFull = true;
    journal.append({ n: 2 });
    await expect(journal.flush()).rejects.toThrow('ENOSPC');
    disk.isFull = false;
    journal.append({ n: 3 });
    await journal.flush();
    journal.close();
    expect(readBack()).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
  });

  it('during a compaction leaves the file as it was, still open for the next record', async () => {
    const journal = openJournal(file, () => undefined);
    journal.append({ n: 1 });
    await journal.flush();
    disk.isFull = true;
    expect(() => journal.rewrite([{ n: 'all anew' }])).toThrow('ENOSPC');
    disk.isFull = false;
    expect(journal.lines()).toBe(1);
    journal.append({ n: 2 });
    await journal.flush();
    journal.close();
    expect(readBack()).toEqual([{ n: 1 }, { n: 2 }]);
  });
});

it('a record that comes after the close is lost, as after a kill, and reaches no other file', async () => {
  const journal = openJournal(file, () => undefined);
  journal.close();
  const other = join(dir, 'other.txt');
  writeFileSync(other, '');
  const fd = openSync(other, 'a'); // takes the number the journal had
  journal.append({ n: 1 });
  await journal.flush();
  closeSync(fd);
  expect(readFileSync(other, 'utf8')).toBe('');
});
