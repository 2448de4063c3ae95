/**
 * `RunStore` in memory. From and next: workflows under test.
 */
import { platformCompany } from '../../../shared/domain/parked-work.ts';
import { isInScope } from '../../../shared/domain/scope.ts';
import type { Run, RunStore } from '../../../shared/ports/run-store.ts';

export const memoryRuns = (): RunStore => {
  const runs = new Map<string, Run>();
  return {
    completed: async (scope, job, slot) =>
      isInScope(scope, platformCompany) ? runs.get(`${job} ${slot}`) : undefined,
    latest: async (scope, job) =>
      isInScope(scope, platformCompany)
        ? [...runs.values()]
            .filter((run) => run.job === job)
            .toSorted((a, b) => a.slot.localeCompare(b.slot))
            .at(-1)
        : undefined,
    complete: async (_scope, run) => void runs.set(`${run.job} ${run.slot}`, run),
  };
};
