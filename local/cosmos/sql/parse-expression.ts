/**
 * Reads scalar expressions by binding power. NOT and the signs bind tightest, as in the service's public
 * grammar (`NOT c.a = 1` means `(NOT c.a) = 1`); IN, LIKE, BETWEEN stand with the comparisons.
 * From: `token-reader.ts`. Next: `parse-query.ts`, which supplies subqueries.
 */
import type { BinaryOperator, Expression } from './ast.ts';
import type { Parsing } from './parse-primary.ts';
import { parseList, parsePath } from './parse-primary.ts';

/** Longer chains (`a OR b OR …`, `c.x.y.…`) are refused; they would exhaust the stack when run. */
const longestChain = 500;

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

/** @throws SqlError naming the words that are no expression. */
export const parseExpression = (parsing: Parsing, least: number): Expression => {
  const { reader } = parsing;
  return reader.nested(() => {
    let left = parseTight(parsing);
    for (let length = 1; ; length += 1) {
      const token = reader.peek();
      if (token.kind !== 'symbol' && token.kind !== 'name') return left;
      const operator = token.kind === 'name' ? token.word : token.text;
      const power = powers.get(operator);
      if (power === undefined || power <= least) return left;
      if (length > longestChain) reader.refuse(`A chain of more than ${longestChain} operators.`);
      reader.next();
      left = parseRest(parsing, left, operator, power);
    }
  });
};

/** What follows `left` and an operator already taken. */
const parseRest = (parsing: Parsing, left: Expression, operator: string, power: number): Expression => {
  const { reader, expression: operand } = parsing;
  switch (operator) {
    case '?': {
      const then = operand();
      reader.needSymbol(':');
      return { kind: 'conditional', test: left, then, otherwise: operand(power - 1) };
    }
    case 'NOT':
      if (!reader.isWord('IN') && !reader.isWord('LIKE') && !reader.isWord('BETWEEN')) reader.refuse();
      return parseRange(parsing, left, reader.next().word, true);
    case 'IN':
    case 'LIKE':
    case 'BETWEEN':
      return parseRange(parsing, left, operator, false);
    default: {
      const binary = (operator === '<>' ? '!=' : operator) as BinaryOperator;
      return { kind: 'binary', operator: binary, left, right: operand(power) };
    }
  }
};

const parseRange = (parsing: Parsing, of: Expression, word: string, not: boolean): Expression => {
  const { reader } = parsing;
  const operand = () => parsing.expression(rangePower);
  if (word === 'IN') {
    reader.needSymbol('(');
    return { kind: 'in', not, of, list: parseList(parsing, ')', 1) };
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

/** A primary with its signs in front and its path behind. */
const parseTight = (parsing: Parsing): Expression => {
  const { reader } = parsing;
  const operand = () => parsing.expression(signPower);
  if (reader.takeWord('NOT')) return { kind: 'unary', operator: 'NOT', of: operand() };
  if (reader.takeSymbol('-')) return { kind: 'unary', operator: '-', of: operand() };
  if (reader.takeSymbol('+')) return { kind: 'unary', operator: '+', of: operand() };
  return parsePath(parsing);
};
