/** The fault switch: each kind as the SDK sees it. Stand-in only. */
import { describe, expect, it } from 'vitest';
import type { FaultPlan } from '../../../local/kit/faults.ts';
import { bodies, glance, isLocal, take, takeOne, useBus } from './under-test.ts';

const held = useBus();
type Rule = NonNullable<FaultPlan['rules']>[number];
const strike = (...rules: Rule[]) => held.bus.faults.set({ rules });
const sender = (maxRetries = 0) => held.bus.client({ maxRetries }).createSender('plain');
const receiver = () => held.bus.client().createReceiver('plain');
const waiting = async () => bodies(await held.client.createReceiver('plain').peekMessages(10));

describe.runIf(isLocal)('sending', () => {
  it('429: refused as busy, nothing sent', async () => {
    strike({ kind: '429', operation: 'send plain', times: 1 });
    await expect(sender().sendMessages({ body: 1 })).rejects.toMatchObject({
      code: 'ServiceBusy',
      retryable: true,
    });
    expect(await waiting()).toEqual([]);
  });

  it.each(['429', '503', 'reset-before'] as const)(
    '%s: the SDK tries again and the message is there once',
    async (kind) => {
      strike({ kind, operation: 'send plain', times: 1 });
      await sender(3).sendMessages({ body: 1 });
      expect(await waiting()).toEqual([1]);
    },
  );

  it('reset-after: sent, but the sender does not know; its second try makes two', async () => {
    strike({ kind: 'reset-after', operation: 'send plain', times: 1 });
    await sender(3).sendMessages({ body: 1 });
    expect(await waiting()).toEqual([1, 1]);
  });

  it('lost-answer: the effect without the word', async () => {
    strike({ kind: 'lost-answer', operation: 'send plain', times: 1 });
    const sending = sender().sendMessages({ body: 1 }, { abortSignal: AbortSignal.timeout(400) });
    await expect(sending).rejects.toThrow();
    expect(await waiting()).toEqual([1]);
  });

  it('duplicate: enqueued twice, once where duplicates are detected', async () => {
    strike({ kind: 'duplicate', operation: 'send' });
    await sender().sendMessages({ body: 1 });
    await held.client.createSender('unique').sendMessages({ body: 1 });
    expect(await waiting()).toEqual([1, 1]);
    expect(bodies(await held.client.createReceiver('unique').peekMessages(10))).toEqual([1]);
  });

  it('reorder: swapped with the next', async () => {
    strike({ kind: 'reorder', operation: 'send plain', times: 1, delayMs: 5_000 });
    const one = sender();
    await Promise.all([one.sendMessages({ body: 1 }), one.sendMessages({ body: 2 })]);
    expect(await waiting()).toEqual([2, 1]);
  });

  it('latency: late, but in order on its link', async () => {
    strike({ kind: 'latency', operation: 'send plain', times: 1, delayMs: 300 });
    const startedAtMs = performance.now();
    const one = sender();
    await Promise.all([one.sendMessages({ body: 1 }), one.sendMessages({ body: 2 })]);
    expect(performance.now() - startedAtMs).toBeGreaterThan(290);
    expect(await waiting()).toEqual([1, 2]);
  });
});

describe.runIf(isLocal)('receiving and settling', () => {
  it('receive duplicate: the message comes twice, the first lock is lost', async () => {
    await held.client.createSender('plain').sendMessages({ body: 1 });
    strike({ kind: 'duplicate', operation: 'receive plain', times: 1 });
    const one = receiver();
    const first = await takeOne(one);
    const second = await takeOne(one);
    expect([first.deliveryCount, second.deliveryCount]).toEqual([0, 1]);
    await expect(one.completeMessage(first)).rejects.toMatchObject({ code: 'MessageLockLost' });
    await one.completeMessage(second);
  });

  it('receive lost-answer: the message is held by nobody until its lock runs out', async () => {
    await held.client.createSender('brief').sendMessages({ body: 1 });
    strike({ kind: 'lost-answer', operation: 'receive brief', times: 1 });
    const message = await takeOne(held.client.createReceiver('brief'));
    expect(message.deliveryCount).toBe(1);
  });

  it('receive reset-before: the next connection gets the message, uncounted', async () => {
    await held.client.createSender('plain').sendMessages({ body: 1 });
    strike({ kind: 'reset-before', operation: 'receive plain', times: 1 });
    await receiver()
      .receiveMessages(1, { maxWaitTimeInMs: 500 })
      .catch(() => []);
    expect((await takeOne(receiver())).deliveryCount).toBe(0);
  });

  it('receive reorder: a neighbour comes first', async () => {
    await held.client.createSender('plain').sendMessages([{ body: 1 }, { body: 2 }]);
    strike({ kind: 'reorder', operation: 'receive plain', times: 1, delayMs: 2_000 });
    const one = receiver();
    expect(bodies(await take(one, 2))).toEqual([2, 1]);
  });

  it('reorder leaves a session alone', async () => {
    const all = [1, 2, 3].map((body) => ({ body, sessionId: 'a' }));
    await held.client.createSender('ordered').sendMessages(all);
    strike({ kind: 'reorder', operation: 'receive ordered', probability: 1 });
    expect(bodies(await take(await held.client.acceptSession('ordered', 'a'), 3))).toEqual([1, 2, 3]);
  });

  it('settle 503: refused, the message stays', async () => {
    await held.client.createSender('plain').sendMessages({ body: 1 });
    const one = receiver();
    const message = await takeOne(one);
    strike({ kind: '503', operation: 'settle plain', times: 1 });
    await expect(one.completeMessage(message)).rejects.toMatchObject({ code: 'ServiceTimeout' });
    expect(await waiting()).toEqual([1]);
  });

  it('manage 429: refused as busy', async () => {
    strike({ kind: '429', operation: 'manage plain', times: 1 });
    await expect(receiver().peekMessages(1)).rejects.toMatchObject({ code: 'ServiceBusy' });
    expect(await glance(receiver())).toEqual([]);
  });

  it('switched off, nothing strikes any more', async () => {
    strike({ kind: '429' });
    held.bus.faults.set({});
    await sender().sendMessages({ body: 1 });
    expect(await waiting()).toEqual([1]);
  });
});
