/** Sessions: one holder at a time, in order, with a state and a lock of their own. */
import { delay, type ServiceBusSessionReceiver } from '@azure/service-bus';
import { expect, it } from 'vitest';
import { bodies, briefLockMs, glance, take, takeOne, useBus } from './under-test.ts';

const held = useBus();
const send = (queue: string, sessionId: string, ...all: unknown[]) =>
  held.client.createSender(queue).sendMessages(all.map((body) => ({ body, sessionId })));
const noRenewal = { maxAutoLockRenewalDurationInMs: 0 };

it('messages of a session come in the order they were sent', async () => {
  await send('ordered', 'a', 1, 2, 3, 4, 5);
  const session = await held.client.acceptSession('ordered', 'a');
  expect(bodies(await take(session, 5))).toEqual([1, 2, 3, 4, 5]);
});

it('a session gives only its own messages', async () => {
  await send('ordered', 'a', 'a1');
  await send('ordered', 'b', 'b1');
  const session = await held.client.acceptSession('ordered', 'b');
  expect(bodies(await glance(session))).toEqual(['b1']);
});

it('the next session is one with messages, and says which', async () => {
  await send('ordered', 'only', 1);
  const session = await held.client.acceptNextSession('ordered');
  expect(session.sessionId).toBe('only');
  expect((await takeOne(session)).sessionId).toBe('only');
});

it('the next session comes when its first message does', async () => {
  const waiting = held.client.acceptNextSession('ordered');
  await send('ordered', 'late', 1);
  expect((await waiting).sessionId).toBe('late');
});

it('waiting for a session in vain ends in a timeout', async () => {
  const client = held.bus.client();
  const startedAtMs = performance.now();
  await expect(
    client.acceptNextSession('ordered', { abortSignal: AbortSignal.timeout(20_000) }),
  ).rejects.toMatchObject({
    code: 'ServiceTimeout',
  });
  expect(performance.now() - startedAtMs).toBeGreaterThan(1_000);
}, 30_000);

it('a session held by one receiver is refused to another', async () => {
  await held.client.acceptSession('ordered', 'a');
  await expect(held.bus.client().acceptSession('ordered', 'a')).rejects.toMatchObject({
    code: 'SessionCannotBeLocked',
  });
});

it('the next session passes over those that are held', async () => {
  await send('ordered', 'a', 1);
  await send('ordered', 'b', 1);
  const first = await held.client.acceptNextSession('ordered');
  const second = await held.client.acceptNextSession('ordered');
  expect([first.sessionId, second.sessionId].sort()).toEqual(['a', 'b']);
});

it('closing the receiver frees the session, and its messages come again uncounted', async () => {
  await send('ordered', 'a', 1, 2);
  const first = await held.client.acceptSession('ordered', 'a');
  await take(first, 2);
  await first.close();
  const again = await take(await held.client.acceptSession('ordered', 'a'), 2);
  expect(again.map(({ body, deliveryCount }) => [body as unknown, deliveryCount])).toEqual([
    [1, 0],
    [2, 0],
  ]);
});

it('when a session lock runs out another receiver gets the messages, in order and counted', async () => {
  await send('brief-ordered', 'a', 1, 2, 3);
  const first = await held.client.acceptSession('brief-ordered', 'a', noRenewal);
  const mine = await take(first, 3);
  const second = await held.bus.client().acceptNextSession('brief-ordered', noRenewal);
  const again = await take(second, 3);
  expect(again.map(({ body, deliveryCount }) => [body as unknown, deliveryCount])).toEqual([
    [1, 1],
    [2, 1],
    [3, 1],
  ]);
  await expect(first.completeMessage(mine[0]!)).rejects.toMatchObject({ code: 'SessionLockLost' });
});

it('a renewed session lock holds past its first term', async () => {
  await send('brief-ordered', 'a', 1);
  const session = await held.client.acceptSession('brief-ordered', 'a', noRenewal);
  const message = await takeOne(session);
  for (let time = 0; time < 3; time++) {
    await delay(briefLockMs * 0.6);
    expect((await session.renewSessionLock()).getTime()).toBeGreaterThan(Date.now());
  }
  await session.completeMessage(message);
});

