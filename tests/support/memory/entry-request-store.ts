/**
 * `EntryRequestStore` in memory; kept as JSON, so that only what survives writing comes back.
 * From and next: workflows under test.
 */
import type { EntryRequest } from '../../../shared/domain/entry-request.ts';
import { isInScope, type Scope } from '../../../shared/domain/scope.ts';
import type { EntryRequestStore } from '../../../shared/ports/entry-request-store.ts';

export const memoryEntryRequests = (): EntryRequestStore => {
  const kept = new Map<string, { text: string; mark: number }>();
  const keyOf = (companyId: string, id: string): string => JSON.stringify([companyId, id]);
  const parse = (text: string): EntryRequest => JSON.parse(text) as EntryRequest;
  const assertIn = (scope: Scope, { companyId, id }: EntryRequest): void => {
    if (!isInScope(scope, companyId)) throw new Error(`entry ${id} is out of scope`);
  };
  return {
    create: async (scope, request) => {
      assertIn(scope, request);
      const key = keyOf(request.companyId, request.id);
      const there = kept.get(key);
      if (there !== undefined) return parse(there.text);
      kept.set(key, { text: JSON.stringify(request), mark: 1 });
      return request;
    },
    load: async (scope, companyId, id) => {
      const there = isInScope(scope, companyId) ? kept.get(keyOf(companyId, id)) : undefined;
      return there && { request: parse(there.text), mark: String(there.mark) };
    },
    save: async (scope, { request, mark }) => {
      assertIn(scope, request);
      const key = keyOf(request.companyId, request.id);
      const there = kept.get(key);
      if (String(there?.mark) !== mark) return 'version-conflict';
      kept.set(key, { text: JSON.stringify(request), mark: Number(mark) + 1 });
      return 'saved';
    },
    list: async (scope, companyId, state, { limit, after = '' }) => {
      if (!isInScope(scope, companyId)) return { requests: [] };
      const requests = [...kept.values()]
        .map(({ text }) => parse(text))
        .filter((one) => one.companyId === companyId && one.state === state && one.id > after)
        .toSorted((a, b) => (a.id < b.id ? -1 : 1))
        .slice(0, limit);
      const last = requests.length < limit ? undefined : requests.at(-1);
      return last === undefined ? { requests } : { requests, after: last.id };
    },
  };
};
