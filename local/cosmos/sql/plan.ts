/**
 * The query plan: what the SDK must merge itself when it asks several ranges, and the rewritten query it is
 * to send to each. The placeholder in braces is the SDK's: it puts `true` or a resume condition there.
 * From: `compile-query.ts`. Next: `queryInfo` of the plan answer.
 */
import type { Expression, Member, Query, Select } from './ast.ts';
import { membersOf } from './ast.ts';
import { countOf, isGrouped, selectedBy } from './compile-body.ts';
import type { AggregateName } from './function-table.ts';
import { isAggregate } from './function-table.ts';
import { printBehindSelect, printExpression, printQuery } from './print.ts';
import type { Parameters, QueryInfo } from './types.ts';
import { SqlError } from './types.ts';
import { isAggregateCall, someInside } from './walk-tree.ts';

const resumeCondition = '{documentdb-formattableorderbyquery-filter}';

const typeNames: Record<AggregateName, string> = {
  COUNT: 'Count',
  SUM: 'Sum',
  AVG: 'Average',
  MIN: 'Min',
  MAX: 'Max',
};

type Cells = { queryInfo: Partial<QueryInfo>; rewritten: Query };

const object = (...members: [string, Expression][]): Expression => ({
  kind: 'object',
  members: members.map(([name, value]) => ({ name, value })),
});
const array = (...items: Expression[]): Expression => ({ kind: 'array', items });
const literal = (value: number): Expression => ({ kind: 'literal', value });

const aggregateOf = (expression: Expression): AggregateName | undefined =>
  expression.kind === 'call' && isAggregate(expression.name) ? expression.name : undefined;

/** What a range answers for one aggregate, so that the SDK can merge several ranges. */
const cellOf = (name: AggregateName, call: Expression): Expression => {
  const args = call.kind === 'call' ? call.args : [];
  const aggregate = (other: AggregateName): Expression => ({ kind: 'call', name: other, args });
  switch (name) {
    case 'AVG':
      return object(['item', object(['sum', aggregate('SUM')], ['count', aggregate('COUNT')])]);
    case 'MIN':
    case 'MAX': {
      const merged = object([name.toLowerCase(), call], ['count', aggregate('COUNT')]);
      return object(['item', call], ['item2', merged]);
    }
    default:
      return object(['item', call]);
  }
};

/** @throws SqlError when an aggregate is only a part of the expression: no client could merge that. */
const mergeable = (value: Expression): Expression => {
  const name = aggregateOf(value);
  if (name) return cellOf(name, value);
  if (!someInside(value, isAggregateCall)) return value;
  const words = printExpression(value);
  throw new SqlError('Compositions of aggregates and other expressions are not allowed.', words);
};

const list = (...members: Member[]): Select => ({
  kind: 'list',
  items: members.map(({ name, value }) => ({ value, alias: name })),
});

const groupMembers = (query: Query): Member[] =>
  query.groupBy.length === 0
    ? []
    : [{ name: 'groupByItems', value: array(...query.groupBy.map((value) => object(['item', value]))) }];

const unlimited = { distinct: false, top: undefined, offset: undefined, limit: undefined };

/** `SELECT VALUE x` with aggregates or GROUP BY. */
const planGroupedValue = (query: Query, value: Expression): Cells => {
  const name = aggregateOf(value);
  const payload = name ? array(mergeable(value)) : mergeable(value);
  const select: Select =
    query.groupBy.length === 0
      ? { kind: 'value', value: payload }
      : list(...groupMembers(query), { name: 'payload', value: payload });
  return {
    queryInfo: { hasSelectValue: true, aggregates: name ? [typeNames[name]] : [] },
    rewritten: { ...query, ...unlimited, select },
  };
};

/** A select list with aggregates or GROUP BY. */
const planGroupedList = (query: Query, members: Member[]): Cells => {
  const types = members.map(({ name, value }): [string, string | null] => {
    const aggregate = aggregateOf(value);
    return [name, aggregate ? typeNames[aggregate] : null];
  });
  const cells = members.map(({ name, value }): [string, Expression] => [name, mergeable(value)]);
  return {
    queryInfo: {
      groupByAliases: members.map((member) => member.name),
      groupByAliasToAggregateType: Object.fromEntries(types),
    },
    rewritten: {
      ...query,
      ...unlimited,
      select: list(...groupMembers(query), { name: 'payload', value: object(...cells) }),
    },
  };
};

