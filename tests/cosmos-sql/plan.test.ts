/**
 * The plan of each kind of query, and that ranges answered by the rewritten query can be merged to the answer.
 * From: queries as this product writes them. Next: the SDK's pipeline does the merging for real.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileQuery } from '../../local/cosmos/sql/compile-query.ts';
import type { Json, JsonObject, QueryInfo } from '../../local/cosmos/sql/types.ts';
import { SqlError } from '../../local/cosmos/sql/types.ts';
import { compareValues } from '../../local/cosmos/sql/values.ts';
import { answers, parametersOf } from './rows.ts';

const plain: QueryInfo = {
  distinctType: 'None',
  top: null,
  offset: null,
  limit: null,
  orderBy: [],
  orderByExpressions: [],
  groupByExpressions: [],
  groupByAliases: [],
  aggregates: [],
  groupByAliasToAggregateType: {},
  rewrittenQuery: '',
  hasSelectValue: false,
  hasNonStreamingOrderBy: false,
};
const resume = '{documentdb-formattableorderbyquery-filter}';
const planOf = (text: string, values: Record<string, Json> = {}) =>
  compileQuery(text).plan(parametersOf(values));

describe('what the SDK is told to merge', () => {
  it.each<[string, Partial<QueryInfo>]>([
    ['SELECT * FROM c WHERE c.x = 1', {}],
    ['SELECT VALUE c.x FROM c', { hasSelectValue: true }],
    [
      'SELECT * FROM c ORDER BY c.due',
      {
        orderBy: ['Ascending'],
        orderByExpressions: ['c["due"]'],
        rewrittenQuery: `SELECT c._rid, [{"item": c["due"]}] AS orderByItems, c AS payload FROM c WHERE (${resume}) ORDER BY c["due"] ASC`,
      },
    ],
    [
      'SELECT TOP 5 i.id, i.a.b AS n FROM i WHERE i.k = 1 OR i.k = 2 ORDER BY i.due DESC, i.id',
      {
        top: 5,
        orderBy: ['Descending', 'Ascending'],
        orderByExpressions: ['i["due"]', 'i["id"]'],
        rewrittenQuery: `SELECT TOP 5 i._rid, [{"item": i["due"]}, {"item": i["id"]}] AS orderByItems, {"id": i["id"], "n": i["a"]["b"]} AS payload FROM i WHERE (((i["k"] = 1) OR (i["k"] = 2)) AND ${resume}) ORDER BY i["due"] DESC, i["id"] ASC`,
      },
    ],
    [
      'SELECT VALUE c.id FROM c ORDER BY c.due OFFSET @from LIMIT @size',
      {
        offset: 20,
        limit: 10,
        hasSelectValue: true,
        orderBy: ['Ascending'],
        orderByExpressions: ['c["due"]'],
        rewrittenQuery: `SELECT c._rid, [{"item": c["due"]}] AS orderByItems, c["id"] AS payload FROM c WHERE (${resume}) ORDER BY c["due"] ASC OFFSET 0 LIMIT 30`,
      },
    ],
    [
      'SELECT VALUE COUNT(1) FROM c WHERE c.x > @size',
      {
        aggregates: ['Count'],
        hasSelectValue: true,
        rewrittenQuery: 'SELECT VALUE [{"item": COUNT(1)}] FROM c WHERE (c["x"] > @size)',
      },
    ],
    [
      'SELECT VALUE AVG(c.x) FROM c',
      {
        aggregates: ['Average'],
        hasSelectValue: true,
        rewrittenQuery: 'SELECT VALUE [{"item": {"sum": SUM(c["x"]), "count": COUNT(c["x"])}}] FROM c',
      },
    ],
    [
      'SELECT SUM(c.x) AS s, MIN(c.x) AS least, MAX(c.x) FROM c',
      {
        groupByAliases: ['s', 'least', '$1'],
        groupByAliasToAggregateType: { s: 'Sum', least: 'Min', $1: 'Max' },
        rewrittenQuery:
          'SELECT {"s": {"item": SUM(c["x"])}, "least": {"item": MIN(c["x"]), "item2": {"min": MIN(c["x"]), "count": COUNT(c["x"])}}, "$1": {"item": MAX(c["x"]), "item2": {"max": MAX(c["x"]), "count": COUNT(c["x"])}}} AS payload FROM c',
      },
    ],
    [
      'SELECT c.k, LEFT(c.due, 7) AS month, COUNT(1) AS n FROM c GROUP BY c.k, LEFT(c.due, 7) OFFSET 0 LIMIT 3',
      {
        offset: 0,
        limit: 3,
        groupByExpressions: ['c["k"]', 'LEFT(c["due"], 7)'],
        groupByAliases: ['k', 'month', 'n'],
        groupByAliasToAggregateType: { k: null, month: null, n: 'Count' },
        rewrittenQuery:
          'SELECT [{"item": c["k"]}, {"item": LEFT(c["due"], 7)}] AS groupByItems, {"k": c["k"], "month": LEFT(c["due"], 7), "n": {"item": COUNT(1)}} AS payload FROM c GROUP BY c["k"], LEFT(c["due"], 7)',
      },
    ],
    [
      'SELECT VALUE SUM(c.x) FROM c GROUP BY c.k',
      {
        aggregates: ['Sum'],
        hasSelectValue: true,
        groupByExpressions: ['c["k"]'],
        rewrittenQuery:
          'SELECT [{"item": c["k"]}] AS groupByItems, [{"item": SUM(c["x"])}] AS payload FROM c GROUP BY c["k"]',
      },
    ],
    [
      'SELECT VALUE c.k FROM c GROUP BY c.k',
      {
        hasSelectValue: true,
        groupByExpressions: ['c["k"]'],
        rewrittenQuery: 'SELECT [{"item": c["k"]}] AS groupByItems, c["k"] AS payload FROM c GROUP BY c["k"]',
      },
    ],
    ['SELECT TOP @size * FROM c', { top: 10 }],
    ['SELECT DISTINCT c.k FROM c', { distinctType: 'Unordered' }],
    [
      'SELECT c.id FROM c OFFSET 20 LIMIT 10',
      { offset: 20, limit: 10, rewrittenQuery: 'SELECT c["id"] FROM c OFFSET 0 LIMIT 30' },
    ],
    [
      'SELECT DISTINCT VALUE c.k FROM c OFFSET 2 LIMIT 2',
      {
        distinctType: 'Unordered',
        hasSelectValue: true,
        offset: 2,
        limit: 2,
        rewrittenQuery: 'SELECT DISTINCT VALUE c["k"] FROM c OFFSET 0 LIMIT 4',
      },
    ],
    [
      'SELECT DISTINCT TOP 2 VALUE c.k FROM c ORDER BY c.k',
      {
        distinctType: 'Ordered',
        hasSelectValue: true,
        top: 2,
        orderBy: ['Ascending'],
        orderByExpressions: ['c["k"]'],
        rewrittenQuery: `SELECT c._rid, [{"item": c["k"]}] AS orderByItems, c["k"] AS payload FROM c WHERE (${resume}) ORDER BY c["k"] ASC`,
      },
    ],
    [
      'SELECT DISTINCT VALUE c.k FROM c ORDER BY c.k DESC OFFSET 1 LIMIT 2',
      {
        distinctType: 'Ordered',
        hasSelectValue: true,
        offset: 1,
        limit: 2,
        orderBy: ['Descending'],
        orderByExpressions: ['c["k"]'],
        rewrittenQuery: `SELECT c._rid, [{"item": c["k"]}] AS orderByItems, c["k"] AS payload FROM c WHERE (${resume}) ORDER BY c["k"] DESC`,
      },
    ],
  ])('%s', (text, expected) => {
    expect(planOf(text, { '@from': 20, '@size': 10 })).toEqual({ ...plain, ...expected });
  });

  it('an order that does not cover the answer does not make DISTINCT ordered', () => {
    expect(planOf('SELECT DISTINCT c.k, c.m FROM c ORDER BY c.k').distinctType).toBe('Unordered');
    expect(planOf('SELECT DISTINCT c.k FROM c ORDER BY c.m, c.k').distinctType).toBe('Unordered');
    expect(planOf('SELECT DISTINCT c.m, c.k FROM c ORDER BY c.k, c.m').distinctType).toBe('Ordered');
  });

  it.each([
    'SELECT VALUE COUNT(1) + 1 FROM c',
    'SELECT {"n": COUNT(1)} AS o FROM c',
    'SELECT SUM(c.x) / COUNT(1) FROM c',
  ])('%s runs in one partition, but no client could merge it', (text) => {
    expect(answers(text, [{ x: 1 }])).toHaveLength(1);
    expect(() => planOf(text)).toThrow(SqlError);
  });
});

/** What one range answers to the rewritten query; `filter` goes where the SDK puts it. */
const rangeAnswers = (text: string, bodies: JsonObject[], filter = 'true') => {
  const rewritten = planOf(text).rewrittenQuery || text;
  return answers(rewritten.replace(resume, filter), bodies) as JsonObject[];
};

