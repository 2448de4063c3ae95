/**
 * Reaching messages by their number: peeking without a lock, and taking deferred ones.
 * From: `$management`. Next: the answer; a deferred message taken under a lock is settled like any other.
 */
import { messageNotFound, sessionLockLost } from './errors.ts';
import { hasExpired, removeMessage } from './lanes.ts';
import { lockMessage } from './locks.ts';
import { sessionOf } from './sessions.ts';
import type { Lock, Message, Queue } from './state.ts';

/** Up to `count` messages from this number on, whatever their state; of one session if named. */
export const peek = (queue: Queue, from: number, count: number, sessionId?: string): Message[] => {
  const seen: Message[] = [];
  for (const source of [queue.messages, queue.intake.scheduled])
    for (const message of source.values()) {
      if (message.sequence < from || hasExpired(queue, message)) continue;
      if (sessionId === undefined || message.sessionId === sessionId) seen.push(message);
    }
  return seen.sort((a, b) => a.sequence - b.sequence).slice(0, count);
};

/** Takes deferred messages. @throws BusError when one is not deferred here, or its session is not held. */
export const takeDeferred = (
  queue: Queue,
  numbers: readonly number[],
  sessionId: string | undefined,
  deletes: boolean,
): { message: Message; lock: Lock | undefined }[] => {
  const lane = queue.settings.sessions ? sessionOf(queue, sessionId ?? '').lane : queue.lane;
  if (lane.session && !lane.session.owner) throw sessionLockLost(lane.session.id);
  const locked = new Set([...lane.held].map((lock) => lock.message.sequence));
  const messages = numbers.map((number) => {
    const message = queue.messages.get(number);
    if (!message?.deferred || locked.has(number) || hasExpired(queue, message)) throw messageNotFound(number);
    if (lane.session && message.sessionId !== lane.session.id) throw messageNotFound(number);
    return message;
  });
  queue.bus.store.together(() => {
    if (deletes) for (const message of messages) removeMessage(queue, message);
  });
  return messages.map((message) => {
    queue.bus.count('delivered', queue.name);
    return { message, lock: deletes ? undefined : lockMessage(lane, message) };
  });
};
