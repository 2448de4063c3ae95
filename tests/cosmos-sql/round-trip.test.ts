/**
 * A printed query is the query: the SDK sends back what the plan printed, and must get what was meant.
 * From: invented trees. Next: `plan.ts` relies on it.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseQuery } from '../../local/cosmos/sql/parse-query.ts';
import { printExpression, printQuery } from '../../local/cosmos/sql/print.ts';
import { answers, valueOf } from './rows.ts';
import { anyExpression, anyQuery } from './trees.ts';

const spellings = (text: string) => parseQuery(`SELECT VALUE ${text} FROM c`).select;

describe('print and parse', () => {
  it('any tree comes back from its text', () => {
    fc.assert(
      fc.property(anyQuery, (query) => {
        expect(parseQuery(printQuery(query))).toEqual(query);
      }),
      { numRuns: 300 },
    );
  });

  it('spaces and remarks between words change nothing', () => {
    fc.assert(
      fc.property(anyQuery, fc.constantFrom('\n', '\t ', ' -- remark\r\n'), (query, gap) => {
        const text = printQuery(query);
        const words = text
          .split(/("(?:[^"\\]|\\.)*")/)
          .map((part, place) => (place % 2 ? part : part.replaceAll(' ', gap)));
        expect(parseQuery(words.join(''))).toEqual(query);
      }),
    );
  });

  it.each([
    ['c.x', 'c["x"]', "c['x']"],
    ['1 + 2 * 3', '1 + (2 * 3)', '(1 + (2 * 3))'],
    ['1 - 2 - 3', '(1 - 2) - 3', '((1 - 2) - 3)'],
    ['NOT c.a = 1', '(NOT c.a) = 1', 'not c.a = 1'],
    ['a.b AND c.d OR e.f', '(a.b AND c.d) OR e.f', 'a.b and c.d or e.f'],
    ['1 < 2 = true', '(1 < 2) = true', '1<2=true'],
    ['c.a BETWEEN 1 AND 2 AND c.b', '(c.a BETWEEN 1 AND 2) AND c.b', '(c.a between 1 and 2)AND c.b'],
    ['c.a NOT IN (1, 2) AND true', '(c.a NOT IN (1, 2)) AND true', 'c.a not in(1,2) and true'],
    ['a.x ? 1 : b.x ? 2 : 3', 'a.x ? 1 : (b.x ? 2 : 3)', 'a.x?1:(b.x?2:3)'],
    ['a.x ?? b.x ? 1 : 2', '(a.x ?? b.x) ? 1 : 2', '(a.x??b.x)?1:2'],
    ['c.x <> 1', 'c.x != 1', '(c.x!=1)'],
    ["'it\\u0027s'", '"it\'s"', "'it\\'s'"],
  ])('%s reads like %s', (first, ...others) => {
    for (const other of others) expect(spellings(other)).toEqual(spellings(first));
  });

  it('a chain as long as allowed can be printed and read again', () => {
    const text = `SELECT * FROM c WHERE ${Array(400).fill('c.x + 1 - 2 = 3').join(' OR ')}`;
    expect(parseQuery(printQuery(parseQuery(text)))).toEqual(parseQuery(text));
  });
});

describe('evaluation', () => {
  const body = { x: 1, s: 'text', list: [1, { x: 2 }], o: { x: 'y' }, t: true, z: null };
  const values = { '@p': 'text' };

  it('never fails, whatever the types, and gives JSON or nothing', () => {
    fc.assert(
      fc.property(anyExpression, (expression) => {
        const value = valueOf(printExpression(expression), body, values);
        if (value !== undefined) expect(JSON.parse(JSON.stringify(value))).toEqual(normal(value));
      }),
      { numRuns: 500 },
    );
  });

  it('a filter passes exactly what is true', () => {
    fc.assert(
      fc.property(anyExpression, (expression) => {
        const text = printExpression(expression);
        const passes = answers(`SELECT VALUE 1 FROM c WHERE ${text}`, [body], values).length === 1;
        expect(passes).toBe(valueOf(text, body, values) === true);
      }),
      { numRuns: 500 },
    );
  });

  it('a constant yields the same as a parameter, beside a row or alone', () => {
    fc.assert(
      fc.property(anyExpression, (expression) => {
        const text = printExpression(expression);
        const alone = valueOf(text, body, values);
        expect(valueOf(`[${text}][0]`, body, values)).toEqual(alone);
        expect(valueOf(`(SELECT VALUE ${text})`, body, values)).toEqual(alone);
      }),
    );
  });
});

/** -0 is 0 in JSON. */
const normal = (value: unknown): unknown =>
  Object.is(value, -0)
    ? 0
    : Array.isArray(value)
      ? value.map(normal)
      : isRecord(value)
        ? mapped(value)
        : value;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const mapped = (value: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(value).map(([name, member]) => [name, normal(member)]));
