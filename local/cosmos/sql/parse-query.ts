/**
 * Reads the clauses of a query.
 * From: query text. Next: `compile-query.ts` and `plan.ts` take the tree.
 */
import type { Expression, OrderItem, Query, Select, SelectItem, Source } from './ast.ts';
import { membersOf } from './ast.ts';
import { parseExpression } from './parse-expression.ts';
import type { Parsing } from './parse-primary.ts';
import type { Reader } from './token-reader.ts';
import { readTokens } from './token-reader.ts';
import { SqlError } from './types.ts';

/** The service's own limits. */
const longestText = 512 * 1024;
const mostJoins = 10;

/** @throws SqlError naming the words that were not understood. */
export const parseQuery = (text: string): Query => {
  if (text.length > longestText) throw new SqlError('The query is longer than 512 KiB.', text.slice(0, 40));
  const reader = readTokens(text);
  const parsing: Parsing = {
    reader,
    expression: (least = 0) => parseExpression(parsing, least),
    query: () => parseClauses(parsing),
  };
  const query = parsing.query();
  if (reader.peek().kind !== 'end') reader.refuse();
  return query;
};

const parseScalar = (parsing: Parsing): Expression => parsing.expression();

const parseClauses = (parsing: Parsing): Query => {
  const { reader } = parsing;
  reader.needWord('SELECT');
  const distinct = reader.takeWord('DISTINCT');
  const top = reader.takeWord('TOP') ? parseCount(reader) : undefined;
  const select = parseSelect(parsing);
  const from = reader.takeWord('FROM') ? parseSources(parsing) : [];
  const where = reader.takeWord('WHERE') ? parseScalar(parsing) : undefined;
  const groupBy = takeBy(reader, 'GROUP') ? parseMany(parsing, parseScalar) : [];
  const orderBy = takeBy(reader, 'ORDER') ? parseMany(parsing, parseOrderItem) : [];
  const paged = reader.takeWord('OFFSET');
  const offset = paged ? parseCount(reader) : undefined;
  if (paged) reader.needWord('LIMIT');
  const limit = paged ? parseCount(reader) : undefined;
  return { distinct, top, select, from, where, groupBy, orderBy, offset, limit };
};

const takeBy = (reader: Reader, word: 'GROUP' | 'ORDER'): boolean => {
  if (!reader.takeWord(word)) return false;
  reader.needWord('BY');
  return true;
};

const parseMany = <T>(parsing: Parsing, parseOne: (parsing: Parsing) => T): T[] => {
  const all: T[] = [];
  do all.push(parseOne(parsing));
  while (parsing.reader.takeSymbol(','));
  return all;
};

/** A number of rows: a whole number or a parameter. */
const parseCount = (reader: Reader): Expression => {
  const token = reader.peek();
  if (token.kind === 'parameter') return { kind: 'parameter', name: reader.next().text };
  if (token.kind !== 'number' || !/^\d+$/.test(token.text)) reader.refuse();
  return { kind: 'literal', value: Number(reader.next().text) };
};

const parseSelect = (parsing: Parsing): Select => {
  const { reader } = parsing;
  if (reader.takeSymbol('*')) return { kind: 'all' };
  if (reader.takeWord('VALUE')) return { kind: 'value', value: parseScalar(parsing) };
  const items = parseMany(parsing, parseSelectItem);
  const names = membersOf(items).map((member) => member.name);
  const twice = names.find((name, place) => names.indexOf(name) !== place);
  if (twice !== undefined) reader.refuse(`'${twice}' stands twice in the select list.`, twice);
  return { kind: 'list', items };
};

const parseSelectItem = (parsing: Parsing): SelectItem => {
  const { reader } = parsing;
  const value = parseScalar(parsing);
  return { value, alias: reader.takeWord('AS') ? reader.needName() : undefined };
};

const parseOrderItem = (parsing: Parsing): OrderItem => {
  const { reader } = parsing;
  const value = parseScalar(parsing);
  const descending = reader.takeWord('DESC');
  if (!descending) reader.takeWord('ASC');
  return { value, descending };
};

const parseSources = (parsing: Parsing): Source[] => {
  const { reader } = parsing;
  const sources = [parseSource(parsing)];
  while (reader.takeWord('JOIN')) sources.push(parseSource(parsing));
  if (sources.length > mostJoins + 1) reader.refuse(`More than ${mostJoins} JOINs.`, 'JOIN');
  return sources;
};

/** `x IN c.list`, `c.list AS x`, `c`, `(SELECT …) AS x`. */
const parseSource = (parsing: Parsing): Source => {
  const { reader } = parsing;
  if (reader.isWord('IN', 1)) {
    const alias = reader.needName();
    reader.needWord('IN');
    return { each: true, of: parseCollection(parsing), alias };
  }
  const of = parseCollection(parsing);
  const named = reader.takeWord('AS') || (reader.peek().kind === 'name' && !isClauseWord(reader));
  const implied = of.kind === 'property' || of.kind === 'name' ? of.name : undefined;
  const alias = named ? reader.needName() : (implied ?? reader.refuse());
  return { each: of.kind === 'subquery', of, alias };
};

const clauseWords = ['JOIN', 'WHERE', 'GROUP', 'ORDER', 'OFFSET'];
const isClauseWord = (reader: Reader) => clauseWords.some((word) => reader.isWord(word));

const parseCollection = (parsing: Parsing): Expression => {
  const { reader } = parsing;
  if (reader.takeSymbol('(')) {
    const query = parseClauses(parsing);
    reader.needSymbol(')');
    return { kind: 'subquery', use: 'array', query };
  }
  let path: Expression = { kind: 'name', name: reader.needName() };
  for (;;) {
    if (reader.takeSymbol('.')) path = { kind: 'property', of: path, name: reader.needName() };
    else if (reader.takeSymbol('[')) {
      const token = reader.next();
      if (token.kind === 'string') path = { kind: 'property', of: path, name: token.text };
      else if (token.kind === 'number')
        path = { kind: 'index', of: path, at: { kind: 'literal', value: Number(token.text) } };
      else reader.refuse(undefined, token.text);
      reader.needSymbol(']');
    } else return path;
  }
};
