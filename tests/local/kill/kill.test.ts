/**
 * `kill -9` at a random moment of mixed writes, again and again: nothing acknowledged is lost, no batch is torn,
 * nothing finished comes back. 20 kills in `npm test`, 100 in `npm run test:long`.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as realDelay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { seededRandom } from '../../../local/kit/faults.ts';
import type { Endpoints } from '../../../local/endpoints.ts';
import { startLocalProcess } from '../../support/local-process.ts';
import { cosmosWriter } from './cosmos-writer.ts';
import { blobWriter, emailWriter, paymentsWriter } from './effect-writers.ts';
import { serviceBusWriter } from './service-bus-writer.ts';

const kills = process.env['DUNWELL_LONG'] ? 100 : 20;
const seed = Number(process.env['DUNWELL_SEED'] ?? 20_261_122);

it(
  `${kills} kills lose nothing that was acknowledged (seed ${seed})`,
  { timeout: kills * 30_000 },
  async () => {
    const stateDir = mkdtempSync(join(tmpdir(), 'dunwell-kill-'));
    const random = seededRandom(seed);
    const writers = [cosmosWriter(), serviceBusWriter(), emailWriter(), paymentsWriter(), blobWriter()];
    for (let kill = 0; kill <= kills; kill += 1) {
      const local = startLocalProcess(['--services', '--state', stateDir]);
      await local.ready;
      const endpoints = JSON.parse(readFileSync(join(stateDir, 'endpoints.json'), 'utf8')) as Endpoints;
      for (const writer of writers) await writer.connect(endpoints);
      for (const writer of writers) await writer.check(kill === kills ? 'all' : 'new');
      if (kill < kills) {
        let stopped = false;
        const writing = writers.map((writer) => writer.write(random, () => stopped));
        await realDelay(50 + random() * 400);
        stopped = true;
        local.child.kill('SIGKILL');
        await Promise.all(writing);
      }
      await local.end('SIGKILL');
      await Promise.all(writers.map((writer) => writer.disconnect()));
    }
    for (const writer of writers)
      expect([writer.name, writer.acknowledged()]).toEqual([
        writer.name,
        expect.toSatisfy((count: number) => count > kills),
      ]);
    rmSync(stateDir, { recursive: true, force: true });
  },
);
