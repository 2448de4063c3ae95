/**
 * How well receivables are collected: effectiveness, bad debt, promises, calls, forecast, risk.
 * From: figures of a period, in one currency. Next: tiles, the manager's week, the month-end pack.
 * Shares are hundredths of a percent: 6571 is 65.71 %. A share of nothing is undefined, not 0.
 */
import { fraction, minus, roundedTo } from './fraction.ts';
import { amountOf, sum, zero, type AmountMinor } from './money.ts';

export type PercentHundredths = number;

/** `part` of `whole`; undefined when there is no whole. */
export const shareOf = (part: number | bigint, whole: number | bigint): PercentHundredths | undefined =>
  BigInt(whole) <= 0n ? undefined : roundedTo(fraction(part, whole), 10_000);

export type CeiInput = {
  opening: AmountMinor;
  sales: AmountMinor;
  closing: AmountMinor;
  /** Of the closing receivables, what is not yet due. */
  closingCurrent: AmountMinor;
  /** Months in the period, for the variant that divides sales by them; 1 where both variants agree. */
  months: number;
};
export type CeiVariant = 'salesPerMonth' | 'salesOfPeriod';

/** Collection effectiveness; the variant is named beside the figure. 100 % means nothing is overdue. */
export const collectionEffectiveness = (
  { opening, sales, closing, closingCurrent, months }: CeiInput,
  variant: CeiVariant,
): PercentHundredths | undefined => {
  const by = BigInt(variant === 'salesPerMonth' ? months : 1);
  const asked = BigInt(opening) * by + BigInt(sales);
  return shareOf(asked - BigInt(closing) * by, asked - BigInt(closingCurrent) * by);
};

export const badDebtRatio = (figures: {
  writtenOff: AmountMinor;
  recovered: AmountMinor;
  sales: AmountMinor;
}): PercentHundredths | undefined => shareOf(figures.writtenOff - figures.recovered, figures.sales);

/** A promise due in the period, as it was judged. A changed date is one broken promise. */
export type JudgedPromise = {
  amount: AmountMinor;
  outcome: 'kept' | 'partlyKept' | 'broken' | 'waitingForCashData';
};
export type PromiseFigures = {
  due: number;
  kept: number;
  byCount: PercentHundredths | undefined;
  byValue: PercentHundredths | undefined;
  /** Not judged, since cash data has not reached their day: in neither rate. */
  waiting: number;
};

/** Only promises kept in full count as kept. */
export const promisesKept = (promises: readonly JudgedPromise[]): PromiseFigures => {
  const judged = promises.filter(({ outcome }) => outcome !== 'waitingForCashData');
  const kept = judged.filter(({ outcome }) => outcome === 'kept');
  const worth = (some: readonly JudgedPromise[]): AmountMinor =>
    some.reduce((all, { amount }) => sum(all, amount), zero);
  return {
    ...{ due: judged.length, kept: kept.length, waiting: promises.length - judged.length },
    byCount: shareOf(kept.length, judged.length),
    byValue: shareOf(worth(kept), worth(judged)),
  };
};

export type CallFigures = {
  ofAttempts: PercentHundredths | undefined;
  ofAnswers: PercentHundredths | undefined;
  /** Hundredths: 240 is 2.40 an hour. */
  rightPartyPerHour: number | undefined;
  callsPerHour: number | undefined;
  callsPerCollectorAndDay: number | undefined;
};

/** `loggedMinutes`: time logged on the phone, not the length of the shift. */
export const callFigures = (period: {
  attempts: number;
  answered: number;
  rightParty: number;
  loggedMinutes: number;
  collectors: number;
  workingDays: number;
}): CallFigures => {
  const perHour = (count: number) => rate(count * 60, period.loggedMinutes);
  return {
    ofAttempts: shareOf(period.rightParty, period.attempts),
    ofAnswers: shareOf(period.rightParty, period.answered),
    ...{ rightPartyPerHour: perHour(period.rightParty), callsPerHour: perHour(period.attempts) },
    callsPerCollectorAndDay: rate(period.attempts, period.collectors * period.workingDays),
  };
};

/** So many of one for each of the other, in hundredths; undefined for none. */
export const rate = (count: number, per: number): number | undefined =>
  per <= 0 ? undefined : roundedTo(fraction(count, per), 100);

export type ForecastFigures = {
  wape: PercentHundredths;
  accuracy: PercentHundredths;
  bias: PercentHundredths;
};

/** How a forecast frozen at the start of its weeks came out; undefined when nothing came. */
export const forecastAccuracy = (
  weeks: readonly { forecast: AmountMinor; actual: AmountMinor }[],
): ForecastFigures | undefined => {
  const total = (of: (week: (typeof weeks)[number]) => number) =>
    weeks.reduce((all, week) => all + BigInt(of(week)), 0n);
  const actual = total((week) => week.actual);
  if (actual <= 0n) return undefined;
  const wape = fraction(
    total(({ forecast, actual: came }) => Math.abs(forecast - came)),
    actual,
  );
  return {
    wape: roundedTo(wape, 10_000),
    accuracy: roundedTo(minus(fraction(1), wape), 10_000),
    bias: roundedTo(fraction(total((week) => week.forecast) - actual, actual), 10_000),
  };
};

/** Cash expected in a week: open amounts, each at its odds, promises first. */
export const expectedCash = (
  parts: readonly { open: AmountMinor; percentHundredths: PercentHundredths }[],
): AmountMinor =>
  amountOf(
    roundedTo(
      fraction(
        parts.reduce((all, part) => all + BigInt(part.open) * BigInt(part.percentHundredths), 0n),
        10_000,
      ),
    ),
  );