const bodies = fc.array(
  fc.record(
    { k: fc.nat(3), x: fc.oneof(fc.nat(9), fc.constantFrom<Json>(null, 'a', true)) },
    { requiredKeys: ['k'] },
  ),
  { maxLength: 12 },
);

describe('what ranges answer can be merged', () => {
  it.each([
    'SELECT c.k, c.x FROM c ORDER BY c.x DESC OFFSET 2 LIMIT 3',
    'SELECT c.k, c.x FROM c ORDER BY c.k, c.x DESC OFFSET 1 LIMIT 9',
    'SELECT TOP 4 c.k, c.x FROM c WHERE c.k > 0 ORDER BY c.x',
  ])('%s', (text) => {
    fc.assert(
      fc.property(bodies, bodies, (left, right) => {
        const { orderBy, top, offset, limit } = planOf(text);
        const keysOf = (row: JsonObject) => row['orderByItems'] as JsonObject[];
        const compare = (a: JsonObject, b: JsonObject) => {
          const orders = orderBy.map((direction, i) => {
            const order = compareValues(keysOf(a)[i]?.['item'], keysOf(b)[i]?.['item']);
            return direction === 'Descending' ? -order : order;
          });
          return orders.find((order) => order !== 0) ?? 0;
        };
        const merged = [...rangeAnswers(text, left), ...rangeAnswers(text, right)].sort(compare);
        const from = offset ?? 0;
        const page = merged.slice(from, from + (top ?? limit ?? 0)).map((row) => row['payload']);
        expect(page).toEqual(answers(text, [...left, ...right]));
      }),
    );
  });

  it('groups and their counts', () => {
    const text = 'SELECT c.k, COUNT(c.x) AS n FROM c GROUP BY c.k';
    fc.assert(
      fc.property(bodies, bodies, (left, right) => {
        const counts = new Map<string, number>();
        for (const row of [...rangeAnswers(text, left), ...rangeAnswers(text, right)]) {
          const payload = row['payload'] as { k: number; n: { item: number } };
          const key = JSON.stringify(row['groupByItems']);
          counts.set(key, (counts.get(key) ?? 0) + payload.n.item);
        }
        const merged = [...counts].map(([key, n]) => ({
          k: (JSON.parse(key) as [{ item: number }])[0].item,
          n,
        }));
        expect(merged).toEqual(answers(text, [...left, ...right]));
      }),
    );
  });

  it('the mean', () => {
    const numbers = fc.array(
      fc.integer().map((x) => ({ x })),
      { minLength: 1 },
    );
    fc.assert(
      fc.property(numbers, numbers, (left, right) => {
        const cells = [left, right].flatMap((range) => rangeAnswers('SELECT VALUE AVG(c.x) FROM c', range));
        const parts = cells.map(
          (cell) => (cell as unknown as [{ item: { sum: number; count: number } }])[0].item,
        );
        const [sum, count] = [
          parts.reduce((all, p) => all + p.sum, 0),
          parts.reduce((all, p) => all + p.count, 0),
        ];
        expect([sum / count]).toEqual(answers('SELECT VALUE AVG(c.x) FROM c', [...left, ...right]));
      }),
    );
  });

  it('a range goes on where the resume condition says', () => {
    const text = 'SELECT c.x FROM c ORDER BY c.x';
    const rows = rangeAnswers(text, [{ x: 'b' }, { x: "a\\'" }, { x: 'c' }], '(c["x"] > \'a\\\\\\u0027\')');
    expect(rows.map((row) => row['payload'])).toEqual([{ x: 'b' }, { x: 'c' }]);
  });
});
