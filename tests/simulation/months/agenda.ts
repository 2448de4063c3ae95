/**
 * What is to happen when: everything of a simulated month waits here, and the business clock is the instant of what
 * happens now.
 * From: people, files, messages, ticks. Next: `run-month.ts` takes one after the other.
 */
import { instantFromMs, type Instant } from '../../../shared/domain/calendar.ts';

/** A message of the bus, where one arrives. */
export type Carried = { queue: string; body: object };
export type Happening = {
  atMs: number;
  what: string;
  run: () => Promise<unknown>;
  carried?: Carried | undefined;
};
export type Agenda = ReturnType<typeof agendaFrom>;

export const agendaFrom = (startMs: number) => {
  const waiting: (Happening & { order: number })[] = [];
  let nowMs = startMs;
  let now: Instant = instantFromMs(startMs);
  let order = 0;
  const isAfter = (index: number, atMs: number): boolean => waiting[index]!.atMs > atMs;
  return {
    now: (): Instant => now,
    nowMs: (): number => nowMs,
    size: (): number => waiting.length,
    /** Whether something of that name waits. */
    awaits: (isMeant: (what: string) => boolean): boolean => waiting.some(({ what }) => isMeant(what)),
    /** At its instant, or now where that has passed; in the order it was said at. */
    at: (atMs: number, what: string, run: () => Promise<unknown>, carried?: Carried): void => {
      const due = Math.max(Math.round(atMs), nowMs);
      let [low, high] = [0, waiting.length];
      while (low < high) {
        const middle = (low + high) >>> 1;
        if (isAfter(middle, due)) high = middle;
        else low = middle + 1;
      }
      waiting.splice(low, 0, { atMs: due, what, run, carried, order: (order += 1) });
    },
    /** When the next of all is. */
    nextMs: (): number => waiting[0]?.atMs ?? Infinity,
    /** Messages of the bus that are under way. */
    carried: (): Carried[] => waiting.flatMap(({ carried }) => (carried === undefined ? [] : [carried])),
    /** What does not happen any more. */
    drop: (isDropped: (one: Happening) => boolean): void =>
      void waiting.splice(0, waiting.length, ...waiting.filter((one) => !isDropped(one))),
    /** The next of all; the clock moves to it. */
    next: (): Happening | undefined => {
      const happening = waiting.shift();
      if (happening !== undefined && happening.atMs !== nowMs)
        [nowMs, now] = [happening.atMs, instantFromMs(happening.atMs)];
      return happening;
    },
  };
};
