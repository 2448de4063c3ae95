/**
 * Draws the charts of a report, for the currency most is open in.
 * From: tiles, trend, the forecast. Next: PNG inside the mail. A chart without values is left out.
 */
import type { KpisAnswer, TrendAnswer } from '../../shared/contracts/reports.ts';
import type { ForecastWeek } from '../../shared/domain/cash-forecast.ts';
import { decimalsOf } from '../../shared/domain/currencies.ts';
import type { MailFile } from '../../shared/domain/mail.ts';
import type { ReportSchedule } from '../../shared/domain/report-schedules.ts';
import { chartWords } from '../../shared/formats/chart-words.ts';
import type { Chart } from '../../shared/formats/charts.ts';
import type { ReportPicture } from '../../shared/formats/report-mail.ts';
import { forecastNow } from './read-forecast.ts';
import { readTrend } from './read-trend.ts';
import type { SectionCall, SectionParts } from './section-cells.ts';

type Drawn = { file: MailFile; picture: ReportPicture };
type MonthShown = TrendAnswer['months'][number];
const mostMonths = 13;

export const chartsOf = async (
  parts: SectionParts,
  { charts }: ReportSchedule,
  call: SectionCall,
  kpis: KpisAnswer | undefined,
): Promise<Drawn[]> => {
  const drawn: Drawn[] = [];
  for (const [name, chart] of await wantedOf(parts, charts, call, kpis)) {
    if (chart === undefined) continue;
    const png = await parts.draw(chart);
    const contentId = `chart-${name}`;
    const base64 = Buffer.from(png).toString('base64');
    drawn.push({
      file: { name: `${name}.png`, contentType: 'image/png', base64, contentId },
      picture: { contentId, alt: chartWords(chart) },
    });
  }
  return drawn;
};

type Wanted = [name: string, chart: Chart | undefined][];

const wantedOf = async (
  parts: SectionParts,
  charts: ReportSchedule['charts'],
  call: SectionCall,
  kpis: KpisAnswer | undefined,
): Promise<Wanted> => {
  const named: Wanted = charts.includes('forecast')
    ? [['forecast', forecastChart(await forecastNow(parts, call))]]
    : [];
  const currency = kpis && mainCurrency(kpis);
  if (kpis === undefined || currency === undefined) return named;
  const months = await monthsFor(parts, call, kpis.asOf, currency);
  return [
    ...named,
    ...charts
      .filter((name) => name !== 'forecast')
      .map((name): Wanted[number] => [name, chartOf(name, kpis, currency, months)]),
  ];
};

const monthsFor = async (
  parts: SectionParts,
  { scope, now, company }: SectionCall,
  asOf: string,
  currency: string,
): Promise<MonthShown[]> => {
  const trend = await readTrend(company.companyId, scope, now, parts);
  const all = trend.ok ? trend.value.months : [];
  return all.filter((month) => month.currency === currency && month.month <= asOf).slice(-mostMonths);
};

/** Of the currency most is expected in. */
const forecastChart = (weeks: readonly ForecastWeek[]): Chart | undefined => {
  const sums = new Map<string, number>();
  for (const { currency, total } of weeks) sums.set(currency, (sums.get(currency) ?? 0) + total);
  const currency = [...sums].toSorted((a, b) => b[1] - a[1])[0]?.[0];
  if (currency === undefined) return undefined;
  const whole = wholeIn(currency);
  const own = weeks.filter((week) => week.currency === currency);
  const series = (['promised', 'open', 'disputed'] as const).map((name) => ({
    ...{ name, values: own.map((week) => whole(week[name])) },
  }));
  const labels = own.map(({ fromOn }) => fromOn.slice(5));
  return { title: 'Cash expected by week', unit: currency, kind: 'stacked', labels, series };
};

const mainCurrency = ({ tiles }: KpisAnswer): string | undefined =>
  tiles
    .filter(({ name, value }) => name === 'receivables' && value !== null)
    .toSorted((a, b) => (b.value ?? 0) - (a.value ?? 0))[0]?.currency ?? undefined;

/** Whole units of the currency: for a picture, never for a sum. */
const wholeIn = (currency: string): ((minor: number | null) => number | null) => {
  const decimals = decimalsOf(currency);
  const unit = 10 ** (decimals.ok ? decimals.value : 2);
  return (minor) => (minor === null ? null : Math.round(minor / unit));
};

const chartOf = (
  name: ReportSchedule['charts'][number],
  { tiles, asOf }: KpisAnswer,
  currency: string,
  months: readonly MonthShown[],
): Chart | undefined => {
  const whole = wholeIn(currency);
  const labels = months.map(({ month }) => month);
  if (name === 'aging') {
    const of = (tile: string) =>
      tiles.find((one) => one.name === tile && one.currency === currency)?.value ?? 0;
    const values = [
      of('notDue'),
      of('overdue') - of('beyond90'),
      of('beyond90'),
      of('disputed'),
      -of('credits'),
    ];
    return {
      ...{ title: `Receivables on ${asOf}`, unit: currency, kind: 'bars' },
      labels: ['not due', 'overdue to 90 days', 'beyond 90 days', 'disputed (in them)', 'credits'],
      series: [{ name: 'open', values: values.map(whole) }],
    };
  }
  if (months.length === 0) return undefined;
  if (name === 'collected')
    return {
      ...{ title: 'Collected by month', unit: currency, kind: 'stacked', labels },
      series: [
        { name: 'booked', values: months.map((one) => whole(one.collectedBooked)) },
        { name: 'implied', values: months.map((one) => whole(one.collectedImplied)) },
      ],
    };
  if (months.every(({ dsoDaysHundredths }) => dsoDaysHundredths === null)) return undefined;
  const days = months.map(({ dsoDaysHundredths: dso }) => (dso === null ? null : Math.round(dso / 10) / 10));
  return {
    title: 'DSO, countback',
    unit: 'days',
    kind: 'lines',
    labels,
    series: [{ name: 'DSO', values: days }],
  };
};
