/**
 * Currencies: which codes are money, and how many decimals each has.
 */
import { describe, expect, it } from 'vitest';
import { currencyCodes, decimalsOf } from '../../shared/domain/currencies.ts';

describe('decimals of a currency', () => {
  it.each([
    ['EUR', 2],
    ['USD', 2],
    ['JPY', 0],
    ['ISK', 0],
    ['HUF', 2],
    ['KWD', 3],
    ['IQD', 3],
    ['CLF', 4],
    ['XOF', 0],
    ['XCG', 2],
    ['ZWG', 2],
  ])('of %s are %i', (code, decimals) => {
    expect(decimalsOf(code)).toEqual({ ok: true, value: decimals });
  });
});

describe('a code that is not a currency in use is refused', () => {
  it.each([
    ['invented', 'EUX'],
    ['in small letters', 'eur'],
    ['of a metal', 'XAU'],
    ['for tests', 'XTS'],
    ['for none', 'XXX'],
    ['out of use', 'BGN'],
    ['of an old member of the euro', 'DEM'],
    ['empty', ''],
    ['a word every object knows', 'constructor'],
  ])('%s', (_what, code) => {
    expect(decimalsOf(code)).toMatchObject({ ok: false, code: 'unknown-currency' });
  });
});

it('lists each code once, as three capital letters', () => {
  expect(new Set(currencyCodes).size).toBe(currencyCodes.length);
  expect(currencyCodes.filter((code) => !/^[A-Z]{3}$/.test(code))).toEqual([]);
  expect(currencyCodes.length).toBe(164);
});
