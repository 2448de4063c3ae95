/**
 * Reads scalar expressions by binding power. NOT and the signs bind tightest, as in the service's public
 * grammar (`NOT c.a = 1` means `(NOT c.a) = 1`); IN, LIKE, BETWEEN stand with the comparisons.
 * From: `token-reader.ts`. Next: `parse-query.ts`, which supplies subqueries.
 */
import type { BinaryOperator, Expression, Member, Query } from './ast.ts';
import { isKnownFunction } from './function-table.ts';
import type { Reader } from './token-reader.ts';

type ParseQuery = (reader: Reader) => Query;

const conditionalPower = 1;
const rangePower = 6;
const signPower = 20;

const powers = new Map<string, number>([
  ['?', conditionalPower],
  ['??', 2],
  ['||', 3],
  ['OR', 4],
  ['AND', 5],
  ['=', 6],
  ['!=', 6],
  ['<>', 6],
  ['IN', rangePower],
  ['LIKE', rangePower],
  ['BETWEEN', rangePower],
  ['NOT', rangePower],
  ['<', 7],
  ['<=', 7],
  ['>', 7],
  ['>=', 7],
  ['+', 8],
  ['-', 8],
  ['*', 9],
  ['/', 9],
  ['%', 9],
]);

const constants = new Map<string, Expression>([
  ['true', { kind: 'literal', value: true }],
  ['false', { kind: 'literal', value: false }],
  ['null', { kind: 'literal', value: null }],
  ['undefined', { kind: 'undefined' }],
]);

/** @throws SqlError naming the words that are no expression. */
export const parseExpression = (reader: Reader, parseQuery: ParseQuery, least = 0): Expression =>
  reader.nested(() => {
    let left = parseTight(reader, parseQuery);
    for (;;) {
      const token = reader.peek();
      if (token.kind !== 'symbol' && token.kind !== 'name') return left;
      const operator = token.kind === 'name' ? token.text.toUpperCase() : token.text;
      const power = powers.get(operator);
      if (power === undefined || power <= least) return left;
      reader.next();
      left = parseRest(reader, parseQuery, left, operator, power);
    }
  });

/** What follows `left` and an operator already taken. */
const parseRest = (
  reader: Reader,
  parseQuery: ParseQuery,
  left: Expression,
  operator: string,
  power: number,
): Expression => {
  const operand = (least: number) => parseExpression(reader, parseQuery, least);
  switch (operator) {
    case '?': {
      const then = operand(0);
      reader.needSymbol(':');
      return { kind: 'conditional', test: left, then, otherwise: operand(power - 1) };
    }
    case 'NOT':
      if (!reader.isWord('IN') && !reader.isWord('LIKE') && !reader.isWord('BETWEEN')) reader.refuse();
      return parseRange(reader, parseQuery, left, reader.next().text.toUpperCase(), true);
    case 'IN':
    case 'LIKE':
    case 'BETWEEN':
      return parseRange(reader, parseQuery, left, operator, false);
    default: {
      const binary = (operator === '<>' ? '!=' : operator) as BinaryOperator;
      return { kind: 'binary', operator: binary, left, right: operand(power) };
    }
  }
};

const parseRange = (
  reader: Reader,
  parseQuery: ParseQuery,
  of: Expression,
  word: string,
  not: boolean,
): Expression => {
  const operand = () => parseExpression(reader, parseQuery, rangePower);
  if (word === 'IN') {
    reader.needSymbol('(');
    return { kind: 'in', not, of, list: parseList(reader, parseQuery, ')', 1) };
  }
  const first = operand();
  if (word === 'LIKE') {
    if (!reader.takeWord('ESCAPE')) return { kind: 'like', not, of, pattern: first, escape: undefined };
    if (reader.peek().kind !== 'string' || reader.peek().text.length !== 1) reader.refuse();
    return { kind: 'like', not, of, pattern: first, escape: reader.next().text };
  }
  reader.needWord('AND');
  return { kind: 'between', not, of, low: first, high: operand() };
};

