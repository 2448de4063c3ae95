/**
 * What stores in memory keep of a document is what JSON would bring back of it; two documents are the same when JSON says
 * the same of both. From: invented documents. Next: every test that reads what was written.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isSameJson } from '../../shared/domain/same-json.ts';
import { asWritten } from './memory/as-written.ts';

const document = fc.letrec<{ value: unknown; document: object }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<unknown>(undefined, null, -0, Number.NaN, Infinity, true, new Date(0), new Map([[1, 2]])),
    fc.double(),
    fc.string(),
    fc.array(tie('value'), { maxLength: 4 }),
    tie('document'),
  ),
  document: fc.dictionary(fc.constantFrom('a', 'b', 'c', '7', 'é'), tie('value'), { maxKeys: 4 }),
})).document;
const viaJson = (value: object): unknown => JSON.parse(JSON.stringify(value));

it('what is kept is what JSON brings back, and nobody who changes what they handed in changes it', () => {
  fc.assert(
    fc.property(document, (one) => {
      const kept = asWritten(one);
      expect(kept).toStrictEqual(viaJson(one));
      expect(JSON.stringify(kept)).toBe(JSON.stringify(one));
    }),
  );
  const inner = { amount: 1 };
  const kept = asWritten({ inner, list: [inner] });
  inner.amount = 2;
  expect(kept).toStrictEqual({ inner: { amount: 1 }, list: [{ amount: 1 }] });
});

/** Plain data, as documents are. */
const plain = document.map(viaJson);

it('two documents are the same when their texts are, whatever the order of their names', () => {
  const turned = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map(turned)
      : typeof value === 'object' && value !== null
        ? Object.fromEntries(
            [
              ...Object.entries({ ...value, none: undefined }).map(([name, one]) => [name, turned(one)]),
            ].reverse(),
          )
        : value;
  fc.assert(fc.property(plain, (one) => void expect(isSameJson(one, turned(one))).toBe(true)));
});

it.each<[string, unknown, unknown]>([
  ['a part more', { a: 1 }, { a: 1, b: 2 }],
  ['a part less', { a: 1, b: 2 }, { a: 1 }],
  ['another name', { a: 1 }, { b: 1 }],
  ['nothing in place of a part', { a: 1, b: undefined }, { a: 1, b: null }],
  ['a list in place of an object', { a: [] }, { a: {} }],
  ['a longer list', [1], [1, 2]],
  ['another order of a list', [1, 2], [2, 1]],
  ['a name that every object knows', {}, { toString: 1 }],
])('%s is not the same', (_what, one, other) => {
  expect([isSameJson(one, other), isSameJson(other, one)]).toEqual([false, false]);
});
