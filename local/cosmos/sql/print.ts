/**
 * Writes a tree as query text, each operation in parentheses, so that parsing gives the same tree again.
 * From: `plan.ts` with rewritten queries. Next: the SDK sends the text back, range by range.
 */
import type { BinaryOperator, Expression, Query, Select, Source } from './ast.ts';

const printList = (all: readonly Expression[]) => all.map(printExpression).join(', ');

const printText = (text: string) =>
  JSON.stringify(text).replace(/[\u007f-\uffff]/g, (letter) => {
    return `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });

const not = (negated: boolean) => (negated ? 'NOT ' : '');

const printRange = (expression: Extract<Expression, { kind: 'between' | 'in' | 'like' }>): string => {
  const of = `${printExpression(expression.of)} ${not(expression.not)}`;
  switch (expression.kind) {
    case 'between':
      return `(${of}BETWEEN ${printExpression(expression.low)} AND ${printExpression(expression.high)})`;
    case 'in':
      return `(${of}IN (${printList(expression.list)}))`;
    case 'like': {
      const escape = expression.escape === undefined ? '' : ` ESCAPE ${printText(expression.escape)}`;
      return `(${of}LIKE ${printExpression(expression.pattern)}${escape})`;
    }
  }
};

const bindingGroups: BinaryOperator[][] = [
  ['+', '-'],
  ['*', '/', '%'],
];

const bindAlike = (a: BinaryOperator, b: BinaryOperator): boolean =>
  a === b || bindingGroups.some((group) => group.includes(a) && group.includes(b));

/** Chains of one operator share their parentheses: long ones must not nest deeply. */
const printBinary = ({ left, operator, right }: Extract<Expression, { kind: 'binary' }>): string => {
  const isChain = left.kind === 'binary' && bindAlike(left.operator, operator);
  return `${isChain ? printBinary(left) : printExpression(left)} ${operator} ${printExpression(right)}`;
};

const printSubquery = (use: 'value' | 'exists' | 'array', query: Query): string =>
  `${use === 'value' ? '' : use.toUpperCase()}(${printQuery(query)})`;

/** Number literals need parentheses before a path; everything else printed here binds tightly. */
export const printExpression = (expression: Expression): string => {
  switch (expression.kind) {
    case 'literal':
      return typeof expression.value === 'string' ? printText(expression.value) : String(expression.value);
    case 'undefined':
      return 'undefined';
    case 'parameter':
    case 'name':
      return expression.name;
    case 'property':
      return `${printExpression(expression.of)}[${printText(expression.name)}]`;
    case 'index':
      return `${printExpression(expression.of)}[${printExpression(expression.at)}]`;
    case 'array':
      return `[${printList(expression.items)}]`;
    case 'object':
      return `{${expression.members.map((member) => `${printText(member.name)}: ${printExpression(member.value)}`).join(', ')}}`;
    case 'call':
      return `${expression.name}(${printList(expression.args)})`;
    case 'unary':
      return `(${expression.operator} ${printExpression(expression.of)})`;
    case 'binary':
      return `(${printBinary(expression)})`;
    case 'between':
    case 'in':
    case 'like':
      return printRange(expression);
    case 'conditional':
      return `(${printExpression(expression.test)} ? ${printExpression(expression.then)} : ${printExpression(expression.otherwise)})`;
    case 'subquery':
      return printSubquery(expression.use, expression.query);
  }
};

const printSelect = (select: Select): string => {
  switch (select.kind) {
    case 'all':
      return '*';
    case 'value':
      return `VALUE ${printExpression(select.value)}`;
    case 'list':
      return select.items
        .map(({ value, alias }) => printExpression(value) + (alias === undefined ? '' : ` AS ${alias}`))
        .join(', ');
  }
};

const printSource = (source: Source): string => {
  const isSubquery = source.of.kind === 'subquery';
  const of = source.of.kind === 'subquery' ? `(${printQuery(source.of.query)})` : printExpression(source.of);
  if (source.each && !isSubquery) return `${source.alias} IN ${of}`;
  return of === source.alias ? of : `${of} AS ${source.alias}`;
};

/** Clauses behind the select list; `where` lets the plan put its own condition there. */
export const printBehindSelect = (query: Query, where: string | undefined): string => {
  const clauses = [
    query.from.length > 0 && `FROM ${query.from.map(printSource).join(' JOIN ')}`,
    where !== undefined && `WHERE ${where}`,
    query.groupBy.length > 0 && `GROUP BY ${printList(query.groupBy)}`,
    query.orderBy.length > 0 &&
      `ORDER BY ${query.orderBy.map((item) => `${printExpression(item.value)} ${item.descending ? 'DESC' : 'ASC'}`).join(', ')}`,
    query.offset &&
      query.limit &&
      `OFFSET ${printExpression(query.offset)} LIMIT ${printExpression(query.limit)}`,
  ];
  return clauses.filter((clause) => clause !== false && clause !== undefined).join(' ');
};

/** The text of a query; parsing it gives an equal tree. */
export const printQuery = (query: Query): string => {
  const where = query.where && printExpression(query.where);
  const top = query.top === undefined ? '' : `TOP ${printExpression(query.top)} `;
  const head = `SELECT ${query.distinct ? 'DISTINCT ' : ''}${top}${printSelect(query.select)}`;
  return `${head} ${printBehindSelect(query, where)}`.trimEnd();
};
