/**
 * What the morning mail of a collector says of an item's due day: it turned overdue, or falls due in as many days as the
 * collector set. A mail of a Monday says it of Saturday and Sunday, too.
 * From: days of the company's own calendar. Next: `functions/reporting/sections-due.ts`.
 */
import type { BusinessCalendar } from './business-days.ts';
import { addBusinessDays } from './business-days.ts';
import { addDays, type Day } from './calendar.ts';

/** Where a collector set none. */
export const defaultDaysAhead = 5;

/** Days after the morning mail before, up to the one it is of. */
export type Morning = { after: Day; today: Day };

export const morningOf = (today: Day, calendar: BusinessCalendar): Morning => ({
  ...{ after: addBusinessDays(today, -1, calendar), today },
});

const isIn = (day: Day, { after, today }: Morning): boolean => after < day && day <= today;

/** An item due on D is overdue with the start of D+1. */
export const saidOf = (
  dueOn: Day,
  morning: Morning,
  daysAhead: number,
): 'turnedOverdue' | 'dueSoon' | undefined => {
  if (isIn(addDays(dueOn, 1), morning)) return 'turnedOverdue';
  return isIn(addDays(dueOn, -daysAhead), morning) ? 'dueSoon' : undefined;
};
