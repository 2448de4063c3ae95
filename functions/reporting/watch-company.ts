/**
 * Reads of a company what cannot wait for the night: its book, and how its mails arrive.
 * From: a tick every few minutes; the book's standing, kept figures. Next: `evaluate-alerts.ts`.
 */
import type { SubjectReading } from '../../shared/domain/alert-readings.ts';
import { isBusinessDay } from '../../shared/domain/business-days.ts';
import { addDays, dayAt } from '../../shared/domain/calendar.ts';
import { figuresIn, figuresNow, noFigures } from '../../shared/domain/figures-kept.ts';
import { shareOf } from '../../shared/domain/metrics-collecting.ts';
import type { WithheldReason } from '../../shared/domain/withheld-reasons.ts';
import { readCompany } from '../../shared/edge/read-company.ts';
import type { ReportCall } from './compose-report.ts';
import type { AlertCompany } from './evaluate-alerts.ts';
import type { ReportMailParts } from './mail-parts.ts';

/** Mails are judged over so many days. */
const mailDays = 7;

export const watchReadings = async (
  parts: ReportMailParts,
  call: ReportCall,
  company: AlertCompany,
): Promise<SubjectReading[]> => [
  ...(await bookReadings(parts, call, company)),
  ...(await mailReadings(parts, call, company)),
];

/** From then on in the morning a book without a feed of the last business day is missed. */
const feedMissedFrom = '07:00';

const bookReadings = async (
  parts: ReportMailParts,
  { scope, now }: ReportCall,
  { companyId, zone }: AlertCompany,
): Promise<SubjectReading[]> => {
  const [book, company] = await Promise.all([
    parts.bookOf(scope, companyId),
    readCompany(parts.settings, scope, companyId),
  ]);
  if (book === undefined || !company.ok) return [];
  const today = dayAt(now, zone);
  const calendar = await parts.calendarOf(company.value.country, today);
  const time = now.toZonedDateTimeISO(zone).toPlainTime().toString().slice(0, 5);
  const isMorning = isBusinessDay(today, calendar) && time >= feedMissedFrom;
  const because = (reason: WithheldReason): boolean => book.silentBecause.some(({ code }) => code === reason);
  const count = (isSo: boolean) => ({ count: isSo ? 1 : 0 });
  return [
    { rule: 'reconciliationRed', subject: companyId, values: count(because('reconciliation-red')) },
    // before the hour a breach that stands goes on to stand
    ...(isMorning ? [{ rule: 'feedMissing', subject: companyId, values: count(because('feed-stale')) }] : []),
  ];
};

const mailReadings = async (
  { reports }: ReportMailParts,
  { scope, now }: ReportCall,
  { companyId, zone }: AlertCompany,
): Promise<SubjectReading[]> => {
  const today = dayAt(now, zone);
  const [loaded, tails] = await Promise.all([
    reports.figures(scope, companyId),
    reports.tails(scope, companyId),
  ]);
  const kept = figuresNow(loaded?.figures ?? noFigures, tails);
  const figures = kept === 'again' ? undefined : figuresIn(kept, addDays(today, -mailDays), today);
  if (figures === undefined) return [];
  const sum = (isCounted: (name: string) => boolean): number =>
    Object.entries(figures).reduce((all, [name, value]) => (isCounted(name) ? all + value : all), 0);
  const sent = sum((name) => name.startsWith('sent ') || name.startsWith('notice '));
  const read = (rule: string, status: string): SubjectReading[] => {
    const share = shareOf(figures[`reported ${status}`] ?? 0, sent);
    return share === undefined ? [] : [{ rule, subject: companyId, values: { share } }];
  };
  return [...read('complaints', 'complained'), ...read('hardBounces', 'bounced')];
};
