/**
 * Order, equality and canonical text of values: what sorting, grouping and DISTINCT rest on.
 * From: invented JSON of any shape. Next: `run.ts` and the operators.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseQuery } from '../../local/cosmos/sql/parse-query.ts';
import type { Json } from '../../local/cosmos/sql/types.ts';
import { canonicalText, compareValues, equalValues } from '../../local/cosmos/sql/values.ts';
import type { Value } from '../../local/cosmos/sql/values.ts';
import { answers, valueOf } from './rows.ts';

const json = fc.jsonValue({ maxDepth: 3, noUnicodeString: false }).map((value) => value as Json);
/** Few different values, so that equal ones meet. */
const small: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(null, true, false, 0, -0, 1, '', '1', 'a', 'b', [], [1], ['1'], {}, { a: 1 }),
  fc.constantFrom<Json>([[]], { a: null }, { a: 1, b: 2 }, { b: 2, a: 1 }, { b: 1, a: 2 }, { 'a":1,"b': 2 }),
);
const value: fc.Arbitrary<Value> = fc.oneof(small, json, fc.constant(undefined));

describe('the order of values is total', () => {
  it('each pair stands one way round', () => {
    fc.assert(
      fc.property(value, value, (a, b) => {
        expect(Math.sign(compareValues(a, b)) + Math.sign(compareValues(b, a))).toBe(0);
        expect(Number.isNaN(compareValues(a, b))).toBe(false);
      }),
    );
  });
  it('what is between two others is between them', () => {
    fc.assert(
      fc.property(value, value, value, (a, b, c) => {
        const boxes = [{ v: a }, { v: b }, { v: c }].sort((x, y) => compareValues(x.v, y.v));
        const [first, second, third] = boxes.map((box) => box.v);
        expect(compareValues(first, second)).toBeLessThanOrEqual(0);
        expect(compareValues(second, third)).toBeLessThanOrEqual(0);
        expect(compareValues(first, third)).toBeLessThanOrEqual(0);
      }),
    );
  });
  it('equal values, and no others, stand level', () => {
    fc.assert(
      fc.property(small, small, (a, b) => {
        expect(compareValues(a, b) === 0).toBe(equalValues(a, b));
      }),
    );
  });
});

describe('canonical text', () => {
  it('is the same for equal values only', () => {
    fc.assert(
      fc.property(fc.oneof(small, json), fc.oneof(small, json), (a, b) => {
        expect(canonicalText(a) === canonicalText(b)).toBe(equalValues(a, b));
      }),
      { numRuns: 1000 },
    );
  });
  it('does not depend on the order of members', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), json), (object) => {
        const turned = Object.fromEntries(Object.entries(object).reverse());
        expect(canonicalText(turned)).toBe(canonicalText(object));
        expect(equalValues(turned, object)).toBe(true);
      }),
    );
  });
});

describe('in queries', () => {
  it('a value equals itself and differs from any other, as a parameter too', () => {
    fc.assert(
      fc.property(small, small, (a, b) => {
        expect(valueOf('c.a = @b', { a }, { '@b': b })).toBe(equalValues(a, b));
        expect(valueOf('c.a != @b', { a }, { '@b': b })).toBe(!equalValues(a, b));
        expect(valueOf('c.a IN (@b)', { a }, { '@b': b })).toBe(equalValues(a, b));
      }),
    );
  });
  it('groups hold the rows whose keys are equal', () => {
    fc.assert(
      fc.property(fc.array(small, { maxLength: 20 }), (keys) => {
        const counts = answers(
          'SELECT VALUE COUNT(1) FROM c GROUP BY c.k',
          keys.map((k) => ({ k })),
        );
        const firsts = keys.filter((k, place) => keys.findIndex((other) => equalValues(other, k)) === place);
        expect(counts).toEqual(firsts.map((k) => keys.filter((other) => equalValues(other, k)).length));
      }),
    );
  });
  it('any JSON written as a literal comes back as it was', () => {
    fc.assert(
      fc.property(json, (any) => {
        const text = JSON.stringify(any);
        expect(parseQuery(`SELECT VALUE ${text} FROM c`).from).toHaveLength(1);
        expect(valueOf(text)).toEqual(JSON.parse(text));
      }),
    );
  });
});
