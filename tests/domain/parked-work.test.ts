/**
 * Parked work: ids that are the same for the same work and safe in every store.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { escapeId } from '../../shared/domain/document-ids.ts';
import { parkedId } from '../../shared/domain/parked-work.ts';

it('escapes every byte that is not a letter, digit, dot, underscore or hyphen', () => {
  expect(escapeId('A-z_0.9')).toBe('A-z_0.9');
  expect(escapeId('inv/7 #ä')).toBe('inv~2F7~20~23~C3~A4');
});

it('gives different work different ids, and the same work the same', () => {
  const parts = fc.record({ source: fc.string(), workId: fc.string() });
  fc.assert(
    fc.property(parts, parts, (a, b) => {
      expect(parkedId(a) === parkedId(b)).toBe(utf8(a) === utf8(b));
      expect(parkedId(a)).toMatch(/^work:[A-Za-z0-9._~-]*:[A-Za-z0-9._~-]*$/);
    }),
    { numRuns: 10_000 },
  );
});

/** Lone surrogates all become the same replacement bytes, as they do on every wire. */
const utf8 = (work: { source: string; workId: string }): string =>
  Buffer.from(
    JSON.stringify([Buffer.from(work.source).toString('hex'), Buffer.from(work.workId).toString('hex')]),
  ).toString();
