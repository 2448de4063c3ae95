/**
 * The words of one line of a text: amounts as declared, what may be the number of a document, and money in another
 * notation or currency.
 * From: `remittance-text.ts`. Next: the line is read when it has one number, one amount and nothing doubtful.
 */
import { amountReader } from '../domain/amount-text.ts';
import { dayReader } from '../domain/day-text.ts';
import { decimalsOf } from '../domain/currencies.ts';
import type { Notation } from '../domain/mapping-profile.ts';
import type { AmountMinor, Currency } from '../domain/money.ts';
import { orStop } from './xml-refusal.ts';

export type LineWords = {
  amounts: AmountMinor[];
  numbers: string[];
  /** Words that look like money and are none as declared, or are in another currency. */
  doubtful: string[];
};

/** Fewer letters and digits than this are found everywhere. */
const shortestNumber = 3;
const signs: Readonly<Record<Currency, string>> = { EUR: '€', GBP: '£', JPY: '¥' };
const moneySign = /[€$£¥]/;

/** `1.234`, `1234,5`, `1'234.50`: money in one notation or another. */
const looksLikeMoney = /^[-+]?\d{1,3}([.,'’]\d{3})*[.,]\d{1,3}$|^[-+]?\d+[.,]\d{1,2}$/;
const looksLikeNumber = /^[\p{L}\d][\p{L}\d._/-]*$/u;

/** A reader of lines, for one notation and one currency. Stops when the currency is not known. */
export const lineReader = (
  { amounts: style, days }: Notation,
  currency: Currency,
): ((line: string) => LineWords) => {
  const decimals = orStop(decimalsOf(currency), 'currency');
  const read = amountReader(style, decimals);
  const readers = days.map(dayReader);
  const isDay = (word: string): boolean => readers.some((day) => day(word).ok);
  /** With its decimals, where the currency has any: a bare number is that of a document. */
  const amountIn = (word: string): AmountMinor | undefined => {
    if (decimals > 0 && !word.includes(style.decimal)) return undefined;
    const amount = read(word);
    return amount.ok ? amount.value : undefined;
  };
  return (line) => {
    const found: LineWords = { amounts: [], numbers: [], doubtful: [] };
    const words = line.split(/[\s;|]+/).filter((word) => word !== '');
    for (const [at, word] of words.entries()) {
      const bare = bareOf(word);
      const amount = amountIn(bare);
      if (amount === undefined && isDay(bare)) continue;
      if (amount !== undefined && isCurrency(word, words[at - 1], words[at + 1], currency))
        found.amounts.push(amount);
      else if (amount !== undefined || looksLikeMoney.test(bare) || (moneySign.test(word) && /\d/.test(word)))
        found.doubtful.push(word);
      else if (isNumber(bare)) found.numbers.push(bare);
    }
    return found;
  };
};

/** Without brackets, quotes, closing marks and a currency at either end. */
const bareOf = (word: string): string =>
  word
    .replace(/^["'„“«([{#:,]+|["'”“»)\]}:,!?]+$/g, '')
    .replace(/^[€$£¥]|[€$£¥]$|(?<=\d)[A-Z]{3}$|^[A-Z]{3}(?=[-+]?\d+[.,])/g, '')
    .replace(/\.$/, '');

const isNumber = (word: string): boolean =>
  /\d/.test(word) && looksLikeNumber.test(word) && word.replace(/[^\p{L}\d]/gu, '').length >= shortestNumber;

/** No currency stands at the amount or beside it, or the one of the advice. */
const isCurrency = (
  word: string,
  before: string | undefined,
  after: string | undefined,
  currency: Currency,
): boolean => {
  const sign = moneySign.exec(word)?.[0];
  if (sign !== undefined) return sign === '$' ? signs[currency] === undefined : signs[currency] === sign;
  const codes = [/[A-Z]{3}$/.exec(word)?.[0], /^[A-Z]{3}/.exec(word)?.[0], before, after];
  const known = codes.filter((code) => code !== undefined && /^[A-Z]{3}$/.test(code) && decimalsOf(code).ok);
  return known.every((code) => code === currency);
};
