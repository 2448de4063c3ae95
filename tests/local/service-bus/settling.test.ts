/** Complete, abandon, defer, dead-letter; counts of failed deliveries; locks that run out. */
import { delay } from '@azure/service-bus';
import { describe, expect, it } from 'vitest';
import { bodies, briefLockMs, glance, take, takeOne, useBus } from './under-test.ts';

const held = useBus();
const send = (queue: string, ...messages: unknown[]) =>
  held.client.createSender(queue).sendMessages(messages.map((body) => ({ body })));
const deadLetters = (queue: string) => held.client.createReceiver(queue, { subQueueType: 'deadLetter' });

describe('settling under a lock', () => {
  it('a completed message does not come again', async () => {
    await send('plain', 1);
    const receiver = held.client.createReceiver('plain');
    await receiver.completeMessage(await takeOne(receiver));
    expect(await glance(receiver)).toEqual([]);
    expect(await receiver.peekMessages(10)).toEqual([]);
  });

  it('an abandoned message comes again at once, counted', async () => {
    await send('plain', 1);
    const receiver = held.client.createReceiver('plain');
    await receiver.abandonMessage(await takeOne(receiver));
    expect((await takeOne(receiver)).deliveryCount).toBe(1);
  });

  it('an abandoned message keeps its place before later ones', async () => {
    await send('plain', 'first', 'second');
    const receiver = held.client.createReceiver('plain');
    await receiver.abandonMessage(await takeOne(receiver));
    expect(bodies(await take(receiver, 2))).toEqual(['first', 'second']);
  });

  it('abandoning may change application properties; the others stay', async () => {
    await held.client
      .createSender('plain')
      .sendMessages({ body: 1, applicationProperties: { kept: 1, changed: 'old' } });
    const receiver = held.client.createReceiver('plain');
    await receiver.abandonMessage(await takeOne(receiver), { changed: 'new', added: true });
    expect((await takeOne(receiver)).applicationProperties).toEqual({ kept: 1, changed: 'new', added: true });
  });

  it('after as many failed deliveries as allowed the message lies among the dead letters, with the reason', async () => {
    await send('brief', 'poison');
    const receiver = held.client.createReceiver('brief');
    for (let time = 0; time < 3; time++) await receiver.abandonMessage(await takeOne(receiver));
    expect(await glance(receiver)).toEqual([]);
    const dead = await takeOne(deadLetters('brief'));
    expect(dead).toMatchObject({
      body: 'poison',
      deadLetterReason: 'MaxDeliveryCountExceeded',
      deliveryCount: 3,
    });
    expect(dead.deadLetterErrorDescription).toMatch(/3 delivery attempts/);
  });

  it('dead-lettering keeps reason, description and further properties', async () => {
    await send('plain', 1);
    const receiver = held.client.createReceiver('plain');
    const options = { deadLetterReason: 'unreadable', deadLetterErrorDescription: 'no amount', row: 7 };
    await receiver.deadLetterMessage(await takeOne(receiver), options);
    const dead = await takeOne(deadLetters('plain'));
    expect(dead).toMatchObject({ deadLetterReason: 'unreadable', deadLetterErrorDescription: 'no amount' });
    expect(dead.applicationProperties?.['row']).toBe(7);
  });

  it('a dead letter is completed like any other message', async () => {
    await send('plain', 1);
    const receiver = held.client.createReceiver('plain');
    await receiver.deadLetterMessage(await takeOne(receiver));
    const dead = deadLetters('plain');
    await dead.completeMessage(await takeOne(dead));
    expect(await glance(dead)).toEqual([]);
  });

  it('an abandoned dead letter stays among the dead letters, however often', async () => {
    await send('brief', 1);
    const receiver = held.client.createReceiver('brief');
    await receiver.deadLetterMessage(await takeOne(receiver));
    const dead = deadLetters('brief');
    for (let time = 0; time < 5; time++) await dead.abandonMessage(await takeOne(dead));
    expect(bodies(await take(dead, 1))).toEqual([1]);
  });

  it('settling twice is refused by the lock', async () => {
    await send('plain', 1);
    const receiver = held.client.createReceiver('plain');
    const message = await takeOne(receiver);
    await receiver.completeMessage(message);
    await expect(receiver.completeMessage(message)).rejects.toThrow();
  });

  it('receive-and-delete takes a message away at once', async () => {
    await send('plain', 1, 2);
    const receiver = held.client.createReceiver('plain', { receiveMode: 'receiveAndDelete' });
    expect(bodies(await take(receiver, 2))).toEqual([1, 2]);
    expect(await held.client.createReceiver('plain').peekMessages(10)).toEqual([]);
  });
});

