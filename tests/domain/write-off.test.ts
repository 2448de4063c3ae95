/**
 * Write-offs within limits and with approval, recoveries, provisional money: one promise per case.
 */
import { describe, expect, it } from 'vitest';
import type { Account } from '../../shared/domain/account.ts';
import {
  confirmProvisional,
  noteProvisional,
  withdrawProvisional,
} from '../../shared/domain/note-provisional.ts';
import { postItem } from '../../shared/domain/post-item.ts';
import { recover } from '../../shared/domain/recover.ts';
import {
  approveWriteOff,
  completeWriteOff,
  requestWriteOff,
  writeOffSmall,
  type WriteOffRequest,
} from '../../shared/domain/write-off.ts';
import { after, codeOf, day, factsOf, itemWith, money, openOf } from '../support/account-examples.ts';

const on = day('2026-03-10');
const collector = { perItem: money(5_000), perAccountAndQuarter: money(25_000) };
const manager = { perItem: money(500_000) };
const post =
  (id = 'i1') =>
  (account: Account) =>
    postItem(account, itemWith({ id }));
const requestOf = (more: Partial<WriteOffRequest> = {}): WriteOffRequest => ({
  ...{ itemId: 'i1', writeOffId: 'w1', by: 'ann', on, amount: money(5_000), reason: 'SMALL', ...more },
});
const small =
  (more: Partial<WriteOffRequest> = {}) =>
  (account: Account) =>
    writeOffSmall(account, requestOf(more), collector);
const ask =
  (more: Partial<WriteOffRequest> = {}) =>
  (account: Account) =>
    requestWriteOff(account, requestOf({ amount: money(10_000), ...more }));
const approve =
  (by = 'bea', limits: { perItem?: ReturnType<typeof money> } = manager) =>
  (account: Account) =>
    approveWriteOff(account, { itemId: 'i1', writeOffId: 'w1', by, on }, limits);
const complete = (account: Account) =>
  completeWriteOff(account, { itemId: 'i1', writeOffId: 'w1', by: 'bea', on });
const recovered =
  (amount: number, changeId = 'v1') =>
  (account: Account) =>
    recover(account, { itemId: 'i1', changeId, amount: money(amount), on });
const note =
  (amount: number, receiptId = 'r1') =>
  (account: Account) =>
    noteProvisional(account, { itemId: 'i1', receiptId, amount: money(amount), on });

describe('write-offs of one person', () => {
  it('50.00 of an item is within the limit and goes to expense', () => {
    const account = after(post(), small());
    expect(openOf(account, 'i1')).toBe(5_000);
    expect(account.head.balances['EUR']?.ledger).toMatchObject({ writtenOff: 5_000 });
    expect(factsOf(small()(account))).toEqual([]);
  });

  it('50.01 of an item needs another person', () => {
    expect(codeOf(small({ amount: money(5_001) })(after(post())))).toBe('above-limit');
  });

  it('a second write-off of the same item counts together with the first', () => {
    const account = after(post(), small());
    expect(codeOf(small({ writeOffId: 'w2', amount: money(1) })(account))).toBe('above-limit');
  });

  it('250.00 of an account in a quarter is the end, the next quarter begins anew', () => {
    const five = ['i1', 'i2', 'i3', 'i4', 'i5'].flatMap((itemId) => [
      post(itemId),
      small({ itemId, writeOffId: `w-${itemId}` }),
    ]);
    const account = after(...five, post('i6'));
    const sixth = { itemId: 'i6', writeOffId: 'w6', amount: money(1) };
    expect(codeOf(small(sixth)(account))).toBe('above-limit');
    expect(codeOf(small({ ...sixth, on: day('2026-04-01') })(account))).toBe('done');
  });

  it.each([
    ['without a reason', { reason: '' }, 'reason-missing'],
    ['of more than is open', { amount: money(10_001) }, 'more-than-open'],
    ['of nothing', { amount: money(0) }, 'amount-not-possible'],
    ['of an item that is not there', { itemId: 'i9' }, 'item-not-found'],
  ])('none %s', (_what, more, code) => {
    expect(codeOf(small(more)(after(post())))).toBe(code);
  });
});

