/**
 * The local broker for the Service Bus suites beside this file, and a host bound to it.
 * From: those suites, which import it; it starts before their first case and ends after their last.
 * Next: `local/service-bus`, reached by the official SDK alone.
 */
import { ServiceBusClient, type ServiceBusMessage } from '@azure/service-bus';
import { beforeAll, afterAll } from 'vitest';
import { createClock } from '../../../local/clock.ts';
import { createFaultSwitch, type FaultSwitch } from '../../../local/kit/faults.ts';
import { startServiceBus, type LocalServiceBus } from '../../../local/service-bus/start.ts';
import { parseTopology } from '../../../shared/contracts/topology.ts';
import { hostJson, hostOf } from './support.ts';

const plain = { sessions: false, lockDuration: 'PT5S', maxDeliveryCount: 3 };
const queueNames = [
  'one',
  'poison',
  'many',
  'limited',
  'slow',
  'lost',
  'twice',
  'binary',
  'left',
  'renewed',
  'shared',
];
const busTopology = parseTopology({
  database: 'dunwell',
  apps: {},
  pieces: {},
  containers: {},
  blobContainers: {},
  limits: {},
  jobs: {},
  queues: {
    ...Object.fromEntries(queueNames.map((name) => [name, plain])),
    brief: { ...plain, lockDuration: 'PT1S' },
    accounts: { ...plain, sessions: true },
    failing: { ...plain, sessions: true },
  },
  topics: { events: { subscriptions: { audit: plain } } },
});

const clock = createClock();
let bus: LocalServiceBus;
export let client: ServiceBusClient;

beforeAll(async () => {
  bus = await startServiceBus({
    port: 0,
    stateDir: undefined,
    topology: busTopology,
    clock,
    faults: createFaultSwitch(),
    log: () => undefined,
  });
  client = new ServiceBusClient(bus.connectionString('owner'));
});
afterAll(async () => {
  await client.close();
  await bus.close();
  clock.close();
});

export const connection = 'SERVICEBUS';
const json = {
  ...hostJson,
  extensions: {
    ...hostJson.extensions,
    serviceBus: { maxConcurrentCalls: 3, maxConcurrentSessions: 2, sessionIdleTimeout: '00:00:01' },
  },
};
export const hostOn = (register: () => void, faults?: FaultSwitch) =>
  hostOf(register, {
    settings: { [connection]: bus.connectionString('owner'), QUEUE: 'one' },
    hostJson: json,
    clock,
    ...(faults && { faults }),
  });

export const send = async (to: string, messages: ServiceBusMessage | ServiceBusMessage[]) => {
  const sender = client.createSender(to);
  await sender.sendMessages(messages);
  await sender.close();
};

/** What is in a queue, locked or not; a client remembers how far it peeked, so each look takes a fresh one. */
export const peek = async (queue: string, subQueueType?: 'deadLetter') => {
  const fresh = new ServiceBusClient(bus.connectionString('owner'));
  const found = await fresh.createReceiver(queue, subQueueType ? { subQueueType } : {}).peekMessages(50);
  await fresh.close();
  return found;
};
