/**
 * What the SQL engine takes and gives: rows of the store in, JSON values out.
 * From: `store/` hands rows over. Next: `http/` pages what comes out and charges for it.
 */
export type Json = null | boolean | number | string | Json[] | JsonObject;
export type JsonObject = { [name: string]: Json };

export type SystemProperty = '_rid' | '_self' | '_etag' | '_attachments' | '_ts';

/** One stored item. System properties are asked for by name, so that they cost no memory at rest. */
export interface SourceRow {
  readonly body: JsonObject;
  system(name: SystemProperty): Json;
  /** Body and system properties together, as a client sees the item. */
  document(): JsonObject;
}

/** Parameter values by name, `@` included. */
export type Parameters = ReadonlyMap<string, Json>;

/** A query the engine refuses; `words` are those it did not understand, as written. */
export class SqlError extends Error {
  readonly words: string;
  constructor(message: string, words: string) {
    super(message);
    this.name = 'SqlError';
    this.words = words;
  }
}

export type Ordering = { path: string[] | undefined; descending: boolean };

/** `queryInfo` of the plan the SDK asks for; names are the service's. */
export type QueryInfo = {
  distinctType: 'None' | 'Ordered' | 'Unordered';
  top: number | null;
  offset: number | null;
  limit: number | null;
  orderBy: ('Ascending' | 'Descending')[];
  orderByExpressions: string[];
  groupByExpressions: string[];
  groupByAliases: string[];
  aggregates: string[];
  groupByAliasToAggregateType: Record<string, string | null>;
  rewrittenQuery: string;
  hasSelectValue: boolean;
  hasNonStreamingOrderBy: boolean;
};

/** A parsed and compiled query; the same object serves every call with the same text. */
export interface CompiledQuery {
  /** True when each row can be answered on its own: no sorting, grouping, DISTINCT, TOP, OFFSET. */
  readonly streaming: boolean;
  /** True when several partition ranges must be merged by the client (ORDER BY, aggregates, …). */
  readonly needsPlan: boolean;
  readonly orderings: readonly Ordering[];
  /** Property paths that filters and orderings look at, for flagging unindexed ones. */
  readonly lookedAt: readonly (readonly string[])[];
  /** The answers of one row (none, one, or several through JOIN). Streaming queries only. */
  each(row: SourceRow, parameters: Parameters): Json[];
  /** All answers over these rows. Any query. */
  all(rows: Iterable<SourceRow>, parameters: Parameters): Json[];
  /**
   * Paths the WHERE clause pins to a finite list of values (`=`, `IN`, `ARRAY_CONTAINS([…], c.x)`
   * in a top-level conjunction): every matching row has one of them there.
   */
  pinned(parameters: Parameters): { path: string[]; values: Json[] }[];
  /** What the SDK's pipeline needs to merge ranges itself; parameters resolve TOP, OFFSET, LIMIT. */
  plan(parameters: Parameters): QueryInfo;
}
