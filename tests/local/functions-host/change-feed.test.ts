/**
 * Cosmos DB change-feed triggers on the local host, against the local Cosmos, through the official SDKs.
 */
import { app, type InvocationContext } from '@azure/functions';
import { CosmosClient, type Container } from '@azure/cosmos';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClock } from '../../../local/clock.ts';
import { startCosmos, type LocalCosmos } from '../../../local/cosmos/start.ts';
import { createFaultSwitch } from '../../../local/kit/faults.ts';
import { parseTopology } from '../../../shared/contracts/topology.ts';
import { hostOf, until } from './support.ts';

type Row = { id: string; key: string; n: number };

const names = [
  'order',
  'lost',
  'retried',
  'for-ever',
  'taken',
  'restarted',
  'now',
  'struck',
  'quiet',
  'held',
];
const feedTopology = parseTopology({
  database: 'dunwell',
  apps: {},
  pieces: {},
  queues: {},
  topics: {},
  blobContainers: {},
  limits: {},
  jobs: {},
  containers: {
    ...Object.fromEntries(names.map((name) => [name, { keys: ['/key'], indexed: [] }])),
    leases: { keys: ['/id'], indexed: [] },
  },
});

const clock = createClock();
let cosmos: LocalCosmos;
let client: CosmosClient;

beforeAll(async () => {
  cosmos = await startCosmos({
    port: 0,
    stateDir: undefined,
    topology: feedTopology,
    clock,
    faults: createFaultSwitch(),
    log: () => undefined,
  });
  client = new CosmosClient({ endpoint: cosmos.url, key: cosmos.key('owner') });
});
afterAll(async () => {
  client.dispose();
  await cosmos.close();
  clock.close();
});

const containerOf = (name: string): Container => client.database('dunwell').container(name);
const write = async (name: string, from: number, to: number) => {
  for (let n = from; n <= to; n++) await containerOf(name).items.upsert<Row>({ id: `${n}`, key: 'a', n });
};

type Handler = (rows: Row[], context: InvocationContext) => void | Promise<void>;

const feedOn =
  (container: string, handler: Handler, more: object = {}) =>
  () =>
    app.cosmosDB('follow', {
      connection: 'COSMOS',
      databaseName: 'dunwell',
      containerName: container,
      leaseContainerPrefix: `${container}-`,
      startFromBeginning: true,
      handler: (rows: unknown[], context: InvocationContext) => handler(rows as Row[], context),
      ...more,
    });

const hostOn = (register: () => void, options: object = {}) =>
  hostOf(register, {
    settings: { COSMOS: `AccountEndpoint=${cosmos.url}/;AccountKey=${cosmos.key('owner')};` },
    clock,
    ...options,
  });

const leasesOf = async (container: string) => {
  const { resources } = await containerOf('leases').items.readAll<{ id: string; Owner: string }>().fetchAll();
  return resources.filter(({ id }) => id.startsWith(`${container}-`));
};

