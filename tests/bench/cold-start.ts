/**
 * What a cold start reads: the bundle's size, how long an app takes to load and register above an empty process, how long
 * until a call that comes at once is answered, and how large the package is that is deployed.
 * From: `npm run build` into a folder of its own. Next: lines with the targets of the architecture.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { largestBytes, makePackage } from '../../scripts/build/bundle.ts';
import { firstCall, registeredFunctions, type FirstCall } from '../../scripts/build/registered-functions.ts';
import { topology } from '../../shared/contracts/topology.ts';
import { percentile, type Bench, type BenchLine } from './kit.ts';

const runs = 5;
const mebibyte = 1024 * 1024;

/** As a ZIP packs them, file by file; maps stay here. */
const packedBytes = (directory: string): number =>
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.map'))
    .reduce(
      (sum, { parentPath, name }) => sum + deflateRawSync(readFileSync(join(parentPath, name))).length,
      0,
    );

const medianOf = async (measure: () => Promise<number>): Promise<number> => {
  const times: number[] = [];
  for (let run = 0; run < runs; run += 1) times.push(await measure());
  return percentile(times, 0.5);
};

const loadMsOf = (file: string, app: string): Promise<number> =>
  medianOf(async () => (await registeredFunctions(file, app)).loadMs);

/** Refused for want of a sign-in, so that no service is waited for: what is left is the code the call needs. */
const calls: Readonly<Record<string, FirstCall>> = {
  staff: { name: 'read-account', path: '/api/accounts/c/a', params: { company: 'c', account: 'a' } },
  portal: { name: 'read-link', path: '/api/portal/link', params: {} },
};

const firstCallMsOf = (file: string, app: string, call: FirstCall): Promise<number> =>
  medianOf(async () => (await firstCall(file, app, call)).answer.afterMs);

const most = (job: string, figure: number, unit: string, limit: number): BenchLine => ({
  ...{ job, figure, unit, target: `≤ ${limit}`, met: figure <= limit },
});

export const coldStartBench: Bench = {
  name: 'cold-start',
  run: async () => {
    const directory = mkdtempSync(join(tmpdir(), 'dunwell-bench-dist-'));
    try {
      const { file, bytes } = await makePackage(directory);
      const lines = [
        most('the bundle, dist/main.cjs with its parts', bytes / mebibyte, 'MB', largestBytes / mebibyte),
        most('the package as it is deployed, packed', packedBytes(directory) / mebibyte, 'MB', 15),
      ];
      for (const app of Object.keys(topology.apps))
        lines.push(most(`functions of ${app} registered`, await loadMsOf(file, app), 'ms', 200));
      for (const [app, call] of Object.entries(calls))
        lines.push({
          job: `${app} answers a call that comes at once`,
          figure: await firstCallMsOf(file, app, call),
          unit: 'ms',
        });
      return lines;
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  },
};
