/**
 * `npm test`: everything CI runs. First `check`, house rules with it, then all other tests, whose summary comes last.
 * From: the working tree; `--long` asks for the larger counts (tests read `DUNWELL_LONG`). Next: exit code 0
 * when all passed; 1 when something failed or the whole took over 45 minutes.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root, vitest } from './steps/tools.ts';

const longestMs = 45 * 60_000;
const isLong = process.argv.includes('--long');
const startedAtMs = performance.now();
const seconds = (): string => `${((performance.now() - startedAtMs) / 1000).toFixed(1)} s`;

/** Runs Node on these arguments with our own output; the long run has no limit. Resolves to the exit code. */
const run = (args: string[]): Promise<number> =>
  new Promise((resolve, reject) => {
    const env = isLong ? { ...process.env, DUNWELL_LONG: '1' } : process.env;
    const child = spawn(process.execPath, args, { cwd: root, env, stdio: 'inherit' });
    const leftMs = longestMs - (performance.now() - startedAtMs);
    const overdue = setTimeout(() => child.kill(), leftMs);
    if (isLong) clearTimeout(overdue);
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(overdue);
      resolve(code ?? 1);
    });
  });

const steps: [string, string[]][] = [
  ['check', [join(import.meta.dirname, 'check.ts')]],
  ['tests', [vitest, 'run', '--project', '!house']],
];

for (const [name, args] of steps) {
  console.log(`══ ${name} (${seconds()} since the start)`);
  process.exitCode = await run(args);
  if (!isLong && performance.now() - startedAtMs >= longestMs) {
    console.error(`══ over 45 minutes in "${name}": make the tests faster or move counts to test:long`);
    process.exitCode = 1;
  }
  if (process.exitCode !== 0) break;
}