it('the SDK renews a session lock by itself', async () => {
  await send('brief-ordered', 'a', 1);
  const session = await held.client.acceptSession('brief-ordered', 'a');
  const message = await takeOne(session);
  await delay(briefLockMs * 2.2);
  await session.completeMessage(message);
});

it('a session keeps its state, also without messages', async () => {
  const first = await held.client.acceptSession('ordered', 'a');
  expect(await first.getSessionState()).toBeNull();
  await first.setSessionState({ step: 3 });
  await first.close();
  const second = await held.client.acceptSession('ordered', 'a');
  expect(await second.getSessionState()).toEqual({ step: 3 });
  await second.setSessionState(null);
  expect(await second.getSessionState()).toBeNull();
});

it('an abandoned message of a session comes again before the later ones', async () => {
  await send('ordered', 'a', 1, 2);
  const session = await held.client.acceptSession('ordered', 'a');
  await session.abandonMessage(await takeOne(session));
  expect(bodies(await take(session, 2))).toEqual([1, 2]);
});

it('a message that fails too often leaves its session to those after it', async () => {
  await send('brief-ordered', 'a', 'poison', 'good');
  const session = await held.client.acceptSession('brief-ordered', 'a');
  for (let time = 0; time < 3; time++) await session.abandonMessage(await takeOne(session));
  expect((await takeOne(session)).body).toBe('good');
  const dead = held.client.createReceiver('brief-ordered', { subQueueType: 'deadLetter' });
  expect(await takeOne(dead)).toMatchObject({ body: 'poison', sessionId: 'a' });
});

it('a deferred message of a session is taken by its holder', async () => {
  await send('ordered', 'a', 1);
  const session = await held.client.acceptSession('ordered', 'a');
  const message = await takeOne(session);
  await session.deferMessage(message);
  const [deferred] = await session.receiveDeferredMessages(message.sequenceNumber!);
  await session.completeMessage(deferred!);
  expect(await session.peekMessages(1)).toEqual([]);
});

it('peeking shows only the session’s own messages', async () => {
  await send('ordered', 'a', 'a1');
  await send('ordered', 'b', 'b1');
  const session = await held.client.acceptSession('ordered', 'b');
  expect(bodies(await session.peekMessages(10))).toEqual(['b1']);
});

it('a message without a session id is refused', async () => {
  await expect(held.client.createSender('ordered').sendMessages({ body: 1 })).rejects.toThrow(
    /SessionId was not set/,
  );
});

it('a receiver without a session is refused', async () => {
  await expect(held.client.createReceiver('ordered').receiveMessages(1)).rejects.toThrow(/requires sessions/);
});

it('a session of a queue without sessions is refused', async () => {
  await expect(held.client.acceptSession('plain', 'a')).rejects.toThrow(
    /does not require sessions|Failed to create a receiver/, // the SDK does not always wait for the reason
  );
});

it('under competing receivers every session keeps its order and every message comes once', async () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f'];
  await Promise.all(
    names.map((name) => send('ordered', name, ...Array.from({ length: 20 }, (_, index) => index))),
  );
  const seen = new Map<string, unknown[]>(names.map((name) => [name, []]));
  const work = async () => {
    for (let session = await nextOf(); session; session = await nextOf()) {
      for (let all = await glance(session); all.length > 0; all = await glance(session))
        for (const message of all) {
          seen.get(session.sessionId)!.push(message.body);
          await session.completeMessage(message);
        }
      await session.close();
    }
  };
  const nextOf = async (): Promise<ServiceBusSessionReceiver | undefined> =>
    [...seen.values()].flat().length < 120
      ? held.bus
          .client()
          .acceptNextSession('ordered')
          .catch(() => undefined)
      : undefined;
  await Promise.all([work(), work(), work()]);
  for (const order of seen.values()) expect(order).toEqual(Array.from({ length: 20 }, (_, index) => index));
}, 40_000);
