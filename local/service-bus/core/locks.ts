/**
 * Locks on single messages: taken on delivery, renewed, run out, given back.
 * From: `core/lanes.ts` and `core/deferred.ts`. Next: `core/settle.ts` ends them. Real clock only.
 */
import { randomUUID } from 'node:crypto';
import { deadLetter } from './dead-letter.ts';
import { messageLockLost, sessionLockLost } from './errors.ts';
import { hasExpired, makeReady, removeMessage } from './lanes.ts';
import type { Lane, Lock, Message, Queue } from './state.ts';

/** Locks a message for its receiver; in a session the session's lock counts. */
export const lockMessage = (lane: Lane, message: Message): Lock => {
  const { queue, session } = lane;
  const untilMs = session?.owner ? session.owner.untilMs : Date.now() + queue.settings.lockMs;
  const lock: Lock = { token: randomUUID(), message, lane, untilMs, timer: undefined };
  if (!session) lock.timer = setTimeout(runOut, queue.settings.lockMs, lock).unref();
  queue.locks.set(lock.token, lock);
  lane.held.add(lock);
  return lock;
};

/** The lock behind a token. @throws BusError when it ran out or never was. */
export const lockOf = (queue: Queue, token: string): Lock => {
  const lock = queue.locks.get(token);
  if (!lock) throw messageLockLost();
  return lock;
};

/** Until when it holds now (real instant). */
export const renewLock = (queue: Queue, token: string): number => {
  const lock = lockOf(queue, token);
  const { session } = lock.lane;
  if (session) {
    if (!session.owner) throw sessionLockLost(session.id);
    return session.owner.untilMs;
  }
  clearTimeout(lock.timer);
  lock.timer = setTimeout(runOut, queue.settings.lockMs, lock).unref();
  lock.untilMs = Date.now() + queue.settings.lockMs;
  return lock.untilMs;
};

export const dropLock = (queue: Queue, lock: Lock): void => {
  clearTimeout(lock.timer);
  queue.locks.delete(lock.token);
  lock.lane.held.delete(lock);
};

const runOut = (lock: Lock): void => giveBack(lock, true);

/** The message becomes available again; `failed` counts a delivery, and too many lead to the dead letters. */
export const giveBack = (lock: Lock, failed: boolean): void => {
  const { queue } = lock.lane;
  const { message } = lock;
  dropLock(queue, lock);
  if (failed) {
    message.deliveryCount += 1;
    queue.bus.store.failed(queue.path, message);
  }
  if (message.deliveryCount >= queue.settings.maxDeliveryCount && queue.deadLetters) {
    const description = `Message could not be consumed after ${queue.settings.maxDeliveryCount} delivery attempts.`;
    return deadLetter(queue, message, 'MaxDeliveryCountExceeded', description);
  }
  if (hasExpired(queue, message)) return removeMessage(queue, message);
  if (!message.deferred) makeReady(queue, message);
};
