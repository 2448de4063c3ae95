/**
 * `DeadLetterStore` in memory. From and next: workflows under test; `giveUp` is what the bus does.
 */
import { platformCompany } from '../../../shared/domain/parked-work.ts';
import { isInScope } from '../../../shared/domain/scope.ts';
import type { DeadLetter, DeadLetterStore } from '../../../shared/ports/dead-letter-store.ts';

export type MemoryDeadLetters = DeadLetterStore & {
  giveUp(source: string, letter: DeadLetter): void;
  left(source: string): number;
  /** Sources asked so far. */
  asked: string[];
};

export const memoryDeadLetters = (): MemoryDeadLetters => {
  const waiting = new Map<string, DeadLetter[]>();
  const asked: string[] = [];
  const of = (source: string): DeadLetter[] => waiting.get(source) ?? [];
  return {
    asked,
    giveUp: (source, letter) => void waiting.set(source, [...of(source), letter]),
    left: (source) => of(source).length,
    take: async (scope, source, limit, keep) => {
      if (!isInScope(scope, platformCompany)) return 0;
      asked.push(source);
      const some = of(source).slice(0, limit);
      for (const letter of some) {
        await keep(structuredClone(letter));
        waiting.set(
          source,
          of(source).filter((one) => one !== letter),
        );
      }
      return some.length;
    },
  };
};
