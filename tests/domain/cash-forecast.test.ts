/**
 * Cash expected by week: promises first and once, disputed parts at their odds, nothing twice and never more than is open.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, dayFromText, type Day } from '../../shared/domain/calendar.ts';
import { forecastOf, forecastWeeks, mondayOf } from '../../shared/domain/cash-forecast.ts';
import { amountOf } from '../../shared/domain/money.ts';

const today = dayFromText('2026-03-11'); // a Wednesday
const cell = (dueOn: Day, more = ''): string => `EUR open ${dueOn}${more}`;
const promise = (amount: number, dueOn: string) => ({
  currency: 'EUR',
  amount: amountOf(amount),
  dueOn: dueOn as Day,
});
const disputed = ' - - - unset';

describe('the forecast', () => {
  it('has thirteen weeks from Monday on', () => {
    const weeks = forecastOf({ [cell(today)]: amountOf(100) }, [], today);
    expect(weeks).toHaveLength(forecastWeeks);
    expect([weeks[0]?.fromOn, weeks[12]?.fromOn]).toEqual(['2026-03-09', '2026-06-01']);
  });

  it('expects half in the week it usually comes, then half of the rest', () => {
    const dueOn = addDays(mondayOf(today), 0); // usually paid seven days later: next week
    const weeks = forecastOf({ [cell(dueOn)]: amountOf(10_000) }, [], today);
    expect(weeks.slice(0, 4).map(({ open }) => open)).toEqual([0, 5_000, 2_500, 1_250]);
  });

  it('takes a promise at its odds on its day, and what it covers is not expected again', () => {
    const weeks = forecastOf(
      { [cell(addDays(today, -90))]: amountOf(10_000) },
      [promise(10_000, '2026-03-18')],
      today,
    );
    expect(weeks.map(({ promised }) => promised).slice(0, 3)).toEqual([0, 8_200, 0]);
    expect(weeks.every(({ open }) => open === 0)).toBe(true);
  });

  it('takes a promise that is past its day and not judged in the first week', () => {
    const weeks = forecastOf(
      { [cell(addDays(today, -9))]: amountOf(1_000) },
      [promise(1_000, '2026-03-02')],
      today,
    );
    expect(weeks[0]?.promised).toBe(820);
  });

  it('takes disputed parts at their odds', () => {
    const [first] = forecastOf({ [cell(addDays(today, -40), disputed)]: amountOf(10_000) }, [], today);
    expect(first).toMatchObject({ open: 0, disputed: 300, total: 300 });
  });

  it('leaves out what the group owes and what is outside, and lowers the oldest by credits', () => {
    const weeks = forecastOf(
      {
        [`EUR open+ic ${today}`]: amountOf(9_000),
        'EUR outside': amountOf(9_000),
        [cell(addDays(today, -100))]: amountOf(10_000),
        'EUR credit': amountOf(-10_000),
      },
      [],
      today,
    );
    expect(weeks.every(({ total }) => total === 0)).toBe(true);
  });

  it('never expects more than is open', () => {
    const parts = fc.array(
      fc.tuple(fc.integer({ min: -120, max: 120 }), fc.integer({ min: 1, max: 1_000_000 })),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(parts, fc.integer({ min: 0, max: 50_000 }), (some, promised) => {
        const cells: Record<string, ReturnType<typeof amountOf>> = {};
        for (const [days, amount] of some) {
          const name = cell(addDays(today, days));
          cells[name] = amountOf((cells[name] ?? 0) + amount);
        }
        const open = Object.values(cells).reduce((all, amount) => all + amount, 0);
        const weeks = forecastOf(
          cells,
          promised > 0 && promised <= open ? [promise(promised, '2026-03-20')] : [],
          today,
        );
        const total = weeks.reduce((all, week) => all + week.total, 0);
        expect(total).toBeLessThanOrEqual(open);
        expect(weeks.every((week) => week.total === week.promised + week.open + week.disputed)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
