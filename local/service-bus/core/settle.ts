/**
 * What a receiver says about a message it holds.
 * From: `amqp/consumer-link.ts` (outcomes) and `amqp/operations.ts` (update-disposition).
 * Next: the message is gone, back, put aside, or among the dead letters; the answer waits for `store.flush()`.
 */
import { deadLetter } from './dead-letter.ts';
import { messageLockLost, notAllowed } from './errors.ts';
import { removeMessage } from './lanes.ts';
import { dropLock, giveBack, lockOf } from './locks.ts';
import { forgetIfEmpty } from './sessions.ts';
import type { Lock, Message, Queue } from './state.ts';

export type Settlement =
  | { as: 'complete' }
  | { as: 'release' }
  | { as: 'abandon' | 'defer'; properties?: Record<string, unknown> | undefined }
  | {
      as: 'dead-letter';
      reason?: string | undefined;
      description?: string | undefined;
      properties?: Record<string, unknown> | undefined;
    };

/** @throws BusError `message-lock-lost` when the lock is no longer held. */
export const settle = (queue: Queue, token: string, settlement: Settlement): void => {
  const lock = lockOf(queue, token);
  if (queue.messages.get(lock.message.sequence) !== lock.message) throw messageLockLost();
  queue.bus.store.together(() => apply(queue, lock, settlement));
  if (lock.lane.session) forgetIfEmpty(queue, lock.lane.session);
};

const apply = (queue: Queue, lock: Lock, settlement: Settlement): void => {
  switch (settlement.as) {
    case 'complete':
      dropLock(queue, lock);
      queue.bus.count('completed', queue.name);
      return removeMessage(queue, lock.message);
    case 'release':
      return giveBack(lock, false);
    case 'abandon':
      addProperties(queue, lock.message, settlement.properties);
      return giveBack(lock, true);
    case 'defer':
      dropLock(queue, lock);
      addProperties(queue, lock.message, settlement.properties);
      lock.message.deferred = true;
      return queue.bus.store.put(queue.path, lock.message);
    case 'dead-letter':
      if (!queue.deadLetters) throw notAllowed('A message of a dead-letter queue cannot be dead-lettered.');
      dropLock(queue, lock);
      return deadLetter(
        queue,
        lock.message,
        settlement.reason,
        settlement.description,
        settlement.properties,
      );
  }
};

const addProperties = (queue: Queue, message: Message, properties: Record<string, unknown> = {}): void => {
  if (Object.keys(properties).length === 0) return;
  message.bare = queue.bus.codec.withProperties(message.bare, properties);
  queue.bus.store.put(queue.path, message);
};
