/**
 * `kill -9` in the middle of writes: what was acknowledged is there, a batch is whole or absent.
 * From: the stand-in as a child process, and how often to kill it (20 times, 100 in the long run).
 * Next: the promise below.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CosmosClient, type Container } from '@azure/cosmos';
import { localKey, ownerName } from '../../../local/kit/keys.ts';
import { seededRandom } from '../../../local/kit/faults.ts';
import { isLocal } from './under-test.ts';

const kills = process.env['DUNWELL_LONG'] ? 100 : 20;
const writesBeforeKill = 40;

type Known = { rank: number; sent: number };

const startChild = async (stateDir: string) => {
  const child = fork(join(import.meta.dirname, 'stand-in-process.ts'), [stateDir]);
  const [endpoint] = (await once(child, 'message')) as [string];
  const connectionPolicy = {
    ...{ enableBackgroundEndpointRefreshing: false, requestTimeout: 2_000 },
    retryOptions: { maxRetryAttemptCount: 0, fixedRetryIntervalInMilliseconds: 0, maxWaitTimeInSeconds: 0 },
  };
  const client = new CosmosClient({ endpoint, key: localKey('cosmos', ownerName), connectionPolicy });
  const kill = async () => {
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
    client.dispose();
  };
  return { notes: client.database('conformance').container('notes'), kill };
};

/** Upserts two items of a key in one batch; `known` holds what was sent last and what was acknowledged last. */
const writeOne = async (notes: Container, known: Map<string, Known>, owner: string): Promise<void> => {
  const state = known.get(owner) ?? { rank: 0, sent: 0 };
  known.set(owner, state);
  const rank = (state.sent += 1);
  const bodies = ['left', 'right'].map((id) => ({ id, owner, rank }));
  const operations = bodies.map((resourceBody) => ({ operationType: 'Upsert' as const, resourceBody }));
  const { code } = await notes.items.batch(operations, owner);
  if (code === 200) state.rank = rank;
};

describe.runIf(isLocal)('kill -9', () => {
  it(
    `loses nothing acknowledged, ${kills} times in a row, and tears no batch`,
    { timeout: 600_000 },
    async () => {
      const stateDir = mkdtempSync(join(tmpdir(), 'cosmos-kills-'));
      const random = seededRandom(7);
      const known = new Map<string, Known>();
      for (let round = 0; round < kills; round += 1) {
        const { notes, kill } = await startChild(stateDir);
        for (const [owner, { rank, sent }] of known) {
          const query = notes.items.query<number>('SELECT VALUE c.rank FROM c', { partitionKey: owner });
          const [left, right] = (await query.fetchAll()).resources;
          expect([left, (left ?? 0) >= rank, (left ?? 0) <= sent]).toEqual([right, true, true]);
          known.set(owner, { rank: left ?? 0, sent });
        }
        let acknowledged = 0;
        const killAt = Math.floor(random() * writesBeforeKill);
        let killing: Promise<void> | undefined;
        // each lane has keys of its own, so that its writes to a key come one after another
        const lane = async (name: string) => {
          for (let write = 0; write < writesBeforeKill && !killing; write += 1) {
            await writeOne(notes, known, `${name}${Math.floor(random() * 4)}`).catch(() => undefined); // cut off by the kill
            if ((acknowledged += 1) > killAt) killing ??= kill();
          }
        };
        await Promise.all(['a', 'b', 'c'].map(lane));
        await (killing ?? kill());
      }
      expect(known.size).toBeGreaterThan(5);
      rmSync(stateDir, { recursive: true });
    },
  );
});
