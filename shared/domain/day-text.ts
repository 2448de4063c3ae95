/**
 * Days as text, under a declared format: read or refused, and written back.
 * From: cells of a feed, bank lines, forms. Next: items, receipts; exports. Day and month are never told
 * apart by their values: `03/04/2026` means what the source declared.
 */
import { dayFromText, type Day } from './calendar.ts';
import { done, refuse, type Outcome } from './outcome.ts';

/**
 * Year, month and day once each, everything else literally: `DD.MM.YYYY`, `YYYYMMDD`, `D/M/YYYY` (one or two
 * digits), `DD-MMM-YY` (English month), `YYYY-MM-DD 00:00:00`. `YY` is a year from 2000 to 2099.
 */
export type DayFormat = string;

type Field = 'year' | 'month' | 'day';

const tokens: Record<string, { field: Field; shape: string }> = {
  YYYY: { field: 'year', shape: '(?<year>\\d{4})' },
  YY: { field: 'year', shape: '(?<year>\\d{2})' },
  MMM: { field: 'month', shape: '(?<month>[A-Za-z]{3})' },
  MM: { field: 'month', shape: '(?<month>\\d{2})' },
  M: { field: 'month', shape: '(?<month>\\d{1,2})' },
  DD: { field: 'day', shape: '(?<day>\\d{2})' },
  D: { field: 'day', shape: '(?<day>\\d{1,2})' },
};

const months = 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(' ');

/** Years a document or a due day can lie in; `0001-01-01` and `9999-12-31` stand for "none" in some systems. */
const years = { first: 1900, last: 2199 };

const isToken = (part = ''): boolean => /[YMD]/.test(part);

/** @throws RangeError when the format does not hold year, month and day once each, or runs them together. */
const partsOf = (format: DayFormat): string[] => {
  const parts = format.match(/Y+|M+|D+|[^YMD]+/g) ?? [];
  const fields = parts.flatMap((part) => (isToken(part) ? [tokens[part]?.field ?? 'unknown'] : []));
  if (fields.toSorted().join() !== 'day,month,year')
    throw new RangeError(`a format of days has year, month and day once each: ${format}`);
  if (parts.some((part, at) => /^[MD]$/.test(part) && [at - 1, at + 1].some((next) => isToken(parts[next]))))
    throw new RangeError(`a day or month of one or two digits needs a mark beside it: ${format}`);
  return parts;
};

/**
 * A reader of days for one column. Space around the text is ignored; what does not have the format, is no day
 * of the calendar or lies outside 1900 to 2199 is `invalid-date`. @throws RangeError for a format that is none.
 */
export const dayReader = (format: DayFormat): ((text: string) => Outcome<Day, 'invalid-date'>) => {
  const shape = new RegExp(
    `^${partsOf(format)
      .map((part) => tokens[part]?.shape ?? RegExp.escape(part))
      .join('')}$`,
  );
  return (text) => {
    const found = shape.exec(text.trim())?.groups;
    const day = found === undefined ? undefined : dayOf(found['year'], found['month'], found['day']);
    return day === undefined
      ? refuse('invalid-date', `"${text.slice(0, 40)}" is not a day as ${format}`)
      : done(day);
  };
};

const dayOf = (year = '', month = '', day = ''): Day | undefined => {
  const fullYear = Number(year.length === 2 ? `20${year}` : year);
  const monthOfYear = /\d/.test(month) ? Number(month) : months.indexOf(month.toUpperCase()) + 1;
  if (fullYear < years.first || fullYear > years.last) return undefined;
  try {
    return dayFromText(`${fullYear}-${twoDigits(monthOfYear)}-${day.padStart(2, '0')}`);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
};

const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** Writes a day in a format so that its reader gives the same day back. @throws RangeError as above. */
export const dayText = (day: Day, format: DayFormat): string => {
  const [year = '', month = '', date = ''] = day.split('-');
  const written: Record<string, string> = {
    ...{ YYYY: year, YY: year.slice(2), DD: date, D: String(Number(date)) },
    ...{ MM: month, M: String(Number(month)), MMM: months[Number(month) - 1] ?? '' },
  };
  return partsOf(format)
    .map((part) => written[part] ?? part)
    .join('');
};
