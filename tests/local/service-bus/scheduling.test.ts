/** Scheduled messages, times to live, duplicate windows: what goes by the business clock. */
import { describe, expect, it } from 'vitest';
import { bodies, glance, isLocal, take, takeOne, useBus } from './under-test.ts';

const held = useBus();
const hourMs = 3_600_000;
const inAnHour = () => new Date(held.bus.clock.now() + hourMs);

describe('scheduling', () => {
  it('a scheduled message is not delivered before its time', async () => {
    await held.client.createSender('plain').scheduleMessages({ body: 1 }, inAnHour());
    expect(await glance(held.client.createReceiver('plain'))).toEqual([]);
  });

  it('a message scheduled for the near future comes then', async () => {
    const at = new Date(Date.now() + 600);
    await held.client.createSender('plain').scheduleMessages({ body: 1 }, at);
    const message = await takeOne(held.client.createReceiver('plain'));
    expect(Date.now()).toBeGreaterThanOrEqual(at.getTime());
    expect(message.body).toBe(1);
  });

  it('a message scheduled for the past comes at once', async () => {
    await held.client.createSender('plain').scheduleMessages({ body: 1 }, new Date(Date.now() - 1_000));
    expect((await takeOne(held.client.createReceiver('plain'))).body).toBe(1);
  });

  it('a plain send may carry the time as well', async () => {
    const scheduledEnqueueTimeUtc = inAnHour();
    await held.client.createSender('plain').sendMessages({ body: 1, scheduledEnqueueTimeUtc });
    const receiver = held.client.createReceiver('plain');
    expect(await glance(receiver)).toEqual([]);
    const [seen] = await receiver.peekMessages(1);
    expect(seen).toMatchObject({ state: 'scheduled', scheduledEnqueueTimeUtc });
  });

  it('several at once get a number each, and each can be cancelled', async () => {
    const sender = held.client.createSender('plain');
    const numbers = await sender.scheduleMessages([{ body: 1 }, { body: 2 }, { body: 3 }], inAnHour());
    expect(numbers).toHaveLength(3);
    await sender.cancelScheduledMessages([numbers[0]!, numbers[2]!]);
    expect(bodies(await held.client.createReceiver('plain').peekMessages(10))).toEqual([2]);
  });

  it('cancelling what is not scheduled is refused', async () => {
    const sender = held.client.createSender('plain');
    const [number] = await sender.scheduleMessages({ body: 1 }, inAnHour());
    await sender.cancelScheduledMessages(number!);
    await expect(sender.cancelScheduledMessages(number!)).rejects.toMatchObject({ code: 'MessageNotFound' });
  });

  it('a message can be scheduled into a session', async () => {
    await held.client
      .createSender('ordered')
      .scheduleMessages({ body: 1, sessionId: 'a' }, new Date(Date.now() + 300));
    const session = await held.client.acceptNextSession('ordered');
    expect((await takeOne(session)).sessionId).toBe('a');
  });

  it('a message can be scheduled for a topic', async () => {
    await held.client.createSender('events').scheduleMessages({ body: 1 }, new Date(Date.now() + 300));
    expect((await takeOne(held.client.createReceiver('events', 'all'))).body).toBe(1);
  });
});

describe('peeking', () => {
  it('shows messages in order without locking them, page after page', async () => {
    await held.client.createSender('plain').sendMessages([1, 2, 3, 4, 5].map((body) => ({ body })));
    const receiver = held.client.createReceiver('plain');
    expect(bodies(await receiver.peekMessages(2))).toEqual([1, 2]);
    expect(bodies(await receiver.peekMessages(5))).toEqual([3, 4, 5]);
    expect(bodies(await take(receiver, 5))).toEqual([1, 2, 3, 4, 5]);
  });

  it('an empty queue shows nothing', async () => {
    expect(await held.client.createReceiver('plain').peekMessages(10)).toEqual([]);
  });

  it('tells active and deferred messages apart', async () => {
    await held.client.createSender('plain').sendMessages([{ body: 1 }, { body: 2 }]);
    const receiver = held.client.createReceiver('plain');
    await receiver.deferMessage(await takeOne(receiver));
    expect((await receiver.peekMessages(2)).map(({ state }) => state)).toEqual(['deferred', 'active']);
  });
});

