/**
 * One business clock for several processes: the process with the stand-ins leads, hosts of single apps follow.
 * From: `POST /admin/clock/followers/{id}`, a long poll that each follower keeps open with what it knows.
 * Next: the follower's clock jumps when the leader's does; the leader stops at the follower's alarms and
 * waits for its quiet.
 */
import { setTimeout as realDelay } from 'node:timers/promises';
import { z } from 'zod';
import type { Clock } from './clock.ts';
import type { HttpAnswer } from './kit/http-service.ts';

const report = z.strictObject({
  /** The offset the follower has; quiet counts only for the current one. */
  offsetMs: z.number(),
  nextAlarmMs: z.number().nullable(),
  quiet: z.boolean(),
});

type Report = z.infer<typeof report>;

export type ClockLeader = { answer(followerId: string, body: unknown): Promise<HttpAnswer> };

const pollMs = 5_000;
const goneAfterMs = 3 * pollMs;

/** Lets followers take part in every move of this clock. */
export const leadClock = (clock: Clock): ClockLeader => {
  const followers = new Map<string, { last: Report; heardAtMs: number }>();
  const waiting = new Set<() => void>();
  const wakeAll = () => {
    for (const wake of waiting) wake();
  };
  const present = () => {
    for (const [id, { heardAtMs }] of followers)
      if (performance.now() - heardAtMs > goneAfterMs) followers.delete(id);
    return [...followers.values()].map(({ last }) => last);
  };
  clock.onMove(wakeAll);
  clock.addAlarmSource(() => {
    const next = Math.min(...present().map(({ nextAlarmMs }) => nextAlarmMs ?? Infinity));
    return next === Infinity ? undefined : next;
  });
  clock.addQuietCheck(() => {
    wakeAll(); // so that the next report is fresh
    return present().every(({ quiet, offsetMs }) => quiet && offsetMs >= clock.offsetMs());
  });
  return {
    answer: async (followerId, body) => {
      const parsed = report.safeParse(body);
      if (!parsed.success) return { status: 400, body: '{"detail":"not a clock report"}' };
      followers.set(followerId, { last: parsed.data, heardAtMs: performance.now() });
      if (parsed.data.offsetMs >= clock.offsetMs()) await wait(waiting);
      return { status: 200, body: JSON.stringify({ offsetMs: clock.offsetMs() }) };
    },
  };
};

/** Until the next wake-up, or the poll ends. */
const wait = (waiting: Set<() => void>): Promise<void> =>
  new Promise((resolve) => {
    const finish = () => {
      clearTimeout(timer);
      waiting.delete(finish);
      resolve();
    };
    const timer = setTimeout(finish, pollMs);
    waiting.add(finish);
  });

const answerShape = z.object({ offsetMs: z.number() });

/** Keeps this clock on the leader's until `signal` aborts; `onLost` is told once when the leader is gone. */
export const followClock = async (
  clock: Clock,
  adminUrl: string,
  followerId: string,
  signal: AbortSignal,
  onLost: () => void,
): Promise<void> => {
  while (!signal.aborted) {
    const body: Report = {
      offsetMs: clock.offsetMs(),
      nextAlarmMs: clock.nextAlarmMs() ?? null,
      quiet: await clock.isQuiet(),
    };
    try {
      const answer = await fetch(`${adminUrl}/admin/clock/followers/${followerId}`, {
        method: 'POST',
        body: JSON.stringify(body),
        signal,
      });
      clock.follow(answerShape.parse(await answer.json()).offsetMs);
      await realDelay(2, undefined, { signal });
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof z.ZodError) throw error;
      onLost();
      return;
    }
  }
};
