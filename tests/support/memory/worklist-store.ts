/**
 * `WorklistStore` in memory; kept as JSON, so that only what survives writing comes back.
 * From and next: workflows under test.
 */
import { isInScope } from '../../../shared/domain/scope.ts';
import { neverTurns, type WorklistRow } from '../../../shared/domain/worklist-row.ts';
import {
  isNewer,
  isRowInScope,
  orderOf,
  type RowPlace,
  type Whose,
  type WorklistStore,
} from '../../../shared/ports/worklist-store.ts';

export const memoryWorklist = (): WorklistStore => {
  const kept = new Map<string, string>();
  const keyOf = ({ companyId, accountId, collectorId }: RowPlace): string =>
    JSON.stringify([companyId, collectorId, accountId]);
  const rowsOf = (companyId: string): WorklistRow[] =>
    [...kept.values()]
      .map((text) => JSON.parse(text) as WorklistRow)
      .filter((row) => row.companyId === companyId);
  const seen = (
    scope: Parameters<WorklistStore['read']>[0],
    companyId: string,
    whose: Whose,
  ): WorklistRow[] =>
    rowsOf(companyId).filter(
      (row) => isRowInScope(scope, row) && (whose === 'all' || whose.includes(row.collectorId)),
    );
  const assertIn = (scope: Parameters<WorklistStore['read']>[0], companyId: string): void => {
    if (!isInScope(scope, companyId)) throw new Error(`the worklist of ${companyId} is out of scope`);
  };
  return {
    put: async (scope, row) => {
      assertIn(scope, row.companyId);
      const there = kept.get(keyOf(row));
      if (there !== undefined && isNewer(JSON.parse(there) as WorklistRow, row)) return 'newer-there';
      kept.set(keyOf(row), JSON.stringify(row));
      return 'kept';
    },
    replace: async (scope, { mark }, row) => {
      assertIn(scope, row.companyId);
      if (kept.get(keyOf(row)) !== mark) return false;
      kept.set(keyOf(row), JSON.stringify(row));
      return true;
    },
    read: async (scope, place) => {
      const mark = kept.get(keyOf(place));
      if (mark === undefined) return undefined;
      const row = JSON.parse(mark) as WorklistRow;
      return isRowInScope(scope, row) ? { row, mark } : undefined;
    },
    ofAccount: async (scope, { companyId, accountId }) =>
      seen(scope, companyId, 'all').filter((row) => row.accountId === accountId),
    remove: async (scope, place, version) => {
      assertIn(scope, place.companyId);
      const there = kept.get(keyOf(place));
      if (there !== undefined && (JSON.parse(there) as WorklistRow).version <= version)
        kept.delete(keyOf(place));
    },
    due: async (scope, companyId, whose, { today, limit }) => {
      const rows = seen(scope, companyId, whose)
        .filter(({ visibleFrom }) => visibleFrom !== undefined && visibleFrom <= today)
        .toSorted((a, b) => (a.visibleFrom! < b.visibleFrom! ? -1 : 1));
      return { rows: rows.slice(0, limit), isMore: rows.length > limit };
    },
    ranked: async (scope, companyId, whose, { limit, after = '' }) => {
      const rest = seen(scope, companyId, whose)
        .flatMap((row) => (row.best === undefined ? [] : [{ row, order: orderOf(row.best, row.accountId) }]))
        .filter(({ order }) => order > after)
        .toSorted((a, b) => (a.order < b.order ? -1 : 1));
      const page = rest.slice(0, limit);
      const rows = page.map(({ row }) => row);
      return rest.length > limit ? { rows, after: page.at(-1)!.order } : { rows };
    },
    turning: async (scope, companyId, { by, limit }) => {
      assertIn(scope, companyId);
      return rowsOf(companyId)
        .filter(({ turnsOn }) => turnsOn <= by && turnsOn !== neverTurns)
        .toSorted((a, b) => (a.turnsOn < b.turnsOn ? -1 : 1))
        .slice(0, limit);
    },
    otherwise: async (scope, companyId, { frame, lists, areMeant, limit }) => {
      assertIn(scope, companyId);
      return rowsOf(companyId)
        .filter((row) => (row.frame ?? '') !== frame && lists.includes(row.collectorId) === areMeant)
        .slice(0, limit);
    },
    withOrders: async (scope, companyId, { limit, after = '' }) => {
      assertIn(scope, companyId);
      return rowsOf(companyId)
        .filter(({ orders = 0, accountId }) => orders > 0 && accountId > after)
        .toSorted((a, b) => (a.accountId < b.accountId ? -1 : 1))
        .slice(0, limit);
    },
  };
};
