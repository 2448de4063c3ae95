/**
 * A book that was set back is complete once snapshots tell it up to when mail was stopped (D17).
 */
import { expect, it } from 'vitest';
import { bookTellsUpTo } from '../../shared/domain/book-complete.ts';

const restoredTo = '2026-06-16T07:00:00Z';
const feedsOf = (...asOf: (string | undefined)[]) =>
  asOf.map((one) => (one === undefined ? {} : { accepted: { asOf: one } as never }));

it('told up to the oldest of the newest snapshots, whatever zone they are written in', () => {
  const feeds = feedsOf('2026-06-17T03:00:00Z', '2026-06-17T02:00:00+02:00', '2026-06-18T03:00:00Z');
  expect(bookTellsUpTo(feeds, restoredTo)).toBe('2026-06-17T02:00:00+02:00');
});

it('a source that was silent for a week before is not waited for, nor one that never had a snapshot taken', () => {
  expect(bookTellsUpTo(feedsOf('2026-06-08T23:59:59Z', undefined), restoredTo)).toBeUndefined();
  expect(bookTellsUpTo(feedsOf('2026-06-08T23:59:59Z', '2026-06-17T03:00:00Z'), restoredTo)).toBe(
    '2026-06-17T03:00:00Z',
  );
  expect(bookTellsUpTo(feedsOf('2026-06-09T00:00:00Z', '2026-06-17T03:00:00Z'), restoredTo)).toBe(
    '2026-06-09T00:00:00Z',
  );
  expect(bookTellsUpTo([], restoredTo)).toBeUndefined();
});
