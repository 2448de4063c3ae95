/**
 * `ReportStore` on Cosmos DB, container `reports`, key /companyId, /shard.
 * From: projections, reports. Next: `contribution:`, `total`, `tail` and `month:` documents; contributions,
 * total and tail change in one batch under the etags of the last two.
 */
import type { Container, OperationInput } from '@azure/cosmos';
import type { Day } from '../domain/calendar.ts';
import type { ForecastWeek } from '../domain/cash-forecast.ts';
import { contributionIdOf } from '../domain/document-ids.ts';
import { noTail, type Family, type Month, type MonthCells, type Tail } from '../domain/report-months.ts';
import { noTotal, type ShardPlace } from '../domain/report-shard.ts';
import { isInScope, reachInto, type Scope } from '../domain/scope.ts';
import { mostContributions, type ReportStore } from '../ports/report-store.ts';
import { sha256 } from './entry-hash.ts';
import { readIn, saveIn, written, type Charged } from './report-documents.ts';
import { contributionsOf, monthsOf, pageOf, tailsOf, totalsOf } from './report-queries.ts';
import {
  parseContribution,
  parseFigures,
  parseForecast,
  parseMonth,
  parseTail,
  parseToday,
  parseTotal,
} from './report-shapes.ts';
import { comeBackLater } from './come-back-later.ts';

export const cosmosReports = (
  container: () => Container,
  charged: Charged = () => undefined,
): ReportStore => {
  const read = readIn(container, charged);
  const save = saveIn(container, charged);
  return {
    shard: async (scope, place) => {
      const [total, tail] = await Promise.all([read(scope, place, 'total'), read(scope, place, 'tail')]);
      return {
        place,
        total: total === undefined ? noTotal : parseTotal(total.document),
        tail: tail === undefined ? noTail : parseTail(tail.document),
        marks: { total: total?.mark, tail: tail?.mark },
      };
    },
    contributions: async (scope, place, accountIds) => {
      if (!isInScope(scope, place.companyId)) return new Map();
      const found = await contributionsOf(container(), charged, place, accountIds);
      return new Map(found.map((one) => [one.accountId, one]));
    },
    apply: async (scope, { place, marks }, { total, tail, contributions }) => {
      assertInScope(scope, place);
      if (contributions.length > mostContributions)
        throw new RangeError(`${contributions.length} contributions at once, at most ${mostContributions}`);
      const saved = await save(
        place,
        [
          written({ ...place, id: 'total', kind: 'total', total }, marks.total),
          ...(tail === undefined ? [] : [written({ ...place, id: 'tail', kind: 'tail', tail }, marks.tail)]),
          ...contributions.map((one): OperationInput => {
            const id = contributionIdOf(one.accountId, sha256);
            const body = { ...place, id, kind: 'contribution', contribution: one };
            return { operationType: 'Upsert', resourceBody: body };
          }),
        ],
        'apply to reports',
      );
      if (saved === 'version-conflict') await comeBackLater();
      return saved;
    },
    totals: async (scope, companyId) =>
      isInScope(scope, companyId) ? totalsOf(container(), charged, companyId) : new Map(),
    tails: async (scope, companyId) =>
      reachInto(scope, companyId) === 'none' ? new Map() : tailsOf(container(), charged, companyId),
    months: async (scope, companyId, family, months) => {
      if (reachInto(scope, companyId) === 'none' || months.length === 0) return [];
      const ids = months.map((month) => monthId(family, month));
      return monthsOf(container(), charged, companyId, ids);
    },
    today: async (scope, companyId) => {
      if (!isInScope(scope, companyId)) return undefined;
      const found = await read(scope, wholeOf(companyId), 'today');
      return found === undefined ? undefined : { today: parseToday(found.document), mark: found.mark };
    },
    saveToday: (scope, companyId, today, mark) => {
      const place = wholeOf(companyId);
      assertInScope(scope, place);
      return save(place, [written({ ...place, id: 'today', kind: 'today', today }, mark)], 'save today');
    },
    figures: async (scope, companyId) => {
      if (!isInScope(scope, companyId)) return undefined;
      const found = await read(scope, wholeOf(companyId), 'figures');
      return found === undefined ? undefined : { figures: parseFigures(found.document), mark: found.mark };
    },
    saveFigures: (scope, companyId, figures, mark) => {
      const place = wholeOf(companyId);
      assertInScope(scope, place);
      return save(
        place,
        [written({ ...place, id: 'figures', kind: 'figures', figures }, mark)],
        'save figures',
      );
    },
    forecast: async (scope, companyId, monday) => forecastIn(read, scope, companyId, monday),
    keepForecast: async (scope, companyId, monday, weeks) => {
      const place = wholeOf(companyId);
      assertInScope(scope, place);
      const document = { ...place, id: `forecast:${monday}`, kind: 'forecast', weeks: [...weeks] };
      await save(place, [written(document, undefined)], 'keep forecast');
      const kept = await forecastIn(read, scope, companyId, monday);
      if (kept === undefined) throw new Error(`the forecast of ${monday} is not there`);
      return kept;
    },
    contributionPage: async (scope, place, { limit, after = '' }) => {
      if (!isInScope(scope, place.companyId)) return { contributions: [] };
      const found = await pageOf(container(), charged, place, limit, after);
      const last = found.length < limit ? undefined : found.at(-1);
      const contributions = found.map(parseContribution);
      return last === undefined ? { contributions } : { contributions, after: last.id };
    },
    tail: async (scope, place) => {
      const found = await read(scope, place, 'tail');
      return { tail: found === undefined ? noTail : parseTail(found.document), mark: found?.mark };
    },
    saveTail: (scope, place, tail: Tail, mark) => {
      assertInScope(scope, place);
      return save(place, [written({ ...place, id: 'tail', kind: 'tail', tail }, mark)], 'save tail');
    },
    month: async (scope, place, family, month) => {
      const found = await read(scope, place, monthId(family, month));
      return found === undefined ? undefined : { cells: parseMonth(found.document), mark: found.mark };
    },
    createMonths: (scope, place, family, months) => {
      assertInScope(scope, place);
      const documents = months.map((cells) => written(monthIn(place, family, cells), undefined));
      return save(place, documents, 'create months');
    },
    saveMonth: (scope, place, family, cells, mark) => {
      assertInScope(scope, place);
      return save(place, [written(monthIn(place, family, cells), mark)], 'save month');
    },
  };
};

const forecastIn = async (
  read: ReturnType<typeof readIn>,
  scope: Scope,
  companyId: string,
  monday: Day,
): Promise<ForecastWeek[] | undefined> => {
  if (!isInScope(scope, companyId)) return undefined;
  const found = await read(scope, wholeOf(companyId), `forecast:${monday}`);
  return found === undefined ? undefined : parseForecast(found.document);
};

const assertInScope = (scope: Scope, { companyId }: ShardPlace): void => {
  if (!isInScope(scope, companyId)) throw new Error(`reports of ${companyId} are out of scope`);
};

/** Where what belongs to all shards of a company lies. */
const wholeOf = (companyId: string): ShardPlace => ({ companyId, shard: 'all' });

const monthIn = (place: ShardPlace, family: Family, cells: MonthCells) => ({
  ...{ ...place, id: monthId(family, cells.month), kind: 'month', cells },
});

const monthId = ({ view, basis }: Family, month: Month): string => `month:${view}:${basis}:${month}`;
