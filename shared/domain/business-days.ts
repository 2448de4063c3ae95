/**
 * Business days: the days of a calendar that are neither weekend nor holiday.
 * From: a company's or a recipient's calendar, handed in. Next: promises, deadlines, runs and reminders.
 */
import { addDays, dayAt, startOfDay, weekdayOf, type Day, type Instant } from './calendar.ts';

export type BusinessCalendar = {
  /** Weekdays without business, 1 Monday to 7 Sunday; never all of them. */
  weekend: readonly number[];
  holidays: ReadonlySet<Day>;
};

export const isBusinessDay = (day: Day, { weekend, holidays }: BusinessCalendar): boolean =>
  !weekend.includes(weekdayOf(day)) && !holidays.has(day);

/** The day itself when it is a business day, else the next that is. */
export const businessDayFrom = (day: Day, calendar: BusinessCalendar): Day =>
  isBusinessDay(day, calendar) ? day : nextBusinessDay(day, calendar);

/** The first business day after a day. @throws RangeError when the weekend takes the whole week. */
export const nextBusinessDay = (day: Day, calendar: BusinessCalendar): Day => neighbour(day, 1, calendar);

const neighbour = (day: Day, step: 1 | -1, calendar: BusinessCalendar): Day => {
  if (new Set(calendar.weekend).size >= 7) throw new RangeError('a calendar without business days');
  let next = addDays(day, step);
  while (!isBusinessDay(next, calendar)) next = addDays(next, step);
  return next;
};

/**
 * The business day `count` business days after a day, or before it when negative; the day itself when 0, even
 * if it is none. One business day after a Saturday is the Monday.
 */
export const addBusinessDays = (day: Day, count: number, calendar: BusinessCalendar): Day => {
  let reached = day;
  for (let left = Math.abs(count); left > 0; left -= 1)
    reached = neighbour(reached, count < 0 ? -1 : 1, calendar);
  return reached;
};

/**
 * The time between two instants that falls on business days of a zone, in milliseconds; 0 when `to` is not later.
 * Counting ends once it is `most`, so that a long time costs no more than a short one.
 */
export const businessTimeMs = (
  { from, to, most }: { from: Instant; to: Instant; most: number },
  zone: string,
  calendar: BusinessCalendar,
): number => {
  let total = 0;
  for (let day = dayAt(from, zone); day <= dayAt(to, zone) && total < most; day = addDays(day, 1)) {
    if (!isBusinessDay(day, calendar)) continue;
    const begins = Math.max(startOfDay(day, zone).epochMilliseconds, from.epochMilliseconds);
    const ends = Math.min(startOfDay(addDays(day, 1), zone).epochMilliseconds, to.epochMilliseconds);
    total += Math.max(ends - begins, 0);
  }
  return total;
};

/**
 * How many business days lie on the way from one day to another: the day one starts from does not count, the
 * day one arrives at does. Negative when `to` is the earlier day.
 */
export const businessDaysBetween = (from: Day, to: Day, calendar: BusinessCalendar): number => {
  const step = to < from ? -1 : 1;
  let count = 0;
  for (let day = from; day !== to;) {
    day = addDays(day, step);
    if (isBusinessDay(day, calendar)) count += step;
  }
  return count;
};
