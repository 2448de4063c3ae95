/**
 * Months of a shard: a past day as it was known and as it is corrected since; nothing is counted twice, folded or not.
 */
import { describe, expect, it } from 'vitest';
import type { Cells } from '../../shared/domain/aging-cells.ts';
import {
  foldMonth,
  foldNewMonth,
  groupsOn,
  latestMonth,
  monthsAfter,
  noTail,
  tailRows,
  withSteps,
  withoutSteps,
  type Family,
  type MonthCells,
  type Tail,
} from '../../shared/domain/report-months.ts';
import type { KnownMoves } from '../../shared/domain/report-shard.ts';
import { day, money } from '../support/account-examples.ts';

const cell = 'EUR open 2026-03-31';
const moved = (on: string, amount: number, knownOn = on): KnownMoves => ({
  ...{ knownOn: day(knownOn), group: 'ann' },
  moves: { [day(on)]: { [`${cell} 2026-03-01`]: money(amount) } },
});
const known: Family = { view: 'known', basis: 'due' };
const corrected: Family = { view: 'corrected', basis: 'due' };
const openOf = (cells: Cells | undefined): number => cells?.[cell] ?? 0;
const openOn = (on: string, tail: Tail, family: Family, months: readonly MonthCells[] = []): number => {
  const name = latestMonth(tail, family.view, day(on));
  return openOf(
    groupsOn(
      day(on),
      months.find(({ month }) => month === name),
      tail,
      family,
    )['ann'],
  );
};

/** All months of the tail, written as folding writes them; the tail says that they are there. */
const folded = (tail: Tail, family: Family): { tail: Tail; months: MonthCells[] } => {
  const { months: names } = monthsAfter(tail, family.view);
  const months: MonthCells[] = [];
  for (const name of names) months.push(foldNewMonth(name, months.at(-1), tailRows(tail, family)));
  const there = { known: [], corrected: [], [family.view]: names };
  return { tail: { ...tail, months: there }, months };
};

/** 100 in March; in April 30 more come to light that belong to March, and 5 of April. */
const tail = withSteps(noTail, [
  moved('2026-03-10', 100),
  moved('2026-03-20', 30, '2026-04-05'),
  moved('2026-04-07', 5),
]);
const wanted = [
  ['2026-03-09', 0, 0],
  ['2026-03-10', 100, 100],
  ['2026-03-20', 100, 130],
  ['2026-04-04', 100, 130],
  ['2026-04-05', 130, 130],
  ['2026-04-07', 135, 135],
  ['2026-06-01', 135, 135],
] as const;

describe.each(wanted)('at the end of %s', (on, asKnown, asCorrected) => {
  it.each([
    ['known', known, asKnown],
    ['corrected', corrected, asCorrected],
  ] as const)(
    '%s, from the tail alone, folded, and folded but not yet shortened',
    (_view, family, amount) => {
      const { tail: there, months } = folded(tail, family);
      const short = withoutSteps(there, tail.seq, there.months);
      expect([openOn(on, tail, family), openOn(on, there, family, months)]).toEqual([amount, amount]);
      expect([short.steps, openOn(on, short, family, months)]).toEqual([[], amount]);
    },
  );
});

describe('a month that is there', () => {
  const { tail: there, months } = folded(tail, corrected);
  const [march, april] = months as [MonthCells, MonthCells];

  it('takes the same steps again without counting them twice', () => {
    expect(foldMonth(march, tailRows(tail, corrected))).toEqual(march);
    expect(foldMonth(april, tailRows(tail, corrected))).toEqual(april);
  });

  it('hears of what belongs to it, and in its opening of what belongs before it', () => {
    const late = withSteps(there, [moved('2026-03-15', 7, '2026-05-01')]);
    const now = months.map((month) => foldMonth(month, tailRows(late, corrected)));
    const short = withoutSteps(late, late.seq, there.months);
    expect(now.map(({ foldedTo }) => foldedTo)).toEqual([4, 4]);
    expect(['2026-03-14', '2026-03-15', '2026-04-06'].map((on) => openOn(on, short, corrected, now))).toEqual(
      [100, 107, 137],
    );
  });

  it('one month folded and the next one not: both are read right', () => {
    const late = withSteps(there, [moved('2026-03-15', 7, '2026-05-01')]);
    const half = [foldMonth(march, tailRows(late, corrected)), april];
    expect(['2026-03-15', '2026-04-06'].map((on) => openOn(on, late, corrected, half))).toEqual([107, 137]);
  });

  it('newer than the tail it is read with is refused: the tail is read again', () => {
    expect(() => groupsOn(day('2026-03-10'), march, noTail, corrected)).toThrow('newer');
  });
});
