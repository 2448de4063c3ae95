/**
 * Card numbers in what people write: made unreadable but for the last four digits, so that none is kept here (A13).
 * From: words of a body, of a mail. Next: `shared/edge/mask-words.ts`, `shared/formats/inbound-mail.ts`.
 * A card number begins as those of card schemes do, has their length and a check digit that holds; whatever else is a long
 * number (an invoice, an IBAN, a telephone) stays as it is.
 */

/** How numbers of the card schemes begin, and how many digits they have. */
const schemes: readonly (readonly [begins: RegExp, lengths: readonly number[]])[] = [
  [/^4/, [13, 16, 19]],
  [/^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, [16]],
  [/^3[47]/, [15]],
  [/^(?:30[0-5]|3095|36|38|39)/, [14, 16, 19]],
  [/^35(?:2[89]|[3-8])/, [16, 17, 18, 19]],
  [/^(?:6011|64[4-9]|65|62|60|81)/, [16, 17, 18, 19]],
  [/^(?:5018|5020|5038|5[678]|6304|6759|676[1-3])/, [13, 14, 15, 16, 17, 18, 19]],
];

/** Every second digit from the right doubled; the sum ends in nought. */
const holds = (digits: string): boolean => {
  let total = 0;
  for (let at = 0; at < digits.length; at += 1) {
    const digit = Number(digits[digits.length - 1 - at]);
    const doubled = at % 2 === 0 ? digit : digit * 2;
    total += doubled > 9 ? doubled - 9 : doubled;
  }
  return total % 10 === 0;
};

/** Whether digits alone are a card number. */
export const isCardNumber = (digits: string): boolean =>
  schemes.some(([begins, lengths]) => lengths.includes(digits.length) && begins.test(digits)) &&
  holds(digits);

/** Digits in a row, or groups as cards are printed, one kind of sign between them; no part of a longer word. */
const runs =
  /(?<![\p{L}\p{N}_+])(?:\d{13,19}|\d{3,6}(?<sign>[ \u00A0\u2009\u202F.\-\u2010-\u2013])\d{3,6}(?:\k<sign>\d{3,6})*)(?![\p{L}\p{N}_])/gu;

/** The text with a star for each digit of a card number but the last four. */
export const maskCards = (text: string): string =>
  text.replace(runs, (run: string, sign: string | undefined) =>
    sign === undefined ? maskedGroup([run], '') : maskedGroup(run.split(sign), sign),
  );

/** Neighbours of a card number (the day it ends, a telephone) may stand in the same run. */
const maskedGroup = (groups: readonly string[], sign: string): string => {
  for (let first = 0; first < groups.length; first += 1)
    for (let end = groups.length; end > first; end -= 1) {
      const digits = groups.slice(first, end).join('');
      if (!isCardNumber(digits)) continue;
      const shown = groups.slice(first, end).join(sign);
      const masked = shown.slice(0, -4).replace(/\d/g, '*') + shown.slice(-4);
      const rest = end < groups.length ? [maskedGroup(groups.slice(end), sign)] : [];
      return [...groups.slice(0, first), masked, ...rest].join(sign);
    }
  return groups.join(sign);
};
