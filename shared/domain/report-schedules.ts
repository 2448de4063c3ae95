/**
 * Which reports go out when and to whom: the defaults, and the last day a schedule was due on.
 * From: `defaults.md` §9 of the product, a company's own times. Next: `functions/reporting` mails each once.
 * Times are of the company's own clock; days off move nothing: what is due on a weekday that is off comes on the next day.
 */
import { addDays, dayAt, weekdayOf, type Day, type Instant } from './calendar.ts';
import { businessDayFrom, isBusinessDay, nextBusinessDay, type BusinessCalendar } from './business-days.ts';
import type { KpiName } from './kpi-notes.ts';

/** Parts people have in a company beyond what they may see; a report goes to those who have one of its parts. */
export const reportRoles = ['ceo', 'cfo', 'controller', 'creditManager', 'arClerk', 'it', 'legal'] as const;
export type ReportRole = (typeof reportRoles)[number];

export type ScheduleWhen =
  { every: 'businessDay' } | { every: 'week'; weekday: number } | { every: 'month'; businessDay: number };

export type ReportName = 'alertDigest' | 'cashDay' | 'teamWeek' | 'onePage' | 'monthEnd' | 'policyEffect';

export type ReportSchedule = {
  name: ReportName;
  title: string;
  when: ScheduleWhen;
  /** `07:30` of the company's own clock. */
  at: string;
  to: readonly ReportRole[];
  /** Figures it shows, in their order; none: it lists alerts. */
  tiles: readonly KpiName[];
  /** What its sums are of: days of the week or month before, or the day itself. */
  period: 'day' | 'week' | 'month';
  charts: readonly ('aging' | 'collected' | 'dso')[];
};

const cash = ['collectedBooked', 'collectedImplied', 'unexplained', 'credits'] as const;
const rates = [
  'dso',
  'bestPossibleDso',
  'averageDaysDelinquent',
  'cei',
  'disputedShare',
  'beyond90Share',
] as const;

export const reportSchedules: readonly ReportSchedule[] = [
  {
    ...{ name: 'alertDigest', title: 'Alerts', when: { every: 'businessDay' }, at: '07:30' },
    ...{ to: reportRoles, tiles: [], period: 'day', charts: [] },
  },
  {
    ...{ name: 'cashDay', title: 'Cash of the day', when: { every: 'businessDay' }, at: '17:30' },
    ...{ to: ['creditManager', 'arClerk'], tiles: cash, period: 'day', charts: [] },
  },
  {
    ...{ name: 'teamWeek', title: 'The week of the team', when: { every: 'week', weekday: 1 }, at: '07:30' },
    to: ['creditManager'],
    tiles: [
      ...cash,
      'promisesKept',
      'promisesBroken',
      'promisesWaiting',
      'talks',
      'unreached',
      'sent',
      'withheld',
    ],
    ...{ period: 'week', charts: ['aging'] },
  },
  {
    ...{ name: 'onePage', title: 'One-page summary', when: { every: 'week', weekday: 1 }, at: '08:00' },
    to: ['ceo', 'cfo'],
    tiles: ['receivables', 'overdue', 'beyond90', 'disputed', ...cash, ...rates],
    ...{ period: 'week', charts: ['aging', 'collected', 'dso'] },
  },
  {
    ...{ name: 'monthEnd', title: 'Month-end pack', when: { every: 'month', businessDay: 3 }, at: '08:00' },
    to: ['cfo', 'controller'],
    tiles: [
      ...(['receivables', 'notDue', 'overdue', 'beyond90', 'credits', 'charges', 'disputed'] as const),
      ...rates,
      ...(['billed', ...cash, 'writtenOff', 'recovered', 'disputesOpened', 'disputesClosed'] as const),
    ],
    ...{ period: 'month', charts: ['aging', 'collected', 'dso'] },
  },
  {
    ...{
      name: 'policyEffect',
      title: 'Effect of the policies',
      when: { every: 'month', businessDay: 4 },
      at: '08:00',
    },
    to: ['creditManager'],
    tiles: [
      'sent',
      'noticesSent',
      'withheld',
      'withheldSum',
      'heldBack',
      'reported',
      ...cash,
      'promisesKept',
    ],
    ...{ period: 'month', charts: ['collected'] },
  },
];

const isDueOn = (day: Day, when: ScheduleWhen, calendar: BusinessCalendar): boolean => {
  if (!isBusinessDay(day, calendar)) return false;
  switch (when.every) {
    case 'businessDay':
      return true;
    case 'week': {
      const named = addDays(day, when.weekday - weekdayOf(day));
      return businessDayFrom(named, calendar) === day;
    }
    case 'month': {
      let nth = businessDayFrom(`${day.slice(0, 7)}-01` as Day, calendar);
      for (let n = 1; n < when.businessDay; n += 1) nth = nextBusinessDay(nth, calendar);
      return nth === day;
    }
  }
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
