/**
 * `CaseIndex` in memory. From and next: workflows under test.
 */
import { isAccountInScope, isInScope } from '../../../shared/domain/scope.ts';
import { sortKeyOf, type CaseIndex, type CaseRow } from '../../../shared/ports/case-index.ts';

export const memoryCases = (): CaseIndex => {
  const rows = new Map<string, CaseRow>();
  const of = (companyId: string): CaseRow[] =>
    [...rows.values()].filter((row) => row.companyId === companyId);
  return {
    put: async (scope, row) => {
      if (!isInScope(scope, row.companyId)) throw new Error(`case ${row.id} is out of scope`);
      const name = `${row.companyId} ${row.id}`;
      if ((rows.get(name)?.version ?? 0) <= row.version) rows.set(name, structuredClone(row));
    },
    find: async (scope, companyId, id) => {
      const row = rows.get(`${companyId} ${id}`);
      return row !== undefined && isAccountInScope(scope, row) ? structuredClone(row) : undefined;
    },
    list: async (scope, companyId, filter, { order, limit, after = '' }) => {
      const wanted = Object.entries(filter).filter(([, value]) => value !== undefined);
      const found = of(companyId)
        .filter((row) => wanted.every(([name, value]) => row[name as keyof CaseRow] === value))
        .filter((row) => sortKeyOf(row, order) > after)
        .toSorted((a, b) => (sortKeyOf(a, order) < sortKeyOf(b, order) ? -1 : 1))
        .slice(0, limit);
      const seen = found.filter((row) => isAccountInScope(scope, row)).map((row) => structuredClone(row));
      const last = found.length < limit ? undefined : found.at(-1);
      return last === undefined ? { rows: seen } : { rows: seen, after: sortKeyOf(last, order) };
    },
    waking: async (scope, companyId, on, limit) => {
      if (!isInScope(scope, companyId)) return [];
      return of(companyId)
        .filter(({ wakeOn }) => wakeOn !== undefined && wakeOn <= on)
        .toSorted((a, b) => (a.wakeOn! < b.wakeOn! ? -1 : 1))
        .slice(0, limit);
    },
  };
};
