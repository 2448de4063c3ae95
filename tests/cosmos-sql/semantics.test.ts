/**
 * What expressions yield, as the service's own interpreter does it: undefined is a value, types do not mix.
 * From: one item and one expression per case. Next: filters and projections rest on it.
 */
import { describe, expect, it } from 'vitest';
import { likeToRegExp } from '../../local/cosmos/sql/like.ts';
import type { Json } from '../../local/cosmos/sql/types.ts';
import { answers, valueOf } from './rows.ts';

const item = {
  n: 5,
  s: 'Abc',
  t: true,
  z: null,
  list: [1, 'two', { k: 1, m: 2 }],
  o: { a: { b: 1 }, 'odd name': 2 },
  constructorless: {},
};

type Case = [expression: string, value: Json | undefined];
const check = ([expression, value]: Case) => expect(valueOf(expression, item)).toEqual(value);

describe('comparisons', () => {
  it.each<Case>([
    ['c.n = 5', true],
    ['c.n = 5.0', true],
    ['c.n = "5"', false],
    ['c.n != "5"', true],
    ['c.n <> 6', true],
    ['c.s != null', true],
    ['c.z = null', true],
    ['c.none = null', undefined],
    ['c.none != 1', undefined],
    ['c.none = undefined', undefined],
    ['c.n < 6', true],
    ['c.n < "6"', undefined],
    ['c.n >= null', undefined],
    ['c.s < "B"', true],
    ['false < true', true],
    ['null <= null', true],
    ['c.list < c.list', undefined],
    ['c.o = {"odd name": 2, "a": {"b": 1}}', true],
    ['c.o = {"a": {"b": 1}}', false],
    ['c.list = [1, "two", {"m": 2, "k": 1}]', true],
    ['c.list = [1, "two"]', false],
    ['c.n BETWEEN 1 AND 5', true],
    ['c.n NOT BETWEEN 1 AND 5', false],
    ['c.n BETWEEN "a" AND "z"', undefined],
    ['c.n IN (1, 5)', true],
    ['c.n NOT IN (1, 5)', false],
    ['c.n IN (1, c.none)', undefined],
    ['c.n IN (c.none, 5)', true],
    ['c.none IN (1)', undefined],
    ['c.z IN (null)', true],
  ])('%s is %j', (...one) => check(one));
});

describe('logic knows true, false and undefined', () => {
  it.each<Case>([
    ['true AND c.none', undefined],
    ['c.none AND false', false],
    ['false AND c.none', false],
    ['c.none OR true', true],
    ['c.none OR false', undefined],
    ['1 AND true', undefined],
    ['NOT c.t', false],
    ['NOT c.none', undefined],
    ['NOT 1', undefined],
    ['NOT c.t = false', true],
    ['NOT (c.n = 5)', false],
    ['true OR false AND false', true],
    ['c.t ? "yes" : "no"', 'yes'],
    ['c.none ? "yes" : "no"', 'no'],
    ['c.none ?? "instead"', 'instead'],
    ['c.z ?? "instead"', null],
    ['c.none ?? c.nil ?? 3', 3],
    ['IIF(c.t, 1, 2)', 1],
    ['IIF(c.n, 1, 2)', 2],
  ])('%s is %j', (...one) => check(one));
});

describe('arithmetic and text', () => {
  it.each<Case>([
    ['1 + 2 * 3', 7],
    ['(1 + 2) * 3', 9],
    ['10 - 2 - 3', 5],
    ['7 % 4', 3],
    ['-c.n', -5],
    ['+c.s', undefined],
    ['1 / 0', undefined],
    ['c.n + "1"', undefined],
    ['c.s || "-" || "x"', 'Abc-x'],
    ['c.s || 1', undefined],
    ['"it\'s \\"so\\" \\u00e9\\n"', 'it\'s "so" é\n'],
    ["'it\\'s'", "it's"],
    ['1.5e2', 150],
    ['.5', 0.5],
    ['1 -- the rest of the line is a remark\n + 1', 2],
  ])('%s is %j', (...one) => check(one));
});

describe('paths and literals', () => {
  it.each<Case>([
    ['c.o.a.b', 1],
    ['c["o"]["odd name"]', 2],
    ['c.list[1]', 'two'],
    ['c.list[9]', undefined],
    ['c.list[-1]', undefined],
    ['c.list["length"]', undefined],
    ['c.s.length', undefined],
    ['c.constructor', undefined],
    ['c.constructorless.toString', undefined],
    ['c.o["__proto__"]', undefined],
    ['c[c.s = "Abc" ? "n" : "s"]', 5],
    ['[1, c.none, 2]', [1, 2]],
    ['{"a": c.n, "b": c.none, d: null}', { a: 5, d: null }],
    ['c._ts', 0],
    ['c._rid', 'rid-0'],
    ['undefined', undefined],
  ])('%s is %j', (...one) => check(one));

  it('a member called __proto__ is data like any other', () => {
    const body = JSON.parse('{"__proto__": {"x": 1}}') as { [name: string]: Json };
    expect(valueOf('c["__proto__"].x', body)).toBe(1);
    expect(JSON.stringify(valueOf('{"__proto__": 3}', body))).toBe('{"__proto__":3}');
  });
});

