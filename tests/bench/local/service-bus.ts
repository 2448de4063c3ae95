/**
 * Messages a second through the official SDK, 1 kB of JSON each, one connection, the broker in its own process.
 * From: the stand-in with its journal on. Next: one line per figure; the limit beside it is the same run with
 * the memory store. The SDK in this process uses most of the time; the broker's own share is measured apart.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ServiceBusClient, type ServiceBusReceiver, type ServiceBusSender } from '@azure/service-bus';
import { timedMs, type Bench, type BenchLine } from '../kit.ts';

const messages = 6_000;
const width = 32;
const body = {
  id: 'x'.repeat(20),
  lines: Array.from({ length: 18 }, (_, line) => ({
    line,
    amountMinor: 10_000 + line,
    text: 'invented line',
  })),
};

type Figures = { send: number; sendBatch: number; receive: number; both: number; brokerMicros: number };

export const serviceBusBench: Bench = {
  name: 'Service Bus',
  run: async () => {
    const stateDir = mkdtempSync(join(tmpdir(), 'service-bus-bench-'));
    try {
      const limit = await measure('-');
      return linesOf(await measure(stateDir), limit);
    } finally {
      rmSync(stateDir, { recursive: true });
    }
  },
};

const linesOf = (found: Figures, limit: Figures): BenchLine[] => {
  const line = (job: string, name: keyof Figures, unit: string, least?: number): BenchLine => ({
    job,
    figure: found[name],
    unit,
    limit: limit[name],
    ...(least === undefined ? {} : { target: `≥ ${least.toLocaleString('en')}`, met: found[name] >= least }),
  });
  return [
    line(`send one by one, ${width} in flight`, 'send', 'messages/s', 2_000),
    line('send in batches of 100', 'sendBatch', 'messages/s'),
    line(`receive and complete, ${width} at a time`, 'receive', 'messages/s', 1_000),
    line('send and receive at once', 'both', 'messages/s'),
    line('processor time of the broker, in and out', 'brokerMicros', 'µs/message'),
  ];
};

const measure = async (stateDir: string): Promise<Figures> => {
  const broker = fork(join(import.meta.dirname, 'service-bus-process.ts'), [stateDir]);
  const [{ connectionString }] = (await once(broker, 'message')) as [{ connectionString: string }];
  const client = new ServiceBusClient(connectionString);
  const sender = client.createSender('work');
  const receiver = client.createReceiver('work');
  await sendAll(sender, 500);
  await receiveAll(receiver, 500);
  const send = await perSecond(() => sendAll(sender, messages));
  const receive = await perSecond(() => receiveAll(receiver, messages));
  const sendBatch = await perSecond(() => sendBatches(sender, messages));
  await receiveAll(receiver, messages);
  const beforeMicros = await cpuMicros(broker);
  const both = await perSecond(() =>
    Promise.all([sendAll(sender, messages), receiveAll(receiver, messages)]),
  );
  const brokerMicros = ((await cpuMicros(broker)) - beforeMicros) / messages;
  await client.close();
  broker.kill();
  return { send, sendBatch, receive, both, brokerMicros };
};

const perSecond = async (work: () => Promise<unknown>): Promise<number> =>
  messages / ((await timedMs(work)) / 1000);

const cpuMicros = async (broker: ChildProcess): Promise<number> => {
  broker.send('cpu');
  const [told] = (await once(broker, 'message')) as [{ cpuMicros: number }];
  return told.cpuMicros;
};

const sendAll = async (sender: ServiceBusSender, count: number): Promise<void> => {
  let left = count;
  const lane = async () => {
    while (left-- > 0) await sender.sendMessages({ body });
  };
  await Promise.all(Array.from({ length: width }, lane));
};

const sendBatches = async (sender: ServiceBusSender, count: number): Promise<void> => {
  for (let sent = 0; sent < count; sent += 100)
    await sender.sendMessages(Array.from({ length: 100 }, () => ({ body })));
};

const receiveAll = async (receiver: ServiceBusReceiver, count: number): Promise<void> => {
  for (let received = 0; received < count;) {
    const some = await receiver.receiveMessages(width, { maxWaitTimeInMs: 5_000 });
    await Promise.all(some.map((message) => receiver.completeMessage(message)));
    received += some.length;
  }
};
