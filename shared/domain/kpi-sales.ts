/**
 * Sales by period as a source told them, as rates need them: an unbroken row of periods up to a day.
 * From: reference rows of kind `sales`. Next: `kpis.ts`. Where they are missing there is no figure, never a guess.
 */
import { addDays, daysBetween, type Day } from './calendar.ts';
import type { Sales } from './metrics-sales.ts';
import { amountOf, type Currency } from './money.ts';
import type { SalesRow } from './other-rows.ts';

/** Sales that end longer ago than this say nothing about receivables of today. */
export const mostDaysOld = 45;

export type SalesPeriod = Sales & { fromOn: Day; toOn: Day };

/**
 * Periods of one currency without a gap, the oldest first, up to the newest that has ended by a day. Rows of the whole
 * company go before rows of accounts, which are added up. Empty where the newest is too old.
 */
export const salesUpTo = (rows: readonly SalesRow[], currency: Currency, asOf: Day): SalesPeriod[] => {
  const own = rows.filter((row) => row.currency === currency && row.toOn <= asOf);
  const whole = own.filter(({ accountId }) => accountId === undefined);
  const byEnd = new Map<Day, SalesPeriod>();
  for (const period of periodsOf(whole.length > 0 ? whole : own)) {
    const known = byEnd.get(period.toOn);
    if (known === undefined || period.fromOn < known.fromOn) byEnd.set(period.toOn, period);
  }
  const newest = [...byEnd.keys()].toSorted().at(-1);
  if (newest === undefined || daysBetween(newest, asOf) > mostDaysOld) return [];
  const chain: SalesPeriod[] = [];
  for (let at = byEnd.get(newest); at !== undefined; at = byEnd.get(addDays(at.fromOn, -1)))
    chain.unshift(at);
  return chain;
};

const periodsOf = (rows: readonly SalesRow[]): SalesPeriod[] => {
  const periods = new Map<string, SalesPeriod>();
  for (const { fromOn, toOn, gross, creditNotes = 0 } of rows) {
    const name = `${fromOn} ${toOn}`;
    const amount = amountOf((periods.get(name)?.amount ?? 0) + gross - Math.abs(creditNotes));
    periods.set(name, { fromOn, toOn, amount, days: daysBetween(fromOn, toOn) + 1 });
  }
  return [...periods.values()];
};

/** The last periods of a row that make up a quarter: at least 89 days, as few as do. */
export const lastQuarter = (periods: readonly SalesPeriod[]): SalesPeriod[] => {
  const some: SalesPeriod[] = [];
  for (const period of periods.toReversed()) {
    if (some.reduce((days, one) => days + one.days, 0) >= 89) break;
    some.unshift(period);
  }
  return some;
};

/** What was sold from a day to another, where periods fill it exactly. */
export const salesWithin = (
  periods: readonly SalesPeriod[],
  firstOn: Day,
  lastOn: Day,
): Sales | undefined => {
  const inside = periods.filter(({ fromOn, toOn }) => fromOn >= firstOn && toOn <= lastOn);
  if (inside[0]?.fromOn !== firstOn || inside.at(-1)?.toOn !== lastOn) return undefined;
  return {
    amount: amountOf(inside.reduce((all, { amount }) => all + amount, 0)),
    days: daysBetween(firstOn, lastOn) + 1,
  };
};