const planGrouped = (query: Query): Partial<QueryInfo> => {
  const { select } = query;
  const items = select.kind === 'list' ? membersOf(select.items) : [];
  const { queryInfo, rewritten } =
    select.kind === 'value' ? planGroupedValue(query, select.value) : planGroupedList(query, items);
  return {
    ...queryInfo,
    groupByExpressions: query.groupBy.map(printExpression),
    rewrittenQuery: printQuery(rewritten),
  };
};

const payloadOf = (query: Query): Expression => {
  const { select } = query;
  if (select.kind === 'value') return select.value;
  if (select.kind === 'all') return { kind: 'name', name: query.from[0]?.alias ?? '' };
  return { kind: 'object', members: membersOf(select.items) };
};

/** Offset and limit as one range must answer them: from its start, far enough for the client to skip. */
const fromStart = (query: Query, offset: number | null, limit: number | null): Query =>
  offset === null || limit === null
    ? query
    : { ...query, offset: literal(0), limit: literal(offset + limit) };

/** Rows of a range come sorted, with what the client needs to merge them. */
const planSorted = (query: Query, top: number | null, offset: number | null, limit: number | null) => {
  const paged = query.distinct ? { ...query, ...unlimited } : fromStart(query, offset, limit);
  const head = top === null || query.distinct ? '' : `TOP ${top} `;
  const items = printExpression(array(...query.orderBy.map(({ value }) => object(['item', value]))));
  const root = query.from[0]?.alias ?? '';
  const where = query.where
    ? `(${printExpression(query.where)} AND ${resumeCondition})`
    : `(${resumeCondition})`;
  const payload = printExpression(payloadOf(query));
  return {
    orderBy: query.orderBy.map((item) =>
      item.descending ? ('Descending' as const) : ('Ascending' as const),
    ),
    orderByExpressions: query.orderBy.map((item) => printExpression(item.value)),
    rewrittenQuery: `SELECT ${head}${root}._rid, ${items} AS orderByItems, ${payload} AS payload ${printBehindSelect(paged, where)}`,
    hasSelectValue: query.select.kind === 'value',
  };
};

/** Equal answers stand together when the answers are made of the first sorting keys: then order helps. */
const distinctTypeOf = (query: Query): QueryInfo['distinctType'] => {
  if (!query.distinct) return 'None';
  const selected = new Set(selectedBy(query).map(printExpression));
  const leading = query.orderBy.slice(0, selected.size).map((item) => printExpression(item.value));
  const isOrdered =
    selected.size > 0 && leading.length === selected.size && leading.every((text) => selected.has(text));
  return isOrdered ? 'Ordered' : 'Unordered';
};

/** @throws SqlError when the answers of several ranges could not be merged, as the service does. */
export const planQuery = (query: Query, parameters: Parameters): QueryInfo => {
  const count = (expression: Expression | undefined) => (expression ? countOf(expression, parameters) : null);
  const [top, offset, limit] = [count(query.top), count(query.offset), count(query.limit)];
  const plain: QueryInfo = {
    distinctType: distinctTypeOf(query),
    top,
    offset,
    limit,
    orderBy: [],
    orderByExpressions: [],
    groupByExpressions: [],
    groupByAliases: [],
    aggregates: [],
    groupByAliasToAggregateType: {},
    rewrittenQuery: '',
    hasSelectValue: query.select.kind === 'value',
    hasNonStreamingOrderBy: false,
  };
  if (isGrouped(query)) return { ...plain, ...planGrouped(query) };
  if (query.orderBy.length > 0) return { ...plain, ...planSorted(query, top, offset, limit) };
  if (limit === null) return plain;
  return { ...plain, rewrittenQuery: printQuery(fromStart(query, offset, limit)) };
};