describe('a change feed', () => {
  it('delivers what is there and what comes, in order, in batches of at most the size asked for', async () => {
    const batches: number[][] = [];
    await write('order', 1, 7);
    await hostOn(
      feedOn('order', (rows) => void batches.push(rows.map(({ n }) => n)), { maxItemsPerInvocation: 3 }),
    );
    await until(() => batches.flat().length === 7);
    await write('order', 8, 9);
    await until(() => batches.flat().length === 9);
    expect(batches.flat()).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(batches.slice(0, 3).map(({ length }) => length)).toEqual([3, 3, 1]);
  });

  it('begins with what is written after its first start unless told otherwise', async () => {
    const seen: number[] = [];
    await write('now', 1, 3);
    await hostOn(
      feedOn('now', (rows) => void seen.push(...rows.map(({ n }) => n)), { startFromBeginning: false }),
    );
    await write('now', 4, 5);
    await until(() => seen.length >= 2);
    expect(seen).toEqual([4, 5]);
  });

  it('passes over a batch whose handler failed, as the platform does', async () => {
    const seen: number[] = [];
    await write('lost', 1, 4);
    await hostOn(
      feedOn(
        'lost',
        (rows) => {
          if (rows[0]?.n === 1) throw new Error('no luck');
          seen.push(...rows.map(({ n }) => n));
        },
        { maxItemsPerInvocation: 2 },
      ),
    );
    await until(() => seen.length === 2);
    await write('lost', 5, 5);
    await until(() => seen.length === 3);
    expect(seen).toEqual([3, 4, 5]);
  });

  it('repeats a batch under a retry policy and then goes on in order', async () => {
    const seen: { n: number | undefined; retry: number | undefined }[] = [];
    await write('retried', 1, 2);
    const retry = { strategy: 'fixedDelay', maxRetryCount: 2, delayInterval: { seconds: 30 } };
    await hostOn(
      feedOn(
        'retried',
        (rows, { retryContext }) => {
          seen.push({ n: rows[0]?.n, retry: retryContext?.retryCount });
          if (seen.length < 3) throw new Error('not yet');
        },
        { maxItemsPerInvocation: 1, retry },
      ),
    );
    await until(() => seen.length === 1);
    await clock.moveTo(clock.now() + 61_000);
    await until(() => seen.length === 4);
    expect(seen).toEqual([
      { n: 1, retry: undefined },
      { n: 1, retry: 1 },
      { n: 1, retry: 2 },
      { n: 2, retry: undefined },
    ]);
  });

  it('keeps its place over an end in the middle of endless retries', async () => {
    let failures = 0;
    await write('for-ever', 1, 1);
    const retry = { strategy: 'fixedDelay', maxRetryCount: -1, delayInterval: { seconds: 30 } };
    const failing = () => {
      failures += 1;
      throw new Error('not yet');
    };
    const first = await hostOn(feedOn('for-ever', failing, { retry }));
    await until(() => failures === 1);
    await first.close();
    const seen: number[] = [];
    await hostOn(feedOn('for-ever', (rows) => void seen.push(...rows.map(({ n }) => n)), { retry }));
    await until(() => seen.length === 1);
    expect(seen).toEqual([1]);
  });

  it('a batch whose outcome is lost is delivered again', async () => {
    const seen: number[] = [];
    await write('struck', 1, 1);
    const faults = createFaultSwitch({
      rules: [{ kind: 'reset-after', operation: 'invoke work/follow', times: 1 }],
    });
    await hostOn(
      feedOn('struck', (rows) => void seen.push(...rows.map(({ n }) => n))),
      { faults },
    );
    await until(() => seen.length === 2);
    expect(seen).toEqual([1, 1]);
  });

  it('the clock moves on only when all of it is read', async () => {
    const seen: number[] = [];
    await hostOn(
      feedOn(
        'quiet',
        async (rows) => {
          await new Promise((resolve) => setTimeout(resolve, 20));
          seen.push(...rows.map(({ n }) => n));
        },
        { maxItemsPerInvocation: 2 },
      ),
    );
    await write('quiet', 1, 6);
    await clock.moveTo(clock.now() + 1_000);
    expect(seen).toEqual([1, 2, 3, 4, 5, 6]);
  });
});

describe('leases', () => {
  it('a restart goes on where the feed was left', async () => {
    const [before, after]: number[][] = [[], []];
    const first = await hostOn(feedOn('restarted', (rows) => void before?.push(...rows.map(({ n }) => n))));
    await write('restarted', 1, 2);
    await until(() => before?.length === 2);
    await first.close();
    expect((await leasesOf('restarted')).map(({ Owner }) => Owner)).toEqual(['']);
    await write('restarted', 3, 4);
    await hostOn(feedOn('restarted', (rows) => void after?.push(...rows.map(({ n }) => n))));
    await until(() => after?.length === 2);
    expect([before, after]).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  it('two hosts do not share a range; the second takes over when the first lets go', async () => {
    const seen: string[] = [];
    const register = (host: string) =>
      feedOn('taken', (rows) => void seen.push(...rows.map(({ n }) => `${host}${n}`)), {
        leaseAcquireInterval: 20,
      });
    const first = await hostOn(register('a'));
    await hostOn(register('b'));
    await write('taken', 1, 2);
    await until(() => seen.length === 2);
    await first.close();
    await write('taken', 3, 3);
    await until(() => seen.length === 3);
    expect(seen).toEqual(['a1', 'a2', 'b3']);
  });

  it('a host that lost its lease stops following; one that ran out or whose owner is gone is taken', async () => {
    const seen: number[] = [];
    const times = { leaseRenewInterval: 20, leaseAcquireInterval: 20, leaseExpirationInterval: 400 };
    const host = await hostOn(feedOn('held', (rows) => void seen.push(...rows.map(({ n }) => n)), times));
    await until(async () => (await leasesOf('held')).length === 1);
    const steal = async (owner: string) => {
      const [lease] = await leasesOf('held');
      await containerOf('leases').items.upsert({
        ...lease,
        Owner: owner,
        timestamp: new Date().toISOString(),
      });
    };
    await steal(`${process.ppid}-another`);
    await until(() => host.lines.some((line) => line.includes('was taken over')));
    await write('held', 1, 1);
    expect(seen).toEqual([]);
    await until(() => seen.length === 1, 'the lease running out');
    await steal(`${2 ** 22 + 1}-gone`);
    await write('held', 2, 2);
    await until(() => seen.includes(2));
  });

  it('a container that does not exist fails the start-up with one clear line', async () => {
    const started = hostOn(feedOn('absent', () => undefined));
    await expect(started).rejects.toThrow(/^work\/follow: the change feed cannot be followed: /);
  });
});
