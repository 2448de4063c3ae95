/**
 * Cash expected in thirteen weeks, and how the first week of earlier forecasts turned out.
 * From: open amounts by due day, promises on heads that bear their mark, forecasts kept as they were on their Mondays,
 * money that came. Next: the forecast's report, the home page of finance. Its cost grows with promises, not with the ledger.
 */
import { addDays, dayAt, type Day } from '../../shared/domain/calendar.ts';
import {
  forecastOf,
  mondayOf,
  type ForecastPromise,
  type ForecastWeek,
} from '../../shared/domain/cash-forecast.ts';
import { figuresIn, type FiguresKept } from '../../shared/domain/figures-kept.ts';
import { forecastAccuracy } from '../../shared/domain/metrics-collecting.ts';
import { amountOf, type AmountMinor, type Currency } from '../../shared/domain/money.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import { ratesOf } from './keep-rates.ts';
import { cellsOn, figuresOn } from './read-figures.ts';
import {
  day,
  money,
  perPage,
  text,
  type ReadSection,
  type SectionCall,
  type SectionParts,
} from './section-cells.ts';
import { eachOf } from './section-rows.ts';

const weeksBack = 13;

type ForecastCall = Pick<SectionCall, 'scope' | 'system' | 'now' | 'company' | 'isLook'>;

/** As it stood when its Monday's report was made; before that as it is now. Whoever only looks keeps nothing. */
export const forecastNow = async (parts: SectionParts, call: ForecastCall): Promise<ForecastWeek[]> => {
  const { companyId, zone } = call.company;
  const today = dayAt(call.now, zone);
  const monday = mondayOf(today);
  const kept = await parts.reports.forecast(call.system, companyId, monday);
  if (kept !== undefined) return kept;
  const { cells } = await cellsOn({ companyId, day: today, view: 'known' }, call.scope, parts.reports);
  const promises = await promisesOf(parts, call.scope, companyId);
  const { forecast } = await ratesOf(parts, call.system, companyId);
  const weeks = forecastOf(cells, promises, today, forecast);
  return call.isLook === true ? weeks : parts.reports.keepForecast(call.system, companyId, monday, weeks);
};

const promisesOf = async (
  { accounts }: SectionParts,
  scope: Scope,
  companyId: string,
): Promise<ForecastPromise[]> => {
  const promises: ForecastPromise[] = [];
  for await (const { currency, amount, dueOn } of eachOf(async (after) => {
    const asked = { limit: perPage, mark: 'promises' as const, ...(after !== undefined && { after }) };
    const page = await accounts.heads(scope, companyId, asked);
    return { found: page.heads.flatMap(({ dunning }) => dunning.promises ?? []), after: page.after };
  }))
    promises.push({ currency, amount, dueOn });
  return promises;
};

export type PastWeek = { fromOn: Day; currency: Currency; forecast: AmountMinor; actual: AmountMinor };

/** The weeks before this one that were forecast, the latest first; those whose money is not kept by day are left out. */
export const pastWeeks = async (parts: SectionParts, call: ForecastCall): Promise<PastWeek[]> => {
  const { companyId, zone } = call.company;
  const today = dayAt(call.now, zone);
  const { kept } = await figuresOn({ companyId, day: today }, call.scope, parts);
  const weeks: PastWeek[] = [];
  for (let back = 1; back <= weeksBack; back += 1) {
    const monday = addDays(mondayOf(today), -7 * back);
    const weeksThen = (await parts.reports.forecast(call.system, companyId, monday)) ?? [];
    const first = weeksThen.filter(({ fromOn }) => fromOn === monday);
    for (const { currency, total } of first) {
      const actual = cameIn(kept, monday, currency);
      if (actual !== undefined) weeks.push({ fromOn: monday, currency, forecast: total, actual });
    }
  }
  return weeks;
};

const cameIn = (kept: FiguresKept, monday: Day, currency: Currency): AmountMinor | undefined => {
  const figures = figuresIn(kept, monday, addDays(monday, 6));
  return figures && amountOf((figures[`booked ${currency}`] ?? 0) + (figures[`implied ${currency}`] ?? 0));
};

export const forecastSections: ReadSection = async (parts, call) => {
  const weeks = await forecastNow(parts, call);
  const past = await pastWeeks(parts, call);
  const byCurrency = Map.groupBy(past, ({ currency }) => currency);
  return [
    {
      title: 'Expected',
      columns: ['week from', 'currency', 'promised', 'open', 'disputed', 'total'],
      rows: weeks.map(({ fromOn, currency, promised, open, disputed, total }) => [
        ...[day(fromOn), text(currency), money(promised, currency), money(open, currency)],
        ...[money(disputed, currency), money(total, currency)],
      ]),
    },
    {
      title: 'Forecast against actual',
      columns: ['week from', 'currency', 'forecast', 'came'],
      rows: past.map(({ fromOn, currency, forecast, actual }) => [
        ...[day(fromOn), text(currency), money(forecast, currency), money(actual, currency)],
      ]),
    },
    {
      title: 'How good forecasts were',
      columns: ['currency', 'accuracy %', 'bias %'],
      rows: [...byCurrency].map(([currency, some]) => {
        const told = forecastAccuracy(some);
        const percent = (hundredths: number | undefined) =>
          hundredths === undefined
            ? text('')
            : ({ is: 'number', text: (hundredths / 100).toFixed(2) } as const);
        return [text(currency), percent(told?.accuracy), percent(told?.bias)];
      }),
    },
  ];
};
