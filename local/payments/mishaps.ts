/**
 * Trouble inside the provider, once and on order: an answer of 500 with or without the effect, or a slow one.
 * From: `POST /local/mishaps`. Next: `router.ts` asks before it runs a POST. Not kept over a restart.
 */
import { z } from 'zod';

export const mishap = z.strictObject({
  /** The path it befalls, such as `/v1/refunds`. */
  path: z.string(),
  /** `error-before`: 500 and nothing done. `error-after`: done, and 500 all the same. `slow`: done late. */
  kind: z.enum(['error-before', 'error-after', 'slow']),
  /** Real milliseconds a slow one takes. */
  delayMs: z.int().min(0).max(10_000).default(200),
});
export type Mishap = z.output<typeof mishap>;

export type Mishaps = { order(one: Mishap): void; take(path: string): Mishap | undefined };

export const openMishaps = (): Mishaps => {
  const ordered: Mishap[] = [];
  return {
    order: (one) => void ordered.push(one),
    take: (path) => {
      const index = ordered.findIndex((one) => one.path === path);
      return index < 0 ? undefined : ordered.splice(index, 1)[0];
    },
  };
};
