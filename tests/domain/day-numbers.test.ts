/**
 * Counting days by whole numbers says what the calendar says.
 * From: fast-check, the calendar library as the slow reference. Next: every rule that adds days.
 */
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, it } from 'vitest';
import { addDays, dayFromText, daysBetween, weekdayOf } from '../../shared/domain/calendar.ts';
import { numberOfDay } from '../../shared/domain/day-numbers.ts';

const anyDay = fc
  .integer({ min: -700_000, max: 2_800_000 })
  .map((days) => dayFromText(Temporal.PlainDate.from('1970-01-01').add({ days }).toString()));

it('1970 began on day 0, a Thursday, and 2000 had a 29 February', () => {
  expect(numberOfDay('1970-01-01')).toBe(0);
  expect(weekdayOf(dayFromText('1970-01-01'))).toBe(4);
  expect(addDays(dayFromText('2000-02-28'), 1)).toBe('2000-02-29');
  expect(addDays(dayFromText('1900-02-28'), 1)).toBe('1900-03-01');
});

it('behind the year 9999 the calendar library counts', () => {
  expect(addDays(dayFromText('9999-12-31'), 1)).toBe('+010000-01-01');
  expect(daysBetween(dayFromText('9999-12-31'), dayFromText('+010000-01-02'))).toBe(2);
});

it('adding, counting and weekdays agree with the calendar library', () => {
  fc.assert(
    fc.property(anyDay, fc.integer({ min: -4_000, max: 4_000 }), (day, days) => {
      const slow = Temporal.PlainDate.from(day);
      expect(addDays(day, days)).toBe(slow.add({ days }).toString());
      expect(daysBetween(day, addDays(day, days))).toBe(days);
      expect(weekdayOf(day)).toBe(slow.dayOfWeek);
    }),
    { numRuns: 1_000 },
  );
});
