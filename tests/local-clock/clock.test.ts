/**
 * The business clock: never back, alarms in order, and a move that waits for the work it sets off.
 */
import { setTimeout as realDelay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { createClock, type Clock } from '../../local/clock.ts';

const hourMs = 3_600_000;
let clock: Clock;
afterEach(() => clock.close());

describe('the clock', () => {
  it('runs with real time, ahead by its offset', () => {
    clock = createClock({ offsetMs: hourMs });
    expect(Math.abs(clock.now() - Date.now() - hourMs)).toBeLessThan(50);
  });

  it('rings an alarm when real time reaches it', async () => {
    clock = createClock();
    const rung = new Promise<void>((resolve) => clock.at(clock.now() + 20, resolve));
    await rung;
  });

  it('rings an alarm in the past in a later turn', async () => {
    clock = createClock();
    let rung = false;
    clock.at(clock.now() - hourMs, () => void (rung = true));
    expect(rung).toBe(false);
    await realDelay(20);
    expect(rung).toBe(true);
  });

  it('does not ring an alarm that was cancelled', async () => {
    clock = createClock();
    const rung: string[] = [];
    const cancel = clock.at(clock.now() + 10, () => void rung.push('cancelled'));
    clock.at(clock.now() + 10, () => void rung.push('kept'));
    cancel();
    await realDelay(40);
    expect(rung).toEqual(['kept']);
  });

  it('rings the others when one alarm fails, and tells of it', async () => {
    const told: string[] = [];
    clock = createClock({ onFault: (fault: unknown) => void told.push(String(fault)) });
    const rung = new Promise<void>((resolve) => {
      clock.at(clock.now(), () => {
        throw new Error('thrown');
      });
      clock.at(clock.now(), () => Promise.reject(new Error('rejected')));
      clock.at(clock.now(), resolve);
    });
    await rung;
    await realDelay(5);
    expect(told).toEqual(['Error: thrown', 'Error: rejected']);
  });

  it('rings late and once what was due while everybody slept', async () => {
    clock = createClock();
    const startMs = clock.now();
    const rungAtMs: number[] = [];
    const everyHour = (atMs: number): void =>
      void clock.at(atMs, () => {
        rungAtMs.push(clock.now() - startMs);
        everyHour(clock.now() + hourMs);
      });
    everyHour(startMs + hourMs);
    await clock.sleepTo(startMs + 24 * hourMs);
    await realDelay(5);
    expect(rungAtMs.map((ms) => Math.floor(ms / hourMs))).toEqual([24]);
    await clock.moveTo(startMs + 26.5 * hourMs);
    expect(rungAtMs.map((ms) => Math.floor(ms / hourMs))).toEqual([24, 25, 26]);
  });

  it('may begin in the past', () => {
    clock = createClock({ offsetMs: -1_000 * hourMs });
    expect(Math.abs(clock.now() - Date.now() + 1_000 * hourMs)).toBeLessThan(50);
  });

  it('only goes forward', async () => {
    clock = createClock();
    await expect(clock.moveTo(clock.now() - 1_000)).rejects.toThrow(RangeError);
    clock.follow(-hourMs);
    expect(clock.offsetMs()).toBe(0);
  });
});

describe('a move', () => {
  it('stops at each alarm on the way, in order, at its instant', async () => {
    clock = createClock();
    const start = clock.now();
    const rung: [string, number][] = [];
    const ring = (name: string) => () => void rung.push([name, Math.round((clock.now() - start) / hourMs)]);
    clock.at(start + 3 * hourMs, ring('third'));
    clock.at(start + 1 * hourMs, ring('first'));
    clock.at(start + 2 * hourMs, ring('second'));
    clock.at(start + 9 * hourMs, ring('after'));
    await clock.moveTo(start + 4 * hourMs);
    expect(rung).toEqual([
      ['first', 1],
      ['second', 2],
      ['third', 3],
    ]);
    expect(clock.now()).toBeGreaterThanOrEqual(start + 4 * hourMs);
  });

  it.each([1, 30])('over %i days rings every hourly alarm that an alarm before it set', async (days) => {
    clock = createClock();
    const start = clock.now();
    let beats = 0;
    const beat = () => {
      beats += 1;
      clock.at(start + (beats + 1) * hourMs, beat);
    };
    clock.at(start + hourMs, beat);
    await clock.moveTo(start + days * 24 * hourMs + 60_000);
    expect(beats).toBe(days * 24);
  });

  it('goes on only when the work an alarm set off is done', async () => {
    clock = createClock();
    const start = clock.now();
    const seen: string[] = [];
    let working = false;
    clock.addQuietCheck(() => !working);
    clock.at(start + hourMs, async () => {
      working = true;
      await realDelay(60);
      seen.push('work done');
      working = false;
    });
    clock.at(start + 2 * hourMs, () => void seen.push('next alarm'));
    await clock.moveTo(start + 3 * hourMs);
    expect(seen).toEqual(['work done', 'next alarm']);
  });

  it('gives up, saying so, when it does not get quiet', async () => {
    clock = createClock();
    clock.addQuietCheck(() => false);
    await expect(clock.moveTo(clock.now() + hourMs, 50)).rejects.toThrow('not quiet');
  });

  it('stops at alarms of another process', async () => {
    clock = createClock();
    const start = clock.now();
    const stops: number[] = [];
    let next: number | undefined = start + hourMs;
    clock.addAlarmSource(() => next);
    clock.onMove(() => {
      stops.push(Math.round((clock.now() - start) / hourMs));
      if (next !== undefined && clock.now() >= next) next = undefined;
    });
    await clock.moveTo(start + 5 * hourMs);
    expect(stops).toEqual([1, 5]);
  });

  it('waits for the move before it', async () => {
    clock = createClock();
    const start = clock.now();
    await Promise.all([clock.moveTo(start + hourMs), clock.moveTo(start + 2 * hourMs)]);
    expect(clock.now()).toBeGreaterThanOrEqual(start + 2 * hourMs);
  });
});
