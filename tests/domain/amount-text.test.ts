/**
 * Amounts as text: read under a declared style or refused, never guessed.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainAmountStyle, type AmountStyle, type SignStyle } from '../../shared/domain/amount-style.ts';
import { amountReader, amountText, largestAmount } from '../../shared/domain/amount-text.ts';
import type { Decimals } from '../../shared/domain/currencies.ts';
import { amountOf } from '../../shared/domain/money.ts';

const front: SignStyle = { at: 'front' };
const english: AmountStyle = { decimal: '.', group: ',', grouping: 'threes', sign: front };
const german: AmountStyle = { decimal: ',', group: '.', grouping: 'threes', sign: front };
const french: AmountStyle = { decimal: ',', group: ' ', grouping: 'threes', sign: front };
const swiss: AmountStyle = { decimal: '.', group: "'", grouping: 'threes', sign: front };
const indian: AmountStyle = { decimal: '.', group: ',', grouping: 'indian', sign: front };
const withSign = (sign: SignStyle): AmountStyle => ({ ...english, sign });
const sollHaben = withSign({ at: 'mark', debit: 'S', credit: 'H' });
const onlyCr = withSign({ at: 'mark', debit: '', credit: 'CR' });

describe('an amount is read as declared', () => {
  it.each<[string, AmountStyle, Decimals, number]>([
    ['1234.5', plainAmountStyle, 2, 123_450],
    ['1,234,567.89', english, 2, 123_456_789],
    ['1234567.89', english, 2, 123_456_789],
    ['1.234', german, 2, 123_400],
    ['1.234,5', german, 2, 123_450],
    ['2 345,10', french, 2, 234_510],
    ['2\u00a0345,10', french, 2, 234_510],
    ['2\u202f345,10', french, 2, 234_510],
    ["12'345.60", swiss, 2, 1_234_560],
    ['12\u2019345.60', swiss, 2, 1_234_560],
    ['12,34,567.00', indian, 2, 123_456_700],
    ['1,000', english, 0, 1_000],
    ['1.234', english, 3, 1_234],
    ['0.0001', english, 4, 1],
    ['.50', english, 2, 50],
    ['  7.00 ', english, 2, 700],
    ['-7.00', english, 2, -700],
    ['\u22127.00', english, 2, -700],
    ['+7.00', english, 2, 700],
    ['7.00-', withSign({ at: 'end' }), 2, -700],
    ['7.00 -', withSign({ at: 'end' }), 2, -700],
    ['(1,234.00)', withSign({ at: 'parentheses' }), 2, -123_400],
    ['7.00', withSign({ at: 'parentheses' }), 2, 700],
    ['7.00 S', sollHaben, 2, 700],
    ['7.00 h', sollHaben, 2, -700],
    ['H 7.00', sollHaben, 2, -700],
    ['7.00', onlyCr, 2, 700],
    ['7.00CR', onlyCr, 2, -700],
    ['1000000000000000', plainAmountStyle, 0, largestAmount],
  ])('%s', (text, style, decimals, minor) => {
    expect(amountReader(style, decimals)(text)).toEqual({ ok: true, value: minor });
  });

  it('minus nothing is nothing, without a sign', () => {
    expect(amountReader(english, 2)('-0.00')).toEqual({ ok: true, value: 0 });
  });
});

describe('what is not an amount as declared is refused', () => {
  it.each<[string, string, AmountStyle]>([
    ['a word', 'abc', english],
    ['groups of wrong sizes', '12,34,5', english],
    ['Indian groups where threes were declared', '12,34,567.00', english],
    ['an exponent', '1e2', english],
    ['a lone minus', '-', english],
    ['nothing', '', english],
    ['spaces only', '   ', english],
    ['a German amount under English', '1.234,50', english],
    ['an English amount under German', '1,234.50', german],
    ['a group where none was declared', '1,234.50', plainAmountStyle],
    ['a decimal mark with nothing after it', '5.', english],
    ['two signs', '--5', english],
    ['a trailing minus where a leading one was declared', '5.00-', english],
    ['a leading minus where a trailing one was declared', '-5.00', withSign({ at: 'end' })],
    ['parentheses where a minus was declared', '(5.00)', english],
    ['a minus within parentheses', '(-5.00)', withSign({ at: 'parentheses' })],
    ['no mark where both sides have one', '5.00', sollHaben],
    ['another mark', '5.00 X', sollHaben],
    ['a mark on either side', 'S 5.00 H', sollHaben],
    ['a sign besides the mark', '-5.00 S', sollHaben],
    ['a currency sign', '€5.00', english],
    ['a percent', '5.00%', english],
    ['digits of another script', '٥٫٠٠', english],
    ['infinity', 'Infinity', english],
    ['a number of another base', '0x10', english],
    ['a formula', '=1+1', english],
  ])('%s', (_what, text, style) => {
    expect(amountReader(style, 2)(text)).toMatchObject({ ok: false, code: 'invalid-amount' });
  });

  it.each<[string, string, Decimals]>([
    ['three decimals of a euro', '3.999', 2],
    ['three decimals that may have been a thousand', '1.230', 2],
    ['cents of a yen', '100.00', 0],
  ])('%s', (_what, text, decimals) => {
    expect(amountReader(english, decimals)(text)).toMatchObject({ ok: false, code: 'scale-exceeded' });
  });

  it('more than the largest amount', () => {
    const read = amountReader(plainAmountStyle, 0);
    expect(read('1000000000000001')).toMatchObject({ ok: false, code: 'amount-too-large' });
    expect(read('9'.repeat(60))).toMatchObject({ ok: false, code: 'amount-too-large' });
  });

  it('a text of a million spaces, at once', () => {
    const read = amountReader(withSign({ at: 'end' }), 2);
    expect(read(`5${' '.repeat(1_000_000)}x`)).toMatchObject({ ok: false, code: 'invalid-amount' });
  });

  it('marks that cannot be told apart are refused before any text is read', () => {
    expect(() => amountReader(withSign({ at: 'mark', debit: 'x', credit: 'X' }), 2)).toThrow(RangeError);
    expect(() => amountReader(withSign({ at: 'mark', debit: '1', credit: '2' }), 2)).toThrow(RangeError);
  });
});

const marks = fc.constantFrom<Pick<AmountStyle, 'decimal' | 'group'>>(
  { decimal: '.', group: '' },
  { decimal: '.', group: ',' },
  { decimal: '.', group: ' ' },
  { decimal: '.', group: "'" },
  { decimal: ',', group: '' },
  { decimal: ',', group: '.' },
  { decimal: ',', group: ' ' },
  { decimal: ',', group: "'" },
);
const signs = fc.constantFrom<SignStyle>(
  ...([front, { at: 'end' }, { at: 'parentheses' }] satisfies SignStyle[]),
  { at: 'mark', debit: 'S', credit: 'H' },
  { at: 'mark', debit: 'DR', credit: 'CR' },
  { at: 'mark', debit: '', credit: 'CR' },
);
const styles = fc
  .record({ marks, sign: signs, grouping: fc.constantFrom('threes', 'indian') })
  .map(({ marks, ...rest }) => ({ ...marks, ...rest }) as AmountStyle);
const everyDecimals = fc.constantFrom<Decimals>(0, 1, 2, 3, 4);
const amounts = fc
  .oneof(
    fc.integer({ min: -largestAmount, max: largestAmount }),
    fc.integer({ min: -20_000, max: 20_000 }),
    fc.constantFrom(largestAmount, -largestAmount, 0),
  )
  .map(amountOf);

describe('written and read again', () => {
  it('an amount is the same amount, in every style and with every number of decimals (M5)', () => {
    fc.assert(
      fc.property(amounts, styles, everyDecimals, (amount, style, decimals) => {
        const text = amountText(amount, style, decimals);
        expect(amountReader(style, decimals)(text)).toEqual({ ok: true, value: amount });
      }),
      { numRuns: 10_000 },
    );
  });

  it('an amount under another style is never another amount, but with three decimals only the declaration can tell', () => {
    fc.assert(
      fc.property(amounts, fc.constantFrom<Decimals>(0, 1, 2, 4), (amount, decimals) => {
        const read = amountReader(german, decimals)(amountText(amount, english, decimals));
        if (read.ok) expect(read.value).toBe(amount);
      }),
      { numRuns: 10_000 },
    );
  });

  it.each<[number, AmountStyle, Decimals, string]>([
    [-123_456_789, english, 2, '-1,234,567.89'],
    [123_456_700, indian, 2, '12,34,567.00'],
    [5, german, 2, '0,05'],
    [-5, withSign({ at: 'parentheses' }), 3, '(0.005)'],
    [1_000, english, 0, '1,000'],
    [-700, sollHaben, 2, '7.00 H'],
    [700, onlyCr, 2, '7.00'],
  ])('%i reads well', (minor, style, decimals, text) => {
    expect(amountText(amountOf(minor), style, decimals)).toBe(text);
  });
});
