/**
 * Days as text: read under a declared format or refused, never guessed.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, dayFromText } from '../../shared/domain/calendar.ts';
import { dayReader, dayText } from '../../shared/domain/day-text.ts';

describe('a day is read as declared', () => {
  it.each([
    ['2026-11-22', 'YYYY-MM-DD', '2026-11-22'],
    ['20261122', 'YYYYMMDD', '2026-11-22'],
    ['20261122.0', 'YYYYMMDD.0', '2026-11-22'],
    ['22.11.2026', 'DD.MM.YYYY', '2026-11-22'],
    ['03/04/2026', 'DD/MM/YYYY', '2026-04-03'],
    ['03/04/2026', 'MM/DD/YYYY', '2026-03-04'],
    ['3/4/2026', 'M/D/YYYY', '2026-03-04'],
    ['12/31/2026', 'M/D/YYYY', '2026-12-31'],
    ['261122', 'YYMMDD', '2026-11-22'],
    ['22-Nov-26', 'DD-MMM-YY', '2026-11-22'],
    ['5 MAY 2026', 'D MMM YYYY', '2026-05-05'],
    ['2026-11-22 00:00:00', 'YYYY-MM-DD 00:00:00', '2026-11-22'],
    [' 29.02.2024 ', 'DD.MM.YYYY', '2024-02-29'],
  ])('%s under %s', (text, format, day) => {
    expect(dayReader(format)(text)).toEqual({ ok: true, value: day });
  });
});

describe('what is not a day as declared is refused', () => {
  it.each([
    ['a day no month has', '2024-06-31', 'YYYY-MM-DD'],
    ['a leap day of a common year', '2023-02-29', 'YYYY-MM-DD'],
    ['a month no year has', '31/12/2026', 'MM/DD/YYYY'],
    ['month nought', '2026-00-10', 'YYYY-MM-DD'],
    ['day nought', '2026-01-00', 'YYYY-MM-DD'],
    ['another sign between', '22/11/2026', 'DD.MM.YYYY'],
    ['any character where a dot was declared', '22x11x2026', 'DD.MM.YYYY'],
    ['one digit where two were declared', '1.2.2026', 'DD.MM.YYYY'],
    ['two digits of a year where four were declared', '22.11.26', 'DD.MM.YYYY'],
    ['a time nobody declared', '2026-11-22 10:00', 'YYYY-MM-DD'],
    ['a month of another language', '22-Okt-2026', 'DD-MMM-YYYY'],
    ['the day that stands for none', '9999-12-31', 'YYYY-MM-DD'],
    ['the first day of all', '0001-01-01', 'YYYY-MM-DD'],
    ['nothing', '', 'YYYY-MM-DD'],
  ])('%s', (_what, text, format) => {
    expect(dayReader(format)(text)).toMatchObject({ ok: false, code: 'invalid-date' });
  });

  it.each([
    ['without a year', 'DD.MM'],
    ['with two days', 'DD.DD.YYYY'],
    ['with a year of three digits', 'YYY-MM-DD'],
    ['with digits that run together', 'YYYYMD'],
    ['with a short month beside a year', 'MYYYY DD'],
  ])('a format %s is refused before any text is read', (_what, format) => {
    expect(() => dayReader(format)).toThrow(RangeError);
  });
});

it('a day written and read again is the same day, in every format', () => {
  const days = fc.integer({ min: 0, max: 109_572 }).map((days) => addDays(dayFromText('1900-01-01'), days));
  const formats = fc.constantFrom(
    ...['YYYY-MM-DD', 'YYYYMMDD', 'DD.MM.YYYY', 'D.M.YYYY', 'MM/DD/YYYY', 'M/D/YYYY'],
    ...['DD-MMM-YYYY', 'MMM D, YYYY', 'YYYY-MM-DDT00:00:00Z'],
  );
  fc.assert(
    fc.property(days, formats, (day, format) => {
      expect(dayReader(format)(dayText(day, format))).toEqual({ ok: true, value: day });
    }),
    { numRuns: 10_000 },
  );
});

it('a year of two digits lies in this century', () => {
  const days = fc.integer({ min: 0, max: 36_524 }).map((days) => addDays(dayFromText('2000-01-01'), days));
  fc.assert(
    fc.property(days, fc.constantFrom('YYMMDD', 'DD.MM.YY', 'D/M/YY', 'DD-MMM-YY'), (day, format) => {
      expect(dayReader(format)(dayText(day, format))).toEqual({ ok: true, value: day });
    }),
    { numRuns: 10_000 },
  );
});
