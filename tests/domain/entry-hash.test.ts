/**
 * The hash of entries is one anybody can make again: SHA-256 over RFC 8785 text.
 */
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
