/** What goes in comes out the same, and what does not fit is refused. */
import { randomBytes } from 'node:crypto';
import type { ServiceBusSender } from '@azure/service-bus';
import { describe, expect, it } from 'vitest';
import { bodies, glance, take, takeOne, useBus } from './under-test.ts';

type AmqpAnnotatedMessage = Extract<Parameters<ServiceBusSender['sendMessages']>[0], { bodyType?: unknown }>;

const held = useBus();
const sender = () => held.client.createSender('plain');
const receiver = () => held.client.createReceiver('plain');

describe('a message comes out as it went in', () => {
  it.each([
    ['an object', { amount: 12.5, lines: [1, 2], note: null }],
    ['a text with umlauts and a euro sign', 'Fällige Beträge: 100 €'],
    ['a number', 42],
    ['a list', ['a', { b: 1 }]],
    ['bytes', Buffer.from([0, 1, 2, 254, 255])],
    ['nothing', null],
  ])('%s as body', async (_name, body) => {
    await sender().sendMessages({ body });
    expect((await takeOne(receiver())).body).toEqual(body);
  });

  it('system properties', async () => {
    const sent = {
      body: 'x',
      messageId: 'm-1',
      correlationId: 'c-1',
      subject: 'invoice',
      to: 'ledger',
      replyTo: 'answers',
      contentType: 'application/json',
      replyToSessionId: 's-9',
      partitionKey: 'p-1',
    };
    await sender().sendMessages(sent);
    expect(await takeOne(receiver())).toMatchObject(sent);
  });

  it('application properties of every kind', async () => {
    const applicationProperties = {
      text: 'a',
      whole: 7,
      broken: 1.25,
      yes: true,
      no: false,
      when: 1_700_000_000_000,
    };
    await sender().sendMessages({ body: 'x', applicationProperties });
    expect((await takeOne(receiver())).applicationProperties).toEqual(applicationProperties);
  });

  it('an annotated message with a value body and its own annotations', async () => {
    const message: AmqpAnnotatedMessage = {
      bodyType: 'value',
      body: { three: 3 },
      messageAnnotations: { 'x-own': 'kept' },
      header: { durable: true, priority: 7 },
    };
    await sender().sendMessages(message);
    const raw = (await takeOne(receiver()))._rawAmqpMessage;
    expect(raw.bodyType).toBe('value');
    expect(raw.body).toEqual({ three: 3 });
    expect(raw.messageAnnotations?.['x-own']).toBe('kept');
    expect(raw.header).toMatchObject({ durable: true, priority: 7 });
  });

  it('a body of 200 kB, over many socket reads', async () => {
    const body = randomBytes(200_000);
    await sender().sendMessages({ body });
    expect(body.equals((await takeOne(receiver())).body as Buffer)).toBe(true);
  });
});

describe('what the broker adds', () => {
  it('sequence numbers rise by one', async () => {
    await sender().sendMessages([{ body: 1 }, { body: 2 }, { body: 3 }]);
    const numbers = (await take(receiver(), 3)).map(({ sequenceNumber }) => sequenceNumber!.toNumber());
    expect(numbers).toEqual([numbers[0], numbers[0]! + 1, numbers[0]! + 2]);
  });

  it('the enqueued time is now, the lock lies ahead, the first delivery counts none before it', async () => {
    const beforeMs = Date.now();
    await sender().sendMessages({ body: 1 });
    const message = await takeOne(receiver());
    expect(Math.abs(message.enqueuedTimeUtc!.getTime() - beforeMs)).toBeLessThan(5_000);
    expect(message.lockedUntilUtc!.getTime() - beforeMs).toBeGreaterThan(25_000);
    expect(message.deliveryCount).toBe(0);
  });

  it('a message without an id gets one, each its own', async () => {
    await sender().sendMessages([{ body: 1 }, { body: 2 }]);
    const [first, second] = await take(receiver(), 2);
    expect(first!.messageId).toMatch(/.{8,}/);
    expect(first!.messageId).not.toBe(second!.messageId);
  });

  it('a message without a time to live has none', async () => {
    await sender().sendMessages({ body: 1 });
    expect((await takeOne(receiver())).timeToLive).toBeUndefined();
  });
});

describe('batches', () => {
  it('a batch arrives in its order', async () => {
    const batch = await sender().createMessageBatch();
    for (let index = 0; index < 50; index++) expect(batch.tryAddMessage({ body: index })).toBe(true);
    await sender().sendMessages(batch);
    expect(bodies(await take(receiver(), 50))).toEqual(Array.from({ length: 50 }, (_, index) => index));
  });

  it('a batch says when it is full: 256 KB', async () => {
    const batch = await sender().createMessageBatch();
    expect(batch.maxSizeInBytes).toBe(262_144);
    expect(batch.tryAddMessage({ body: randomBytes(200_000) })).toBe(true);
    expect(batch.tryAddMessage({ body: randomBytes(100_000) })).toBe(false);
  });

  it('a batch with one message that does not fit is refused whole', async () => {
    const ordered = held.client.createSender('ordered');
    await expect(ordered.sendMessages([{ body: 1, sessionId: 'a' }, { body: 2 }])).rejects.toThrow(
      /SessionId/,
    );
    const session = await held.client.acceptSession('ordered', 'a');
    expect(await glance(session)).toEqual([]);
  });
});

describe('refused', () => {
  it('a message of more than 256 KB', async () => {
    const sending = sender().sendMessages({ body: randomBytes(300_000) });
    await expect(sending).rejects.toMatchObject({ code: 'MessageSizeExceeded' });
  });

  it('a message id of 129 characters, past the SDK’s own check', async () => {
    const message: AmqpAnnotatedMessage = {
      bodyType: 'value',
      body: 1,
      properties: { messageId: 'x'.repeat(129) },
    };
    await expect(sender().sendMessages(message)).rejects.toThrow(/128/);
    const fits: AmqpAnnotatedMessage = {
      bodyType: 'value',
      body: 2,
      properties: { messageId: 'x'.repeat(128) },
    };
    await sender().sendMessages(fits);
    expect(bodies(await take(receiver(), 1))).toEqual([2]);
  });

  it('an unknown queue, for senders', async () => {
    const sending = held.client.createSender('no-such-queue').sendMessages({ body: 1 });
    await expect(sending).rejects.toMatchObject({ code: 'MessagingEntityNotFound', retryable: false });
  });

  it('an unknown queue, for receivers', async () => {
    const receiving = held.client.createReceiver('no-such-queue').receiveMessages(1);
    await expect(receiving).rejects.toMatchObject({ code: 'MessagingEntityNotFound' });
  });

  it('an unknown subscription', async () => {
    const receiving = held.client.createReceiver('events', 'nobody').receiveMessages(1);
    await expect(receiving).rejects.toMatchObject({ code: 'MessagingEntityNotFound' });
  });

  it('an unknown queue, for management', async () => {
    await expect(held.client.createReceiver('no-such-queue').peekMessages(1)).rejects.toMatchObject({
      code: 'MessagingEntityNotFound',
    });
  });

  it('receiving from a topic itself', async () => {
    await expect(held.client.createReceiver('events').receiveMessages(1)).rejects.toThrow(/topic/);
  });

  it('sending to a dead-letter queue', async () => {
    const sending = held.client.createSender('plain/$DeadLetterQueue').sendMessages({ body: 1 });
    await expect(sending).rejects.toThrow(/cannot be sent/);
  });

  it('queue names are the same in any letter case', async () => {
    await held.client.createSender('PLAIN').sendMessages({ body: 'x' });
    expect((await takeOne(receiver())).body).toBe('x');
  });
});
