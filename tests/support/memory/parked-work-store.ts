/**
 * `ParkedWorkStore` in memory. From and next: workflows under test.
 */
import {
  mergeCounts,
  parkedId,
  type KeptWork,
  type ParkedCount,
  type ParkedWork,
} from '../../../shared/domain/parked-work.ts';
import { isInScope } from '../../../shared/domain/scope.ts';
import type { ParkedWorkStore } from '../../../shared/ports/parked-work-store.ts';

export type MemoryParkedWork = ParkedWorkStore & { work: Map<string, ParkedWork> };

export const memoryParkedWork = (): MemoryParkedWork => {
  const work = new Map<string, ParkedWork>();
  type State = Pick<KeptWork, 'state' | 'attempts' | 'replay' | 'failedReplays'>;
  const states = new Map<string, { state: State; writes: number }>();
  const kept = (id: string, one: ParkedWork): KeptWork => ({
    ...{ ...one, id, state: 'parked' },
    ...states.get(id)?.state,
  });
  const summaries = new Map<string, ParkedCount[]>();
  const ofCompany = (companyId: string) =>
    [...work]
      .map(([id, one]) => kept(id, one))
      .filter((one) => one.companyId === companyId && one.state === 'parked')
      .toSorted((a, b) => keyOf(a).localeCompare(keyOf(b)));
  return {
    work,
    park: async (scope, one) => {
      if (!isInScope(scope, one.companyId)) throw new Error('out of scope');
      if (!work.has(parkedId(one))) work.set(parkedId(one), one);
    },
    count: async (scope, companyId) => (isInScope(scope, companyId) ? countsOf(ofCompany(companyId)) : []),
    saveSummary: async (scope, companyId, counts) => {
      if (!isInScope(scope, companyId)) throw new Error('out of scope');
      summaries.set(companyId, [...counts]);
    },
    summary: async (scope, companyId) =>
      isInScope(scope, companyId) ? (summaries.get(companyId) ?? []) : [],
    allCounts: async (scope) =>
      mergeCounts([...summaries].flatMap(([id, counts]) => (isInScope(scope, id) ? counts : []))),
    read: async (scope, companyId, id) => {
      const one = isInScope(scope, companyId) ? work.get(id) : undefined;
      if (one?.companyId !== companyId) return undefined;
      return { work: structuredClone(kept(id, one)), mark: String(states.get(id)?.writes ?? 0) };
    },
    saveState: async (scope, { work: { id, companyId, state, attempts, replay, failedReplays }, mark }) => {
      if (!isInScope(scope, companyId)) throw new Error('out of scope');
      const writes = states.get(id)?.writes ?? 0;
      if (String(writes) !== mark) return 'version-conflict';
      const replays = {
        ...(replay === undefined ? {} : { replay }),
        ...(failedReplays === undefined ? {} : { failedReplays }),
      };
      states.set(id, { state: structuredClone({ state, attempts, ...replays }), writes: writes + 1 });
      return 'saved';
    },
    list: async (scope, companyId, { limit, after }) => {
      if (!isInScope(scope, companyId)) return { work: [] };
      const page = ofCompany(companyId)
        .filter((one) => keyOf(one) > (after ?? ''))
        .slice(0, limit);
      const last = page.length < limit ? undefined : page.at(-1);
      return last === undefined ? { work: page } : { work: page, after: keyOf(last) };
    },
  };
};

const keyOf = ({ parkedAt, id }: { parkedAt: string; id: string }): string => `${parkedAt} ${id}`;

const countsOf = (work: readonly ParkedWork[]): ParkedCount[] =>
  [...Map.groupBy(work, ({ code }) => code)].map(([code, some]) => ({
    code,
    count: some.length,
    oldestAt: some[0]!.parkedAt,
  }));
