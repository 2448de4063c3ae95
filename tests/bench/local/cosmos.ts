/**
 * How fast the local Cosmos DB is through the SDK, and whether a partition query grows with the container.
 * From: `npm run bench -- local`. Next: lines with their targets and the bare limit of the same run.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CosmosClient, type Container } from '@azure/cosmos';
import { percentile, timedMs, type Bench, type BenchLine } from '../kit.ts';
import { inParallel, itemOf, loadRaw, ownerKey } from './cosmos-data.ts';

const batches = 1_000;
const batchSize = 100;
const reads = 2_000;
const queries = 1_000;
const megabyte = 1024 * 1024;

export const cosmosBench: Bench = {
  name: 'local cosmos',
  run: async () => {
    const stateDir = mkdtempSync(join(tmpdir(), 'cosmos-bench-'));
    const bare = await startChild('bare');
    const limit = await loadRate(bare.container('loaded'));
    bare.stop();
    const standIn = await startChild('stand-in', stateDir);
    try {
      const rate = await loadRate(standIn.container('loaded'));
      const readRate = await pointReadRate(standIn.container('loaded'));
      return [
        {
          job: 'load 100k documents by batches of one key',
          figure: rate,
          unit: 'documents/s',
          target: '≥ 20,000',
          met: rate >= 20_000,
          limit,
        },
        { job: 'point reads', figure: readRate, unit: 'reads/s' },
        ...(await partitionQueries(standIn)),
      ];
    } finally {
      standIn.stop();
      rmSync(stateDir, { recursive: true });
    }
  },
};

type Child = { url: string; container(name: string): Container; rssBytes(): Promise<number>; stop(): void };

const startChild = async (...args: string[]): Promise<Child> => {
  const child: ChildProcess = fork(join(import.meta.dirname, 'cosmos-process.ts'), args);
  const [{ url }] = (await once(child, 'message')) as [{ url: string }];
  const connectionPolicy = { enableBackgroundEndpointRefreshing: false };
  const client = new CosmosClient({ endpoint: url, key: ownerKey(), connectionPolicy });
  return {
    url,
    container: (name) => client.database('bench').container(name),
    rssBytes: async () => {
      child.send('size');
      const [{ rssBytes }] = (await once(child, 'message')) as [{ rssBytes: number }];
      return rssBytes;
    },
    stop: () => {
      client.dispose();
      child.disconnect();
    },
  };
};

/** Documents a second; one batch warms up first. */
const loadRate = async (container: Container): Promise<number> => {
  await loadBatch(container, batches);
  const tookMs = await timedMs(() => inParallel(batches, 8, (at) => loadBatch(container, at)));
  return (batches * batchSize * 1000) / tookMs;
};

const loadBatch = async (container: Container, account: number): Promise<void> => {
  const operations = Array.from({ length: batchSize }, (_, line) => ({
    operationType: 'Create' as const,
    resourceBody: itemOf(account, line),
  }));
  const options = { contentResponseOnWriteEnabled: false };
  const { code } = await container.items.batch(operations, ['c1', `a${account}`], options);
  if (code !== 200) throw new Error(`a batch of the bench was answered ${code}`);
};

const pointReadRate = async (container: Container): Promise<number> => {
  const readOne = (at: number) => container.item(`item-${at % batchSize}`, ['c1', `a${at % batches}`]).read();
  const tookMs = await timedMs(() => inParallel(reads, 16, readOne));
  return (reads * 1000) / tookMs;
};

const partitionQueries = async (standIn: Child): Promise<BenchLine[]> => {
  await loadRaw(standIn.url, 'small', 500);
  const loadMs = await timedMs(() => loadRaw(standIn.url, 'large', 50_000));
  const [small, large]: [number[], number[]] = [[], []];
  for (let at = 0; at < queries; at += 1) {
    small.push(await timedMs(() => queryOne(standIn.container('small'), (at * 7) % 500)));
    large.push(await timedMs(() => queryOne(standIn.container('large'), (at * 7919) % 50_000)));
  }
  const ratio = percentile(large, 0.5) / percentile(small, 0.5);
  const p99 = percentile(large, 0.99);
  return [
    { job: 'load 1M documents by raw bulk requests', figure: 1e9 / loadMs, unit: 'documents/s' },
    { job: 'partition query, 10k documents', figure: percentile(small, 0.5), unit: 'ms p50' },
    { job: 'partition query, 10k documents', figure: percentile(small, 0.99), unit: 'ms p99' },
    { job: 'partition query, 1M documents', figure: percentile(large, 0.5), unit: 'ms p50' },
    { job: 'partition query, 1M documents', figure: p99, unit: 'ms p99', target: '≤ 20', met: p99 <= 20 },
    {
      job: 'partition query, 1M to 10k, p50',
      figure: ratio,
      unit: 'ratio',
      target: '≤ 1.2',
      met: ratio <= 1.2,
    },
    {
      job: 'memory of the stand-in at 1.1M documents',
      figure: (await standIn.rssBytes()) / megabyte,
      unit: 'MB',
    },
  ];
};

const queryOne = async (container: Container, account: number): Promise<void> => {
  const query = 'SELECT * FROM c WHERE c.kind = @kind ORDER BY c.dueOn DESC';
  const parameters = [{ name: '@kind', value: 'invoice' }];
  const { resources } = await container.items
    .query({ query, parameters }, { partitionKey: ['c1', `a${account}`] })
    .fetchAll();
  if (resources.length !== 10) throw new Error(`a query of the bench answered ${resources.length} items`);
};
