/**
 * Finding values in the elements of a file: by local name, one where one may stand, typed and checked.
 * From: `xml-reader.ts`. Next: the readers of e-invoices, statements and remittances.
 */
import { dayReader } from '../domain/day-text.ts';
import type { Day } from '../domain/calendar.ts';
import { decimalsOf } from '../domain/currencies.ts';
import { largestAmount } from '../domain/amount-text.ts';
import { amountOf, type AmountMinor, type Currency } from '../domain/money.ts';
import type { XmlElement } from './xml-reader.ts';
import { orStop, stop } from './xml-refusal.ts';

/** All elements at the end of a path of names; each step takes every element of that name. */
export const all = (from: XmlElement | undefined, ...path: readonly string[]): XmlElement[] =>
  path.reduce<XmlElement[]>(
    (found, name) => found.flatMap(({ children }) => children.filter((child) => child.name === name)),
    from === undefined ? [] : [from],
  );

/** The one element there; stops with `structure` when there are two, for either could be meant. */
export const one = (from: XmlElement | undefined, ...path: readonly string[]): XmlElement | undefined => {
  const found = all(from, ...path);
  if (found.length > 1) stop('structure', `${path.join('/')} stands ${found.length} times`);
  return found[0];
};

/** Trimmed text of the one element there; empty counts as absent. */
export const textAt = (from: XmlElement | undefined, ...path: readonly string[]): string | undefined =>
  textOf(one(from, ...path));

export const textOf = (element: XmlElement | undefined): string | undefined => {
  const text = element?.text.trim();
  return text === '' ? undefined : text;
};

const longestIdentifier = 200;
/** Control characters and those that turn the direction of writing have no place in an identifier. */
const unwanted = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

/** An identifier as it is kept: NFC, trimmed. */
export const identifier = (text: string, where: string): string => {
  const kept = text.normalize('NFC').trim();
  return kept.length > longestIdentifier || unwanted.test(kept)
    ? stop('invalid-identifier', `${where}: "${kept.slice(0, 60)}" is no identifier`)
    : kept;
};

export const identifierAt = (
  from: XmlElement | undefined,
  ...path: readonly string[]
): string | undefined => {
  const text = textAt(from, ...path);
  return text === undefined ? undefined : identifier(text, path.join('/'));
};

/**
 * A decimal of XML in minor units. Zeros after the decimals of the currency mean nothing here, for no mark
 * of thousands exists; any other digit there is `scale-exceeded`.
 */
export const decimalAmount = (text: string, currency: Currency, where: string): AmountMinor => {
  const decimals = orStop(decimalsOf(currency), where);
  const match = text.length > 60 ? null : /^([-+]?)(\d*)(?:\.(\d*))?$/.exec(text);
  const [, sign = '', whole = '', fraction = ''] = match ?? [];
  if (match === null || whole + fraction === '') return stop('invalid-amount', `${where}: "${text}"`);
  if (/[1-9]/.test(fraction.slice(decimals)))
    return stop('scale-exceeded', `${where}: "${text}" has more than ${decimals} decimals`);
  const size = Number(whole + fraction.slice(0, decimals).padEnd(decimals, '0'));
  if (size > largestAmount) return stop('amount-too-large', `${where}: "${text}"`);
  return amountOf(sign === '-' ? -size : size);
};

const isoDay = dayReader('YYYY-MM-DD');
const compactDay = dayReader('YYYYMMDD');

/** The day of a date, or of a date and time as it is written: no zone moves it. */
export const dayOfText = (text: string, where: string): Day => {
  const day = /^\d{8}$/.test(text)
    ? compactDay(text)
    : isoDay(text.replace(/(?:T[\d:.]+)?(?:Z|[+-]\d\d:\d\d)?$/, ''));
  return orStop(day, where);
};

export const dayAt = (from: XmlElement | undefined, ...path: readonly string[]): Day | undefined => {
  const text = textAt(from, ...path);
  return text === undefined ? undefined : dayOfText(text, path.join('/'));
};

/** A value that has to be there. */
export const required = <Value>(value: Value | undefined, term: string): Value =>
  value ?? stop('missing-term', `${term} is missing`);

/** A field that is only there when it has a value. */
export const field = <Name extends string>(name: Name, value: string | undefined): { [K in Name]?: string } =>
  (value === undefined ? {} : { [name]: value }) as { [K in Name]?: string };

/** The sum of amounts of a file; stops where it leaves the whole numbers that are exact. */
export const totalOf = (amounts: readonly AmountMinor[]): AmountMinor => {
  const total = amounts.reduce((all, amount) => all + BigInt(amount), 0n);
  const value = Number(total);
  return Number.isSafeInteger(value)
    ? amountOf(value)
    : stop('amount-too-large', `the amounts come to ${total}`);
};
