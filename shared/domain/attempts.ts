/**
 * How often work is tried and how long it rests between tries.
 * From: the attempt a message carries. Next: the queue and change-feed wrappers of the edge.
 */

/** Tries before work is parked for a person. */
export const mostAttempts = 8;

/**
 * Seconds to rest before the next try: 10, 20, 40 … 640, spread by up to a quarter so that work that
 * failed together does not return together. `spread` is 0 to 1, derived from the work's id.
 */
export const restSeconds = (attempt: number, spread: number): number =>
  Math.round(10 * 2 ** Math.min(attempt - 1, 6) * (1 + spread / 4));

/** A number from 0 to 1 that depends on nothing but the text (FNV-1a). */
export const spreadOf = (text: string): number => {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash / 0xffffffff;
};
