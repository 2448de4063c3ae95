/**
 * What a cold start reads: the bundle's size, how long an app takes to load and register above an empty process, and how
 * large the package is that is deployed.
 * From: `npm run build` into a folder of its own. Next: lines with the targets of the architecture.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { largestBytes, makePackage } from '../../scripts/build/bundle.ts';
import { registeredFunctions } from '../../scripts/build/registered-functions.ts';
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

const loadMsOf = async (file: string, app: string): Promise<number> => {
  const times: number[] = [];
  for (let run = 0; run < runs; run += 1) times.push((await registeredFunctions(file, app)).loadMs);
  return percentile(times, 0.5);
};

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
        most('what every app reads, dist/main.cjs', bytes / mebibyte, 'MB', largestBytes / mebibyte),
        most('the package as it is deployed, packed', packedBytes(directory) / mebibyte, 'MB', 15),
      ];
      for (const app of Object.keys(topology.apps))
        lines.push(most(`functions of ${app} registered`, await loadMsOf(file, app), 'ms', 200));
      return lines;
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  },
};
