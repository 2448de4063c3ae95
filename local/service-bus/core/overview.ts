/**
 * The bus as a whole: what waits in it, whether it is at rest, how it ends.
 * From: `start.ts`. Next: the start-up line, the business clock.
 */
import type { Bus, Queue } from './state.ts';

const queuesOf = (bus: Bus): Queue[] =>
  [...bus.entities.values()].filter((entity) => entity.kind === 'queue');

/** `11 queues, 1 topic, 0 messages waiting`. */
export const describeBus = (bus: Bus): string => {
  const names = [...bus.entities.values()].filter(({ path }) => !path.includes('/'));
  const topics = names.filter(({ kind }) => kind === 'topic').length;
  let waiting = 0;
  for (const entity of bus.entities.values())
    waiting += entity.intake.scheduled.size + (entity.kind === 'queue' ? entity.messages.size : 0);
  const some = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`;
  return `${some(names.length - topics, 'queue')}, ${some(topics, 'topic')}, ${some(waiting, 'message')} waiting`;
};

/** Nothing available or locked where somebody receives, and nothing unwritten. */
export const isQuiet = (bus: Bus): boolean =>
  bus.store.flush() === undefined && queuesOf(bus).every((queue) => !isAttended(queue) || isEmpty(queue));

const isAttended = ({ lane, sessions, waiters }: Queue): boolean =>
  lane.consumers.size > 0 ||
  waiters.size > 0 ||
  [...sessions.values()].some(({ owner }) => owner !== undefined);

const isEmpty = ({ lane, sessions, locks }: Queue): boolean =>
  locks.size === 0 &&
  lane.ready.size() === 0 &&
  [...sessions.values()].every((one) => one.lane.ready.size() === 0);

/** Ends timers and alarms, writes what is left. */
export const closeBus = (bus: Bus): void => {
  for (const { intake } of bus.entities.values()) intake.due.close();
  for (const queue of queuesOf(bus)) {
    queue.expiring.close();
    for (const lock of queue.locks.values()) clearTimeout(lock.timer);
    for (const { owner } of queue.sessions.values()) clearTimeout(owner?.timer);
  }
  bus.store.journal.close();
};
