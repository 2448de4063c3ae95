/**
 * Where names stand while a query runs: one frame per execution, its places given out at compile time.
 * From: `compile-sources.ts` binds aliases. Next: `compile-expression.ts` resolves them.
 */
import type { Query } from './ast.ts';
import type { AggregateName } from './function-table.ts';
import type { Json, Parameters, SourceRow } from './types.ts';
import type { Value } from './values.ts';

/** What closures read; `row` and `slots` change from row to row, the rest per group. */
export type Frame = {
  parameters: Parameters;
  row: SourceRow;
  slots: Value[];
  groupKeys: readonly Value[];
  aggregates: readonly Value[];
};

export type Evaluate = (frame: Frame) => Value;

/** `path`: where in the item the alias points, `[]` for "each element"; undefined when it is computed. */
export type Binding = { kind: 'row' } | { kind: 'slot'; slot: number; path: string[] | undefined };

/** What the finished answers of a grouped query may look at. */
export type Grouping = {
  keys: readonly string[];
  calls: { text: string; name: AggregateName; argument: Evaluate }[];
};

/** All answers of a subquery for the row the frame stands on. */
export type Subquery = (frame: Frame) => Json[];

export type Scope = {
  bindings: Map<string, Binding>;
  /** Shared by a query and its subqueries, so that no two aliases share a place. */
  slots: { count: number };
  /** Set while the select clause of a grouped query is compiled. */
  grouping: Grouping | undefined;
  /** Takes the paths filters look at; undefined where nobody filters. */
  lookedAt: string[][] | undefined;
  compileSubquery(query: Query, outer: Scope): Subquery;
};

/** The scope of a subquery: sees the outer names, adds its own. */
export const innerScope = (outer: Scope): Scope => ({
  ...outer,
  bindings: new Map(outer.bindings),
  grouping: undefined,
});

const nothing: SourceRow = { body: {}, system: () => null, document: () => ({}) };

/** A frame before the first row. */
export const createFrame = (parameters: Parameters, slotCount: number): Frame => ({
  parameters,
  row: nothing,
  slots: new Array<Value>(slotCount).fill(undefined),
  groupKeys: [],
  aggregates: [],
});
