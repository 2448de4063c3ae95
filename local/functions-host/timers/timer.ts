/**
 * One timer function: due, past due, never twice at a time.
 * From: the business clock. Next: `retry.ts` runs the handler; the record tells the next start what was missed.
 * The next instant is computed when the handler has ended, so that runs never overlap; what was missed
 * meanwhile is skipped, as on the platform. A run missed while no host was there happens once, past due.
 */
import type { Cancel, Clock } from '../../clock.ts';
import type { RetryOptions } from '../core/core-types.ts';
import type { Execution } from '../core/execution.ts';
import { attemptWithRetry } from '../core/retry.ts';
import type { Schedule } from './ncrontab.ts';
import { neverRun, type ScheduleRecord, type ScheduleRecords } from './schedule-record.ts';

export type TimerOptions = {
  execution: Execution;
  schedule: Schedule;
  runOnStartup: boolean;
  /** Undefined when the timer is not monitored: then nothing is remembered and nothing is past due. */
  records: ScheduleRecords | undefined;
  retry: RetryOptions | undefined;
  clock: Clock;
};

export type Timer = { stop(): void };

/** Starts now: runs at once when past due or wanted at start-up, then whenever due. */
export const startTimer = ({
  execution,
  schedule,
  runOnStartup,
  records,
  retry,
  clock,
}: TimerOptions): Timer => {
  const closing = new AbortController();
  let cancel: Cancel = () => undefined;

  const run = async (isPastDue: boolean, status: ScheduleRecord | undefined) => {
    const input = { Schedule: { AdjustForDST: true }, ScheduleStatus: status ?? null, IsPastDue: isPastDue };
    const data = { string: JSON.stringify(input) };
    const outcome = await attemptWithRetry(execution, { data }, retry, clock, closing.signal);
    if (outcome.kind === 'lost') {
      if (closing.signal.aborted) return; // the next start finds it past due
      execution.warn('the run was lost; it is not made up for');
    }
    plan(status?.Next ?? iso(clock.now()), schedule.nextAfterMs(clock.now()));
  };

  /** Records and awaits the next run; `last` is the instant the run before was due. */
  const plan = (last: string, nextMs: number) => {
    const status = { Last: last, Next: iso(nextMs), LastUpdated: iso(clock.now()) };
    records?.write(status);
    if (!closing.signal.aborted) cancel = clock.at(nextMs, () => run(false, records && status));
  };

  const recorded = recordedUnder(schedule, records?.read());
  const dueMs = recorded ? Date.parse(recorded.Next) : schedule.nextAfterMs(clock.now());
  const isPastDue = dueMs < clock.now();
  if (isPastDue || runOnStartup) cancel = clock.at(clock.now(), () => run(isPastDue, recorded));
  else plan(recorded?.Last ?? neverRun, dueMs);

  return {
    stop: () => {
      cancel();
      closing.abort();
    },
  };
};

/** When the schedule was changed since, the next instant is counted anew from the last record. */
const recordedUnder = (
  schedule: Schedule,
  record: ScheduleRecord | undefined,
): ScheduleRecord | undefined => {
  if (!record) return undefined;
  const expectedMs = schedule.nextAfterMs(Date.parse(record.LastUpdated));
  return expectedMs === Date.parse(record.Next)
    ? record
    : { ...record, Last: neverRun, Next: iso(expectedMs) };
};

const iso = (instantMs: number): string => new Date(instantMs).toISOString();