describe('functions on strings', () => {
  it.each<Case>([
    ['STARTSWITH(c.s, "ab")', false],
    ['STARTSWITH(c.s, "ab", true)', true],
    ['startswith(c.s, "Ab")', true],
    ['ENDSWITH(c.s, "BC", true)', true],
    ['CONTAINS(c.s, "b")', true],
    ['CONTAINS(c.s, "B")', false],
    ['CONTAINS(c.n, "B")', undefined],
    ['CONTAINS(c.s, "B", "yes")', undefined],
    ['STRINGEQUALS(c.s, "abc", true)', true],
    ['LOWER(c.s)', 'abc'],
    ['UPPER(c.s)', 'ABC'],
    ['LENGTH(c.s)', 3],
    ['LENGTH(c.list)', undefined],
    ['SUBSTRING(c.s, 1, 5)', 'bc'],
    ['SUBSTRING(c.s, 1, 0)', ''],
    ['INDEX_OF(c.s, "c")', 2],
    ['INDEX_OF(c.s, "x")', -1],
    ['INDEX_OF("abab", "a", 1)', 2],
    ['REPLACE("a.b.c", ".", "-")', 'a-b-c'],
    ['CONCAT("a", "b", "c")', 'abc'],
    ['CONCAT("a", 1)', undefined],
    ['TRIM("  a ")', 'a'],
    ['LTRIM("  a ")', 'a '],
    ['RTRIM("  a ")', '  a'],
    ['LEFT(c.s, 2)', 'Ab'],
    ['RIGHT(c.s, 2)', 'bc'],
    ['RIGHT(c.s, 0)', ''],
    ['REVERSE(c.s)', 'cbA'],
    ['ToString(1.5)', '1.5'],
    ['ToString(c.none)', undefined],
    ['StringToNumber(" 12.5 ")', 12.5],
    ['StringToNumber("0x10")', undefined],
    ['StringToBoolean("true")', true],
  ])('%s is %j', (...one) => check(one));
});

describe('functions on types, numbers and arrays', () => {
  it.each<Case>([
    ['IS_DEFINED(c.z)', true],
    ['IS_DEFINED(c.none)', false],
    ['IS_NULL(c.z)', true],
    ['IS_NULL(c.none)', false],
    ['IS_STRING(c.s)', true],
    ['IS_NUMBER(c.s)', false],
    ['IS_INTEGER(1.5)', false],
    ['IS_BOOL(c.t)', true],
    ['IS_ARRAY(c.list)', true],
    ['IS_OBJECT(c.list)', false],
    ['IS_OBJECT(c.z)', false],
    ['IS_PRIMITIVE(c.z)', true],
    ['IS_PRIMITIVE(c.none)', false],
    ['ABS(-2)', 2],
    ['FLOOR(-1.5)', -2],
    ['CEILING(1.2)', 2],
    ['ROUND(2.5)', 3],
    ['ROUND(-2.5)', -3],
    ['TRUNC(-1.9)', -1],
    ['SQRT(-1)', undefined],
    ['POWER(2, 10)', 1024],
    ['ARRAY_CONTAINS(c.list, "two")', true],
    ['ARRAY_CONTAINS(c.list, {"k": 1})', false],
    ['ARRAY_CONTAINS(c.list, {"k": 1}, true)', true],
    ['ARRAY_CONTAINS(c.list, {"k": 2}, true)', false],
    ['ARRAY_CONTAINS(c.s, "A")', undefined],
    ['ARRAY_LENGTH(c.list)', 3],
    ['ARRAY_SLICE(c.list, 1, 1)', ['two']],
    ['ARRAY_SLICE(c.list, -1)', [{ k: 1, m: 2 }]],
    ['ARRAY_CONCAT([1], [2, 3])', [1, 2, 3]],
    ['ARRAY_CONCAT([1], 2)', undefined],
  ])('%s is %j', (...one) => check(one));
});

describe('LIKE', () => {
  it.each<Case>([
    ['c.s LIKE "A%"', true],
    ['c.s LIKE "a%"', false],
    ['c.s LIKE "_b_"', true],
    ['c.s NOT LIKE "%z%"', true],
    ['c.n LIKE "5"', undefined],
    ['"a.c" LIKE "a.c"', true],
    ['"abc" LIKE "a.c"', false],
    ['"50%" LIKE "50!%" ESCAPE "!"', true],
    ['"500" LIKE "50!%" ESCAPE "!"', false],
    ['"bat" LIKE "[a-c]at"', true],
    ['"rat" LIKE "[^a-c]at"', true],
    ['"two\\nlines" LIKE "two%lines"', true],
  ])('%s is %j', (...one) => check(one));

  it('a pattern whose range runs backwards matches nothing', () => {
    expect(likeToRegExp('[z-a]', undefined)).toBeUndefined();
    expect(valueOf('"m" LIKE "[z-a]"')).toBe(false);
  });

  it('one query serves several patterns', () => {
    const text = 'SELECT VALUE c.s FROM c WHERE c.s LIKE @pattern';
    const bodies = [{ s: 'left' }, { s: 'right' }];
    expect(answers(text, bodies, { '@pattern': 'l%' })).toEqual(['left']);
    expect(answers(text, bodies, { '@pattern': 'r%' })).toEqual(['right']);
  });
});
