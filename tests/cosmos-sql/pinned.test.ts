/**
 * Which values a WHERE clause pins a path to: the store looks nowhere else, so none may be missing.
 * From: conditions. Next: `store/` picks partitions, items or an index.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileQuery } from '../../local/cosmos/sql/compile-query.ts';
import { equalValues } from '../../local/cosmos/sql/values.ts';
import { parametersOf, rowOf } from './rows.ts';

const values = { '@a': 'A', '@list': ['x', 'y'], '@n': 3 };
const pins = (where: string, from = 'c') =>
  compileQuery(`SELECT VALUE 1 FROM ${from} WHERE ${where}`).pinned(parametersOf(values));

describe('pinned', () => {
  it.each([
    ['c.k = "A"', [{ path: ['k'], values: ['A'] }]],
    ['@a = c.k', [{ path: ['k'], values: ['A'] }]],
    ['c.o["p q"] = -1', [{ path: ['o', 'p q'], values: [-1] }]],
    ['c.k = @n + 1', [{ path: ['k'], values: [4] }]],
    ['c.k = UPPER("b")', [{ path: ['k'], values: ['B'] }]],
    ['c.k IN ("A", @n, null)', [{ path: ['k'], values: ['A', 3, null] }]],
    ['ARRAY_CONTAINS(@list, c.k)', [{ path: ['k'], values: ['x', 'y'] }]],
    ['ARRAY_CONTAINS([1, 2], c.k)', [{ path: ['k'], values: [1, 2] }]],
    ['ARRAY_CONTAINS(@n, c.k)', [{ path: ['k'], values: [] }]],
    ['c.k = undefined', [{ path: ['k'], values: [] }]],
    ['c.k = null', [{ path: ['k'], values: [null] }]],
    ['c.k = {"a": [1]}', [{ path: ['k'], values: [{ a: [1] }] }]],
    [
      'c.id = "i" AND (c.k = "A" AND c.z > 1)',
      [
        { path: ['id'], values: ['i'] },
        { path: ['k'], values: ['A'] },
      ],
    ],
  ])('%s', (where, expected) => expect(pins(where)).toEqual(expected));
});

describe('not pinned', () => {
  it.each([
    'c.k = "A" OR c.z = 1',
    'NOT (c.k = "A")',
    'c.k != "A"',
    'c.k NOT IN ("A")',
    'c.k > "A"',
    'c.k = c.other',
    'c.k IN ("A", c.other)',
    'c.list[0] = 1',
    'LOWER(c.k) = "a"',
    'c = {"a": 1}',
    'ARRAY_CONTAINS(c.list, "A")',
    'ARRAY_CONTAINS([{"a": 1}], c.k, true)',
    'EXISTS(SELECT VALUE l FROM l IN c.list WHERE l.k = "A")',
    'c.k = (SELECT VALUE MAX(l) FROM l IN c.list)',
    '(c.k = "A") = false',
    '(c.k = "A") ?? true',
  ])('%s', (where) => expect(pins(where)).toEqual([]));

  it('an element of a list', () => expect(pins('l.k = 1', 'c JOIN l IN c.list')).toEqual([]));
  it('but the item behind a join is', () => {
    expect(pins('c.k = 1 AND l.k = 2', 'c JOIN l IN c.list')).toEqual([{ path: ['k'], values: [1] }]);
    expect(pins('o.k = 1', 'c.o AS o')).toEqual([{ path: ['o', 'k'], values: [1] }]);
  });
});

it('every row that matches has one of the pinned values', () => {
  const scalar = fc.constantFrom(null, true, 0, 1, 'a', 'b');
  const literal = scalar.map((value) => JSON.stringify(value));
  const path = fc.constantFrom('c.k', 'c.m', 'c.o.k');
  const condition = fc.letrec<{ tree: string }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 3 },
      fc.tuple(path, literal).map(([p, v]) => `${p} = ${v}`),
      fc.tuple(literal, path).map(([v, p]) => `${v} = ${p}`),
      fc
        .tuple(path, fc.array(literal, { minLength: 1, maxLength: 3 }))
        .map(([p, l]) => `${p} IN (${l.join()})`),
      fc.tuple(path, fc.array(literal)).map(([p, l]) => `ARRAY_CONTAINS([${l.join()}], ${p})`),
      fc
        .tuple(tie('tree'), fc.constantFrom('AND', 'OR', '??', '='), tie('tree'))
        .map(([a, o, b]) => `(${a}) ${o} (${b})`),
      tie('tree').map((a) => `NOT (${a})`),
    ),
  })).tree;
  const body = fc.record(
    { k: scalar, m: scalar, o: fc.record({ k: scalar }, { requiredKeys: [] }) },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(condition, body, (where, item) => {
      const query = compileQuery(`SELECT VALUE 1 FROM c WHERE ${where}`);
      if (query.each(rowOf(item), new Map()).length === 0) return;
      for (const pin of query.pinned(new Map())) {
        const found = compileQuery(`SELECT VALUE c.${pin.path.join('.')} FROM c`).each(
          rowOf(item),
          new Map(),
        );
        expect(found.some((value) => pin.values.some((wanted) => equalValues(value, wanted)))).toBe(true);
      }
    }),
    { numRuns: 1000 },
  );
});
