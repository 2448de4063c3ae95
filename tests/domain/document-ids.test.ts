/**
 * Ids of documents: safe in the store, and different for different documents.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  entryIdOf,
  itemIdOf,
  longestId,
  paymentIdOf,
  type DocumentKey,
} from '../../shared/domain/document-ids.ts';
import { sha256 } from '../../shared/azure/entry-hash.ts';

const idOf = (more: Partial<DocumentKey>) =>
  itemIdOf({ type: 'invoice', number: '7', part: '1', ...more }, sha256);

it.each<[Partial<DocumentKey>, string]>([
  [{}, 'item:invoice:7'],
  [{ number: '007' }, 'item:invoice:007'],
  [{ number: 'A/7 #ä' }, 'item:invoice:A~2F7~20~23~C3~A4'],
  [{ fiscalYear: '2026' }, 'item:invoice:7:2026'],
  [{ fiscalYear: '2026', part: '2' }, 'item:invoice:7:2026:2'],
  [{ part: '2' }, 'item:invoice:7::2'],
])('%j is %s', (key, id) => {
  expect(idOf(key)).toBe(id);
});

it('a number too long for the store is known by its hash', () => {
  const [one, other] = [idOf({ number: `${'9'.repeat(250)}1` }), idOf({ number: `${'9'.repeat(250)}2` })];
  expect(one).toMatch(/^item:invoice:~sha256:[0-9a-f]{64}$/);
  expect(one).not.toBe(other);
});

it('payments and entries have ids of their own', () => {
  expect(paymentIdOf('r:1', '1', sha256)).toBe('payment:r~3A1');
  expect(paymentIdOf('r', '2', sha256)).toBe('payment:r:2');
  expect(entryIdOf(42)).toBe('entry:0000000042');
});

it('different documents have different ids, none longer than the store allows', () => {
  const text = fc.string({ minLength: 1, maxLength: 40, unit: 'binary' });
  const document = fc.record({ number: text, part: text, fiscalYear: text });
  fc.assert(
    fc.property(document, document, (a, b) => {
      expect(idOf(a) === idOf(b)).toBe(JSON.stringify(a) === JSON.stringify(b));
      expect(idOf(a).length).toBeLessThanOrEqual(longestId + 64);
    }),
    { numRuns: 1_000 },
  );
});
