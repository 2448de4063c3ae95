/**
 * Reads how the last month of a company closed, for its alerts.
 * From: the trend. Next: `evaluate-alerts.ts`.
 */
import type { SubjectReading } from '../../shared/domain/alert-readings.ts';
import { shareOf } from '../../shared/domain/metrics-collecting.ts';
import type { ReportCall } from './compose-report.ts';
import type { ReportMailParts } from './mail-parts.ts';
import { readTrend } from './read-trend.ts';

/** Of the last month that closed. */
export const monthReadings = async (
  parts: ReportMailParts,
  { scope, now }: ReportCall,
  companyId: string,
): Promise<SubjectReading[]> => {
  const trend = await readTrend(companyId, scope, now, parts);
  const all = trend.ok ? trend.value.months : [];
  const last = all.at(-1)?.month;
  return all
    .filter(({ month }) => month === last)
    .flatMap((closed) => {
      const { currency, month, receivables, disputed, beyond90, ceiPercentHundredths: cei } = closed;
      const read = (rule: string, share: number | null | undefined): SubjectReading[] =>
        share === null || share === undefined
          ? []
          : [{ rule, subject: `${month}:${currency}`, values: { share }, currency }];
      return [
        ...read('disputedShare', shareOf(disputed, receivables)),
        ...read('beyond90Share', shareOf(beyond90, receivables)),
        ...read('effectivenessLow', cei),
        ...dsoReading(closed, all),
      ];
    });
};

type Closed = { month: string; currency: string; dsoDaysHundredths: number | null };

const dsoReading = (
  { month, currency, dsoDaysHundredths: now }: Closed,
  all: readonly Closed[],
): SubjectReading[] => {
  const before = all.findLast((one) => one.currency === currency && one.month < month)?.dsoDaysHundredths;
  if (now === null || before === null || before === undefined) return [];
  const moreDays = Math.floor((now - before) / 100);
  return [{ rule: 'dsoRising', subject: `${month}:${currency}`, values: { moreDays }, currency }];
};
