/**
 * Quotas as the service counts them: so many calls in any minute and any hour, refused ones included.
 * From: `api.ts`, once per call. Next: the wait that Retry-After names, or nothing when there is room.
 */

export type Quota = {
  /** Counts a call; milliseconds to wait when it is over the limit, undefined when it may pass. */
  take(nowMs: number): number | undefined;
  /** Counts a call that was let through before a restart. */
  restore(atMs: number): void;
};

const minuteMs = 60_000;
const hourMs = 3_600_000;

/** The limits are read at each call, so that they can be changed meanwhile. */
export const createQuota = (limits: () => { perMinute: number; perHour: number }): Quota => {
  const windows = [
    createWindow(minuteMs, () => limits().perMinute),
    createWindow(hourMs, () => limits().perHour),
  ];
  return {
    take: (nowMs) => {
      const waits = windows.map((window) => window.take(nowMs)).filter((wait) => wait !== undefined);
      return waits.length > 0 ? Math.max(...waits) : undefined;
    },
    restore: (atMs) => windows.forEach((window) => window.take(atMs)),
  };
};

/** Only the latest `limit` calls matter: there is room once the oldest of them has left the window. */
const createWindow = (spanMs: number, limit: () => number) => {
  let latest: number[] = [];
  return {
    take: (nowMs: number): number | undefined => {
      const most = limit();
      const oldest = latest.length >= most ? (latest[latest.length - most] ?? nowMs) : -Infinity;
      const isFull = oldest + spanMs > nowMs;
      latest.push(nowMs);
      if (latest.length > 2 * most + 16) latest = latest.slice(latest.length - most);
      return isFull ? (latest[latest.length - most] ?? nowMs) + spanMs - nowMs : undefined;
    },
  };
};
