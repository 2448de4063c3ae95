/**
 * The timers of one app: they run in whichever process holds the app's lease.
 * From: `start.ts`. Next: `timer.ts`. State lies in `<state directory>/timers`.
 */
import { join } from 'node:path';
import type { Clock } from '../../clock.ts';
import type { Listener } from '../listener.ts';
import type { PlannedFunction } from '../plan.ts';
import { HostRefusal } from '../refusal.ts';
import type { TimerTrigger } from '../settings/triggers.ts';
import { holdLease } from './lease.ts';
import { parseSchedule, type Schedule } from './ncrontab.ts';
import { scheduleRecords } from './schedule-record.ts';
import { startTimer, type Timer, type TimerOptions } from './timer.ts';

/** @throws HostRefusal for a schedule that cannot be read. */
export const listenToTimers = (
  app: string,
  functions: PlannedFunction<TimerTrigger>[],
  clock: Clock,
  stateDir: string | undefined,
): Listener => {
  const timersDir = stateDir === undefined ? undefined : join(stateDir, 'timers');
  const planned = functions.map((one) => timerOf(one, clock, timersDir));
  let timers: Timer[] = [];
  const stop = () => {
    for (const timer of timers) timer.stop();
    timers = [];
  };
  const lease = holdLease(timersDir, app, {
    onHeld: () => {
      timers = planned.map(startTimer);
    },
    onLost: stop,
  });
  return { stop, close: async () => lease.close() };
};

const timerOf = (one: PlannedFunction<TimerTrigger>, clock: Clock, dir: string | undefined): TimerOptions => {
  const { app, name, trigger, execution, registered } = one;
  const schedule = scheduleOf(one);
  const isMonitored = trigger.useMonitor !== false && schedule.isMinuteOrLonger;
  return {
    execution,
    schedule,
    runOnStartup: trigger.runOnStartup,
    records: isMonitored ? scheduleRecords(dir, app, name) : undefined,
    retry: registered.metadata.retryOptions,
    clock,
  };
};

const scheduleOf = ({ app, name, trigger, settings }: PlannedFunction<TimerTrigger>): Schedule => {
  try {
    return parseSchedule(trigger.schedule, settings['WEBSITE_TIME_ZONE'] ?? 'UTC');
  } catch (error) {
    throw new HostRefusal(`${app}/${name}: schedule ${(error as Error).message}`);
  }
};
