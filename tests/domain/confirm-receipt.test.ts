/**
 * Provisional receipts against the ERP's feeds: the cases of `defaults.md` §2.6 that concern receipts.
 * From: `shared/domain/confirm-receipt.ts`.
 */
import { describe, expect, it } from 'vitest';
import { sha256 } from '../../shared/azure/entry-hash.ts';
import { confirmByFeed, isPostingOverdue } from '../../shared/domain/confirm-receipt.ts';
import type { FeedSighting } from '../../shared/domain/confirm-receipt.ts';
import { amountOf } from '../../shared/domain/money.ts';
import { evolveAll } from '../../shared/domain/evolve-receipt.ts';
import type { Receipt } from '../../shared/domain/receipt.ts';
import { reservePortions } from '../../shared/domain/reserve-portions.ts';
import { branch, decided, part, wireOf } from './receipt-examples.ts';

const paid = (amount: number, id = 'portal-1', receivedAt = '2026-03-10T10:00:00Z'): Receipt => {
  const receipt = wireOf(amount, { id, receivedAt, standing: 'provisional', bankReference: `ref-${id}` });
  return evolveAll(receipt, decided(reservePortions(receipt, 'r1', [part(1, 'A', amount)], 500, sha256)));
};

const feed = (asOf: string, lowered?: number): FeedSighting => ({
  id: `feed-${asOf}`,
  asOf,
  references: [],
  lowered: lowered === undefined ? [] : [{ account: branch(1), itemId: 'A', amount: amountOf(lowered) }],
});

const limits = { businessDays: 3, snapshots: 3 };
const hear = (receipt: Receipt, said: FeedSighting, all = [receipt]): Receipt =>
  evolveAll(receipt, decided(confirmByFeed(receipt, all, said)));

describe('the portal pays A at 10:00', () => {
  it('a snapshot of 06:00 that still shows A changes nothing; the claim is lowered all the same', () => {
    const after = hear(paid(100), feed('2026-03-10T06:00:00Z'));
    expect([after.standing, after.missingInFeeds]).toEqual(['provisional', []]);
  });

  it('the next snapshot without A confirms it, and the claim is left to the book', () => {
    const after = hear(paid(100), feed('2026-03-11T06:00:00Z', 100));
    expect(after.standing).toBe('confirmed');
    expect(decided(confirmByFeed(after, [after], feed('2026-03-12T06:00:00Z')))).toEqual([]);
  });

  it('three snapshots that still show it make a task, and A is still not chased', () => {
    let receipt = paid(100);
    for (const day of ['11', '12', '12', '13']) {
      expect(isPostingOverdue(receipt, 0, limits)).toBe(false);
      receipt = hear(receipt, feed(`2026-03-${day}T06:00:00Z`));
    }
    expect(isPostingOverdue(receipt, 0, limits)).toBe(true);
  });

  it('three business days without a word make the same task', () => {
    expect([2, 3].map((days) => isPostingOverdue(paid(100), days, limits))).toEqual([false, true]);
  });

  it('a journal that names its reference confirms it whatever the items', () => {
    const named = { ...feed('2026-03-11T06:00:00Z'), references: ['ref-portal-1'] };
    expect(hear(paid(100), named).standing).toBe('confirmed');
  });

  it('a reduction by another amount does not confirm it', () => {
    expect(hear(paid(100), feed('2026-03-11T06:00:00Z', 99)).standing).toBe('provisional');
  });
});

describe('two receipts for one item', () => {
  const first = paid(50, 'portal-1', '2026-03-10T08:00:00Z');
  const second = paid(50, 'portal-2', '2026-03-10T09:00:00Z');
  const both = [second, first];

  it('one reduction confirms one of them, the first', () => {
    const said = feed('2026-03-11T06:00:00Z', 50);
    const after = both.map((one) => hear(one, said, both));
    expect(after.map(({ standing }) => standing)).toEqual(['provisional', 'confirmed']);
    const again = { ...second };
    expect(hear(again, said, [again, hear(first, said, both)]).standing).toBe('provisional');
  });

  it('a reduction by both confirms both', () => {
    const said = feed('2026-03-11T06:00:00Z', 100);
    expect(both.map((one) => hear(one, said, both).standing)).toEqual(['confirmed', 'confirmed']);
  });
});
