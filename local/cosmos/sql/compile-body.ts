/**
 * Puts the clauses of one query (or subquery) together: sources, filter, and the kind of run its answers need.
 * From: `parse-query.ts`. Next: `compile-query.ts` runs it over rows, `compile-expression.ts` as a subquery.
 */
import type { Expression, Query } from './ast.ts';
import { membersOf } from './ast.ts';
import { compileExpression, compileObject, hasAggregates } from './compile-expression.ts';
import { compileFilter } from './compile-operators.ts';
import { compileSources } from './compile-sources.ts';
import { printExpression } from './print.ts';
import type { Evaluate, Frame, Grouping, Scope } from './scope.ts';
import { innerScope } from './scope.ts';
import type { Run, SortKey } from './run.ts';
import { startGrouped, startPlain, startSorted } from './run.ts';
import type { Json, Ordering, Parameters } from './types.ts';
import { SqlError } from './types.ts';
import { notePaths, pathOf } from './walk-tree.ts';

export type Body = {
  start(parameters: Parameters): Run;
  /** Pushes everything the frame's row yields; true when no more rows are needed. */
  feed(frame: Frame, run: Run): boolean;
  orderings: Ordering[];
};

/** The select expressions as written, without the names. */
export const selectedBy = (query: Query): Expression[] => {
  const { select } = query;
  return select.kind === 'all'
    ? []
    : select.kind === 'value'
      ? [select.value]
      : select.items.map((i) => i.value);
};

export const isGrouped = (query: Query): boolean =>
  query.groupBy.length > 0 || hasAggregates(selectedBy(query));

/** TOP, OFFSET or LIMIT as a number. @throws SqlError when a parameter is no whole number from 0. */
export const countOf = (expression: Expression, parameters: Parameters): number => {
  const isParameter = expression.kind === 'parameter';
  const value = isParameter
    ? parameters.get(expression.name)
    : expression.kind === 'literal' && expression.value;
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  const words = isParameter ? expression.name : JSON.stringify(value);
  throw new SqlError(`TOP, OFFSET and LIMIT need a whole number, which '${words}' is not.`, words);
};

const pagingOf = ({ top, offset, limit, distinct }: Query, parameters: Parameters) => {
  const atMost = top ?? limit;
  return {
    offset: offset ? countOf(offset, parameters) : 0,
    limit: atMost ? countOf(atMost, parameters) : Infinity,
    distinct,
  };
};

const refuseIf = (isWrong: boolean, message: string, words: string) => {
  if (isWrong) throw new SqlError(message, words);
};

/** Combinations the service refuses. */
const checkClauses = (query: Query, scope: Scope, isOutermost: boolean): void => {
  const sorted = query.orderBy.length > 0;
  const grouped = isGrouped(query);
  refuseIf(
    sorted && grouped,
    "'ORDER BY' is not supported in presence of GROUP BY or aggregates.",
    'ORDER BY',
  );
  refuseIf(!!query.top && !!query.limit, "'TOP' cannot be mixed with OFFSET LIMIT.", 'TOP');
  refuseIf(sorted && !isOutermost, "'ORDER BY' is not supported in subqueries.", 'ORDER BY');
  refuseIf(isOutermost && query.from.length === 0, 'A query needs a FROM clause.', 'SELECT');
  const isAll = query.select.kind === 'all';
  refuseIf(isAll && query.from.length !== 1, "'SELECT *' is only valid with a single input set.", '*');
  refuseIf(isAll && grouped, "'SELECT *' is not supported with GROUP BY.", '*');
  const root = query.from[0];
  const isRoot = root !== undefined && scope.bindings.get(root.alias)?.kind === 'row';
  refuseIf(sorted && !isRoot, 'Order-by over correlated collections is not supported.', 'ORDER BY');
};

const compileProjection = (query: Query, scope: Scope): Evaluate => {
  const { select } = query;
  if (select.kind === 'value') return compileExpression(select.value, scope);
  if (select.kind === 'all')
    return compileExpression({ kind: 'name', name: query.from[0]?.alias ?? '' }, scope);
  return compileObject(
    membersOf(select.items).map(({ name, value }) => [name, compileExpression(value, scope)]),
  );
};

const orderingOf = (value: Expression, descending: boolean, scope: Scope): Ordering => {
  const path = pathOf(value, scope);
  if (path && path.length > 0 && !path.includes('[]')) return { path, descending };
  throw new SqlError(
    'Unsupported ORDER BY clause. ORDER BY item expression could not be mapped to a document path.',
    'ORDER BY',
  );
};

/** True when an answer can be made after sorting, from the row alone, and surely has a value. */
const canProjectLate = (query: Query, scope: Scope): boolean => {
  const { select, from } = query;
  if (from.length > 1) return false;
  return select.kind !== 'value' || (select.value.kind === 'name' && scope.bindings.has(select.value.name));
};

/** A subquery in a filter looks at the lists it walks over. */
const noteSources = (query: Query, scope: Scope): void => {
  for (const { alias } of query.from) notePaths({ kind: 'name', name: alias }, scope);
};

/** @throws SqlError for what the service refuses, naming the words. */
export const compileBody = (query: Query, scope: Scope, isOutermost: boolean): Body => {
  const walk = compileSources(query.from, scope, isOutermost);
  checkClauses(query, scope, isOutermost);
  if (!isOutermost) noteSources(query, scope);
  if (query.where) notePaths(query.where, scope);
  const filter = query.where && compileFilter(query.where, (part) => compileExpression(part, scope));
  const orderings = query.orderBy.map(({ value, descending }) => orderingOf(value, descending, scope));
  const keys: SortKey[] = query.orderBy.map(({ value, descending }) => {
    notePaths(value, scope);
    return { evaluate: compileExpression(value, scope), descending };
  });
  const start = compileRun(query, keys, { ...scope, lookedAt: undefined });
  const startFiltered = (parameters: Parameters): Run => {
    const { push, finish } = start(parameters);
    return { push: filter ? (frame) => filter(frame) && push(frame) : push, finish };
  };
  return { start: startFiltered, feed: (frame, run) => walk(frame, run.push), orderings };
};

const compileRun = (query: Query, keys: SortKey[], scope: Scope): Body['start'] => {
  if (!isGrouped(query)) {
    const project = compileProjection(query, scope);
    const late = canProjectLate(query, scope);
    return (parameters) => {
      const paging = pagingOf(query, parameters);
      return keys.length === 0 ? startPlain(project, paging) : startSorted(keys, project, late, paging);
    };
  }
  const groupKeys = query.groupBy.map((expression) => compileExpression(expression, scope));
  const grouping: Grouping = { keys: query.groupBy.map(printExpression), calls: [] };
  const project = compileProjection(query, { ...scope, grouping });
  return (parameters) => startGrouped(groupKeys, grouping.calls, project, pagingOf(query, parameters));
};

/** A subquery as a closure; sees the outer aliases. */
export const compileSubquery = (query: Query, outer: Scope): ((frame: Frame) => Json[]) => {
  const body = compileBody(query, innerScope(outer), false);
  return (frame) => {
    const run = body.start(frame.parameters);
    body.feed(frame, run);
    return run.finish(frame);
  };
};
