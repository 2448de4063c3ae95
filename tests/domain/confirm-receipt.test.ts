/**
 * When the clerk is asked why a payment is not posted.
 * From: `shared/domain/confirm-receipt.ts`.
 */
import { expect, it } from 'vitest';
import { isPostingOverdue } from '../../shared/domain/confirm-receipt.ts';
import { evolveAll } from '../../shared/domain/evolve-receipt.ts';
import { wireOf } from './receipt-examples.ts';

const limits = { businessDays: 3, snapshots: 3 };
const paid = wireOf(100, { standing: 'provisional' });
const missedBy = (snapshots: number) =>
  evolveAll(
    paid,
    Array.from({ length: snapshots }, (_, n) => ({
      ...{ kind: 'receiptMissingInFeed', asOf: `2026-03-1${n}T06:00:00Z` },
    })),
  );

it('three snapshots that still show the item make a task, two do not', () => {
  expect([2, 3].map((count) => isPostingOverdue(missedBy(count), 0, limits))).toEqual([false, true]);
});

it('three business days without a word make the same task, two do not', () => {
  expect([2, 3].map((days) => isPostingOverdue(paid, days, limits))).toEqual([false, true]);
});

it('what a feed has shown is no task, however long it took', () => {
  const shown = evolveAll(missedBy(3), [{ kind: 'receiptConfirmed', by: 'feed-1' }]);
  expect(isPostingOverdue(shown, 9, limits)).toBe(false);
});
