/** With a state directory everything acknowledged survives. Stand-in only. */
import { spawn } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ServiceBusClient } from '@azure/service-bus';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bodies, glance, isLocal, openBus, take, takeOne, type BusUnderTest } from './under-test.ts';

let stateDir = '';
let bus: BusUnderTest;
const file = () => join(stateDir, 'service-bus.jsonl');

beforeEach(async () => {
  stateDir = mkdtempSync(join(tmpdir(), 'service-bus-'));
  bus = await openBus(stateDir);
});
afterEach(async () => {
  await bus.close();
  rmSync(stateDir, { recursive: true });
});

describe.runIf(isLocal)('after a restart', () => {
  it('messages are there in order, with id, count and properties; completed ones are not', async () => {
    const sender = bus.client().createSender('plain');
    await sender.sendMessages(
      [1, 2, 3].map((body) => ({ body, messageId: `m${body}`, applicationProperties: { body } })),
    );
    const receiver = bus.client().createReceiver('plain');
    await receiver.completeMessage(await takeOne(receiver));
    await receiver.abandonMessage(await takeOne(receiver));
    await bus.restart();
    const [second, third] = await take(bus.client().createReceiver('plain'), 2);
    expect(second).toMatchObject({
      body: 2,
      messageId: 'm2',
      deliveryCount: 1,
      applicationProperties: { body: 2 },
    });
    expect(third).toMatchObject({ body: 3, deliveryCount: 0 });
  });

  it('receiving and deleting takes as many as were asked for and leaves the rest', async () => {
    const sender = bus.client().createSender('plain');
    await sender.sendMessages(Array.from({ length: 20 }, (_, body) => ({ body })));
    const greedy = bus.client().createReceiver('plain', { receiveMode: 'receiveAndDelete' });
    expect(await greedy.receiveMessages(5)).toHaveLength(5);
    const rest = await take(
      bus.client().createReceiver('plain', { receiveMode: 'receiveAndDelete' }),
      15,
      2_000,
    );
    expect(rest).toHaveLength(15);
  });

  it('sequence numbers go on, also from an empty queue', async () => {
    await bus.client().createSender('plain').sendMessages({ body: 1 });
    const receiver = bus.client().createReceiver('plain');
    const first = await takeOne(receiver);
    await receiver.completeMessage(first);
    await bus.restart();
    await bus.restart(); // the second start reads what the first cut down
    await bus.client().createSender('plain').sendMessages({ body: 2 });
    const second = await takeOne(bus.client().createReceiver('plain'));
    expect(second.sequenceNumber!.toNumber()).toBe(first.sequenceNumber!.toNumber() + 1);
  });

  it('ids seen before are still known', async () => {
    await bus.client().createSender('unique').sendMessages({ body: 1, messageId: 'same' });
    await bus.restart();
    await bus.client().createSender('unique').sendMessages({ body: 2, messageId: 'same' });
    expect(bodies(await glance(bus.client().createReceiver('unique')))).toEqual([1]);
  });

  it('scheduled messages come at their time', async () => {
    const atMs = bus.clock.now() + 3_600_000;
    await bus.client().createSender('plain').scheduleMessages({ body: 1 }, new Date(atMs));
    await bus.restart();
    const early = bus.client().createReceiver('plain');
    expect(await glance(early)).toEqual([]);
    await early.close(); // a move of the clock waits for whoever receives
    await bus.clock.moveTo(atMs + 1_000);
    expect(bodies(await take(bus.client().createReceiver('plain'), 1))).toEqual([1]);
  });

  it('deferred messages, dead letters and session states are kept', async () => {
    await bus
      .client()
      .createSender('plain')
      .sendMessages([{ body: 1 }, { body: 2 }]);
    const receiver = bus.client().createReceiver('plain');
    const [first, second] = await take(receiver, 2);
    await receiver.deferMessage(first!);
    await receiver.deadLetterMessage(second!, { deadLetterReason: 'r', deadLetterErrorDescription: 'd' });
    await (await bus.client().acceptSession('ordered', 'a')).setSessionState({ step: 2 });
    await bus.restart();
    expect(
      bodies(await bus.client().createReceiver('plain').receiveDeferredMessages(first!.sequenceNumber!)),
    ).toEqual([1]);
    const dead = bus.client().createReceiver('plain', { subQueueType: 'deadLetter' });
    expect(await takeOne(dead)).toMatchObject({ body: 2, deadLetterReason: 'r' });
    expect(await (await bus.client().acceptSession('ordered', 'a')).getSessionState()).toEqual({ step: 2 });
  });

  it('locks are gone: a held message comes again at once', async () => {
    await bus.client().createSender('plain').sendMessages({ body: 1 });
    await takeOne(bus.client().createReceiver('plain'));
    await bus.restart();
    expect((await takeOne(bus.client().createReceiver('plain'))).body).toBe(1);
  });

  it('the journal has been cut down to what counts', async () => {
    const client = bus.client();
    const sender = client.createSender('plain');
    await sender.sendMessages(Array.from({ length: 200 }, (_, body) => ({ body })));
    const receiver = client.createReceiver('plain', { receiveMode: 'receiveAndDelete' });
    await take(receiver, 200);
    await bus.restart();
    expect(readFileSync(file(), 'utf8').split('\n').length).toBeLessThan(60);
  });

  it('a torn last line is dropped, damage elsewhere stops the start with one clear line', async () => {
    await bus.client().createSender('plain').sendMessages({ body: 1 });
    appendFileSync(file(), '0badc0de {"kind":"pu');
    await bus.restart();
    expect(bodies(await bus.client().createReceiver('plain').peekMessages(2))).toEqual([1]);
    const lines = readFileSync(file(), 'utf8').split('\n');
    await bus.local.close();
    writeFileSync(file(), ['00000000 {"kind":"gone"}', ...lines].join('\n'));
    await expect(openBus(stateDir)).rejects.toThrow(
      /service-bus.jsonl, line 1: .*delete the state directory/,
    );
    rmSync(file());
    bus = await openBus(stateDir);
  });
});