/** Expressions between commas up to `close`, which is taken too. */
const parseList = (reader: Reader, parseQuery: ParseQuery, close: string, atLeast = 0): Expression[] => {
  const items: Expression[] = [];
  if (atLeast === 0 && reader.takeSymbol(close)) return items;
  do items.push(parseExpression(reader, parseQuery));
  while (reader.takeSymbol(','));
  reader.needSymbol(close);
  return items;
};

/** A primary with its signs in front and its path behind. */
const parseTight = (reader: Reader, parseQuery: ParseQuery): Expression => {
  const operand = () => parseExpression(reader, parseQuery, signPower);
  if (reader.takeWord('NOT')) return { kind: 'unary', operator: 'NOT', of: operand() };
  if (reader.takeSymbol('-')) return { kind: 'unary', operator: '-', of: operand() };
  if (reader.takeSymbol('+')) return { kind: 'unary', operator: '+', of: operand() };
  let primary = parsePrimary(reader, parseQuery);
  for (;;) {
    if (reader.takeSymbol('.')) primary = { kind: 'property', of: primary, name: reader.needName() };
    else if (reader.takeSymbol('[')) {
      const at = parseExpression(reader, parseQuery);
      reader.needSymbol(']');
      const isName = at.kind === 'literal' && typeof at.value === 'string';
      primary = isName
        ? { kind: 'property', of: primary, name: String(at.value) }
        : { kind: 'index', of: primary, at };
    } else return primary;
  }
};

const parsePrimary = (reader: Reader, parseQuery: ParseQuery): Expression => {
  const token = reader.peek();
  switch (token.kind) {
    case 'number':
      return parseNumber(reader);
    case 'string':
      return { kind: 'literal', value: reader.next().text };
    case 'parameter':
      return { kind: 'parameter', name: reader.next().text };
    case 'name':
      return parseNamed(reader, parseQuery);
    default:
      return parseBracketed(reader, parseQuery);
  }
};

const parseNumber = (reader: Reader): Expression => {
  const value = Number(reader.peek().text);
  if (!Number.isFinite(value)) reader.refuse();
  reader.next();
  return { kind: 'literal', value };
};

const parseBracketed = (reader: Reader, parseQuery: ParseQuery): Expression => {
  if (reader.takeSymbol('[')) return { kind: 'array', items: parseList(reader, parseQuery, ']') };
  if (reader.takeSymbol('{')) return { kind: 'object', members: parseMembers(reader, parseQuery) };
  reader.needSymbol('(');
  const inner: Expression = reader.isWord('SELECT')
    ? { kind: 'subquery', use: 'value', query: parseQuery(reader) }
    : parseExpression(reader, parseQuery);
  reader.needSymbol(')');
  return inner;
};

const parseMembers = (reader: Reader, parseQuery: ParseQuery): Member[] => {
  const members: Member[] = [];
  if (reader.takeSymbol('}')) return members;
  do {
    const name = reader.peek().kind === 'string' ? reader.next().text : reader.needName();
    if (members.some((member) => member.name === name))
      reader.refuse(`'${name}' stands twice in an object.`, name);
    reader.needSymbol(':');
    members.push({ name, value: parseExpression(reader, parseQuery) });
  } while (reader.takeSymbol(','));
  reader.needSymbol('}');
  return members;
};

/** A constant, a function, EXISTS or ARRAY over a subquery, or an alias. */
const parseNamed = (reader: Reader, parseQuery: ParseQuery): Expression => {
  const { text } = reader.peek();
  const constant = constants.get(text);
  if (constant) {
    reader.next();
    return constant;
  }
  if (reader.isWord('UDF')) reader.refuse("User-defined functions ('udf.') are not supported here.", 'udf');
  if ((reader.isWord('EXISTS') || reader.isWord('ARRAY')) && reader.isSymbol('(', 1)) {
    const use = reader.next().text.toUpperCase() === 'EXISTS' ? 'exists' : 'array';
    reader.needSymbol('(');
    const query = parseQuery(reader);
    reader.needSymbol(')');
    return { kind: 'subquery', use, query };
  }
  const name = reader.needName();
  if (!reader.takeSymbol('(')) return { kind: 'name', name };
  if (!isKnownFunction(name)) reader.refuse(`'${name}' is not a recognized built-in function name.`, name);
  return { kind: 'call', name: name.toUpperCase(), args: parseList(reader, parseQuery, ')') };
};
