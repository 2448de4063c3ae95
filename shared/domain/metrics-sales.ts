/**
 * Days sales outstanding and what goes with it: simple, by countback, per invoice, and the best there could be.
 * From: receivables of the kinds marked for DSO, gross billings by month less credit notes. Next: tiles, the
 * month-end pack. All amounts of one currency. Without sales there is no figure, never a guess (`metrics.md`).
 */
import { daysBetween, type Day } from './calendar.ts';
import { fraction, plus, roundedTo, times, type Fraction } from './fraction.ts';
import type { AmountMinor } from './money.ts';
import { done, refuse, type Outcome } from './outcome.ts';

/** Gross billings incl. tax less credit notes of a period with so many days. */
export type Sales = { amount: AmountMinor; days: number };

/** Hundredths of a day: 5096 is 50.96 days. */
export type DaysHundredths = number;
export type NoSales = 'no-sales-data';
type Days = Outcome<DaysHundredths, NoSales>;

const noSales = (what: string) => refuse('no-sales-data', `no sales told for ${what}`);

const inDays = (days: Fraction): Days => done(roundedTo(days, 100));

/** Receivables / sales x days. Give what is not yet due instead, and it is the best possible DSO. */
export const dsoSimple = (receivables: AmountMinor, months: readonly Sales[]): Days => {
  const amount = months.reduce((all, month) => all + BigInt(month.amount), 0n);
  const days = months.reduce((all, month) => all + month.days, 0);
  if (amount <= 0n) return noSales('the period');
  return inDays(times(fraction(receivables, amount), fraction(days)));
};

/**
 * Whole months of sales are taken off the receivables, newest first; of the last one its share of days. Refused
 * when they reach back further than the sales that are told. `months`: the oldest first.
 */
export const dsoCountback = (receivables: AmountMinor, months: readonly Sales[]): Days => {
  let left = BigInt(receivables);
  let days = fraction(0);
  for (const month of months.toReversed()) {
    const sales = BigInt(month.amount);
    if (left <= 0n) break;
    if (sales > 0n && left < sales)
      return inDays(plus(days, times(fraction(left, sales), fraction(month.days))));
    left -= sales;
    days = plus(days, fraction(month.days));
  }
  return left > 0n ? noSales('all months the receivables reach back to') : inDays(days);
};

export type OpenInvoice = { amount: AmountMinor; ageDays: number; month: string };

/** Sum over open invoices of age x amount / sales of its month. */
export const dsoTrue = (
  invoices: readonly OpenInvoice[],
  salesByMonth: Readonly<Record<string, Sales>>,
): Days => {
  let days = fraction(0);
  for (const { amount, ageDays, month } of invoices) {
    const sales = salesByMonth[month];
    if (sales === undefined || sales.amount <= 0) return noSales(month);
    days = plus(days, fraction(BigInt(amount) * BigInt(ageDays), sales.amount));
  }
  return inDays(days);
};

export type DsoMethod = 'simple' | 'countback';
export type DsoFigures = { dso: DaysHundredths; best: DaysHundredths; averageDelinquent: DaysHundredths };

/** DSO, the best possible one, and average days delinquent as their gap, by the same method (never mixed). */
export const dsoFigures = (
  method: DsoMethod,
  { receivables, notDue }: { receivables: AmountMinor; notDue: AmountMinor },
  months: readonly Sales[],
): Outcome<DsoFigures, NoSales> => {
  const by = method === 'simple' ? dsoSimple : dsoCountback;
  const [dso, best] = [by(receivables, months), by(notDue, months)];
  if (!dso.ok) return dso;
  if (!best.ok) return best;
  return done({ dso: dso.value, best: best.value, averageDelinquent: dso.value - best.value });
};

/** Something paid or still open, so many days late; below 0 when early. */
export type Lateness = { amount: AmountMinor; daysLate: number };

/** Days late weighted by amount; undefined where nothing is. Of late ones alone it is the other ADD. */
export const weightedLateness = (payments: readonly Lateness[]): DaysHundredths | undefined => {
  const amount = payments.reduce((all, one) => all + BigInt(one.amount), 0n);
  const weighted = payments.reduce((all, one) => all + BigInt(one.amount) * BigInt(one.daysLate), 0n);
  return amount <= 0n ? undefined : roundedTo(fraction(weighted, amount), 100);
};

/** The average payment delay counts early payers, too; ADD by value only who was late. */
export const lateOnly = (payments: readonly Lateness[]): Lateness[] =>
  payments.filter(({ daysLate }) => daysLate > 0);

export type Turnover = {
  /** 1829 is 1.829 times in the period. */
  inPeriodThousandths: number;
  inYearHundredths: number;
  collectionDays: DaysHundredths;
};

/** Sales over average receivables, in the period and in a year of 365 days. */
export const turnover = (
  { opening, closing }: { opening: AmountMinor; closing: AmountMinor },
  sales: Sales,
): Outcome<Turnover, NoSales | 'no-receivables'> => {
  if (sales.amount <= 0) return noSales('the period');
  const twice = BigInt(opening) + BigInt(closing);
  if (twice <= 0n) return refuse('no-receivables', 'the average of receivables is not above 0');
  const inPeriod = fraction(2n * BigInt(sales.amount), twice);
  return done({
    inPeriodThousandths: roundedTo(inPeriod, 1_000),
    inYearHundredths: roundedTo(times(inPeriod, fraction(365, sales.days)), 100),
    collectionDays: roundedTo(fraction(BigInt(sales.days) * twice, 2n * BigInt(sales.amount)), 100),
  });
};

/** How late a payment of an item came. */
export const latenessOf = (amount: AmountMinor, dueOn: Day, paidOn: Day): Lateness => ({
  amount,
  daysLate: daysBetween(dueOn, paidOn),
});
