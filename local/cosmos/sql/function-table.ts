/**
 * The built-in functions by name; a name not listed is refused. The clock's functions
 * (`GetCurrentTimestamp`, …), UDFs, vectors, full text and places on earth are left out on purpose.
 * From: `functions-text.ts` and below. Next: the parser asks for names, `compile-expression.ts` for calls.
 */
import { textFunctions } from './functions-text.ts';
import type { Value } from './values.ts';
import { equalValues, isObject } from './values.ts';

/** A function of `least` to `most` arguments; absent arguments are undefined. */
export type BuiltIn = { least: number; most: number; call: (...args: Value[]) => Value };

const one = (call: (value: Value) => Value): BuiltIn => ({ least: 1, most: 1, call });

const onNumber = (call: (number: number) => number): BuiltIn =>
  one((value) => (typeof value === 'number' ? finite(call(value)) : undefined));

const finite = (number: number): Value => (Number.isFinite(number) ? number : undefined);

/** Halves go away from zero, unlike in JavaScript. */
const round = (number: number) => Math.sign(number) * Math.round(Math.abs(number));

const typeFunctions: Record<string, BuiltIn> = {
  IS_DEFINED: one((value) => value !== undefined),
  IS_NULL: one((value) => value === null),
  IS_BOOL: one((value) => typeof value === 'boolean'),
  IS_NUMBER: one((value) => typeof value === 'number'),
  IS_INTEGER: one((value) => Number.isInteger(value)),
  IS_STRING: one((value) => typeof value === 'string'),
  IS_ARRAY: one((value) => Array.isArray(value)),
  IS_OBJECT: one((value) => isObject(value)),
  IS_PRIMITIVE: one((value) => value === null || (value !== undefined && typeof value !== 'object')),
};

const numberFunctions: Record<string, BuiltIn> = {
  ABS: onNumber(Math.abs),
  FLOOR: onNumber(Math.floor),
  CEILING: onNumber(Math.ceil),
  ROUND: onNumber(round),
  TRUNC: onNumber(Math.trunc),
  SIGN: onNumber(Math.sign),
  SQRT: onNumber(Math.sqrt),
  POWER: {
    least: 2,
    most: 2,
    call: (base, exponent) =>
      typeof base === 'number' && typeof exponent === 'number' ? finite(base ** exponent) : undefined,
  },
};

/** True when every member of `part` is in `whole` too, as ARRAY_CONTAINS with `true` asks. */
const isPartOf = (part: Value, whole: Value): boolean => {
  if (part === undefined || whole === undefined) return false;
  if (!isObject(part) || !isObject(whole)) return equalValues(part, whole);
  return Object.keys(part).every((name) => Object.hasOwn(whole, name) && isPartOf(part[name], whole[name]));
};

const arrayContains = (array: Value, sought: Value, partial: Value): Value => {
  if (!Array.isArray(array) || sought === undefined) return undefined;
  if (partial === true) return array.some((item) => isPartOf(sought, item));
  return array.some((item) => equalValues(item, sought));
};

const arraySlice = (array: Value, start: Value, length: Value): Value => {
  if (!Array.isArray(array) || typeof start !== 'number') return undefined;
  if (length !== undefined && typeof length !== 'number') return undefined;
  const from = start < 0 ? Math.max(0, array.length + start) : start;
  return array.slice(from, length === undefined ? undefined : from + Math.max(0, length));
};

const arrayFunctions: Record<string, BuiltIn> = {
  ARRAY_CONTAINS: { least: 2, most: 3, call: arrayContains },
  ARRAY_LENGTH: one((array) => (Array.isArray(array) ? array.length : undefined)),
  ARRAY_SLICE: { least: 2, most: 3, call: arraySlice },
  ARRAY_CONCAT: {
    least: 2,
    most: Infinity,
    call: (...arrays) => (arrays.every((array) => Array.isArray(array)) ? arrays.flat() : undefined),
  },
  IIF: { least: 3, most: 3, call: (test, then, otherwise) => (test === true ? then : otherwise) },
};

const table = new Map<string, BuiltIn>(
  [typeFunctions, textFunctions, numberFunctions, arrayFunctions].flatMap((group) => Object.entries(group)),
);

export const aggregateNames = ['COUNT', 'SUM', 'AVG', 'MIN', 'MAX'] as const;
export type AggregateName = (typeof aggregateNames)[number];

export const isAggregate = (name: string): name is AggregateName =>
  (aggregateNames as readonly string[]).includes(name);

/** The names of all built-in functions except the aggregates, in upper case. */
export const functionNames: readonly string[] = [...table.keys()];

/** `name` in upper case. */
export const builtIn = (name: string): BuiltIn | undefined => table.get(name);

/** True for every built-in function and aggregate, in any case. */
export const isKnownFunction = (name: string): boolean =>
  table.has(name.toUpperCase()) || isAggregate(name.toUpperCase());
