/**
 * `ReportStore` in memory; documents are kept as JSON, marks count writes.
 * From and next: projections under test.
 */
import type { ForecastWeek } from '../../../shared/domain/cash-forecast.ts';
import type { FiguresKept } from '../../../shared/domain/figures-kept.ts';
import { noTail, type Family, type MonthCells, type Tail } from '../../../shared/domain/report-months.ts';
import {
  allShards,
  noTotal,
  type Contribution,
  type ShardPlace,
  type ShardTotal,
} from '../../../shared/domain/report-shard.ts';
import type { Today } from '../../../shared/domain/report-today.ts';
import { isInScope, reachInto, type Scope } from '../../../shared/domain/scope.ts';
import { mostContributions, type ReportStore } from '../../../shared/ports/report-store.ts';

type Kept = { text: string; mark: string };
type Write = { id: string; value: object; mark?: string | undefined };

export const memoryReports = (): ReportStore => {
  const kept = new Map<string, Kept>();
  let writes = 0;
  const at = ({ companyId, shard }: ShardPlace, id: string): string => JSON.stringify([companyId, shard, id]);
  const read = <Value>(
    scope: Scope,
    place: ShardPlace,
    id: string,
  ): { value: Value; mark: string } | undefined => {
    if (!isInScope(scope, place.companyId) && reachInto(scope, place.companyId) === 'none') return undefined;
    const found = kept.get(at(place, id));
    return found === undefined ? undefined : { value: JSON.parse(found.text) as Value, mark: found.mark };
  };
  /** All or nothing; what names a mark, or none, is written only if it is so. */
  const save = (scope: Scope, place: ShardPlace, checked: Write[], more: Write[] = []) => {
    if (!isInScope(scope, place.companyId)) throw new Error(`reports of ${place.companyId} are out of scope`);
    if (checked.some(({ id, mark }) => kept.get(at(place, id))?.mark !== mark)) return 'version-conflict';
    for (const { id, value } of [...checked, ...more])
      kept.set(at(place, id), { text: JSON.stringify(value), mark: String((writes += 1)) });
    return 'saved';
  };
  return {
    shard: async (scope, place) => {
      const total = read<ShardTotal>(scope, place, 'total');
      const tail = read<Tail>(scope, place, 'tail');
      const marks = { total: total?.mark, tail: tail?.mark };
      return { place, total: total?.value ?? noTotal, tail: tail?.value ?? noTail, marks };
    },
    contributions: async (scope, place, accountIds) => {
      if (!isInScope(scope, place.companyId)) return new Map();
      const found = accountIds.map((id) => read<Contribution>(scope, place, `contribution:${id}`)?.value);
      return new Map(found.flatMap((one) => (one === undefined ? [] : [[one.accountId, one] as const])));
    },
    apply: async (scope, { place, marks }, { total, tail, contributions }) => {
      if (contributions.length > mostContributions) throw new RangeError('too many contributions at once');
      const checked = [
        { id: 'total', value: total, mark: marks.total },
        ...(tail === undefined ? [] : [{ id: 'tail', value: tail, mark: marks.tail }]),
      ];
      const more = contributions.map((one) => ({ id: `contribution:${one.accountId}`, value: one }));
      return save(scope, place, checked, more);
    },
    totals: async (scope, companyId) =>
      new Map(
        allShards.flatMap((shard) => {
          if (!isInScope(scope, companyId)) return [];
          const total = read<ShardTotal>(scope, { companyId, shard }, 'total');
          return total === undefined ? [] : [[shard, total.value] as const];
        }),
      ),
    tails: async (scope, companyId) =>
      new Map(
        allShards.flatMap((shard) => {
          const tail = read<Tail>(scope, { companyId, shard }, 'tail');
          return tail === undefined ? [] : [[shard, tail.value] as const];
        }),
      ),
    months: async (scope, companyId, family, months) =>
      allShards.flatMap((shard) =>
        months.flatMap((month) => {
          const found = read<MonthCells>(scope, { companyId, shard }, monthId(family, month));
          return found === undefined ? [] : [{ shard, cells: found.value }];
        }),
      ),
    today: async (scope, companyId) => {
      const found = isInScope(scope, companyId)
        ? read<Today>(scope, { companyId, shard: 'all' }, 'today')
        : undefined;
      return found === undefined ? undefined : { today: found.value, mark: found.mark };
    },
    saveToday: async (scope, companyId, today, mark) =>
      save(scope, { companyId, shard: 'all' }, [{ id: 'today', value: today, mark }]),
    figures: async (scope, companyId) => {
      const found = isInScope(scope, companyId)
        ? read<FiguresKept>(scope, { companyId, shard: 'all' }, 'figures')
        : undefined;
      return found === undefined ? undefined : { figures: found.value, mark: found.mark };
    },
    saveFigures: async (scope, companyId, figures, mark) =>
      save(scope, { companyId, shard: 'all' }, [{ id: 'figures', value: figures, mark }]),
    forecast: async (scope, companyId, monday) =>
      isInScope(scope, companyId)
        ? read<ForecastWeek[]>(scope, { companyId, shard: 'all' }, `forecast:${monday}`)?.value
        : undefined,
    keepForecast: async (scope, companyId, monday, weeks) => {
      const id = `forecast:${monday}`;
      save(scope, { companyId, shard: 'all' }, [{ id, value: [...weeks], mark: undefined }]);
      return read<ForecastWeek[]>(scope, { companyId, shard: 'all' }, id)!.value;
    },
    contributionPage: async (scope, place, { limit, after = '' }) => {
      if (!isInScope(scope, place.companyId)) return { contributions: [] };
      const prefix = at(place, 'contribution:').slice(0, -2);
      const names = [...kept.keys()].filter((name) => name.startsWith(prefix) && name > after).toSorted();
      const some = names.slice(0, limit);
      const last = some.length < limit ? undefined : some.at(-1);
      const contributions = some.map((name) => JSON.parse(kept.get(name)!.text) as Contribution);
      return last === undefined ? { contributions } : { contributions, after: last };
    },
    tail: async (scope, place) => {
      const found = read<Tail>(scope, place, 'tail');
      return { tail: found?.value ?? noTail, mark: found?.mark };
    },
    saveTail: async (scope, place, tail, mark) => save(scope, place, [{ id: 'tail', value: tail, mark }]),
    month: async (scope, place, family, month) => {
      const found = read<MonthCells>(scope, place, monthId(family, month));
      return found === undefined ? undefined : { cells: found.value, mark: found.mark };
    },
    createMonths: async (scope, place, family, months) =>
      save(
        scope,
        place,
        months.map((value) => ({ id: monthId(family, value.month), value, mark: undefined })),
      ),
    saveMonth: async (scope, place, family, cells, mark) =>
      save(scope, place, [{ id: monthId(family, cells.month), value: cells, mark }]),
  };
};

const monthId = ({ view, basis }: Family, month: string): string => `month:${view}:${basis}:${month}`;
