/** What once went wrong under the SDK, each shown to be right: rings of 2,048, drains, killed clients, ends of processes. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { delay, ServiceBusClient } from '@azure/service-bus';
import { describe, expect, it } from 'vitest';
import { bodies, isLocal, take, takeOne, useBus } from './under-test.ts';

const held = useBus();

const fill = async (queue: string, count: number): Promise<void> => {
  const sender = held.client.createSender(queue);
  for (let sent = 0; sent < count; sent += 500) {
    const size = Math.min(500, count - sent);
    await sender.sendMessages(Array.from({ length: size }, (_, index) => ({ body: sent + index })));
  }
};

describe('long-lived links', () => {
  it('a backlog of 20,000 is drained, each message once, over one link', async () => {
    await fill('plain', 20_000);
    const receiver = held.client.createReceiver('plain', { receiveMode: 'receiveAndDelete' });
    const seen = new Set(bodies(await take(receiver, 20_000, 30_000)));
    expect(seen.size).toBe(20_000);
  });

  it('more than 2,048 messages are received and completed over one link', async () => {
    await fill('plain', 3_000);
    const receiver = held.client.createReceiver('plain');
    const seen: unknown[] = [];
    while (seen.length < 3_000) {
      const some = await take(receiver, 300);
      await Promise.all(some.map((message) => receiver.completeMessage(message)));
      seen.push(...bodies(some));
    }
    expect(seen).toEqual(Array.from({ length: 3_000 }, (_, index) => index));
    expect(await receiver.peekMessages(1)).toEqual([]);
  });

  it('more than 2,048 management calls go over one link', async () => {
    const receiver = held.client.createReceiver('plain');
    const startedAtMs = performance.now();
    for (let call = 0; call < 2_300; call += 23)
      await Promise.all(Array.from({ length: 23 }, () => receiver.peekMessages(1)));
    expect(performance.now() - startedAtMs).toBeLessThan(20_000);
  });

  it('more than 2,048 messages are sent one by one over one link', async () => {
    const sender = held.client.createSender('plain');
    for (let sent = 0; sent < 2_300; sent += 100)
      await Promise.all(
        Array.from({ length: 100 }, (_, index) => sender.sendMessages({ body: sent + index })),
      );
    const receiver = held.client.createReceiver('plain', { receiveMode: 'receiveAndDelete' });
    expect(await take(receiver, 2_300)).toHaveLength(2_300);
  });
});

describe('races on the wire', () => {
  // one credit and a wait as short as a send: most receives end as their message crosses the drain on the wire
  it('a receive that ends while its message arrives neither stalls nor loses it', async () => {
    const sender = held.client.createSender('plain');
    const receiver = held.client.createReceiver('plain', { receiveMode: 'receiveAndDelete' });
    const seen: unknown[] = [];
    let stalled = 0;
    let sending = true;
    const feeding = (async () => {
      for (let index = 0; index < 300; index++) await sender.sendMessages({ body: index });
      sending = false;
    })();
    while (sending || seen.length < 300) {
      const startedAtMs = performance.now();
      seen.push(...bodies(await receiver.receiveMessages(1, { maxWaitTimeInMs: 2 })));
      if (performance.now() - startedAtMs > 150) stalled += 1;
    }
    await feeding;
    expect(seen).toEqual(Array.from({ length: 300 }, (_, index) => index));
    expect(stalled).toBeLessThan(15); // unanswered drains stall one receive in eight
  });

  it('ten competing receivers get each message exactly once', async () => {
    await fill('plain', 500);
    const seen: unknown[] = [];
    const clients = Array.from({ length: 10 }, () => held.bus.client());
    const errors: unknown[] = [];
    for (const client of clients)
      client.createReceiver('plain').subscribe(
        {
          processMessage: async ({ body }) => void seen.push(body),
          processError: async ({ error }) => void errors.push(error),
        },
        { maxConcurrentCalls: 4 },
      );
    while (seen.length < 500) await delay(10);
    expect(errors).toEqual([]);
    expect(new Set(seen).size).toBe(500);
    expect(seen).toHaveLength(500);
  });
});

describe.runIf(isLocal)('ends', () => {
  it('a new client and its first call do not wait for delayed acknowledgements', async () => {
    const timesMs: number[] = [];
    for (let call = 0; call < 11; call++) {
      const client = held.bus.client();
      const startedAtMs = performance.now();
      await client.createReceiver('plain').peekMessages(1);
      timesMs.push(performance.now() - startedAtMs);
      await client.close();
    }
    expect(timesMs.sort((a, b) => a - b)[5]).toBeLessThan(80); // two waits of 40 ms and more without the answer
  });

  it('a killed client leaves its session free and its message to the next, when the lock runs out', async () => {
    await held.client.createSender('brief').sendMessages({ body: 1 });
    await held.client.createSender('ordered').sendMessages({ body: 2, sessionId: 'a' });
    const child = spawn(
      process.execPath,
      [join(import.meta.dirname, 'client-process.ts'), held.bus.connectionString()],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    const session = await held.client
      .acceptSession('ordered', 'a')
      .catch(() => delay(200).then(() => held.client.acceptSession('ordered', 'a')));
    expect(await takeOne(session)).toMatchObject({ body: 2, deliveryCount: 0 });
    expect(await takeOne(held.client.createReceiver('brief'))).toMatchObject({ body: 1, deliveryCount: 1 });
  });

  it('a process that closes client and bus ends', async () => {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'whole-life-process.ts')], {
      stdio: 'inherit',
    });
    const [code] = (await once(child, 'exit')) as [number];
    expect(code).toBe(0);
  });

  it('closing the bus under open links ends them and nothing else', async () => {
    const client = new ServiceBusClient(held.bus.connectionString(), { retryOptions: { maxRetries: 0 } });
    const receiver = client.createReceiver('plain');
    const waiting = receiver
      .receiveMessages(1, { maxWaitTimeInMs: 20_000 })
      .catch((error: unknown) => [error]);
    await client.createSender('plain').sendMessages([]);
    await held.bus.restart();
    expect(await waiting).toBeInstanceOf(Array);
    await client.close();
  });

  it('counts what was sent, delivered, completed and dead-lettered', async () => {
    await held.client.createSender('plain').sendMessages([{ body: 1 }, { body: 2 }]);
    const receiver = held.client.createReceiver('plain');
    const [first, second] = await take(receiver, 2);
    await receiver.completeMessage(first!);
    await receiver.deadLetterMessage(second!);
    expect(held.bus.local.counts()).toEqual({
      'sent plain': 2,
      'delivered plain': 2,
      'completed plain': 1,
      'dead-lettered plain': 1,
    });
    expect(held.bus.local.summary).toBe('7 queues, 1 topic, 0 messages waiting');
  });
});
