/**
 * Values as the service sees them: undefined is one of them, types have an order, equality is deep.
 * From: JSON of the items. Next: operators, functions, sorting, grouping and DISTINCT.
 */
import type { Json, JsonObject } from './types.ts';

/** What an expression yields; `undefined` means "no value" and never leaves the engine. */
export type Value = Json | undefined;

export const isObject = (value: Value): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Reads an own property of an object; anything else has none. */
export const propertyOf = (value: Value, name: string): Value =>
  isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;

/** Sets a member as data, also one called `__proto__`. */
export const setMember = (target: JsonObject, name: string, value: Json): void => {
  if (name === '__proto__') {
    Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
  } else target[name] = value;
};

/** Undefined < null < booleans < numbers < strings < arrays < objects. */
const rankOf = (value: Value): number => {
  switch (typeof value) {
    case 'undefined':
      return 0;
    case 'boolean':
      return 2;
    case 'number':
      return 3;
    case 'string':
      return 4;
    default:
      return value === null ? 1 : Array.isArray(value) ? 5 : 6;
  }
};

/** A total order over all values, as ORDER BY, MIN and MAX use it: negative, zero or positive. */
export const compareValues = (a: Value, b: Value): number => {
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : a > b ? 1 : 0;
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const ranks = rankOf(a) - rankOf(b);
  if (ranks !== 0 || a === null || a === undefined) return ranks;
  if (typeof a === 'boolean') return Number(a) - Number(b);
  const [left, right] = [canonicalText(a), canonicalText(b)];
  return left < right ? -1 : left > right ? 1 : 0;
};

/** Deep equality of two values of which neither is undefined; the order of members does not matter. */
export const equalValues = (a: Json, b: Json): boolean => {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    return a.every((item, place) => equalValues(item, b[place] ?? null));
  }
  const names = Object.keys(a);
  if (names.length !== Object.keys(b).length) return false;
  return names.every((name) => Object.hasOwn(b, name) && equalValues(a[name] ?? null, b[name] ?? null));
};

/** One text per value: equal values have equal texts, others differ. Undefined has the empty text. */
export const canonicalText = (value: Value): string => {
  if (value === undefined) return '';
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`;
  const members = Object.keys(value).sort();
  return `{${members.map((name) => `${JSON.stringify(name)}:${canonicalText(value[name])}`).join(',')}}`;
};
