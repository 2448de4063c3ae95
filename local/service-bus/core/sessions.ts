/**
 * Sessions of a queue: one holder at a time, in order; a lock with its own term (real clock), a state.
 * From: links with a session filter, `$management`. Next: the session's lane delivers to its holder only.
 */
import { sessionCannotBeLocked, sessionLockLost } from './errors.ts';
import { createLane, dispatch } from './lanes.ts';
import { giveBack } from './locks.ts';
import type { Consumer, Queue, Session, SessionWaiter } from './state.ts';

export const sessionOf = (queue: Queue, id: string): Session => {
  const known = queue.sessions.get(id);
  if (known) return known;
  const session = { id, state: undefined, owner: undefined } as Session;
  session.lane = createLane(queue, session);
  queue.sessions.set(id, session);
  return session;
};

/** Gives a free session with messages to who has waited longest. */
export const offerSession = (queue: Queue, session: Session): void => {
  const [waiter] = queue.waiters;
  if (!waiter || session.owner || session.lane.ready.size() === 0) return;
  queue.waiters.delete(waiter);
  waiter.grant(session);
};

/** Grants the next free session with messages, now or when there is one. */
export const waitForSession = (queue: Queue, waiter: SessionWaiter): void => {
  for (const session of queue.sessions.values())
    if (!session.owner && session.lane.ready.size() > 0) return waiter.grant(session);
  queue.waiters.add(waiter);
};

/** Takes a session for a receiver; its messages flow once it gives credit. @throws BusError when another holds it. */
export const holdSession = (session: Session, consumer: Consumer): number => {
  if (session.owner) throw sessionCannotBeLocked(session.id);
  session.owner = { consumer, ...newTerm(session) };
  session.lane.consumers.add(consumer);
  return session.owner.untilMs;
};

const newTerm = (session: Session) => {
  const { lockMs } = session.lane.queue.settings;
  return { untilMs: Date.now() + lockMs, timer: setTimeout(runOut, lockMs, session).unref() };
};

/** @throws BusError when this receiver's lock has run out. */
export const renewSession = (queue: Queue, id: string): number => {
  const session = queue.sessions.get(id);
  if (!session?.owner) throw sessionLockLost(id);
  clearTimeout(session.owner.timer);
  Object.assign(session.owner, newTerm(session));
  for (const lock of session.lane.held) lock.untilMs = session.owner.untilMs;
  return session.owner.untilMs;
};

const runOut = (session: Session): void => {
  const consumer = session.owner?.consumer;
  releaseSession(session, true);
  consumer?.lostSession();
};

/** Frees the session; what its holder had not settled is available again, counted as failed when the lock ran out. */
export const releaseSession = (session: Session, failed: boolean): void => {
  const { owner, lane } = session;
  if (!owner) return;
  clearTimeout(owner.timer);
  lane.consumers.delete(owner.consumer);
  lane.queue.bus.store.together(() => {
    for (const lock of lane.held) giveBack(lock, failed);
  });
  session.owner = undefined; // last: nobody else is to see half of the messages
  moveToEnd(lane.queue, session);
  offerSession(lane.queue, session);
  forgetIfEmpty(lane.queue, session);
};

/** The sessions waiting longest are asked first. */
const moveToEnd = (queue: Queue, session: Session): void => {
  if (!queue.sessions.delete(session.id)) return;
  queue.sessions.set(session.id, session);
};

/** A session is only what its messages, state or holder make it. */
export const forgetIfEmpty = (queue: Queue, session: Session): void => {
  if (session.owner || session.state || session.lane.ready.size() > 0) return;
  if (session.lane.held.size === 0) queue.sessions.delete(session.id);
};

export const setSessionState = (queue: Queue, id: string, state: Buffer | undefined): void => {
  const session = sessionOf(queue, id);
  if (!session.owner) throw sessionLockLost(id);
  session.state = state;
  queue.bus.store.session(queue.path, id, state);
  forgetIfEmpty(queue, session);
};

/** Gives a receiver of a session what is there already. */
export const feedSession = (session: Session): void => dispatch(session.lane);
