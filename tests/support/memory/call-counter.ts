/**
 * `CallCounter` in memory. From and next: wrappers under test.
 */
import type { CallCounter } from '../../../shared/ports/call-counter.ts';

export const memoryCallCounter = (): CallCounter => {
  const had = new Map<string, Set<string>>();
  return {
    count: async ({ callerId, what, span, thing, most }) => {
      const key = JSON.stringify([callerId, what, span]);
      const things = had.get(key) ?? new Set();
      if (things.has(thing)) return 'counted';
      if (things.size >= most) return 'too-many';
      had.set(key, things.add(thing));
      return 'counted';
    },
  };
};
