/**
 * Figures of disputes, deductions, delivery and cost, and how values are spread.
 * From: cases, deliveries and sums of a period. Next: tiles, reports of problems, the month-end pack.
 */
import { daysBetween, type Day } from './calendar.ts';
import { fraction, roundedTo } from './fraction.ts';
import { shareOf, type PercentHundredths } from './metrics-collecting.ts';
import type { AmountMinor } from './money.ts';

/** In the unit of the values; the mean in hundredths of it. */
export type Spread = { count: number; median: number; meanHundredths: number; percentile90: number };

/** Nearest rank, so that each figure but the mean is one of the values; undefined of none. */
export const spreadOf = (values: readonly number[]): Spread | undefined => {
  const sorted = values.toSorted((a, b) => a - b);
  const rank = (percent: number): number => sorted[Math.ceil((percent * sorted.length) / 100) - 1] ?? 0;
  if (sorted.length === 0) return undefined;
  const total = sorted.reduce((all, value) => all + value, 0);
  return {
    count: sorted.length,
    median: rank(50),
    meanHundredths: roundedTo(fraction(total, sorted.length), 100),
    percentile90: rank(90),
  };
};

export type CycleFigures = { resolved: Spread | undefined; open: number; oldestOpenDays: number | undefined };

/** Days from open to resolved of what was resolved in the period; closed ones alone would flatter. */
export const cycleTimes = (
  cases: readonly { openedOn: Day; resolvedOn?: Day }[],
  { firstOn, lastOn }: { firstOn: Day; lastOn: Day },
): CycleFigures => {
  const resolved = cases.flatMap(({ openedOn, resolvedOn }) =>
    resolvedOn === undefined || resolvedOn < firstOn || resolvedOn > lastOn
      ? []
      : [daysBetween(openedOn, resolvedOn)],
  );
  const ages = cases
    .filter(({ openedOn, resolvedOn }) => openedOn <= lastOn && (resolvedOn ?? '9') > lastOn)
    .map(({ openedOn }) => daysBetween(openedOn, lastOn));
  return {
    resolved: spreadOf(resolved),
    open: ages.length,
    oldestOpenDays: ages.length === 0 ? undefined : Math.max(...ages),
  };
};

/** Open deductions over those raised on an average day, in hundredths of a day. */
export const daysDeductionsOutstanding = (
  open: AmountMinor,
  raised: { amount: AmountMinor; days: number },
): number | undefined =>
  raised.amount <= 0
    ? undefined
    : roundedTo(fraction(BigInt(open) * BigInt(raised.days), raised.amount), 100);

export type RecoveryFigures = {
  ofInvalid: PercentHundredths | undefined;
  ofResolved: PercentHundredths | undefined;
};

/** What was recovered of deductions that were not owed, and of all that were resolved. */
export const deductionRecovery = (period: {
  valid: AmountMinor;
  invalid: AmountMinor;
  recovered: AmountMinor;
}): RecoveryFigures => ({
  ofInvalid: shareOf(period.recovered, period.invalid),
  ofResolved: shareOf(period.recovered, BigInt(period.valid) + BigInt(period.invalid)),
});

/** Hours from invoice to confirmed delivery; those not delivered are counted, not dropped. */
export const timeToSend = (
  hours: readonly (number | undefined)[],
): { sent: Spread | undefined; undelivered: number } => ({
  sent: spreadOf(hours.filter((value) => value !== undefined)),
  undelivered: hours.filter((value) => value === undefined).length,
});

/** Invoiced in a month and not paid 90 days after their due day, of all invoiced in it. */
export const atRiskRate = (
  invoices: readonly { amount: AmountMinor; dueOn: Day; settledOn?: Day }[],
): PercentHundredths | undefined => {
  const total = (some: typeof invoices) => some.reduce((all, { amount }) => all + BigInt(amount), 0n);
  const atRisk = invoices.filter(
    ({ dueOn, settledOn }) => settledOn === undefined || daysBetween(dueOn, settledOn) > 90,
  );
  return shareOf(total(atRisk), total(invoices));
};

/** Cloud, mail and people per 1,000 invoices, in minor units; undefined of no invoices. */
export const costPerThousand = (costs: readonly AmountMinor[], invoices: number): number | undefined =>
  invoices <= 0
    ? undefined
    : roundedTo(fraction(costs.reduce((all, cost) => all + BigInt(cost), 0n) * 1_000n, invoices));
