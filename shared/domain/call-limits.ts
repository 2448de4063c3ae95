/**
 * Whether an account may be called again: so often a day and a week, and not so soon after a talk.
 * From: its calls, a company's rules. Next: the worklist, and the refusal of one call too many.
 */
import { addBusinessDays, businessDaysBetween, type BusinessCalendar } from './business-days.ts';
import type { Day } from './calendar.ts';
import { done, refuse, type Outcome } from './outcome.ts';

export type CallLimits = {
  perDay: number;
  perBusinessDays: { most: number; days: number };
  quietAfterTalkDays: number;
  /** Business days after which a call not made goes to the manager's list. */
  overdueAfterDays: number;
};

export const defaultCallLimits: CallLimits = {
  perDay: 2,
  perBusinessDays: { most: 6, days: 5 },
  ...{ quietAfterTalkDays: 3, overdueAfterDays: 3 },
};

export type CallHistory = {
  /** The day of each attempt, whoever was reached. */
  attempts: readonly Day[];
  lastTalkOn?: Day;
  /** Agreed in that talk, or a promise broke since: then another talk is right. */
  mayTalkAgain: boolean;
};

/** Refused with the reason; the first that holds. */
export const mayCall = (
  { attempts, lastTalkOn, mayTalkAgain }: CallHistory,
  today: Day,
  calendar: BusinessCalendar,
  limits: CallLimits,
): Outcome<true, 'called-today' | 'called-too-often' | 'just-spoken'> => {
  const onToday = attempts.filter((day) => day === today).length;
  if (onToday >= limits.perDay) return refuse('called-today', `${onToday} attempts today`);
  const { most, days } = limits.perBusinessDays;
  const since = addBusinessDays(today, -(days - 1), calendar);
  const lately = attempts.filter((day) => day >= since && day <= today).length;
  if (lately >= most) return refuse('called-too-often', `${lately} attempts since ${since}`);
  const quietSince = addBusinessDays(today, -limits.quietAfterTalkDays, calendar);
  if (!mayTalkAgain && lastTalkOn !== undefined && lastTalkOn >= quietSince)
    return refuse('just-spoken', `spoken to on ${lastTalkOn}`);
  return done(true);
};

/** A call that was due and not made in time: it goes to the manager's list and holds up no mail. */
export const isCallOverdue = (
  dueOn: Day,
  today: Day,
  calendar: BusinessCalendar,
  { overdueAfterDays }: CallLimits,
): boolean => today > dueOn && businessDaysBetween(dueOn, today, calendar) > overdueAfterDays;
