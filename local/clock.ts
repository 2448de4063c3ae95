/**
 * The business clock of the local Azure: real time plus an offset that only grows.
 * From: real time and `POST /admin/clock`. Next: every stand-in and the Functions host ask it what
 * time it is and leave alarms with it (scheduled messages, TTL, timers, expiries). Bus locks, leases
 * and sockets use the real clock and never come here.
 */
import { setImmediate as nextTurn, setTimeout as realDelay } from 'node:timers/promises';
import { insert, remove, removeFirst, type Alarm } from './kit/alarm-heap.ts';

export type Cancel = () => void;

export type Clock = {
  /** The business instant, in milliseconds since 1970 UTC. Never goes back. */
  now(): number;
  /** Runs once when the business clock reaches `atMs` (at once, in a later turn, if it has). */
  at(atMs: number, run: () => void | Promise<void>): Cancel;
  /** The earliest alarm still waiting here or in an added source, or undefined. */
  nextAlarmMs(): number | undefined;
  /** Lets a move stop at alarms kept elsewhere, such as in another process. */
  addAlarmSource(nextMs: () => number | undefined): Cancel;
  /** A move goes on only while every check answers true: nothing queued, nothing running. */
  addQuietCheck(isQuiet: () => boolean | Promise<boolean>): Cancel;
  /**
   * Moves to `toMs`, stopping at each alarm on the way until all is quiet.
   * @throws RangeError when `toMs` lies before now. @throws Error when it does not get quiet in `quietMs`.
   */
  moveTo(toMs: number, quietMs?: number): Promise<void>;
  /**
   * Moves to `toMs` at once, as if every machine had slept until then: what was due on the way rings once,
   * late, and timers skip what they missed. For simulating many days cheaply. @throws as `moveTo`.
   */
  sleepTo(toMs: number, quietMs?: number): Promise<void>;
  /** Whether every check answers true now. */
  isQuiet(): Promise<boolean>;
  /** Milliseconds this clock is ahead of real time. */
  offsetMs(): number;
  /** Follows another clock: takes its offset if it is ahead, and rings what is due. */
  follow(offsetMs: number): void;
  /** Called after each jump with the new offset. */
  onMove(listener: (offsetMs: number) => void): Cancel;
  /** Forgets all alarms and lets the process end. */
  close(): void;
};

const longestTimeoutMs = 2 ** 31 - 1;
const pauseWhileBusyMs = 1;

const tellPerson = (fault: unknown): void =>
  void process.stderr.write(`the business clock: an alarm failed: ${String(fault)}\n`);

const ringOne = async (alarm: Alarm): Promise<void> => alarm.run();

/** An alarm that fails is told to `onFault`; the others ring all the same. */
export const createClock = ({ offsetMs: startOffsetMs = 0, onFault = tellPerson } = {}): Clock => {
  let offsetMs = startOffsetMs;
  let orders = 0;
  let moving: Promise<void> = Promise.resolve();
  let wakeUp: NodeJS.Timeout | undefined;
  let wakeUpAtMs = Infinity;
  let closed = false;
  const alarms: Alarm[] = []; // a binary heap, earliest first
  const quietChecks = new Set<() => boolean | Promise<boolean>>();
  const sources = new Set<() => number | undefined>();
  const listeners = new Set<(offsetMs: number) => void>();

  const now = () => Date.now() + offsetMs;

  const arm = () => {
    const next = alarms[0];
    if (!next || closed) return;
    if (wakeUp && wakeUpAtMs <= next.atMs) return;
    if (wakeUp) clearTimeout(wakeUp);
    wakeUpAtMs = next.atMs;
    const waitMs = Math.min(Math.max(next.atMs - now(), 0), longestTimeoutMs);
    wakeUp = setTimeout(ring, waitMs).unref();
  };

  const ring = () => {
    wakeUp = undefined;
    wakeUpAtMs = Infinity;
    for (let next = alarms[0]; next && next.atMs <= now(); next = alarms[0]) {
      removeFirst(alarms);
      void ringOne(next).catch(onFault);
    }
    arm();
  };

  const follow = (aheadMs: number) => {
    offsetMs = Math.max(offsetMs, aheadMs);
    for (const listener of listeners) listener(offsetMs);
    if (wakeUp) clearTimeout(wakeUp);
    ring();
  };

  const jumpTo = (toMs: number) => follow(toMs - Date.now());

  const nextAlarmMs = (): number | undefined => {
    const next = Math.min(alarms[0]?.atMs ?? Infinity, ...[...sources].map((source) => source() ?? Infinity));
    return next === Infinity ? undefined : next;
  };

  const isQuiet = async () => {
    for (const check of quietChecks) if (!(await check())) return false;
    return true;
  };

  /** Quiet twice in a row with a turn between, since work may be on its way from one part to another. */
  const settle = async (quietMs: number) => {
    const startedAtMs = performance.now();
    for (let inARow = 0; inARow < 2;) {
      await nextTurn();
      inARow = (await isQuiet()) ? inARow + 1 : 0;
      if (inARow === 0) await realDelay(pauseWhileBusyMs);
      if (performance.now() - startedAtMs > quietMs) throw new Error(`not quiet after ${quietMs} ms`);
    }
  };

  const walkTo = async (toMs: number, quietMs: number, isAsleep: boolean) => {
    await settle(quietMs);
    if (!isAsleep) await stopAtAlarms(toMs, quietMs);
    jumpTo(toMs);
    await settle(quietMs);
  };

  const stopAtAlarms = async (toMs: number, quietMs: number) => {
    for (let next = nextAlarmMs(); next !== undefined && next <= toMs; next = nextAlarmMs()) {
      jumpTo(next);
      await settle(quietMs);
    }
  };

  /** One move after the other. */
  const move = (toMs: number, quietMs: number, isAsleep: boolean): Promise<void> => {
    if (!(toMs >= now())) return Promise.reject(new RangeError('the clock only goes forward'));
    const moved = moving.then(() => walkTo(toMs, quietMs, isAsleep));
    moving = moved.catch(() => undefined);
    return moved;
  };

  return {
    now,
    at: (atMs, run) => {
      const alarm = { atMs, order: orders++, run };
      insert(alarms, alarm);
      arm();
      return () => remove(alarms, alarm);
    },
    nextAlarmMs,
    addAlarmSource: (source) => {
      sources.add(source);
      return () => sources.delete(source);
    },
    isQuiet,
    follow,
    addQuietCheck: (check) => {
      quietChecks.add(check);
      return () => quietChecks.delete(check);
    },
    moveTo: (toMs, quietMs = 60_000) => move(toMs, quietMs, false),
    sleepTo: (toMs, quietMs = 60_000) => move(toMs, quietMs, true),
    offsetMs: () => offsetMs,
    onMove: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => {
      closed = true;
      alarms.length = 0;
      if (wakeUp) clearTimeout(wakeUp);
    },
  };
};
