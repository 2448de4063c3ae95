/**
 * Business days, month ends and quarters.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addBusinessDays,
  businessDayFrom,
  businessDaysBetween,
  isBusinessDay,
  nextBusinessDay,
  type BusinessCalendar,
} from '../../shared/domain/business-days.ts';
import { addDays, dayFromText, endOfMonth, weekdayOf } from '../../shared/domain/calendar.ts';
import { quarterOf } from '../../shared/domain/quarters.ts';

const day = dayFromText;
/** Christmas 2026: Friday and Saturday. New Year: Friday. */
const western: BusinessCalendar = {
  weekend: [6, 7],
  holidays: new Set(['2026-12-25', '2026-12-26', '2027-01-01'].map(day)),
};
const gulf: BusinessCalendar = { weekend: [5, 6], holidays: new Set() };

const days = fc.integer({ min: 0, max: 20_000 }).map((count) => addDays(day('2000-01-01'), count));
const calendars = fc
  .record({
    weekend: fc.subarray([1, 2, 3, 4, 5, 6, 7], { maxLength: 4 }),
    off: fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 12 }),
    around: days,
  })
  .map(({ weekend, off, around }) => ({
    around,
    calendar: { weekend, holidays: new Set(off.map((count) => addDays(around, count - 30))) },
  }));

describe('business days', () => {
  it('leave out weekend and holidays', () => {
    expect(isBusinessDay(day('2026-11-20'), western)).toBe(true);
    expect(isBusinessDay(day('2026-11-21'), western)).toBe(false);
    expect(isBusinessDay(day('2026-12-25'), western)).toBe(false);
    expect(isBusinessDay(day('2026-11-20'), gulf)).toBe(false);
    expect(isBusinessDay(day('2026-11-22'), gulf)).toBe(true);
  });

  it.each([
    ['the next after a Friday is the Monday', '2026-11-20', '2026-11-23'],
    ['the next after Christmas Eve comes after the weekend', '2026-12-24', '2026-12-28'],
    ['the next after a Saturday is the Monday', '2026-11-21', '2026-11-23'],
  ])('%s', (_what, from, to) => {
    expect(nextBusinessDay(day(from), western)).toBe(to);
  });

  it('a day that is none moves on, one that is stays', () => {
    expect(businessDayFrom(day('2026-12-25'), western)).toBe('2026-12-28');
    expect(businessDayFrom(day('2026-12-24'), western)).toBe('2026-12-24');
  });

  it.each([
    ['2026-12-23', 2, '2026-12-28'],
    ['2026-11-21', 1, '2026-11-23'],
    ['2026-11-21', 0, '2026-11-21'],
    ['2026-12-28', -2, '2026-12-23'],
    ['2026-12-31', 1, '2027-01-04'],
  ])('%s and %i business days is %s', (from, count, to) => {
    expect(addBusinessDays(day(from), count, western)).toBe(to);
  });

  it('adding a number of them and counting them are each other’s reverse, in both directions', () => {
    fc.assert(
      fc.property(calendars, fc.integer({ min: -6, max: 6 }), ({ around, calendar }, count) => {
        const reached = addBusinessDays(around, count, calendar);
        expect(businessDaysBetween(around, reached, calendar)).toBe(count);
        if (count !== 0) expect(isBusinessDay(reached, calendar)).toBe(true);
      }),
      { numRuns: 10_000 },
    );
  });

  it('nothing between a day and the next business day is one', () => {
    fc.assert(
      fc.property(calendars, ({ around, calendar }) => {
        const next = nextBusinessDay(around, calendar);
        for (let between = addDays(around, 1); between < next; between = addDays(between, 1))
          expect(isBusinessDay(between, calendar)).toBe(false);
        expect(isBusinessDay(next, calendar)).toBe(true);
      }),
      { numRuns: 10_000 },
    );
  });

  it('a week of weekend has no next business day', () => {
    const never = { weekend: [1, 2, 3, 4, 5, 6, 7], holidays: new Set<never>() };
    expect(() => nextBusinessDay(day('2026-11-22'), never)).toThrow(RangeError);
  });
});

describe('months and quarters', () => {
  it('2026-11-22 is a Sunday', () => {
    expect(weekdayOf(day('2026-11-22'))).toBe(7);
  });

  it.each([
    ['2026-11-22', '2026-11-30'],
    ['2024-02-01', '2024-02-29'],
    ['2026-02-28', '2026-02-28'],
    ['2026-12-31', '2026-12-31'],
  ])('the month of %s ends on %s', (from, end) => {
    expect(endOfMonth(day(from))).toBe(end);
  });

  it.each([
    ['2026-01-01', 1, '2026-01-01', '2026-03-31'],
    ['2026-03-31', 1, '2026-01-01', '2026-03-31'],
    ['2024-05-15', 2, '2024-04-01', '2024-06-30'],
    ['2026-09-30', 3, '2026-07-01', '2026-09-30'],
    ['2026-10-01', 4, '2026-10-01', '2026-12-31'],
  ])('%s lies in quarter %i, from %s to %s', (on, quarter, firstOn, lastOn) => {
    expect(quarterOf(day(on))).toEqual({ year: Number(on.slice(0, 4)), quarter, firstOn, lastOn });
  });

  it('every day lies in its month and its quarter, and the quarter ends with a month', () => {
    fc.assert(
      fc.property(days, (on) => {
        const { firstOn, lastOn } = quarterOf(on);
        expect(firstOn <= on && on <= endOfMonth(on) && endOfMonth(on) <= lastOn).toBe(true);
        expect(quarterOf(addDays(firstOn, -1)).lastOn).toBe(addDays(firstOn, -1));
        expect(addDays(endOfMonth(on), 1).slice(8)).toBe('01');
      }),
      { numRuns: 10_000 },
    );
  });
});