describe('write-offs of two persons', () => {
  it('one asks, another approves, then it is done', () => {
    const account = after(post(), ask(), approve(), complete);
    expect(openOf(account, 'i1')).toBe(0);
    expect(account.items.get('i1')?.writeOffs).toMatchObject([
      { requestedBy: 'ann', approvedBy: 'bea', state: 'done' },
    ]);
    expect([approve()(account), complete(account)].map(factsOf)).toEqual([[], []]);
  });

  it('nobody approves what they asked for', () => {
    expect(codeOf(approve('ann')(after(post(), ask())))).toBe('same-person');
  });

  it('nobody approves above their own limit', () => {
    expect(codeOf(approve('bea', { perItem: money(9_999) })(after(post(), ask())))).toBe('above-limit');
  });

  it('a limit is for all of an item, however many pieces it is asked for in', () => {
    const limits = { perItem: money(9_999) };
    const pieces = [ask({ amount: money(5_000) }), approve('bea', limits)];
    const first = after(post(), ...pieces, complete, ask({ amount: money(5_000), writeOffId: 'w2' }));
    const second = { itemId: 'i1', writeOffId: 'w2', by: 'bea', on };
    expect(codeOf(approveWriteOff(first, second, limits))).toBe('above-limit');
    expect(codeOf(approveWriteOff(first, second, { perItem: money(10_000) }))).toBe('done');
  });

  it('nothing is written off that nobody approved', () => {
    expect(codeOf(complete(after(post(), ask())))).toBe('not-approved');
  });

  it('what was paid meanwhile is not written off, too', () => {
    const account = after(post(), ask(), approve(), small({ writeOffId: 'w2' }));
    expect(codeOf(complete(account))).toBe('more-than-open');
  });
});

describe('recoveries', () => {
  it('money that comes later is income and opens nothing', () => {
    const account = after(post(), small(), recovered(2_000));
    expect(openOf(account, 'i1')).toBe(5_000);
    expect(account.head.balances['EUR']?.ledger).toMatchObject({ cash: 2_000, recovered: -2_000 });
    expect(factsOf(recovered(2_000)(account))).toEqual([]);
  });

  it('no more comes back than was written off', () => {
    const account = after(post(), small(), recovered(2_000));
    expect(codeOf(recovered(3_001, 'v2')(account))).toBe('more-than-left');
    expect(codeOf(recovered(3_000, 'v2')(account))).toBe('done');
  });
});

describe('provisional money', () => {
  it('lowers the claim and never the book', () => {
    const account = after(post(), note(4_000));
    expect(account.head.balances['EUR']).toMatchObject({ open: 10_000, provisional: 4_000 });
    expect(factsOf(note(4_000)(account))).toEqual([]);
  });

  it('is no more than the item claims', () => {
    const account = after(post(), note(4_000));
    expect(codeOf(note(6_001, 'r2')(account))).toBe('more-than-open');
  });

  it('is gone when the feed confirms it, and when it is withdrawn', () => {
    const named = { itemId: 'i1', receiptId: 'r1', on };
    const confirmed = after(post(), note(4_000), (account) => confirmProvisional(account, named));
    const withdrawn = after(post(), note(4_000), (account) =>
      withdrawProvisional(account, { ...named, reason: 'returned' }),
    );
    for (const { head } of [confirmed, withdrawn])
      expect(head.balances['EUR']).toMatchObject({ open: 10_000, provisional: 0 });
    expect(factsOf(confirmProvisional(confirmed, named))).toEqual([]);
    expect(codeOf(confirmProvisional(withdrawn, named))).toBe('change-differs');
  });
});
