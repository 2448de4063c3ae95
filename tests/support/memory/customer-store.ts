/**
 * `CustomerStore` in memory; kept as JSON, so that only what survives writing comes back.
 * From and next: workflows under test.
 */
import type { CustomerRecord } from '../../../shared/domain/customer-match.ts';
import { isInScope } from '../../../shared/domain/scope.ts';
import type { CustomerStore } from '../../../shared/ports/customer-store.ts';

export const memoryCustomers = (): CustomerStore & { snapshot(): string } => {
  const kept = new Map<string, { text: string; mark: number }>();
  const keyOf = (companyId: string, id: string): string => JSON.stringify([companyId, id]);
  const parse = (text: string): CustomerRecord => JSON.parse(text) as CustomerRecord;
  return {
    snapshot: () => JSON.stringify([...kept].toSorted(([a], [b]) => (a < b ? -1 : 1))),
    load: async (scope, companyId, id) => {
      const there = isInScope(scope, companyId) ? kept.get(keyOf(companyId, id)) : undefined;
      return there && { record: parse(there.text), mark: String(there.mark) };
    },
    save: async (scope, { record, mark }) => {
      if (!isInScope(scope, record.companyId)) throw new Error(`customer ${record.id} is out of scope`);
      const key = keyOf(record.companyId, record.id);
      const there = kept.get(key);
      if ((there === undefined ? undefined : String(there.mark)) !== mark) return 'version-conflict';
      kept.set(key, { text: JSON.stringify(record), mark: (there?.mark ?? 0) + 1 });
      return 'saved';
    },
    remove: async (scope, companyId, id) => {
      if (!isInScope(scope, companyId)) throw new Error(`customer ${id} is out of scope`);
      kept.delete(keyOf(companyId, id));
    },
    list: async (scope, companyId, state, { limit, after = '', until = '~' }) => {
      if (!isInScope(scope, companyId)) return { records: [] };
      const records = [...kept.values()]
        .map(({ text }) => parse(text))
        .filter((one) => one.companyId === companyId && one.state === state)
        .filter((one) => one.id > after && one.id < until)
        .toSorted((a, b) => (a.id < b.id ? -1 : 1))
        .slice(0, limit);
      const last = records.length < limit ? undefined : records.at(-1);
      return last === undefined ? { records } : { records, after: last.id };
    },
  };
};
