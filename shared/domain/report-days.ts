/**
 * The last day a report was due on, and the days it tells of.
 * From: schedules, the calendar of a company. Next: `functions/reporting` mails each once.
 */
import { businessDayFrom, isBusinessDay, nextBusinessDay, type BusinessCalendar } from './business-days.ts';
import { addDays, dayAt, weekdayOf, type Day, type Instant } from './calendar.ts';
import type { ReportSchedule, ScheduleWhen } from './report-schedules.ts';

const isDueOn = (day: Day, when: ScheduleWhen, calendar: BusinessCalendar): boolean => {
  if (!isBusinessDay(day, calendar)) return false;
  switch (when.every) {
    case 'businessDay':
      return true;
    case 'week': {
      const named = addDays(day, when.weekday - weekdayOf(day));
      return businessDayFrom(named, calendar) === day;
    }
    case 'month':
      return isBusinessDayOfMonth(day, when.businessDay, calendar);
    case 'quarter':
      return (Number(day.slice(5, 7)) - 1) % 3 === 0 && isBusinessDayOfMonth(day, when.businessDay, calendar);
  }
};

const isBusinessDayOfMonth = (day: Day, count: number, calendar: BusinessCalendar): boolean => {
  let nth = businessDayFrom(`${day.slice(0, 7)}-01` as Day, calendar);
  for (let n = 1; n < count; n += 1) nth = nextBusinessDay(nth, calendar);
  return nth === day;
};

/** A report missed for longer than this comes no more: the next one is newer. */
export const mostDaysMissed = 3;

/** The last day it was due on by now; undefined where that is too long ago, or before `sinceOn`. */
export const lastDueOn = (
  { when, at }: Pick<ReportSchedule, 'when' | 'at'>,
  now: Instant,
  { zone, calendar, sinceOn }: { zone: string; calendar: BusinessCalendar; sinceOn: Day },
): Day | undefined => {
  const today = dayAt(now, zone);
  const time = now.toZonedDateTimeISO(zone).toPlainTime().toString().slice(0, 5);
  for (let back = time >= at ? 0 : 1; back <= mostDaysMissed; back += 1) {
    const day = addDays(today, -back);
    if (day < sinceOn) return undefined;
    if (isDueOn(day, when, calendar)) return day;
  }
  return undefined;
};

/** First and last day of what a report due on a day tells of. */
export const periodOf = (period: ReportSchedule['period'], dueOn: Day): { firstOn: Day; lastOn: Day } => {
  if (period === 'day') return { firstOn: dueOn, lastOn: dueOn };
  if (period === 'week') {
    const monday = addDays(dueOn, 1 - weekdayOf(dueOn));
    return { firstOn: addDays(monday, -7), lastOn: addDays(monday, -1) };
  }
  const lastOn = addDays(`${dueOn.slice(0, 7)}-01` as Day, -1);
  return { firstOn: `${lastOn.slice(0, 7)}-01` as Day, lastOn };
};
