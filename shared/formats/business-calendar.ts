/**
 * The business calendar of a country: its weekend, and its public holidays around a day.
 * From: the country of a company, the data of `date-holidays`, loaded when first asked. Next: freshness, deadlines.
 */
import type { BusinessCalendar } from '../domain/business-days.ts';
import { dayFromText, type Day } from '../domain/calendar.ts';

/** Countries whose weekend is not Saturday and Sunday; 1 is Monday. */
const otherWeekends: Readonly<Record<string, readonly number[]>> = {
  ...{ BH: [5, 6], DZ: [5, 6], EG: [5, 6], IL: [5, 6], IQ: [5, 6], JO: [5, 6], KW: [5, 6] },
  ...{ LY: [5, 6], OM: [5, 6], QA: [5, 6], SA: [5, 6], SY: [5, 6], YE: [5, 6] },
};

const known = new Map<string, BusinessCalendar>();

/** Holidays of the year of `around`, the one before and the one after; of an unknown country none. */
export const businessCalendar = async (country: string, around: Day): Promise<BusinessCalendar> => {
  const year = Number(around.slice(0, 4));
  const name = `${country} ${year}`;
  const found = known.get(name);
  if (found !== undefined) return found;
  const { default: Holidays } = await import('date-holidays');
  const calendar = new Holidays(country, { types: ['public'] });
  const dates = [year - 1, year, year + 1].flatMap((one) => calendar.getHolidays(one) ?? []);
  const made: BusinessCalendar = {
    weekend: otherWeekends[country] ?? [6, 7],
    holidays: new Set(dates.map(({ date }) => dayFromText(date.slice(0, 10)))),
  };
  known.set(name, made);
  return made;
};
