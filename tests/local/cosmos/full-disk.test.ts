/** A disk that is full: nothing is said to be there that a crash would take back. */
import { mkdtempSync, rmSync } from 'node:fs';
import type * as FileSystem from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { signedFetch } from './raw-request.ts';
import { isLocal, startUnderTest } from './under-test.ts';

const disk = vi.hoisted(() => ({ isFull: false }));

vi.mock('node:fs', async (importOriginal) => {
  const fs = await importOriginal<typeof FileSystem>();
  const writeSync = (fd: number, bytes: Buffer): number => {
    if (disk.isFull) throw new Error('ENOSPC: no space left on device, write');
    return fs.writeSync(fd, bytes);
  };
  return { ...fs, writeSync };
});

it.runIf(isLocal)('neither a create nor the conflict with it is answered before it is on disk', async () => {
  const stateDir = mkdtempSync(join(tmpdir(), 'cosmos-full-'));
  const under = await startUnderTest({ stateDir });
  const create = async () =>
    (
      await signedFetch(under, {
        method: 'POST',
        container: 'notes',
        key: ['o'],
        body: '{"id":"a","owner":"o"}',
      })
    ).status;
  disk.isFull = true;
  expect([await create(), await create()]).toEqual([500, 500]);
  disk.isFull = false;
  expect(await create()).toBe(409);
  await under.close();
  const again = await startUnderTest({ stateDir });
  expect((await again.container('notes').item('a', 'o').read()).statusCode).toBe(200);
  await again.close();
  rmSync(stateDir, { recursive: true });
});
