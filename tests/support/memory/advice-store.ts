/**
 * `AdviceStore` in memory; kept as JSON, so that only what survives writing comes back.
 * From and next: workflows under test.
 */
import type { Advice } from '../../../shared/domain/advice.ts';
import { isInScope } from '../../../shared/domain/scope.ts';
import { mostAlike, type AdviceStore } from '../../../shared/ports/advice-store.ts';

export const memoryAdvices = (): AdviceStore => {
  const kept = new Map<string, { text: string; mark: number }>();
  const keyOf = (companyId: string, id: string): string => JSON.stringify([companyId, id]);
  const inCompany = (companyId: string): Advice[] =>
    [...kept.values()]
      .map(({ text }) => JSON.parse(text) as Advice)
      .filter((one) => one.companyId === companyId)
      .toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return {
    load: async (scope, companyId, id) => {
      const there = isInScope(scope, companyId) ? kept.get(keyOf(companyId, id)) : undefined;
      return there && { advice: JSON.parse(there.text) as Advice, mark: String(there.mark) };
    },
    save: async (scope, { advice, mark }) => {
      if (!isInScope(scope, advice.companyId)) throw new Error(`advice ${advice.id} is out of scope`);
      const key = keyOf(advice.companyId, advice.id);
      const there = kept.get(key)?.mark;
      if (there?.toString() !== mark) return 'version-conflict';
      kept.set(key, { text: JSON.stringify(advice), mark: (there ?? 0) + 1 });
      return 'saved';
    },
    alike: async (scope, companyId, { references, amount, currency }) =>
      isInScope(scope, companyId)
        ? inCompany(companyId)
            .filter(({ state }) => state !== 'matched')
            .filter(
              (one) =>
                references.includes(one.reference) || (one.total === amount && one.currency === currency),
            )
            .slice(0, mostAlike)
        : [],
    list: async (scope, companyId, state, { limit, after = '' }) => {
      if (!isInScope(scope, companyId)) return { advices: [] };
      const advices = inCompany(companyId)
        .filter((one) => one.state === state && one.id > after)
        .slice(0, limit);
      const last = advices.length < limit ? undefined : advices.at(-1);
      return last === undefined ? { advices } : { advices, after: last.id };
    },
  };
};