describe('deferring', () => {
  const defer = async (body: unknown) => {
    await send('plain', body);
    const receiver = held.client.createReceiver('plain');
    const message = await takeOne(receiver);
    await receiver.deferMessage(message, { why: 'later' });
    return { receiver, number: message.sequenceNumber! };
  };

  it('a deferred message is not delivered, but can be taken by its number and completed', async () => {
    const { receiver, number } = await defer('d');
    expect(await glance(receiver)).toEqual([]);
    const [message] = await receiver.receiveDeferredMessages(number);
    expect(message).toMatchObject({ body: 'd', state: 'deferred', applicationProperties: { why: 'later' } });
    await receiver.completeMessage(message!);
    await expect(receiver.receiveDeferredMessages(number)).rejects.toMatchObject({ code: 'MessageNotFound' });
  });

  it('abandoned, it stays deferred', async () => {
    const { receiver, number } = await defer('d');
    const [message] = await receiver.receiveDeferredMessages(number);
    await receiver.abandonMessage(message!);
    expect(await glance(receiver)).toEqual([]);
    expect(bodies(await receiver.receiveDeferredMessages(number))).toEqual(['d']);
  });

  it('it can be dead-lettered', async () => {
    const { receiver, number } = await defer('d');
    const [message] = await receiver.receiveDeferredMessages(number);
    await receiver.deadLetterMessage(message!, {
      deadLetterReason: 'no',
      deadLetterErrorDescription: 'never',
    });
    expect(await takeOne(deadLetters('plain'))).toMatchObject({ body: 'd', deadLetterReason: 'no' });
  });

  it('a number that is not deferred is not found', async () => {
    const receiver = held.client.createReceiver('plain');
    await held.client.createSender('plain').sendMessages({ body: 'not deferred' });
    const [message] = await receiver.receiveMessages(1);
    const { sequenceNumber } = message!;
    await expect(receiver.receiveDeferredMessages(sequenceNumber!)).rejects.toMatchObject({
      code: 'MessageNotFound',
    });
    await receiver.completeMessage(message!);
  });
});

describe('locks run out', () => {
  it('a message whose lock expired goes to the second receiver, counted', async () => {
    await send('brief', 1);
    const first = held.client.createReceiver('brief', { maxAutoLockRenewalDurationInMs: 0 });
    const second = held.bus.client().createReceiver('brief', { maxAutoLockRenewalDurationInMs: 0 });
    const startedAtMs = performance.now();
    const mine = await takeOne(first);
    const again = await takeOne(second);
    expect(performance.now() - startedAtMs).toBeGreaterThan(briefLockMs * 0.9);
    expect(again.deliveryCount).toBe(1);
    await expect(first.completeMessage(mine)).rejects.toMatchObject({ code: 'MessageLockLost' });
    await second.completeMessage(again);
  });

  it('a renewed lock holds past its first term', async () => {
    await send('brief', 1);
    const receiver = held.client.createReceiver('brief', { maxAutoLockRenewalDurationInMs: 0 });
    const message = await takeOne(receiver);
    for (let time = 0; time < 3; time++) {
      await delay(briefLockMs * 0.6);
      expect((await receiver.renewMessageLock(message)).getTime()).toBeGreaterThan(Date.now());
    }
    await receiver.completeMessage(message);
  });

  it('the SDK renews by itself while a message is being handled', async () => {
    await send('brief', 1);
    const receiver = held.client.createReceiver('brief');
    const settled = new Promise<void>((resolve, reject) => {
      receiver.subscribe(
        {
          processMessage: async () => delay(briefLockMs * 2.2),
          processError: async ({ error }) => reject(error),
        },
        { maxConcurrentCalls: 1 },
      );
      void waitUntilEmpty('brief').then(resolve, reject);
    });
    await settled;
    expect(await deadLetters('brief').peekMessages(1)).toEqual([]);
  });

  it('a lost lock cannot be renewed', async () => {
    await send('brief', 1);
    const receiver = held.client.createReceiver('brief', { maxAutoLockRenewalDurationInMs: 0 });
    const message = await takeOne(receiver);
    await takeOne(held.client.createReceiver('brief', { maxAutoLockRenewalDurationInMs: 0 }));
    await expect(receiver.renewMessageLock(message)).rejects.toMatchObject({ code: 'MessageLockLost' });
  });
});

const waitUntilEmpty = async (queue: string): Promise<void> => {
  const receiver = held.client.createReceiver(queue);
  while ((await receiver.peekMessages(1)).length > 0) await delay(20);
};
