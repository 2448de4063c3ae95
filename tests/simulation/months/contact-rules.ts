/**
 * When a customer of a month may be written to, by its country: hours of its own zone, on its own business days.
 * From: nothing, said here anew so that a fault of the code is seen. Next: `contact-checks.ts`; the calendars are also
 * those the company works by.
 */
import type { BusinessCalendar } from '../../../shared/domain/business-days.ts';
import { weekdayOf, type Day } from '../../../shared/domain/calendar.ts';

const zones: Readonly<Record<string, string>> = {
  ...{ DE: 'Europe/Berlin', FR: 'Europe/Paris', GB: 'Europe/London' },
  ...{ IL: 'Asia/Jerusalem', AT: 'Europe/Vienna' },
};
const calendars: Readonly<Record<string, BusinessCalendar>> = {
  IL: { weekend: [5, 6], holidays: new Set() },
  GB: { weekend: [6, 7], holidays: new Set(['2026-06-12' as Day]) },
  FR: { weekend: [6, 7], holidays: new Set(['2026-06-16' as Day]) },
};
const week: BusinessCalendar = { weekend: [6, 7], holidays: new Set() };

/** The language of who recorded none. */
const languages: Readonly<Record<string, string>> = { DE: 'de', AT: 'de', FR: 'fr', IL: 'he' };
export const languageIn = (country: string): string => languages[country] ?? 'en';

export const countries: readonly string[] = Object.keys(zones);
export const calendarOf = async (country = ''): Promise<BusinessCalendar> => calendars[country] ?? week;

const clocks = new Map<string, Intl.DateTimeFormat>();
const clockOf = (zone: string): Intl.DateTimeFormat => {
  const known =
    clocks.get(zone) ??
    new Intl.DateTimeFormat('sv-SE', { timeZone: zone, timeStyle: 'short', dateStyle: 'short' });
  clocks.set(zone, known);
  return known;
};

/** Why nobody of that country may be written to now; undefined: nothing is in the way. */
export const mayNotWrite = (country: string, nowMs: number): string | undefined => {
  const [day = '', time = ''] = clockOf(zones[country] ?? 'UTC')
    .format(nowMs)
    .split(' ');
  const { weekend, holidays } = calendars[country] ?? week;
  if (weekend.includes(weekdayOf(day as Day)) || holidays.has(day as Day)) return `${day}, a day off`;
  return time < '08:00' || time >= '18:00' ? `at ${time}` : undefined;
};
