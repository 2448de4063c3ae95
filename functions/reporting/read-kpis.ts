/**
 * Answers the tiles of a company as of a day: what stands, what a period brought, rates with their variants.
 * From: `GET api/reports/{company}/kpis`. Next: home pages, exports, report mails. Only for who sees the whole company.
 */
import type { KpisAnswer, KpisQuery } from '../../shared/contracts/reports.ts';
import { dayAt, type Day, type Instant } from '../../shared/domain/calendar.ts';
import { figuresIn, type Closing } from '../../shared/domain/figures-kept.ts';
import { kpiNotes, type KpiName } from '../../shared/domain/kpi-notes.ts';
import { salesUpTo } from '../../shared/domain/kpi-sales.ts';
import { countsOf, kpisOf, lastWholeMonth, type Kpi, type Standing } from '../../shared/domain/kpis.ts';
import { zero, type Currency } from '../../shared/domain/money.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { reachInto, type Scope } from '../../shared/domain/scope.ts';
import type { BookOf } from '../../shared/edge/read-book.ts';
import type { ZoneOf } from '../../shared/edge/read-company.ts';
import { freshnessIn } from './read-balances.ts';
import { closingOn, figuresOn, salesRows, standingsOf, type FigureStores } from './read-figures.ts';

export type KpiParts = FigureStores & { zoneOf: ZoneOf; bookOf: BookOf };

/** What each page shows; `all`: whatever there is. */
const pages: Readonly<Record<Exclude<KpisQuery['page'], 'all'>, readonly KpiName[]>> = {
  ceo: [
    ...(['collectedBooked', 'collectedImplied', 'promisesDue', 'receivables', 'overdue'] as const),
    ...(['overdueShare', 'dso', 'cei', 'disputed'] as const),
  ],
  cfo: [
    ...([
      'disputed',
      'disputedShare',
      'writtenOff',
      'recovered',
      'collectedBooked',
      'collectedImplied',
    ] as const),
    ...(['beyond90', 'beyond90Share', 'dso', 'bestPossibleDso', 'averageDaysDelinquent', 'cei'] as const),
  ],
  creditManager: [
    ...([
      'receivables',
      'overdue',
      'beyond90',
      'collectedBooked',
      'collectedImplied',
      'unexplained',
    ] as const),
    ...(['promisesKept', 'promisesWaiting', 'promisesBroken', 'sent', 'noticesSent', 'withheld'] as const),
    ...(['withheldSum', 'heldBack', 'reported', 'talks', 'unreached'] as const),
  ],
};

export const readKpis = async (
  companyId: string,
  query: KpisQuery,
  scope: Scope,
  now: Instant,
  parts: KpiParts,
): Promise<Outcome<KpisAnswer, 'not-found'>> => {
  const zone = reachInto(scope, companyId) === 'all' ? await parts.zoneOf(scope, companyId) : undefined;
  const book = zone === undefined ? undefined : await parts.bookOf(scope, companyId);
  if (zone === undefined || book === undefined) return refuse('not-found', 'There is no such company.');
  const asOf = (query.asOf ?? dayAt(now, zone)) as Day;
  const firstOn = (query.firstOn ?? `${asOf.slice(0, 7)}-01`) as Day;
  const { tiles, tails } = await tilesOf({ companyId, asOf, firstOn }, scope, parts);
  const { page } = query;
  const shown =
    page === 'all' ? tiles : pages[page].flatMap((name) => tiles.filter((tile) => tile.name === name));
  const notes = Object.fromEntries(
    [...new Set(shown.map(({ name }) => name))].map((name) => {
      const { formula, includes, behind } = kpiNotes[name];
      return [name, { formula, includes, behind: [...behind] }];
    }),
  );
  const freshness = { ...freshnessIn(companyId, tails), book };
  return done({ companyId, asOf, firstOn, tiles: shown, notes, freshness });
};

type Asked = { companyId: string; asOf: Day; firstOn: Day };

const tilesOf = async ({ companyId, asOf, firstOn }: Asked, scope: Scope, parts: KpiParts) => {
  const { aging, kept, tails } = await figuresOn({ companyId, day: asOf }, scope, parts);
  const standings = standingsOf(aging, kept, asOf);
  const rows = await salesRows({ companyId, day: asOf }, scope, parts);
  const whole = lastWholeMonth(asOf);
  // without sales of the month nothing is made of how it closed
  const isSold = rows.some(({ toOn }) => toOn === whole.lastOn);
  const closed = async (day: Day): Promise<Closing> =>
    isSold ? closingOn({ companyId, day }, kept, scope, parts) : {};
  const [opening, closing] = [await closed(whole.beforeOn), await closed(whole.lastOn)];
  const figures = figuresIn(kept, firstOn, asOf);
  const currencies = new Set([...standings.keys(), ...currenciesIn(figures ?? {})]);
  const tiles = [...currencies].toSorted().flatMap((currency): Kpi[] =>
    kpisOf({
      ...{ currency, now: standings.get(currency) ?? nothing, figures },
      sales: salesUpTo(rows, currency, asOf),
      month: { firstOn: whole.firstOn, opening: opening[currency], closing: closing[currency] },
    }),
  );
  return { tiles: [...tiles, ...countsOf(figures)], tails };
};

const nothing: Standing = {
  ...{ receivables: zero, notDue: zero, beyond90: zero, disputed: zero },
  ...{ credits: zero, retention: zero, drafts: zero, charges: zero },
};

const currenciesIn = (figures: Readonly<Record<string, number>>): Currency[] =>
  Object.keys(figures).flatMap((text) => {
    const last = text.split(' ').at(-1) ?? '';
    return /^[A-Z]{3}$/.test(last) ? [last] : [];
  });