describe('duplicate detection', () => {
  it('a second message with the same id is accepted and dropped', async () => {
    const sender = held.client.createSender('unique');
    await sender.sendMessages({ body: 'first', messageId: 'same' });
    await sender.sendMessages({ body: 'second', messageId: 'same' });
    await sender.sendMessages({ body: 'other', messageId: 'different' });
    expect(bodies(await glance(held.client.createReceiver('unique')))).toEqual(['first', 'other']);
  });

  it('also when the first has long been completed, and within one batch', async () => {
    const sender = held.client.createSender('unique');
    await sender.sendMessages([1, 2].map((body) => ({ body, messageId: 'same' })));
    const receiver = held.client.createReceiver('unique');
    await receiver.completeMessage(await takeOne(receiver));
    await sender.sendMessages({ body: 3, messageId: 'same' });
    expect(await glance(receiver)).toEqual([]);
  });

  it('a queue without it takes the same id twice', async () => {
    const sender = held.client.createSender('plain');
    await sender.sendMessages({ body: 1, messageId: 'same' });
    await sender.sendMessages({ body: 2, messageId: 'same' });
    expect(bodies(await take(held.client.createReceiver('plain'), 2))).toEqual([1, 2]);
  });
});

describe.runIf(isLocal)('when the business clock moves', () => {
  it('scheduled messages come as it passes their time, in the order of their times', async () => {
    const sender = held.client.createSender('plain');
    await sender.scheduleMessages({ body: 'second' }, new Date(held.bus.clock.now() + 2 * hourMs));
    await sender.scheduleMessages({ body: 'first' }, new Date(held.bus.clock.now() + hourMs));
    await held.bus.clock.moveTo(held.bus.clock.now() + 3 * hourMs);
    const taken = await take(held.client.createReceiver('plain'), 2);
    expect(bodies(taken)).toEqual(['first', 'second']);
    expect(taken[0]!.enqueuedTimeUtc!.getTime()).toBeLessThan(taken[1]!.enqueuedTimeUtc!.getTime());
  });

  it('a move waits until a working receiver has handled what became due', async () => {
    const done: unknown[] = [];
    held.client.createReceiver('plain').subscribe({
      processMessage: async ({ body }) => void done.push(body),
      processError: async ({ error }) => Promise.reject(error),
    });
    await held.client.createSender('plain').scheduleMessages([{ body: 1 }, { body: 2 }], inAnHour());
    await held.bus.clock.moveTo(held.bus.clock.now() + 2 * hourMs);
    expect(done).toEqual([1, 2]);
  });

  it('a message past its own time to live is gone', async () => {
    await held.client
      .createSender('plain')
      .sendMessages([{ body: 'short', timeToLive: 60_000 }, { body: 'long' }]);
    await held.bus.clock.moveTo(held.bus.clock.now() + 61_000);
    const receiver = held.client.createReceiver('plain');
    expect(bodies(await glance(receiver))).toEqual(['long']);
    expect(bodies(await receiver.peekMessages(5))).toEqual(['long']);
  });

  it('a queue’s time to live counts when the message has none, or a longer one', async () => {
    await held.client
      .createSender('fleeting')
      .sendMessages([{ body: 1 }, { body: 2, timeToLive: 48 * hourMs }]);
    await held.bus.clock.moveTo(held.bus.clock.now() + hourMs + 1_000);
    expect(await glance(held.client.createReceiver('fleeting'))).toEqual([]);
  });

  it('a lock goes by real time: a day later the message is still held', async () => {
    await held.client.createSender('plain').sendMessages({ body: 1 });
    const receiver = held.client.createReceiver('plain');
    const message = await takeOne(receiver);
    await expect(held.bus.clock.moveTo(held.bus.clock.now() + 24 * hourMs, 200)).rejects.toThrow(/not quiet/);
    await receiver.completeMessage(message);
    await held.bus.clock.moveTo(held.bus.clock.now() + 24 * hourMs);
  });

  it('an id may be used again when its window has passed', async () => {
    const sender = held.client.createSender('unique');
    await sender.sendMessages({ body: 1, messageId: 'same' });
    await held.bus.clock.moveTo(held.bus.clock.now() + 11 * 60_000);
    await sender.sendMessages({ body: 2, messageId: 'same' });
    expect(bodies(await take(held.client.createReceiver('unique'), 2))).toEqual([1, 2]);
  });
});
