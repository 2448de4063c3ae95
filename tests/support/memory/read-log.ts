/**
 * `ReadLog` in memory. From and next: workflows under test.
 */
import { platformCompany } from '../../../shared/domain/parked-work.ts';
import { isInScope } from '../../../shared/domain/scope.ts';
import type { ReadLog, SensitiveRead } from '../../../shared/ports/read-log.ts';

export const memoryReadLog = (): ReadLog & { all(): SensitiveRead[] } => {
  const kept = new Map<string, SensitiveRead>();
  return {
    all: () => [...kept.values()],
    note: async (read) => {
      const key = `${read.day} ${read.id}`;
      if (!kept.has(key)) kept.set(key, read);
    },
    page: async (scope, { day, who, action, limit, after = '' }) => {
      if (!isInScope(scope, platformCompany)) throw new Error('the log of reads is out of scope');
      const reads = [...kept.values()]
        .filter((one) => one.day === day && one.id > after)
        .filter((one) => (who ?? one.who) === one.who && (action ?? one.action) === one.action)
        .toSorted((a, b) => (a.id < b.id ? -1 : 1))
        .slice(0, limit);
      const last = reads.at(-1)?.id;
      return reads.length < limit || last === undefined ? { reads } : { reads, after: last };
    },
  };
};
