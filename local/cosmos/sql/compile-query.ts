/**
 * The entry of the SQL engine: text in, a compiled query out, remembered by its text.
 * From: `http/` with the text of a request. Next: `store/` feeds rows to `each` or `all`.
 */
import type { Query } from './ast.ts';
import type { Body } from './compile-body.ts';
import { compileBody, compileSubquery, isGrouped } from './compile-body.ts';
import { parseQuery } from './parse-query.ts';
import { compilePinned } from './pinned.ts';
import { planQuery } from './plan.ts';
import type { Scope } from './scope.ts';
import { createFrame } from './scope.ts';
import type { CompiledQuery, Json, Parameters, SourceRow } from './types.ts';
import { SqlError } from './types.ts';

/** Enough for every query of a product; texts built by hand with values inside push out the oldest. */
const mostRemembered = 1_000;
/** Longer texts are not written by a person, and would fill the memory. */
const longestRemembered = 20_000;
const remembered = new Map<string, CompiledQuery>();

const isBlocking = (query: Query): boolean =>
  query.distinct || !!query.top || !!query.limit || query.orderBy.length > 0 || isGrouped(query);

/** Text nested in ways the parser's limits do not catch exhausts the stack: refused like any other. */
const compileText = (text: string): CompiledQuery => {
  try {
    return compileTree(parseQuery(text), text);
  } catch (error) {
    if (error instanceof RangeError) throw new SqlError('The query is too complex.', text.slice(0, 40));
    throw error;
  }
};

const compileTree = (query: Query, text: string): CompiledQuery => {
  const lookedAt: string[][] = [];
  const scope: Scope = {
    bindings: new Map(),
    slots: { count: 0 },
    grouping: undefined,
    lookedAt,
    compileSubquery,
  };
  const body: Body = compileBody(query, scope, true);
  const blocking = isBlocking(query);
  const all = (rows: Iterable<SourceRow>, parameters: Parameters): Json[] => {
    const frame = createFrame(parameters, scope.slots.count);
    const run = body.start(parameters);
    for (const row of rows) {
      frame.row = row;
      if (body.feed(frame, run)) break;
    }
    return run.finish(frame);
  };
  return {
    streaming: !blocking,
    needsPlan: blocking,
    orderings: body.orderings,
    lookedAt,
    each: (row, parameters) => {
      if (blocking) throw new Error(`This query cannot be answered row by row: ${text}`);
      return all([row], parameters);
    },
    all,
    pinned: compilePinned(query.where, scope),
    plan: (parameters) => planQuery(query, parameters),
  };
};

/**
 * Compiles a query, or gives the one compiled before from the same text.
 * @throws SqlError naming the words that were not understood or are not supported.
 */
export const compileQuery = (text: string): CompiledQuery => {
  if (text.length > longestRemembered) return compileText(text);
  const known = remembered.get(text);
  if (known) remembered.delete(text);
  const compiled = known ?? compileText(text);
  remembered.set(text, compiled);
  if (remembered.size > mostRemembered) {
    for (const oldest of remembered.keys()) {
      remembered.delete(oldest);
      break;
    }
  }
  return compiled;
};
