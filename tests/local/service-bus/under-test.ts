/**
 * The bus the conformance cases speak to: Azure's own where a connection string says so, else the stand-in.
 * From: `CONFORMANCE_SERVICE_BUS`; a namespace used for it needs the entities of `fixture` below.
 * Next: every case in this folder, through `@azure/service-bus` only.
 */
import { ServiceBusClient, type ServiceBusReceivedMessage } from '@azure/service-bus';
import { afterEach, beforeEach } from 'vitest';
import { createClock, type Clock } from '../../../local/clock.ts';
import { createFaultSwitch, type FaultSwitch } from '../../../local/kit/faults.ts';
import { startServiceBus, type LocalServiceBus } from '../../../local/service-bus/start.ts';
import { parseTopology } from '../../../shared/contracts/topology.ts';

const remote = process.env['CONFORMANCE_SERVICE_BUS'];
/** Cases that move the clock, set faults or restart run against the stand-in only. */
export const isLocal = remote === undefined;
/** The lock of `brief` and `brief-ordered`: the service allows no less than five seconds. */
export const briefLockMs = isLocal ? 1_000 : 5_000;

const lasting = { sessions: false, lockDuration: 'PT30S', maxDeliveryCount: 10 };
const brief = { sessions: false, lockDuration: `PT${briefLockMs / 1000}S`, maxDeliveryCount: 3 };
const grants = { reads: [], writes: [], feeds: [], blobs: [] };
const app = (surface: string) => ({ surfaces: [surface], localPort: 0, memoryMB: 512, maximumInstances: 1 });

export const fixture = parseTopology({
  database: 'conformance',
  apps: { writer: app('billing.staffHttp'), reader: app('billing.work') },
  pieces: {
    billing: {
      staffHttp: { ...grants, sends: ['plain', 'events'], listens: [] },
      work: { ...grants, sends: [], listens: ['plain', 'events/all'] },
    },
  },
  queues: {
    plain: lasting,
    other: lasting,
    brief,
    unique: { ...lasting, duplicateDetection: 'PT10M' },
    fleeting: { ...lasting, timeToLive: 'PT1H' },
    ordered: { ...lasting, sessions: true },
    'brief-ordered': { ...brief, sessions: true },
  },
  topics: {
    events: {
      duplicateDetection: 'PT10M',
      subscriptions: {
        all: lasting,
        large: { ...lasting, filter: "amount > 1000 AND sys.Subject = 'invoice'" },
        german: {
          ...lasting,
          filter: "country IN ('DE', 'AT') AND NOT EXISTS (test) AND sys.To LIKE 'book%'",
        },
        urgent: { ...lasting, filter: '{"subject":"reminder","applicationProperties":{"urgent":true}}' },
        ordered: { ...lasting, sessions: true },
      },
    },
  },
  containers: {},
  blobContainers: {},
  limits: {},
  jobs: {},
});

export type BusUnderTest = {
  client(options?: { holder?: string; maxRetries?: number }): ServiceBusClient;
  connectionString(holder?: string): string;
  /** These exist for the stand-in only. */
  clock: Clock;
  faults: FaultSwitch;
  local: LocalServiceBus;
  restart(): Promise<void>;
  close(): Promise<void>;
};

export const openBus = async (stateDir?: string): Promise<BusUnderTest> => {
  const clock = createClock();
  const faults = createFaultSwitch();
  const clients: ServiceBusClient[] = [];
  const log = (line: string) => process.stderr.write(`${line}\n`);
  const start = () => startServiceBus({ port: 0, stateDir, topology: fixture, clock, faults, log });
  const bus = { clock, faults } as BusUnderTest;
  if (isLocal) bus.local = await start();
  const endClients = () => Promise.all(clients.splice(0).map((client) => client.close()));
  return Object.assign(bus, {
    connectionString: (holder = 'owner') => remote ?? bus.local.connectionString(holder),
    client: ({ holder = 'owner', maxRetries = 0 } = {}) => {
      const retryOptions = { maxRetries, retryDelayInMs: 20, timeoutInMs: 8_000 };
      const client = new ServiceBusClient(bus.connectionString(holder), { retryOptions });
      clients.push(client);
      return client;
    },
    restart: async () => {
      await endClients();
      await bus.local.close();
      bus.local = await start();
    },
    close: async () => {
      await endClients();
      if (isLocal) await bus.local.close();
      clock.close();
    },
  });
};

/** A fresh bus for each case; a real one is emptied instead. */
export const useBus = (): { bus: BusUnderTest; client: ServiceBusClient } => {
  const held = {} as { bus: BusUnderTest; client: ServiceBusClient };
  beforeEach(async () => {
    held.bus = await openBus();
    held.client = held.bus.client();
    if (!isLocal) await emptyAll(held.client);
  });
  afterEach(() => held.bus.close());
  return held;
};

const emptyAll = async (client: ServiceBusClient): Promise<void> => {
  for (const [name, { sessions }] of Object.entries(fixture.queues)) {
    if (sessions) continue;
    const receiver = client.createReceiver(name, { receiveMode: 'receiveAndDelete' });
    while ((await receiver.receiveMessages(100, { maxWaitTimeInMs: 1_000 })).length > 0);
    await receiver.close();
  }
};

/** Exactly this many messages, or what came within the time. */
export const take = async (
  receiver: { receiveMessages: ReturnType<ServiceBusClient['createReceiver']>['receiveMessages'] },
  count: number,
  withinMs = 5_000,
): Promise<ServiceBusReceivedMessage[]> => {
  const taken: ServiceBusReceivedMessage[] = [];
  const untilMs = performance.now() + withinMs;
  while (taken.length < count && performance.now() < untilMs) {
    const maxWaitTimeInMs = Math.max(1, untilMs - performance.now());
    taken.push(...(await receiver.receiveMessages(count - taken.length, { maxWaitTimeInMs })));
  }
  return taken;
};

/** One message, or an error that says none came. */
export const takeOne = async (receiver: Parameters<typeof take>[0], withinMs?: number) => {
  const [message] = await take(receiver, 1, withinMs);
  if (!message) throw new Error('no message came');
  return message;
};

/** A short look: what is there within it. Used to show that nothing is. */
export const glance = (receiver: Parameters<typeof take>[0]) =>
  receiver.receiveMessages(10, { maxWaitTimeInMs: 150 });

export const bodies = (messages: readonly ServiceBusReceivedMessage[]): unknown[] =>
  messages.map(({ body }) => body as unknown);
