/**
 * One business clock for several processes: the process with the stand-ins leads, hosts of single apps follow.
 * From: `POST /admin/clock/followers/{id}`, a long poll that each follower keeps open with what it knows.
 * Next: the follower's clock jumps when the leader's does; the leader stops at the follower's alarms and waits
 * for its quiet. It numbers its questions: what a follower said before the last one is not believed any more.
 */
import { setImmediate as nextTurn, setTimeout as realDelay } from 'node:timers/promises';
import { z } from 'zod';
import type { Clock } from './clock.ts';
import type { HttpAnswer } from './kit/http-service.ts';
import { isProcessAlive } from './kit/process-alive.ts';

const report = z.strictObject({
  processId: z.int(),
  /** The last question the follower had heard when it began to look. */
  question: z.int(),
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
  let question = 0;
  const wakeAll = () => {
    for (const wake of waiting) wake();
  };
  const present = () => {
    for (const [id, { last, heardAtMs }] of followers)
      if (performance.now() - heardAtMs > goneAfterMs || !isProcessAlive(last.processId))
        followers.delete(id);
    return [...followers.values()].map(({ last }) => last);
  };
  clock.onMove(wakeAll);
  clock.addAlarmSource(() => {
    const next = Math.min(...present().map(({ nextAlarmMs }) => nextAlarmMs ?? Infinity));
    return next === Infinity ? undefined : next;
  });
  clock.addQuietCheck(async () => {
    const asked = ++question;
    wakeAll();
    while (present().some((last) => last.question < asked)) await realDelay(1);
    return present().every(({ quiet, offsetMs }) => quiet && offsetMs >= clock.offsetMs());
  });
  return {
    answer: async (followerId, body) => {
      const parsed = report.safeParse(body);
      if (!parsed.success) return { status: 400, body: '{"detail":"not a clock report"}' };
      const last = parsed.data;
      followers.set(followerId, { last, heardAtMs: performance.now() });
      if (last.question >= question && last.offsetMs >= clock.offsetMs()) await wait(waiting);
      return { status: 200, body: JSON.stringify({ offsetMs: clock.offsetMs(), question }) };
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

const answerShape = z.object({ offsetMs: z.number(), question: z.int() });

/** What a follower says for itself. Quiet is asked first: an alarm that work sets at its end is then counted. */
const reportOf = async (clock: Clock, question: number): Promise<Report> => {
  const offsetMs = clock.offsetMs();
  const quiet = await clock.isQuiet();
  return { processId: process.pid, question, offsetMs, quiet, nextAlarmMs: clock.nextAlarmMs() ?? null };
};

/**
 * Keeps this clock on the leader's until `signal` aborts; `onLost` is told once when the leader is gone.
 * Resolves when the clock has the leader's time, before which nothing may be started on it.
 * @throws when the leader does not answer the first time.
 */
export const followClock = async (
  clock: Clock,
  adminUrl: string,
  followerId: string,
  signal: AbortSignal,
  onLost: () => void,
): Promise<void> => {
  let question = -1; // older than any, so that the first answer comes at once
  const exchange = async () => {
    const answer = await fetch(`${adminUrl}/admin/clock/followers/${followerId}`, {
      method: 'POST',
      body: JSON.stringify(await reportOf(clock, question)),
      signal,
    });
    const told = answerShape.parse(await answer.json());
    question = told.question;
    clock.follow(told.offsetMs);
  };
  const goOn = async () => {
    while (!signal.aborted) {
      await exchange();
      await nextTurn(); // what has just rung begins before the next report
    }
  };
  await exchange();
  goOn().catch(() => signal.aborted || onLost());
};
