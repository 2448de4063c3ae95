/**
 * The wrapper around every timer: a timer only says that time has passed.
 * From: the platform's schedule (six fields, UTC). Next: a piece's workflow that enqueues ticks.
 * It throws what its workflow throws; the next beat, or the chain of scheduled ticks, makes up for it.
 */
import type { ActionName } from '../contracts/access.ts';
import type { Instant } from '../domain/calendar.ts';
import { noteFunction, type Edge } from './edge.ts';

export type TimerHandler = {
  name: string;
  /** Seconds, minutes, hours, day of month, month, day of week. */
  schedule: string;
  action: ActionName;
  run: (now: Instant) => Promise<void>;
};

/** Registers the timer with the platform. @throws when the system may not do this. */
export const onTimer = (edge: Edge, handler: TimerHandler): void => {
  edge.access.systemScope(handler.action);
  noteFunction(edge.app, {
    ...{ name: handler.name, kind: 'timer', source: handler.schedule, action: handler.action },
  });
  edge.take({ kind: 'timer', name: handler.name, options: { schedule: handler.schedule } }, () =>
    handler.run(edge.now()),
  );
};
