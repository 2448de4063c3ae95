/**
 * How values of a SQL filter compare and count. `undefined` is SQL's unknown: it is passed on, never true.
 * From: message properties and literals. Next: `core/filter-parse.ts`.
 */
export type Value = string | number | boolean | undefined;

/** Null, dates, bytes and the rest, made comparable; what has no order becomes unknown. */
export const valueOf = (value: unknown): Value => {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (value instanceof Date) return value.toISOString();
  return undefined;
};

export const and = (left: Value, right: Value): Value => {
  if (left === false || right === false) return false;
  return left === true && right === true ? true : undefined;
};

export const or = (left: Value, right: Value): Value => {
  if (left === true || right === true) return true;
  return left === false && right === false ? false : undefined;
};

export const not = (value: Value): Value => (typeof value === 'boolean' ? !value : undefined);

export const compare = (operator: string, left: Value, right: Value): Value => {
  if (left === undefined || right === undefined) return undefined;
  const equal = left === right;
  if (operator === '=') return equal;
  if (operator === '<>' || operator === '!=') return !equal;
  if (typeof left !== typeof right || typeof left === 'boolean') return undefined;
  if (operator === '<') return left < right;
  if (operator === '<=') return left <= right;
  return operator === '>' ? left > right : left >= right;
};

export const calculate = (operator: string, left: Value, right: Value): Value => {
  if (operator === '+' && typeof left === 'string' && typeof right === 'string') return left + right;
  if (typeof left !== 'number' || typeof right !== 'number') return undefined;
  if (operator === '+') return left + right;
  if (operator === '-') return left - right;
  if (operator === '*') return left * right;
  if (right === 0) return undefined;
  return operator === '/' ? left / right : left % right;
};

/** `%` any text, `_` one character; after the escape character both mean themselves. */
export const like = (value: Value, template: Value, escape?: string): Value => {
  if (typeof value !== 'string' || typeof template !== 'string') return undefined;
  let source = '';
  for (let index = 0; index < template.length; index++) {
    const character = template[index]!;
    if (character === escape) source += literal(template[++index] ?? '');
    else source += character === '%' ? '.*' : character === '_' ? '.' : literal(character);
  }
  return new RegExp(`^${source}$`, 's').test(value);
};

const literal = (character: string): string => character.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
