/**
 * Document numbers in free text: found as payers write them, never inside a longer number.
 * From: `shared/domain/document-numbers.ts`.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentNumbersIn, numberKeys } from '../../shared/domain/document-numbers.ts';

describe('a number is found', () => {
  it.each([
    ['as it is', 'Payment of 4711023', '4711023'],
    ['in small letters', 're-2026-00123', 'RE-2026-00123'],
    ['without its leading zeros', 'RE-2026-123', 'RE-2026-00123'],
    ['with more leading zeros', 'invoice 0004711', '4711'],
    ['with other separators', 'RE 2026/00123', 'RE-2026-00123'],
    ['with no separators', 'RE202600123', 'RE-2026-00123'],
    ['with separators where we have none', 'paid 2026-0123', '20260123'],
    ['after the word for a document', 'Rechnung Nr.: 4711', '4711'],
    ['stuck to the word for a document', 'INV4711 thanks', '4711'],
    ['at the end of a sentence', 'We paid 4711.', '4711'],
    ['in brackets', 'see (4711)', '4711'],
    ['in wide letters', 'ＩＮＶ４７１１', '4711'],
    ['with letters at its end', 'order 4711b', '4711B'],
  ])('%s', (_, text, number) => {
    expect(documentNumbersIn(text, [number, '99999'])).toEqual([number]);
  });

  it.each([
    ['commas', '1001,1002, 1003'],
    ['slashes', 'RE 1001/1002/1003'],
    ['plus signs', '1001+1002+1003'],
    ['words', '1001 and 1002 and 1003'],
    ['lines', '1001\n1002\n1003'],
  ])('in a list with %s', (_, text) => {
    expect(documentNumbersIn(text, ['1003', '1001', '1002', '1004'])).toEqual(['1001', '1002', '1003']);
  });
});

describe('a number is not found', () => {
  it.each([
    ['inside a longer run of digits', '210010', '1001'],
    ['at the beginning of a longer number', '1001-7', '1001'],
    ['at the end of a longer number', 'RE-2026-123', '123'],
    ['in the middle of a longer number', '2026/1001/7', '1001'],
    ['with a letter more', '1001A', '1001'],
    ['behind letters that are no document word', 'K1001', '1001'],
    ['without its own letters', '1001', 'RE-1001'],
    ['in an amount', 'EUR 1001,50', '1001'],
    ['in an amount with thousands', '1.001,50 EUR', '1001'],
    ['in the cents of an amount', '77,100', '077'],
    ['with a zero inside left out', '4711', '47011'],
    ['when it is of one or two digits', 'invoice 12', '12'],
    ['when it is letters only', 'ABC', 'ABC'],
    ['in a list of which one is unknown', '1001/7777', '1001'],
    ['in no text', '', '1001'],
  ])('%s', (_, text, number) => {
    const found = documentNumbersIn(text, [number]);
    expect(found).toEqual([]);
  });
});

describe('where several could be meant', () => {
  it('the longest wins', () => {
    expect(documentNumbersIn('RE 2026 123', ['RE-2026-123', '2026', '123'])).toEqual(['RE-2026-123']);
  });

  it('zeros tell them apart, if the text has just those', () => {
    expect(documentNumbersIn('0123', ['0123', '123'])).toEqual(['0123']);
    expect(documentNumbersIn('00123', ['0123', '123'])).toEqual([]);
  });
});

describe('of any number', () => {
  const numbers = fc.stringMatching(/^([A-Z]{1,3}[-/ ]?)?[1-9][0-9]{3,9}$/);

  it('its own writing in other case and among words is found, and each digit more hides it', () => {
    fc.assert(
      fc.property(numbers, fc.constantFrom('1', '77'), (number, more) => {
        expect(documentNumbersIn(`payment ${number.toLowerCase()} thanks`, [number])).toEqual([number]);
        expect(documentNumbersIn(`payment ${number}${more} thanks`, [number])).toEqual([]);
        expect(documentNumbersIn(`payment ${more}-${number} thanks`, [number])).toEqual([]);
      }),
      { numRuns: 10_000 },
    );
  });

  it('any text at all gives only known numbers, whatever order they are known in', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.array(fc.string(), { maxLength: 5 }), (text, known) => {
        const found = documentNumbersIn(text + known.join(' '), known);
        expect(found.every((number) => known.includes(number))).toBe(true);
        expect(documentNumbersIn(text + known.join(' '), known.toReversed())).toEqual(found);
        expect(numberKeys(text).length).toBeLessThanOrEqual(2);
      }),
      { numRuns: 10_000 },
    );
  });
});
