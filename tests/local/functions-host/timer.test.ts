/**
 * Timers on the local host: due, past due, one at a time, in one process only.
 * The business clock is moved; nothing waits for real seconds.
 */
import { app, type Timer } from '@azure/functions';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createClock, type Clock } from '../../../local/clock.ts';
import { createFaultSwitch } from '../../../local/kit/faults.ts';
import { hostOf, until } from './support.ts';

const hourMs = 3_600_000;
/** The next full hour after now, so that a test never crosses one by itself. */
const clockAtFullHour = (): Clock => {
  const nextHourMs = Math.ceil(Date.now() / hourMs) * hourMs;
  return createClock({ offsetMs: nextHourMs - Date.now() });
};
const temporaryDir = (): string => {
  const dir = mkdtempSync(join(tmpdir(), 'host-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  return dir;
};

/** A timer that keeps what it was called with. */
const recorder = (schedule = '0 0 * * * *', more: object = {}) => {
  const runs: Timer[] = [];
  const register = () =>
    app.timer('tick', { schedule, ...more, handler: async (timer) => void runs.push(timer) });
  return { runs, register };
};

describe('a timer', () => {
  it('runs once at each instant the clock passes', async () => {
    const clock = clockAtFullHour();
    const { runs, register } = recorder();
    await hostOf(register, { clock });
    await clock.moveTo(clock.now() + 3 * hourMs + 60_000);
    expect(runs.map(({ isPastDue }) => isPastDue)).toEqual([false, false, false]);
  });

  it('is told the instant it was due as the next one of its record', async () => {
    const clock = clockAtFullHour();
    const startMs = Math.floor(clock.now() / hourMs) * hourMs;
    const { runs, register } = recorder();
    await hostOf(register, { clock });
    await clock.moveTo(startMs + 2 * hourMs + 1_000);
    expect(runs.map(({ scheduleStatus }) => Date.parse(scheduleStatus.next) - startMs)).toEqual([
      hourMs,
      2 * hourMs,
    ]);
    expect(Date.parse(runs[1]?.scheduleStatus.last ?? '') - startMs).toBe(hourMs);
    expect(runs[0]?.schedule.adjustForDST).toBe(true);
  });

  it('may be an interval', async () => {
    const clock = createClock();
    const { runs, register } = recorder('00:20:00');
    await hostOf(register, { clock });
    await clock.moveTo(clock.now() + hourMs + 1_000);
    expect(runs).toHaveLength(3);
  });

  it('goes by the time zone of its app', async () => {
    const clock = createClock({ offsetMs: Date.parse('2035-01-10T00:00:00Z') - Date.now() });
    const { runs, register } = recorder('0 0 9 * * *');
    await hostOf(register, { clock, settings: { WEBSITE_TIME_ZONE: 'Europe/Berlin' } });
    await clock.moveTo(Date.parse('2035-01-10T23:00:00Z'));
    expect(runs.map(({ scheduleStatus }) => scheduleStatus.next)).toEqual(['2035-01-10T08:00:00.000Z']);
  });

  it('takes its schedule from a setting', async () => {
    const clock = clockAtFullHour();
    const { runs, register } = recorder('%TICK%');
    await hostOf(register, { clock, settings: { TICK: '0 */30 * * * *' } });
    await clock.moveTo(clock.now() + hourMs + 1_000);
    expect(runs).toHaveLength(2);
  });

  it('runs at start-up when it wants to', async () => {
    const { runs, register } = recorder('0 0 0 1 1 *', { runOnStartup: true });
    await hostOf(register);
    await until(() => runs.length === 1);
    expect(runs[0]?.isPastDue).toBe(false);
  });

  it('never overlaps itself: what falls due while it runs is skipped', async () => {
    const clock = createClock();
    const gate = Promise.withResolvers<void>();
    let started = 0;
    await hostOf(
      () =>
        app.timer('tick', {
          schedule: '* * * * * *',
          handler: async () => {
            started += 1;
            await gate.promise;
          },
        }),
      { clock },
    );
    await until(() => started === 1);
    await new Promise<void>((resolve) => clock.at(clock.now() + 2_100, resolve));
    expect(started).toBe(1);
    gate.resolve();
    await until(() => started === 2);
  });

  it('holds the clock until it has ended', async () => {
    const clock = clockAtFullHour();
    const gate = Promise.withResolvers<void>();
    let isDone = false;
    await hostOf(
      () =>
        app.timer('tick', {
          schedule: '0 0 * * * *',
          handler: async () => {
            await gate.promise;
            isDone = true;
          },
        }),
      { clock },
    );
    const moved = clock.moveTo(clock.now() + hourMs + 1_000).then(() => isDone);
    setTimeout(gate.resolve, 30);
    expect(await moved).toBe(true);
  });

  it('goes on after a run that failed', async () => {
    const clock = clockAtFullHour();
    let started = 0;
    const host = await hostOf(
      () =>
        app.timer('tick', {
          schedule: '0 0 * * * *',
          handler: () => {
            started += 1;
            throw new Error('no luck');
          },
        }),
      { clock },
    );
    await clock.moveTo(clock.now() + 2 * hourMs + 1_000);
    expect(started).toBe(2);
    expect(host.counts()['work/tick failures']).toBe(2);
  });

  it('runs twice when the fault switch says so', async () => {
    const clock = clockAtFullHour();
    const { runs, register } = recorder();
    const faults = createFaultSwitch({ rules: [{ kind: 'duplicate', operation: 'invoke work/tick' }] });
    await hostOf(register, { clock, faults });
    await clock.moveTo(clock.now() + hourMs + 1_000);
    expect(runs).toHaveLength(2);
  });
});

describe('after a restart', () => {
  const startAgain = async (stateDir: string, awayMs: number, schedule = '0 0 * * * *') => {
    const first = clockAtFullHour();
    const before = recorder();
    const host = await hostOf(before.register, { clock: first, stateDir });
    await first.moveTo(first.now() + hourMs + 1_000);
    await host.close();
    const clock = createClock({ offsetMs: first.offsetMs() + awayMs });
    const after = recorder(schedule);
    await hostOf(after.register, { clock, stateDir });
    return { before: before.runs, after: after.runs, clock };
  };

  it('what was missed meanwhile happens once, past due', async () => {
    const { before, after, clock } = await startAgain(temporaryDir(), 5 * hourMs);
    await until(() => after.length === 1);
    await clock.moveTo(clock.now() + 1_000);
    expect(before).toHaveLength(1);
    expect(after.map(({ isPastDue }) => isPastDue)).toEqual([true]);
    await clock.moveTo(clock.now() + hourMs);
    expect(after.map(({ isPastDue }) => isPastDue)).toEqual([true, false]);
  });

  it('nothing is made up when nothing was missed', async () => {
    const { after, clock } = await startAgain(temporaryDir(), 60_000);
    await clock.moveTo(clock.now() + 1_000);
    expect(after).toEqual([]);
  });

  it('a changed schedule is counted anew, not held to the old instant', async () => {
    const { after, clock } = await startAgain(temporaryDir(), 5 * hourMs, '0 0 0 1 1 *');
    await clock.moveTo(clock.now() + 1_000);
    expect(after).toEqual([]);
  });

  it('a timer without a monitor makes nothing up', async () => {
    const stateDir = temporaryDir();
    const first = clockAtFullHour();
    const unmonitored = { useMonitor: false };
    const host = await hostOf(recorder('0 0 * * * *', unmonitored).register, { clock: first, stateDir });
    await host.close();
    const later = createClock({ offsetMs: first.offsetMs() + 5 * hourMs });
    const { runs, register } = recorder('0 0 * * * *', unmonitored);
    await hostOf(register, { clock: later, stateDir });
    await later.moveTo(later.now() + 1_000);
    expect(runs).toEqual([]);
  });
});

describe('two processes with the same state directory', () => {
  it('run a timer once', async () => {
    const stateDir = temporaryDir();
    const clock = clockAtFullHour();
    const [one, two] = [recorder(), recorder()];
    await hostOf(one.register, { clock, stateDir });
    await hostOf(two.register, { clock, stateDir });
    await clock.moveTo(clock.now() + 2 * hourMs + 1_000);
    expect([one.runs.length, two.runs.length]).toEqual([2, 0]);
  });

  it('the second takes over when the first has ended', async () => {
    const stateDir = temporaryDir();
    const clock = clockAtFullHour();
    const [one, two] = [recorder(), recorder()];
    const first = await hostOf(one.register, { clock, stateDir });
    await hostOf(two.register, { clock, stateDir });
    await first.close();
    await until(() => clock.nextAlarmMs() !== undefined, 'the take-over');
    await clock.moveTo(clock.now() + hourMs + 1_000);
    expect([one.runs.length, two.runs.length]).toEqual([0, 1]);
  });

  const plantLease = (stateDir: string, pid: number) => {
    mkdirSync(join(stateDir, 'timers'), { recursive: true });
    const lease = { owner: 'another', pid, expiresAtMs: Date.now() + 60_000 };
    writeFileSync(join(stateDir, 'timers', 'work.lease.7'), JSON.stringify(lease));
  };

  it('an owner that lives keeps the timers', async () => {
    const stateDir = temporaryDir();
    plantLease(stateDir, process.ppid);
    const clock = clockAtFullHour();
    const { runs, register } = recorder();
    await hostOf(register, { clock, stateDir });
    await clock.moveTo(clock.now() + hourMs + 1_000);
    expect(runs).toEqual([]);
  });

  it('an owner whose process is gone is not waited for', async () => {
    const stateDir = temporaryDir();
    plantLease(stateDir, 2 ** 22 + 1);
    const clock = clockAtFullHour();
    const { runs, register } = recorder();
    await hostOf(register, { clock, stateDir });
    await clock.moveTo(clock.now() + hourMs + 1_000);
    expect(runs).toHaveLength(1);
  });
});
