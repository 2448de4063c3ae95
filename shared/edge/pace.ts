/**
 * How many calls a minute one person may make: a bucket for each that fills again evenly.
 * From: `http-call.ts`, once a sign-in holds. Next: a Problem with `Retry-After`. Kept by each instance for itself
 * (decision 0011); whose calls they are is read from the verified token alone.
 */
import type { Principal } from '../contracts/access.ts';
import type { Instant } from '../domain/calendar.ts';
import type { Caller } from './access.ts';

export type Pace = {
  /** Takes one call; 0, or the seconds until there is another. Machines and who is not signed in have no pace here. */
  waitSeconds(caller: Caller, now: Instant): number;
};

type Bucket = { calls: number; atMs: number };

const mostRemembered = 10_000;
const outsiders: ReadonlySet<Principal> = new Set<Principal>(['INQ', 'CUS', 'LNK']);

/** People of other firms have a fifth of it. */
export const createPace = (callsPerMinute: number): Pace => {
  const buckets = new Map<string, Bucket>();
  return {
    waitSeconds: ({ id, principals }, now) => {
      if (id === undefined || principals.includes('SYS')) return 0;
      const most = principals.every((one) => outsiders.has(one)) ? callsPerMinute / 5 : callsPerMinute;
      const perMs = most / 60_000;
      const nowMs = now.epochMilliseconds;
      const { calls, atMs } = buckets.get(id) ?? { calls: most, atMs: nowMs };
      // a clock that steps back gives nothing
      const there = Math.min(most, calls + Math.max(0, nowMs - atMs) * perMs);
      if (buckets.size >= mostRemembered) forgetFull(buckets, nowMs);
      buckets.set(id, { calls: there >= 1 ? there - 1 : there, atMs: nowMs });
      return there >= 1 ? 0 : Math.max(1, Math.ceil((1 - there) / perMs / 1000));
    },
  };
};

/** Whoever was quiet for a minute has all of their calls again: nothing is lost with their bucket. */
const forgetFull = (buckets: Map<string, Bucket>, nowMs: number): void => {
  for (const [id, { atMs }] of buckets) if (nowMs - atMs >= 60_000) buckets.delete(id);
};
