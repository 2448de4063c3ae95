/**
 * Card numbers are masked in words (A13), whatever scheme they are of and however they are spaced; other long numbers,
 * on which money is matched and people are called, stay as they are.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isCardNumber, maskCards } from '../../shared/domain/card-numbers.ts';

/** Test numbers the schemes and payment providers publish. */
const published = [
  ...['4111111111111111', '4242424242424242', '4012888888881881', '4222222222222', '4000056655665556'],
  ...['5555555555554444', '5105105105105100', '2223003122003222', '5200828282828210'],
  ...['378282246310005', '371449635398431', '6011111111111117', '6011000990139424'],
  ...['3056930009020004', '36227206271667', '30569309025904', '3566002020360505', '6200000000000005'],
];

describe('a card number', () => {
  it.each(published)('%s is masked but for its last four', (digits) => {
    const stars = '*'.repeat(digits.length - 4) + digits.slice(-4);
    expect(maskCards(`take ${digits}, please`)).toBe(`take ${stars}, please`);
    expect(maskCards(digits)).toBe(stars);
  });

  it.each([
    ['4111 1111 1111 1111 12/27 cvc 123', '**** **** **** 1111 12/27 cvc 123'],
    ['4111-1111-1111-1111', '****-****-****-1111'],
    ['4111\u00A01111\u00A01111\u00A01111', '****\u00A0****\u00A0****\u00A01111'],
    ['Amex 3782 822463 10005', 'Amex **** ****** *0005'],
    ['tel 030 4111 1111 1111 1111 027', 'tel 030 **** **** **** 1111 027'],
    ['4111111111111111/5555555555554444', '************1111/************4444'],
    ['5555 5555 5555 4444 4111 1111 1111 1111', '**** **** **** 4444 **** **** **** 1111'],
    ['(4111111111111111)\n4242424242424242', '(************1111)\n************4242'],
  ])('in "%s" is masked', (text, expected) => {
    expect(maskCards(text)).toBe(expected);
  });
});

it.each([
  ['an IBAN', 'DE89 3704 0044 0532 0130 00'],
  ['a reference', 'RF18539007547034'],
  ['a telephone', '+49 4111 1111 1111 11'],
  ['a check digit that does not hold', '4111 1111 1111 1112'],
  ['a document', 'RE-2026-000123, INV4111111111111111, bill_4111111111111111.pdf'],
  ['sums', '4 111,00 and 1 111 111.11 of 1 111 111'],
  ['a day and an hour', '2026-11-23 04:11, 2026-11-24'],
  ['an account', '1203000000002020'],
])('%s stays as it is', (_what, text) => {
  expect(maskCards(text)).toBe(text);
});

it('nothing is masked twice or lost, and only digits of card numbers become stars', () => {
  const piece = fc.oneof(fc.constantFrom(...published), fc.stringMatching(/^[0-9 .a-z-]{0,24}$/));
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 5 }),
      fc.constantFrom(' ', ', ', '\n', '-'),
      (pieces, between) => {
        const text = pieces.join(between);
        const masked = maskCards(text);
        expect(maskCards(masked)).toBe(masked);
        expect(masked).toHaveLength(text.length);
        for (let at = 0; at < text.length; at += 1)
          if (masked[at] !== text[at])
            expect([text[at], masked[at]]).toEqual([expect.stringMatching(/\d/), '*']);
      },
    ),
    { numRuns: 2_000 },
  );
});

it('of the numbers there are, one in ten that begins and is as long as a card is one', () => {
  const found = Array.from({ length: 1_000 }, (_, n) => String(4_111_111_111_111_000 + n)).filter(
    isCardNumber,
  );
  expect(found).toHaveLength(100);
});
