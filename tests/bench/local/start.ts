/**
 * How long `npm start` takes until it is ready, and what it holds in memory with nothing in it.
 * From: `npm run bench -- local`. Next: the table. The limit beside it is an empty Node process.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLocalProcess } from '../../support/local-process.ts';
import { percentile, timedMs, type Bench } from '../kit.ts';

const runs = 3;

/** Resident memory of a process, in megabytes. */
const residentMB = (processId: number): number =>
  Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${processId}/status`, 'utf8'))?.[1]) / 1024;

const startOnce = async (): Promise<{ readyMs: number; endMs: number; memoryMB: number }> => {
  const stateDir = mkdtempSync(join(tmpdir(), 'dunwell-bench-'));
  const local = startLocalProcess(['--state', stateDir]);
  const readyMs = await timedMs(() => local.ready);
  const memoryMB = residentMB(local.child.pid!);
  const endMs = await timedMs(() => local.end('SIGTERM'));
  rmSync(stateDir, { recursive: true, force: true });
  return { readyMs, endMs, memoryMB };
};

const emptyProcess = async (): Promise<void> => {
  await once(spawn(process.execPath, ['-e', '0']), 'close');
};

export const startBench: Bench = {
  name: 'start',
  run: async () => {
    const limitMs = await timedMs(emptyProcess);
    const measured: Awaited<ReturnType<typeof startOnce>>[] = [];
    for (let run = 0; run < runs; run += 1) measured.push(await startOnce());
    const median = (key: 'readyMs' | 'endMs' | 'memoryMB') =>
      percentile(
        measured.map((one) => one[key]),
        0.5,
      );
    const [readyMs, endMs, memoryMB] = [median('readyMs'), median('endMs'), median('memoryMB')];
    return [
      {
        job: 'npm start until ready, state on disk',
        figure: readyMs,
        unit: 'ms',
        target: '≤ 10,000',
        met: readyMs <= 10_000,
        limit: limitMs,
      },
      { job: 'SIGTERM until gone', figure: endMs, unit: 'ms', target: '≤ 3,000', met: endMs <= 3_000 },
      { job: 'memory of everything when ready', figure: memoryMB, unit: 'MB' },
    ];
  },
};
