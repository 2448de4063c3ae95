/**
 * What is going on in the host: how much is running now, how often each function ran and failed.
 * From: every trigger. Next: the clock's quiet check, `counts()`, and `close()`, which waits for the end.
 */
export type Activity = {
  /** Counts `work` as running until it has ended. */
  during<T>(work: () => Promise<T>): Promise<T>;
  running(): number;
  /** Resolves when nothing runs, or after `atMostMs` real milliseconds. */
  settled(atMostMs: number): Promise<void>;
  count(what: string): void;
  counts(): Record<string, number>;
};

export const createActivity = (): Activity => {
  let running = 0;
  const counts: Record<string, number> = {};
  const waiting = new Set<() => void>();

  const leave = () => {
    running -= 1;
    if (running > 0) return;
    for (const tell of waiting) tell();
  };

  return {
    during: async (work) => {
      running += 1;
      try {
        return await work();
      } finally {
        leave();
      }
    },
    running: () => running,
    settled: (atMostMs) =>
      new Promise((resolve) => {
        if (running === 0) return resolve();
        const end = () => {
          clearTimeout(timer);
          waiting.delete(end);
          resolve();
        };
        const timer = setTimeout(end, atMostMs);
        waiting.add(end);
      }),
    count: (what) => {
      counts[what] = (counts[what] ?? 0) + 1;
    },
    counts: () => ({ ...counts }),
  };
};
