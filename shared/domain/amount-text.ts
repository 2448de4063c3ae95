/**
 * Amounts as text, under a declared style: read into minor units or refused, and written back.
 * From: cells of a feed, bank lines, forms. Next: items, receipts; exports. No float takes part (M5), and
 * what could mean two things, or does not fit the currency, is refused rather than guessed.
 */
import type { AmountStyle, Grouping, SignStyle } from './amount-style.ts';
import type { Decimals } from './currencies.ts';
import { amountOf, type AmountMinor } from './money.ts';
import { done, refuse, type Outcome } from './outcome.ts';

export type AmountRefusal = 'invalid-amount' | 'scale-exceeded' | 'amount-too-large';

/** The largest amount that is read, in minor units: thousands of them still add up exactly. */
export const largestAmount = 1_000_000_000_000_000;

/** Longer text is no amount; it is not searched for one. */
const longestText = 60;

/** Spaces and apostrophes that sources use alike for the same mark. */
const sameMark: Record<string, string> = { ' ': '[ \\u00a0\\u2009\\u202f]', "'": "['\\u2019]", '.': '\\.' };

const wholePart = (group: string, grouping: Grouping): string => {
  if (group === '') return '\\d+';
  const mark = sameMark[group] ?? group;
  const middle = grouping === 'indian' ? `(?:\\d{1,2}(?:${mark}\\d{2})*${mark}\\d{3})` : '';
  return `(?:\\d+|${middle || `\\d{1,3}(?:${mark}\\d{3})+`})`;
};

/**
 * A reader of amounts for one column: style and decimals are settled once, then it takes text after text.
 * Space around the text is ignored. A sign elsewhere than declared, a group of a wrong size, a symbol, an
 * exponent or nothing at all is `invalid-amount`; more decimals than the currency has is `scale-exceeded`,
 * even when they are zeros, for `1,230` may have meant a thousand.
 * @throws RangeError when debit and credit have the same mark, or a mark what numbers hold.
 */
export const amountReader = (
  style: AmountStyle,
  decimals: Decimals,
): ((text: string) => Outcome<AmountMinor, AmountRefusal>) => {
  const unsigned = signReader(style.sign);
  const decimal = style.decimal === '.' ? '\\.' : ',';
  const whole = wholePart(style.group, style.grouping);
  const shape = new RegExp(`^(?:(${whole})(?:${decimal}(\\d+))?|${decimal}(\\d+))$`);
  const plain = plainReader(style, decimals);
  return (text) => {
    const known = plain(text);
    if (known !== undefined) return done(known);
    const signed = text.length > longestText ? undefined : unsigned(text.trim());
    const match = signed === undefined ? null : shape.exec(signed.digits);
    if (signed === undefined || match === null)
      return refuse('invalid-amount', `"${text.slice(0, longestText)}" is not an amount as declared`);
    const fraction = match[2] ?? match[3] ?? '';
    if (fraction.length > decimals)
      return refuse('scale-exceeded', `"${text}" has more than the ${decimals} decimals of its currency`);
    const size = Number(`${(match[1] ?? '').replace(/\D/g, '')}${fraction.padEnd(decimals, '0')}`);
    return size > largestAmount
      ? refuse('amount-too-large', `"${text}" is more than ${largestAmount} minor units`)
      : done(amountOf(signed.isCredit ? -size : size));
  };
};

/**
 * Digits without sign, group or mark, so few that they are no more than the largest amount: whatever else a style says, all
 * mean the same by them, and most amounts of a file are such. Undefined: the text has to be looked at closely.
 */
const plainReader = (
  { decimal, sign }: AmountStyle,
  decimals: Decimals,
): ((text: string) => AmountMinor | undefined) => {
  if (sign.at === 'mark') return () => undefined;
  const fraction = decimals === 0 ? '' : `(?:${RegExp.escape(decimal)}\\d{1,${decimals}})?`;
  const shape = new RegExp(`^\\d{1,${15 - decimals}}${fraction}$`);
  return (text) => {
    if (!shape.test(text)) return undefined;
    const at = text.indexOf(decimal);
    if (at < 0) return amountOf(Number(text) * 10 ** decimals);
    return amountOf(Number(text.slice(0, at) + text.slice(at + 1).padEnd(decimals, '0')));
  };
};

type Signed = { digits: string; isCredit: boolean };

const signReader = (sign: SignStyle): ((text: string) => Signed | undefined) => {
  switch (sign.at) {
    case 'front':
      return (text) => stripped(text, /^([-+\u2212])?\s*(.*)$/s, 1, 2);
    case 'end':
      return (text) => stripped(text, /^(.*?)\s*([-+\u2212])?$/s, 2, 1);
    case 'parentheses':
      return (text) =>
        /^\(.*\)$/s.test(text)
          ? { digits: text.slice(1, -1).trim(), isCredit: true }
          : { digits: text, isCredit: false };
    case 'mark':
      return markReader(sign.debit.toUpperCase(), sign.credit.toUpperCase());
  }
};

const stripped = (text: string, shape: RegExp, sign: number, rest: number): Signed | undefined => {
  const match = shape.exec(text);
  if (match === null) return undefined;
  const mark = match[sign] ?? '';
  return { digits: match[rest] ?? '', isCredit: mark !== '' && mark !== '+' };
};

/** The mark may stand before or after the digits, in capitals or not. */
const markReader = (debit: string, credit: string): ((text: string) => Signed | undefined) => {
  if (debit === credit) throw new RangeError('debit and credit need different marks');
  if (/[\d\s.,]/.test(debit + credit)) throw new RangeError('a mark holds no digit, space, dot or comma');
  return (text) => {
    const match = /^([^\d.,]*)([\d.,].*?)([^\d.,]*)$/s.exec(text);
    if (match === null) return undefined;
    const marks = [match[1] ?? '', match[3] ?? ''].map((mark) => mark.trim().toUpperCase());
    if (marks[0] !== '' && marks[1] !== '') return undefined;
    const mark = marks.join('');
    if (mark !== debit && mark !== credit) return undefined;
    return { digits: match[2] ?? '', isCredit: mark === credit };
  };
};

/** Writes an amount in a style so that its reader gives the same amount back; groups are always written. */
export const amountText = (amount: AmountMinor, style: AmountStyle, decimals: Decimals): string => {
  const digits = String(Math.abs(amount)).padStart(decimals + 1, '0');
  const whole = grouped(digits.slice(0, digits.length - decimals), style.group, style.grouping);
  const text = decimals === 0 ? whole : `${whole}${style.decimal}${digits.slice(-decimals)}`;
  return signedText(text, amount < 0, style.sign);
};

const grouped = (whole: string, group: string, grouping: Grouping): string =>
  whole.replace(grouping === 'indian' ? /\B(?=(\d{2})*\d{3}$)/g : /\B(?=(\d{3})+$)/g, group);

const signedText = (text: string, isCredit: boolean, sign: SignStyle): string => {
  switch (sign.at) {
    case 'front':
      return isCredit ? `-${text}` : text;
    case 'end':
      return isCredit ? `${text}-` : text;
    case 'parentheses':
      return isCredit ? `(${text})` : text;
    case 'mark':
      return `${text} ${isCredit ? sign.credit : sign.debit}`.trim();
  }
};
