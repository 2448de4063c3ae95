/**
 * Rates of provisions and forecasts as a company sets them, and what their routes take and give.
 * From: forms of executives and credit managers; setting `reportRates`, every version kept. Next: the month-end pack, the
 * forecast. Shares in hundredths of a percent.
 */
import { z } from 'zod';
import { defaultForecastRules, type ForecastRules } from '../domain/cash-forecast.ts';
import { defaultProvisionRules, type ProvisionRules } from '../domain/metrics-money.ts';

const share = z.int().min(0).max(10_000);
const buckets = z.strictObject({
  ...{ notDue: share, '1-30': share, '31-60': share, '61-90': share, '91+': share },
});
const isFalling = (days: readonly { fromDaysPast: number }[]): boolean =>
  days.every(({ fromDaysPast }, at) => at === 0 || fromDaysPast < days[at - 1]!.fromDaysPast);

export const reportRates = z.strictObject({
  provision: z.strictObject({ buckets, insolvent: share, insured: share }),
  forecast: z.strictObject({
    usualDaysLate: z.int().min(0).max(180),
    shares: z
      .array(z.strictObject({ fromDaysPast: z.int().min(0).max(1_000), percentHundredths: share }))
      .min(1)
      .max(20)
      .refine(isFalling, 'the longest past first, each once'),
    ...{ disputed: share, promised: share },
  }),
});
export type ReportRates = { provision: ProvisionRules; forecast: ForecastRules };

export const reportRatesPlace = (companyId: string) => ({
  ...{ scope: `company:${companyId}`, name: 'reportRates' },
});

/** As delivered where a company sets none. @throws ZodError when the setting is none. */
export const reportRatesFrom = (value: unknown): ReportRates =>
  value === undefined
    ? { provision: defaultProvisionRules, forecast: defaultForecastRules }
    : reportRates.parse(value);

export const reportRatesBody = reportRates.extend({
  /** The version that was looked at; 0 before the first. */
  after: z.int().min(0),
  reason: z.string().trim().min(1).max(500),
});
export type ReportRatesBody = z.infer<typeof reportRatesBody>;
export const reportRatesAnswer = z.strictObject({ version: z.int(), ...reportRates.shape });
export type ReportRatesAnswer = z.infer<typeof reportRatesAnswer>;
