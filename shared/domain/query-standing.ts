/**
 * Whose turn a query is on a day: its owner's, past its day the superior's, days later the credit manager's.
 * From: a query's days, its company's calendar. Next: the list of cases, reminders. It holds no amount and moves no
 * due day, so that time moves nothing but who is asked.
 */
import { addBusinessDays, businessDaysBetween, type BusinessCalendar } from './business-days.ts';
import type { Day } from './calendar.ts';
import type { DisputeRules } from './dispute-codes.ts';
import type { Standing } from './dispute-deadlines.ts';

export type QueryDays = { openedOn: Day; dueOn: Day };

export type QueryStanding = Pick<Standing, 'remindOn' | 'level' | 'isPast'>;

export const queryStanding = (
  { openedOn, dueOn }: QueryDays,
  today: Day,
  calendar: BusinessCalendar,
  rules: DisputeRules,
): QueryStanding => {
  const days = businessDaysBetween(openedOn, dueOn, calendar);
  const remindOn = addBusinessDays(openedOn, Math.floor((days * rules.remindAtPercent) / 100), calendar);
  const past = today > dueOn ? businessDaysBetween(dueOn, today, calendar) : 0;
  const level = past >= rules.managerAfterDays ? 'creditManager' : today > dueOn ? 'superior' : 'owner';
  return { remindOn, level, isPast: today > dueOn };
};
