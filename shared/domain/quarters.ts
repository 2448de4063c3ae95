/**
 * Quarters of the calendar year.
 * From: the day a limit, a goal or a report asks about. Next: limits per account and quarter, reports.
 */
import { addDays, dayFromText, endOfMonth, type Day } from './calendar.ts';

export type Quarter = { year: number; quarter: 1 | 2 | 3 | 4; firstOn: Day; lastOn: Day };

export const quarterOf = (day: Day): Quarter => {
  const month = Number(day.slice(5, 7));
  const quarter = Math.ceil(month / 3) as Quarter['quarter'];
  const firstOn = dayFromText(`${day.slice(0, 4)}-${String(quarter * 3 - 2).padStart(2, '0')}-01`);
  return { year: Number(day.slice(0, 4)), quarter, firstOn, lastOn: endOfMonth(addDays(firstOn, 70)) };
};

/** The name of a day's quarter, such as `2026-Q4`. */
export const quarterName = (day: Day): string => {
  const { year, quarter } = quarterOf(day);
  return `${year}-Q${quarter}`;
};
