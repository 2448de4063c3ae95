/**
 * Tiles: the figures of a company in one currency on a day, each with its unit and, where there is none, the reason.
 * From: aging of the day, kept figures, how the month before closed, sales as told. Next: `functions/reporting` answers
 * and exports them; report mails print them. How each is computed and what is in it: `kpi-notes.ts`.
 */
import { addDays, endOfMonth, type Day } from './calendar.ts';
import type { Figures } from './figure-sums.ts';
import type { Closing } from './figures-kept.ts';
import type { KpiName } from './kpi-notes.ts';
import { lastQuarter, salesWithin, type SalesPeriod } from './kpi-sales.ts';
import { collectionEffectiveness, shareOf } from './metrics-collecting.ts';
import { dsoFigures, type DsoFigures, type DsoMethod } from './metrics-sales.ts';
import { amountOf, type AmountMinor, type Currency } from './money.ts';

export type KpiUnit = 'minor' | 'percentHundredths' | 'daysHundredths' | 'count';

/** `part`: a stage, a reason, a variant. `because`: why there is no value. */
export type Kpi = {
  name: KpiName;
  currency: Currency | null;
  part: string | null;
  unit: KpiUnit;
  value: number | null;
  because: string | null;
};

/** What stands on a day; amounts of the kinds that are receivables. */
export type Standing = Closing[Currency] & {
  credits: AmountMinor;
  retention: AmountMinor;
  drafts: AmountMinor;
  /** Interest and fees in it. */
  charges: AmountMinor;
};

export type KpiInput = {
  currency: Currency;
  now: Standing;
  /** Of the period; undefined where its days are not kept any more. */
  figures: Figures | undefined;
  sales: readonly SalesPeriod[];
  /** How the last whole month and the one before it closed, and its first day. */
  month: { firstOn: Day; opening: Closing[Currency] | undefined; closing: Closing[Currency] | undefined };
};

const tile =
  (currency: Currency | null, unit: KpiUnit) =>
  (name: KpiName, value: number | undefined, because?: string, part?: string): Kpi => ({
    ...{ name, currency, part: part ?? null, unit, value: value ?? null },
    because: value === undefined ? (because ?? 'nothing-to-divide-by') : null,
  });

/** In the order a page shows them. */
export const kpisOf = (input: KpiInput): Kpi[] => [
  ...standingTiles(input),
  ...(['countback', 'simple'] as const).flatMap((method) => dsoTiles(input, method)),
  effectiveness(input),
  ...periodTiles(input),
];

const standingTiles = ({ currency, now }: KpiInput): Kpi[] => {
  const amount = tile(currency, 'minor');
  const share = tile(currency, 'percentHundredths');
  const { receivables, notDue, beyond90, disputed, credits, charges, retention, drafts } = now;
  const overdue = amountOf(receivables - notDue - credits - retention - drafts);
  return [
    amount('receivables', receivables),
    amount('notDue', notDue),
    amount('overdue', overdue),
    share('overdueShare', shareOf(overdue, receivables)),
    amount('credits', credits),
    amount('charges', charges),
    amount('disputed', disputed),
    share('disputedShare', shareOf(disputed, receivables)),
    amount('beyond90', beyond90),
    share('beyond90Share', shareOf(beyond90, receivables)),
  ];
};

/** Retention before its release, interest and fees are not of the kinds that count (`defaults.md` §3.3). */
const dsoTiles = ({ currency, now, sales }: KpiInput, method: DsoMethod): Kpi[] => {
  const days = tile(currency, 'daysHundredths');
  const receivables = amountOf(now.receivables - now.retention - now.charges);
  const notDue = amountOf(now.notDue + now.drafts);
  const months = method === 'simple' ? lastQuarter(sales) : sales;
  const told = dsoFigures(method, { receivables, notDue }, months);
  const of = (name: KpiName, key: keyof DsoFigures): Kpi =>
    days(name, told.ok ? told.value[key] : undefined, 'no-sales-data', method);
  return [of('dso', 'dso'), of('bestPossibleDso', 'best'), of('averageDaysDelinquent', 'averageDelinquent')];
};

