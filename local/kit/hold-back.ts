/**
 * The fault `reorder`: what is held back goes on once another one has overtaken it.
 * From: the stand-ins, when the fault switch says so. Next: the work that waited.
 */

/** What is held back now, as what lets it go. */
export type Held = Set<() => void>;

/** Resolves when `letGo` is called, or when `delayMs` real milliseconds have passed. */
export const holdBack = (held: Held, delayMs: number): Promise<void> =>
  new Promise((resolve) => {
    const release = () => {
      clearTimeout(timer);
      held.delete(release);
      resolve();
    };
    const timer = setTimeout(release, delayMs);
    held.add(release);
  });

/** Lets everything go on that is held back: another one has gone through, or the service ends. */
export const letGo = (held: Held): void => {
  for (const release of held) release();
};
