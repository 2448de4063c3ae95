/**
 * Reads what stands alone in an expression: constants, parameters, aliases, functions, objects, arrays,
 * subqueries, and the path behind each.
 * From: `parse-expression.ts`. Next: its operators bind what is read here.
 */
import type { Expression, Member, Query } from './ast.ts';
import { isKnownFunction } from './function-table.ts';
import type { Reader } from './token-reader.ts';

/** What the parts of the parser share; `least` is the weakest binding power still taken. */
export type Parsing = {
  reader: Reader;
  expression: (least?: number) => Expression;
  query: () => Query;
};

/** Items nest no deeper than this in the service. */
const longestPath = 128;

const constants = new Map<string, Expression>([
  ['true', { kind: 'literal', value: true }],
  ['false', { kind: 'literal', value: false }],
  ['null', { kind: 'literal', value: null }],
  ['undefined', { kind: 'undefined' }],
]);

/** Expressions between commas up to `close`, which is taken too. */
export const parseList = (parsing: Parsing, close: string, atLeast = 0): Expression[] => {
  const { reader } = parsing;
  const items: Expression[] = [];
  if (atLeast === 0 && reader.takeSymbol(close)) return items;
  do items.push(parsing.expression());
  while (reader.takeSymbol(','));
  reader.needSymbol(close);
  return items;
};

/** A primary and the properties and elements behind it. */
export const parsePath = (parsing: Parsing): Expression => {
  const { reader } = parsing;
  let path = parsePrimary(parsing);
  for (let length = 0; ; length += 1) {
    if (length > longestPath) reader.refuse(`A path of more than ${longestPath} steps.`);
    if (reader.takeSymbol('.')) path = { kind: 'property', of: path, name: reader.needName() };
    else if (reader.takeSymbol('[')) {
      const at = parsing.expression();
      reader.needSymbol(']');
      const isName = at.kind === 'literal' && typeof at.value === 'string';
      path = isName
        ? { kind: 'property', of: path, name: String(at.value) }
        : { kind: 'index', of: path, at };
    } else return path;
  }
};

const parsePrimary = (parsing: Parsing): Expression => {
  const { reader } = parsing;
  const token = reader.peek();
  switch (token.kind) {
    case 'number':
      return parseNumber(parsing);
    case 'string':
      return { kind: 'literal', value: reader.next().text };
    case 'parameter':
      return { kind: 'parameter', name: reader.next().text };
    case 'name':
      return parseNamed(parsing);
    default:
      return parseBracketed(parsing);
  }
};

const parseNumber = ({ reader }: Parsing): Expression => {
  const value = Number(reader.peek().text);
  if (!Number.isFinite(value)) reader.refuse();
  reader.next();
  return { kind: 'literal', value };
};

const parseBracketed = (parsing: Parsing): Expression => {
  const { reader } = parsing;
  if (reader.takeSymbol('[')) return { kind: 'array', items: parseList(parsing, ']') };
  if (reader.takeSymbol('{')) return { kind: 'object', members: parseMembers(parsing) };
  reader.needSymbol('(');
  const inner: Expression = reader.isWord('SELECT')
    ? { kind: 'subquery', use: 'value', query: parsing.query() }
    : parsing.expression();
  reader.needSymbol(')');
  return inner;
};

const parseMembers = (parsing: Parsing): Member[] => {
  const { reader } = parsing;
  const members: Member[] = [];
  if (reader.takeSymbol('}')) return members;
  do {
    const name = reader.peek().kind === 'string' ? reader.next().text : reader.needName();
    if (members.some((member) => member.name === name))
      reader.refuse(`'${name}' stands twice in an object.`, name);
    reader.needSymbol(':');
    members.push({ name, value: parsing.expression() });
  } while (reader.takeSymbol(','));
  reader.needSymbol('}');
  return members;
};

/** A constant, a function, EXISTS or ARRAY over a subquery, or an alias. */
const parseNamed = (parsing: Parsing): Expression => {
  const { reader } = parsing;
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
    const query = parsing.query();
    reader.needSymbol(')');
    return { kind: 'subquery', use, query };
  }
  const name = reader.needName();
  if (!reader.takeSymbol('(')) return { kind: 'name', name };
  if (!isKnownFunction(name)) reader.refuse(`'${name}' is not a recognized built-in function name.`, name);
  return { kind: 'call', name: name.toUpperCase(), args: parseList(parsing, ')') };
};
