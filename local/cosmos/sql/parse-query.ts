/**
 * Reads the clauses of a query.
 * From: query text. Next: `compile-query.ts` and `plan.ts` take the tree.
 */
import type { Expression, OrderItem, Query, Select, SelectItem, Source } from './ast.ts';
import { membersOf } from './ast.ts';
import { parseExpression } from './parse-expression.ts';
import type { Reader } from './token-reader.ts';
import { readTokens } from './token-reader.ts';

/** @throws SqlError naming the words that were not understood. */
export const parseQuery = (text: string): Query => {
  const reader = readTokens(text);
  const query = parseClauses(reader);
  if (reader.peek().kind !== 'end') reader.refuse();
  return query;
};

const parseScalar = (reader: Reader): Expression => parseExpression(reader, parseClauses);

const parseClauses = (reader: Reader): Query => {
  reader.needWord('SELECT');
  const distinct = reader.takeWord('DISTINCT');
  const top = reader.takeWord('TOP') ? parseCount(reader) : undefined;
  const select = parseSelect(reader);
  const from = reader.takeWord('FROM') ? parseSources(reader) : [];
  const where = reader.takeWord('WHERE') ? parseScalar(reader) : undefined;
  const groupBy = takeBy(reader, 'GROUP') ? parseMany(reader, parseScalar) : [];
  const orderBy = takeBy(reader, 'ORDER') ? parseMany(reader, parseOrderItem) : [];
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

const parseMany = <T>(reader: Reader, parseOne: (reader: Reader) => T): T[] => {
  const all: T[] = [];
  do all.push(parseOne(reader));
  while (reader.takeSymbol(','));
  return all;
};

/** A number of rows: a whole number or a parameter. */
const parseCount = (reader: Reader): Expression => {
  const token = reader.peek();
  if (token.kind === 'parameter') return { kind: 'parameter', name: reader.next().text };
  if (token.kind !== 'number' || !/^\d+$/.test(token.text)) reader.refuse();
  return { kind: 'literal', value: Number(reader.next().text) };
};

const parseSelect = (reader: Reader): Select => {
  if (reader.takeSymbol('*')) return { kind: 'all' };
  if (reader.takeWord('VALUE')) return { kind: 'value', value: parseScalar(reader) };
  const items = parseMany(reader, parseSelectItem);
  const names = membersOf(items).map((member) => member.name);
  const twice = names.find((name, place) => names.indexOf(name) !== place);
  if (twice !== undefined) reader.refuse(`'${twice}' stands twice in the select list.`, twice);
  return { kind: 'list', items };
};

const parseSelectItem = (reader: Reader): SelectItem => {
  const value = parseScalar(reader);
  return { value, alias: reader.takeWord('AS') ? reader.needName() : undefined };
};

const parseOrderItem = (reader: Reader): OrderItem => {
  const value = parseScalar(reader);
  const descending = reader.takeWord('DESC');
  if (!descending) reader.takeWord('ASC');
  return { value, descending };
};

const parseSources = (reader: Reader): Source[] => {
  const sources = [parseSource(reader)];
  while (reader.takeWord('JOIN')) sources.push(parseSource(reader));
  return sources;
};

/** `x IN c.list`, `c.list AS x`, `c`, `(SELECT …) AS x`. */
const parseSource = (reader: Reader): Source => {
  if (reader.isWord('IN', 1)) {
    const alias = reader.needName();
    reader.needWord('IN');
    return { each: true, of: parseCollection(reader), alias };
  }
  const of = parseCollection(reader);
  const named = reader.takeWord('AS') || (reader.peek().kind === 'name' && !isClauseWord(reader));
  const implied = of.kind === 'property' || of.kind === 'name' ? of.name : undefined;
  const alias = named ? reader.needName() : (implied ?? reader.refuse());
  return { each: of.kind === 'subquery', of, alias };
};

const clauseWords = ['JOIN', 'WHERE', 'GROUP', 'ORDER', 'OFFSET'];
const isClauseWord = (reader: Reader) => clauseWords.some((word) => reader.isWord(word));

const parseCollection = (reader: Reader): Expression => {
  if (reader.takeSymbol('(')) {
    const query = parseClauses(reader);
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
