/**
 * SQL filters: conditions over `sys.` properties and application properties, with SQL's three truths.
 * From: words of `core/filter-tokens.ts`. Next: a function asked for each message of the topic.
 */
import { tokensOf, type Token } from './filter-tokens.ts';
import { and, calculate, compare, like, not, or, valueOf, type Value } from './filter-values.ts';
import type { MessageView } from './state.ts';

export type Expression = (view: MessageView) => Value;
type Reader = { tokens: Token[]; at: number };

/** @throws Error saying what was not understood. */
export const parseSql = (text: string): Expression => {
  const reader: Reader = { tokens: tokensOf(text), at: 0 };
  const expression = readOr(reader);
  if (next(reader).kind !== 'end') throw new Error(`not understood: ${next(reader).text}`);
  return expression;
};

const next = ({ tokens, at }: Reader): Token => tokens[at]!;

/** Takes the word or symbol if it comes next. */
const take = (reader: Reader, ...texts: string[]): string | undefined => {
  const token = next(reader);
  if (token.kind !== 'word' && token.kind !== 'symbol') return undefined;
  const found = texts.find((text) => text === token.text.toUpperCase());
  if (found !== undefined) reader.at += 1;
  return found;
};

const demand = (reader: Reader, text: string): void => {
  if (take(reader, text) === undefined) throw new Error(`expected ${text} before: ${next(reader).text}`);
};

const readOr = (reader: Reader): Expression => {
  let left = readAnd(reader);
  while (take(reader, 'OR')) left = join(or, left, readAnd(reader));
  return left;
};

const readAnd = (reader: Reader): Expression => {
  let left = readNot(reader);
  while (take(reader, 'AND')) left = join(and, left, readNot(reader));
  return left;
};

const join =
  (by: (left: Value, right: Value) => Value, left: Expression, right: Expression): Expression =>
  (view) =>
    by(left(view), right(view));

const readNot = (reader: Reader): Expression => {
  if (!take(reader, 'NOT')) return readCondition(reader);
  const inner = readNot(reader);
  return (view) => not(inner(view));
};

const readCondition = (reader: Reader): Expression => {
  if (take(reader, 'EXISTS')) return readExists(reader);
  const left = readSum(reader);
  const operator = take(reader, '=', '<>', '!=', '<=', '>=', '<', '>');
  if (operator) return join((a, b) => compare(operator, a, b), left, readSum(reader));
  if (take(reader, 'IS')) return readIsNull(reader, left);
  const negated = take(reader, 'NOT') !== undefined;
  const condition = take(reader, 'IN')
    ? readIn(reader, left)
    : take(reader, 'LIKE')
      ? readLike(reader, left)
      : undefined;
  if (!condition && negated) throw new Error(`expected IN or LIKE before: ${next(reader).text}`);
  if (!condition) return left;
  return negated ? (view) => not(condition(view)) : condition;
};

const readExists = (reader: Reader): Expression => {
  demand(reader, '(');
  const property = readProperty(reader);
  demand(reader, ')');
  return (view) => property(view) !== undefined;
};

const readIsNull = (reader: Reader, left: Expression): Expression => {
  const negated = take(reader, 'NOT') !== undefined;
  demand(reader, 'NULL');
  return (view) => (left(view) === undefined) !== negated;
};

const readIn = (reader: Reader, left: Expression): Expression => {
  demand(reader, '(');
  const options = [readSum(reader)];
  while (take(reader, ',')) options.push(readSum(reader));
  demand(reader, ')');
  return (view) =>
    options.reduce<Value>((found, option) => or(found, compare('=', left(view), option(view))), false);
};

const readLike = (reader: Reader, left: Expression): Expression => {
  const template = readSum(reader);
  const escape = take(reader, 'ESCAPE') ? readText(reader) : undefined;
  return (view) => like(left(view), template(view), escape);
};

const readText = (reader: Reader): string => {
  const token = next(reader);
  if (token.kind !== 'text') throw new Error(`expected a text before: ${token.text}`);
  reader.at += 1;
  return token.text;
};

const readSum = (reader: Reader): Expression => {
  let left = readProduct(reader);
  for (let sign = take(reader, '+', '-'); sign; sign = take(reader, '+', '-')) {
    const operator = sign;
    left = join((a, b) => calculate(operator, a, b), left, readProduct(reader));
  }
  return left;
};

const readProduct = (reader: Reader): Expression => {
  let left = readSigned(reader);
  for (let sign = take(reader, '*', '/', '%'); sign; sign = take(reader, '*', '/', '%')) {
    const operator = sign;
    left = join((a, b) => calculate(operator, a, b), left, readSigned(reader));
  }
  return left;
};

const readSigned = (reader: Reader): Expression => {
  if (!take(reader, '-')) return readPrimary(reader);
  const inner = readSigned(reader);
  return (view) => calculate('-', 0, inner(view));
};

const readPrimary = (reader: Reader): Expression => {
  const token = next(reader);
  if (take(reader, '(')) {
    const inner = readOr(reader);
    demand(reader, ')');
    return inner;
  }
  if (token.kind === 'text' || token.kind === 'number') {
    reader.at += 1;
    const value = token.kind === 'number' ? token.value : token.text;
    return () => value;
  }
  const constant = take(reader, 'TRUE', 'FALSE', 'NULL');
  if (constant) return () => (constant === 'NULL' ? undefined : constant === 'TRUE');
  const property = readProperty(reader);
  return (view) => valueOf(property(view));
};

/** `name`, `[any name]`, `user.name` or `sys.Name`. */
const readProperty = (reader: Reader): ((view: MessageView) => unknown) => {
  const first = readName(reader);
  const scope = first.toLowerCase();
  if (!take(reader, '.')) return ({ application }) => application[first] ?? undefined;
  const name = readName(reader);
  if (scope === 'user') return ({ application }) => application[name] ?? undefined;
  if (scope !== 'sys') throw new Error(`${first}.${name}: only sys. and user. are known`);
  return ({ system }) => system[name.toLowerCase()] ?? undefined;
};

const readName = (reader: Reader): string => {
  const token = next(reader);
  if (token.kind !== 'word' && token.kind !== 'name')
    throw new Error(`expected a property before: ${token.text}`);
  reader.at += 1;
  return token.text;
};
