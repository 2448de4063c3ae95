/**
 * `RequestStore` in memory.
 * From and next: wrappers and workflows under test.
 */
import type { KeptAnswer, RequestKey, RequestStore } from '../../../shared/ports/request-store.ts';

type Kept = { hash: string; holdUntilMs: number; mark: string; answer?: KeptAnswer };

export const memoryRequests = (): RequestStore => {
  const kept = new Map<string, Kept>();
  let marks = 0;
  const idOf = ({ callerId, key }: RequestKey) => JSON.stringify([callerId, key]);
  return {
    begin: async (key, { hash, now, holdUntil }) => {
      const there = kept.get(idOf(key));
      const isLeft = there?.answer === undefined && (there?.holdUntilMs ?? 0) <= now.epochMilliseconds;
      if (there && (there.hash !== hash || !isLeft))
        return there.answer
          ? { is: 'answered', hash: there.hash, answer: there.answer }
          : { is: 'running', hash: there.hash };
      const mark = String((marks += 1));
      kept.set(idOf(key), { hash, holdUntilMs: holdUntil.epochMilliseconds, mark });
      return { is: 'begun', mark };
    },
    end: async (key, { mark }, answer) => {
      const there = kept.get(idOf(key));
      if (there?.mark === mark) kept.set(idOf(key), { ...there, mark: `${mark} ended`, answer });
    },
    forget: async (key, mark) => {
      if (kept.get(idOf(key))?.mark === mark) kept.delete(idOf(key));
    },
  };
};
