/**
 * The hash of entries is one anybody can make again: SHA-256 over RFC 8785 text.
 */
import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { hashOfContent, sha256 } from '../../shared/azure/entry-hash.ts';

it('does not depend on the order of fields', () => {
  expect(hashOfContent({ b: 1, a: { d: [2, 'é'], c: null } })).toBe(
    sha256('{"a":{"c":null,"d":[2,"é"]},"b":1}'),
  );
});

it('is the SHA-256 of the world', () => {
  expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});

it('refuses what no JSON text stands for', () => {
  expect(() => hashOfContent({ amount: Number.NaN })).toThrow('NaN');
});

it('is that of the library for whatever content there is, however it is written faster', () => {
  const keys = fc.oneof(
    fc.string(),
    fc.constantFrom('10', '9', 'é', '__proto__', 'toJSON', '\u{1f600}', '\ufb00'),
  );
  const { content } = fc.letrec<{ content: unknown }>((tie) => ({
    content: fc.oneof(
      { depthSize: 'small' },
      fc.string({ unit: 'binary' }),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.constantFrom(undefined, null, true, -0, 1e21),
      fc.array(tie('content'), { maxLength: 4 }),
      fc.dictionary(keys, tie('content'), { maxKeys: 5, noNullPrototype: true }),
    ),
  }));
  fc.assert(
    fc.property(fc.dictionary(keys, content, { maxKeys: 5, noNullPrototype: true }), (whole) => {
      expect(hashOfContent(whole)).toBe(sha256(canonicalize(whole)!));
    }),
    { numRuns: 500 },
  );
});

it('is that of the library for content of any size, letters of any language among it', () => {
  for (const letters of [10, 70_000, 700_000])
    for (const letter of ['a', '€', '\n', '\u{1f600}']) {
      const content = { [letter.repeat(9)]: [letter.repeat(letters), { z: 1, a: letter }] };
      expect(hashOfContent(content)).toBe(sha256(canonicalize(content)!));
    }
});
