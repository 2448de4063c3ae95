/**
 * A host as a process of its own: it ends without leaving anything behind, and another goes on where it died.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CosmosClient } from '@azure/cosmos';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { createClock } from '../../../local/clock.ts';
import { startCosmos, type LocalCosmos } from '../../../local/cosmos/start.ts';
import { createFaultSwitch } from '../../../local/kit/faults.ts';
import { startServiceBus, type LocalServiceBus } from '../../../local/service-bus/start.ts';
import { parseTopology } from '../../../shared/contracts/topology.ts';
import { until } from './support.ts';

const queue = { sessions: false, lockDuration: 'PT5S', maxDeliveryCount: 3 };
const topology = parseTopology({
  ...{ database: 'dunwell', apps: {}, pieces: {}, jobs: {}, limits: {}, blobContainers: {} },
  queues: { plain: queue, many: queue, session: { ...queue, sessions: true } },
  topics: { events: { subscriptions: { audit: queue } } },
  containers: { rows: { keys: ['/id'], indexed: [] }, leases: { keys: ['/id'], indexed: [] } },
});

const clock = createClock();
let bus: LocalServiceBus;
let cosmos: LocalCosmos;
let stateDir: string;

beforeAll(async () => {
  const options = { port: 0, stateDir: undefined, topology, clock, log: () => undefined };
  bus = await startServiceBus({ ...options, faults: createFaultSwitch() });
  cosmos = await startCosmos({ ...options, faults: createFaultSwitch() });
  stateDir = mkdtempSync(join(tmpdir(), 'host-'));
});
afterAll(async () => {
  await bus.close();
  await cosmos.close();
  clock.close();
  rmSync(stateDir, { recursive: true });
});

type Told = { url?: string; summary?: string; line?: string; rows?: string[] };

const startProcess = async (): Promise<{ child: ChildProcess; told: Told[]; rows: () => string[] }> => {
  const key = `AccountEndpoint=${cosmos.url}/;AccountKey=${cosmos.key('owner')};`;
  const args = [bus.connectionString('owner'), key, stateDir];
  const child = fork(join(import.meta.dirname, 'host-process.ts'), args);
  onTestFinished(() => void child.kill('SIGKILL'));
  const told: Told[] = [];
  child.on('message', (message) => told.push(message as Told));
  await until(() => told.some(({ url }) => url !== undefined), 'the start');
  return { child, told, rows: () => told.flatMap(({ rows = [] }) => rows) };
};

const write = async (...ids: string[]) => {
  const client = new CosmosClient({ endpoint: cosmos.url, key: cosmos.key('owner') });
  for (const id of ids) await client.database('dunwell').container('rows').items.upsert({ id });
  client.dispose();
};

it('a host with every kind of trigger ends within three seconds and leaves nothing behind', async () => {
  const { child, told } = await startProcess();
  const [{ url = '', summary } = {}] = told.filter((one) => one.url);
  expect(summary).toBe('1 app, 7 functions');
  expect(await (await fetch(`${url}/health`)).text()).toBe(`${child.pid}`);
  const startedAtMs = performance.now();
  child.send('end');
  const [code] = (await once(child, 'exit')) as [number];
  expect(code).toBe(0);
  expect(performance.now() - startedAtMs).toBeLessThan(3_000);
  expect(told.filter(({ line }) => line !== undefined)).toEqual([]);
});

it('when a host is killed, another takes its leases at once and misses nothing', async () => {
  const first = await startProcess();
  await write('1', '2');
  await until(() => first.rows().length === 2);
  const second = await startProcess();
  first.child.kill('SIGKILL');
  await once(first.child, 'exit');
  await write('3', '4');
  await until(() => second.rows().includes('4'));
  expect(first.rows()).toEqual(['1', '2']);
  expect(second.rows().slice(-2)).toEqual(['3', '4']);
});