describe.runIf(isLocal)('kill -9 while messages stream in and out', () => {
  it('loses nothing acknowledged and undoes no confirmed completion', async () => {
    const broker = await startChild();
    const sent: string[] = [];
    const completed: string[] = [];
    const working = work(broker.connectionString, sent, completed);
    while (completed.length < 60) await new Promise((resolve) => setImmediate(resolve));
    broker.kill();
    await working;
    await bus.restart();
    const left = new Set<unknown>();
    const receiver = bus.client().createReceiver('other', { receiveMode: 'receiveAndDelete' });
    for (let all = await glance(receiver); all.length > 0; all = await glance(receiver))
      for (const { messageId } of all) left.add(messageId);
    expect(sent.filter((id) => !left.has(id) && !completed.includes(id)).length).toBeLessThanOrEqual(1);
    expect(completed.filter((id) => left.has(id))).toEqual([]);
  });
});

const startChild = async () => {
  await bus.local.close();
  rmSync(file(), { force: true });
  const script = join(import.meta.dirname, 'broker-process.ts');
  const child = spawn(process.execPath, [script, stateDir], { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface({ input: child.stdout }))
    return { connectionString: line, kill: () => child.kill('SIGKILL') };
  throw new Error('the broker did not start');
};

/** Sends and completes until the broker is gone. At most one completion is on its way at that moment. */
const work = async (connectionString: string, sent: string[], completed: string[]): Promise<void> => {
  const client = new ServiceBusClient(connectionString, {
    retryOptions: { maxRetries: 0, timeoutInMs: 2_000 },
  });
  const sending = async () => {
    const sender = client.createSender('other');
    for (let index = 0; ; index++) {
      await sender.sendMessages({ body: index, messageId: `m${index}` });
      sent.push(`m${index}`);
    }
  };
  const receiving = async () => {
    const receiver = client.createReceiver('other');
    for (;;)
      for (const message of await receiver.receiveMessages(1, { maxWaitTimeInMs: 500 })) {
        await receiver.completeMessage(message);
        completed.push(String(message.messageId));
      }
  };
  await Promise.allSettled([sending(), receiving()]);
  await client.close().catch(() => undefined);
};
