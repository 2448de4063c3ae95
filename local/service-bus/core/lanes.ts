/**
 * Brings messages to receivers: a lane is a whole queue, or one session of it.
 * From: `core/intake.ts` (new messages), `core/locks.ts` (those that come back), links with credit.
 * Next: `Consumer.deliver`, each with its lock.
 */
import { lockMessage } from './locks.ts';
import { offerSession, sessionOf, forgetIfEmpty } from './sessions.ts';
import { createReadyList } from './ready-list.ts';
import type { Consumer, Lane, Message, Queue, Session } from './state.ts';

export const createLane = (queue: Queue, session?: Session): Lane => ({
  queue,
  session,
  ready: createReadyList(),
  consumers: new Set(),
  held: new Set(),
});

const laneFor = (queue: Queue, message: Message): Lane =>
  queue.settings.sessions ? sessionOf(queue, message.sessionId ?? '').lane : queue.lane;

/** Makes a message of this queue available, at the place its sequence number gives it. */
export const makeReady = (queue: Queue, message: Message): void => {
  const lane = laneFor(queue, message);
  lane.ready.insert(message);
  if (lane.session && !lane.session.owner) offerSession(queue, lane.session);
  else dispatch(lane);
};

/** A new message comes into the queue. */
export const addMessage = (queue: Queue, message: Message): void => {
  queue.messages.set(message.sequence, message);
  queue.bus.store.put(queue.path, message);
  if (message.expiresAtMs !== undefined) queue.expiring.add(message.expiresAtMs, message);
  makeReady(queue, message);
};

/** Hands out what is there to who can take it, in turn. */
export const dispatch = (lane: Lane): void => {
  if (lane.session && !lane.session.owner) return;
  while (lane.ready.size() > 0) {
    const consumer = nextConsumer(lane);
    if (!consumer) return;
    const message = takeFirst(lane);
    if (message) handOver(lane, consumer, message);
  }
};

const nextConsumer = ({ consumers }: Lane): Consumer | undefined => {
  for (const consumer of consumers) {
    if (!consumer.canTake()) continue;
    if (consumers.size > 1) {
      consumers.delete(consumer);
      consumers.add(consumer);
    }
    return consumer;
  }
  return undefined;
};

const takeFirst = (lane: Lane): Message | undefined => {
  const message = lane.ready.first();
  if (!message) return undefined;
  lane.ready.remove(message);
  if (!hasExpired(lane.queue, message)) return message;
  removeMessage(lane.queue, message);
  return undefined;
};

const handOver = (lane: Lane, consumer: Consumer, message: Message): void => {
  const { queue } = lane;
  queue.bus.count('delivered', queue.name);
  if (!consumer.deletes) return consumer.deliver(message, lockMessage(lane, message));
  removeMessage(queue, message);
  consumer.deliver(message, undefined, queue.bus.store.flush());
};

export const hasExpired = (queue: Queue, message: Message): boolean =>
  message.expiresAtMs !== undefined && message.expiresAtMs <= queue.bus.clock.now();

/** Forgets a message for good. */
export const removeMessage = (queue: Queue, message: Message): void => {
  queue.messages.delete(message.sequence);
  queue.bus.store.gone(queue.path, message.sequence);
};

/** Its time to live is over: gone, unless somebody holds its lock just now. */
export const expire = (queue: Queue, message: Message): void => {
  if (queue.messages.get(message.sequence) !== message) return;
  if (message.deferred) return removeMessage(queue, message);
  const lane = laneFor(queue, message);
  if (!lane.ready.remove(message)) return;
  removeMessage(queue, message);
  if (lane.session) forgetIfEmpty(queue, lane.session);
};