/** Of the last whole month: there both variants agree. */
const effectiveness = ({ currency, sales, month }: KpiInput): Kpi => {
  const share = tile(currency, 'percentHundredths');
  const { firstOn, opening, closing } = month;
  const sold = salesWithin(sales, firstOn, endOfMonth(firstOn));
  const part = firstOn.slice(0, 7);
  if (sold === undefined) return share('cei', undefined, 'no-sales-data', part);
  if (opening === undefined || closing === undefined)
    return share('cei', undefined, 'month-not-closed', part);
  const figures = { opening: opening.receivables, sales: sold.amount, months: 1 };
  const closed = { closing: closing.receivables, closingCurrent: closing.notDue };
  return share('cei', collectionEffectiveness({ ...figures, ...closed }, 'salesOfPeriod'), undefined, part);
};

const periodTiles = ({ currency, figures }: KpiInput): Kpi[] => {
  const gone = figures === undefined ? 'days-not-kept' : undefined;
  const of = (name: string): number | undefined => figures && (figures[`${name} ${currency}`] ?? 0);
  const amount = (name: KpiName, value: number | undefined): Kpi =>
    tile(currency, 'minor')(name, value, gone);
  const count = (name: KpiName, value: number | undefined, part?: string): Kpi =>
    tile(currency, 'count')(name, value, gone, part);
  const share = (part: string, kept: number | undefined, all: number | undefined): Kpi =>
    tile(currency, 'percentHundredths')('promisesKept', shareOf(kept ?? 0, all ?? 0), gone, part);
  const judged = (what: string): number | undefined =>
    figures && ['kept', 'partly', 'broken'].reduce((all, how) => all + (of(`promise-${how}${what}`) ?? 0), 0);
  const waiting = figures && (of('promiseDueCount') ?? 0) - (judged('Count') ?? 0);
  return [
    amount('billed', figures && (of('billed') ?? 0) - (of('credited') ?? 0)),
    amount('collectedBooked', of('booked')),
    amount('collectedImplied', of('implied')),
    amount('unexplained', of('unexplained')),
    amount('promised', of('promised')),
    amount('promisesDue', of('promiseDue')),
    count('promisesJudged', judged('Count')),
    count('promisesWaiting', waiting),
    share('byCount', of('promise-keptCount'), judged('Count')),
    share('byValue', of('promise-kept'), judged('')),
    amount('promisesBroken', figures && (of('promise-broken') ?? 0) + (of('promise-partly') ?? 0)),
    amount('writtenOff', of('writtenOff')),
    amount('recovered', of('recovered')),
  ];
};

const plainNames = {
  sent: 'sent',
  notice: 'noticesSent',
  withheld: 'withheld',
  heldBack: 'heldBack',
  reported: 'reported',
} as const satisfies Record<string, KpiName>;

/** Amounts by stage or reason. */
const isSumByPart = (what: string): what is 'withheldSum' | 'cashIn7' | 'cashIn14' =>
  ['withheldSum', 'cashIn7', 'cashIn14'].includes(what);

/** Figures of no currency: messages by stage and reason, calls, cases. Empty where days are not kept any more. */
export const countsOf = (figures: Figures | undefined): Kpi[] => {
  const count = tile(null, 'count');
  const told = Object.entries(figures ?? {}).flatMap(([text, value]) => {
    const [what = '', part = '', currency] = text.split(' ');
    if (isSumByPart(what) && currency !== undefined)
      return [tile(currency, 'minor')(what, value, undefined, part)];
    const name = Object.hasOwn(plainNames, what) ? plainNames[what as keyof typeof plainNames] : undefined;
    return name === undefined ? [] : [count(name, value, undefined, part)];
  });
  const plain = (['talks', 'unreached', 'replies', 'disputesOpened', 'disputesClosed'] as const).map((name) =>
    count(name, figures && (figures[name] ?? 0), 'days-not-kept'),
  );
  return [...told.toSorted(inOrder), ...plain];
};

/** The commonest first; names in order where they are equal. */
const inOrder = (a: Kpi, b: Kpi): number => {
  if (a.name !== b.name) return a.name < b.name ? -1 : 1;
  return (b.value ?? 0) - (a.value ?? 0) || ((a.part ?? '') < (b.part ?? '') ? -1 : 1);
};

/** First and last day of the last whole month before a day, and the day before it. */
export const lastWholeMonth = (asOf: Day): { firstOn: Day; lastOn: Day; beforeOn: Day } => {
  const lastOn = asOf === endOfMonth(asOf) ? asOf : addDays(`${asOf.slice(0, 7)}-01` as Day, -1);
  const firstOn = `${lastOn.slice(0, 7)}-01` as Day;
  return { firstOn, lastOn, beforeOn: addDays(firstOn, -1) };
};
