/** The morning check: a night by hand, line by line; the colours at exactly a thousandth. */
import { describe, expect, it } from 'vitest';
import { amountOf } from '../../shared/domain/money.ts';
import {
  judgeLine,
  morningFigures,
  noMovements,
  type Movements,
  type MorningLine,
} from '../../shared/domain/morning-check.ts';

const moved = (cents: Partial<Record<keyof Movements, number>>): Movements => ({
  ...noMovements,
  ...Object.fromEntries(Object.entries(cents).map(([name, amount]) => [name, amountOf(amount)])),
});
const night = {
  ...{ importId: 's2', asOf: '2026-11-21T05:00:00Z', isExplained: false },
  opening: { EUR: amountOf(100_000) },
  file: { EUR: amountOf(121_500) },
};

describe('a night by hand', () => {
  it('rolls forward: opening, what others posted, what the file changed, closing', () => {
    const movements = {
      EUR: moved({ added: 40_000, increased: 500, reduced: 3_000, cleared: 20_000, reopened: 2_000 }),
    };
    const { lines } = morningFigures({ ...night, movements, differences: [] });
    expect(lines).toEqual([
      {
        ...{ currency: 'EUR', opening: 100_000, between: 2_000, added: 40_000, increased: 500 },
        ...{ reduced: 3_000, cleared: 20_000, reopened: 2_000, unexplained: 0 },
        ...{ closing: 121_500, file: 121_500, withheld: 0, refused: 0 },
      },
    ]);
  });

  it('has the book above the file by what was withheld, each difference by account, the largest first', () => {
    const difference = (accountId: string, cents: number, because: 'withheld' | 'refused') => ({
      ...{ accountId, currency: 'EUR', amount: amountOf(cents), because },
    });
    const differences = [difference('a', 700, 'withheld'), difference('b', -900, 'refused')];
    const check = morningFigures({ ...night, movements: {}, differences });
    expect(check.lines[0]).toMatchObject({ withheld: 700, refused: -900, closing: 121_300, between: 21_300 });
    expect(check.differences.map(({ accountId }) => accountId)).toEqual(['b', 'a']);
    expect(check.differenceCount).toBe(2);
  });

  it('has a line for a currency that was there only yesterday', () => {
    const given = { ...night, file: {}, movements: { EUR: moved({ cleared: 100_000 }) }, differences: [] };
    expect(morningFigures(given).lines).toMatchObject([{ closing: 0, between: 0, cleared: 100_000 }]);
  });
});

describe('the colour', () => {
  const line = (more: Partial<MorningLine>): MorningLine => ({
    ...{ currency: 'EUR', opening: amountOf(0), between: amountOf(0), ...noMovements },
    ...{ closing: amountOf(1_000_000), file: amountOf(1_000_000) },
    ...{ withheld: amountOf(0), refused: amountOf(0) },
    ...more,
  });
  const control = (cents: number) => ({ EUR: amountOf(cents) });
  const colour = (...given: Parameters<typeof judgeLine>) => judgeLine(...given).colour;

  it('is green to the cent', () => {
    expect(judgeLine(line({}), true, control(1_000_000))).toEqual({ colour: 'green', reasons: [] });
  });

  it('is amber one cent off the control account and at exactly 0.1 %, red one cent above', () => {
    expect(colour(line({}), false, control(1_000_001))).toBe('amber');
    expect(colour(line({}), false, control(999_000))).toBe('amber');
    expect(colour(line({}), false, control(998_999))).toBe('red');
    expect(colour(line({}), false, control(1_001_001))).toBe('red');
  });

  it('minds what is unexplained only where documents or journals are delivered', () => {
    const unexplained = line({ unexplained: amountOf(1_001) });
    expect(colour(unexplained, false, undefined)).toBe('green');
    expect(judgeLine(unexplained, true, undefined)).toEqual({ colour: 'red', reasons: ['unexplained'] });
    expect(colour(line({ unexplained: amountOf(1_000) }), true, undefined)).toBe('amber');
  });

  it('is amber for rows withheld by name, however much; red for rows that could not be posted', () => {
    expect(colour(line({ withheld: amountOf(900_000) }), false, undefined)).toBe('amber');
    expect(colour(line({ refused: amountOf(-1_001) }), false, undefined)).toBe('red');
  });

  it('is red for any difference where nothing is open', () => {
    expect(colour(line({ file: amountOf(0), closing: amountOf(0) }), false, control(1))).toBe('red');
  });
});
