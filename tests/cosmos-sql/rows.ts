/**
 * Rows as the store would hand them over, made of plain objects.
 * From: the tests beside it. Next: `compileQuery(...).all`.
 */
import { compileQuery } from '../../local/cosmos/sql/compile-query.ts';
import type { Json, JsonObject, Parameters, SourceRow } from '../../local/cosmos/sql/types.ts';

/** A stored item; its place among the rows is its `_rid` and `_ts`. */
export const rowOf = (body: JsonObject, place = 0): SourceRow => {
  const system: JsonObject = { _rid: `rid-${place}`, _ts: place };
  return {
    body,
    system: (name) => system[name] ?? null,
    document: () => ({ ...body, ...system }),
  };
};

export const rowsOf = (bodies: readonly JsonObject[]): SourceRow[] => bodies.map(rowOf);

export const parametersOf = (values: Record<string, Json>): Parameters => new Map(Object.entries(values));

/** All answers to a query over items. */
export const answers = (
  text: string,
  bodies: readonly JsonObject[],
  values: Record<string, Json> = {},
): Json[] => compileQuery(text).all(rowsOf(bodies), parametersOf(values));

/** What an expression yields on one item, whose alias is `c`; undefined when it has no value. */
export const valueOf = (expression: string, body: JsonObject = {}, values: Record<string, Json> = {}) =>
  answers(`SELECT VALUE ${expression} FROM c`, [body], values)[0];
