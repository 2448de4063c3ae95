/** Each invariant of an account's money finds the defect it is for, and nothing in a sound account. */
import { expect, it } from 'vitest';
import type { AccountItem } from '../../shared/domain/account.ts';
import { checkAccount } from '../../shared/domain/invariants.ts';
import { postItem } from '../../shared/domain/post-item.ts';
import { after, itemWith, money } from '../support/account-examples.ts';

const account = after(
  (now) => postItem(now, itemWith({ id: 'i1' })),
  (now) => postItem(now, itemWith({ id: 'c1', kind: 'creditNote' })),
);
const broken = (id: string, more: Partial<AccountItem>): string[] => {
  const items = [{ ...account.items.get(id)!, ...more }];
  const found = checkAccount({ head: account.head, items, hasAllOpen: false });
  return [...new Set(found.map(({ invariant }) => invariant))].toSorted();
};

it('a sound account has none', () => {
  expect(checkAccount({ head: account.head, items: account.items.values(), hasAllOpen: true })).toEqual([]);
});

it.each<[string, string, Partial<AccountItem>, string[]]>([
  ['an item open with more than its changes left', 'i1', { open: money(9_999) }, ['M1']],
  ['an item open with more than it ever was for', 'i1', { open: money(10_001) }, ['M1', 'M2']],
  ['an invoice that owes the customer', 'i1', { open: money(-10_000) }, ['M1', 'M2']],
  ['a credit that is owed', 'c1', { open: money(10_000) }, ['M1', 'M2']],
  ['a credit that gave more than it was for', 'c1', { allocated: money(10_001) }, ['M1', 'M9']],
  ['a credit that took', 'c1', { allocated: money(-1) }, ['M1', 'M9']],
])('%s', (_what, id, more, invariants) => {
  expect(broken(id, more)).toEqual(invariants);
});

it.each([
  ['approved by who asked for it', 'ann'],
  ['that lowered nothing', 'bea'],
])('a write-off %s', (_what, approvedBy) => {
  const writeOff = { id: 'w', amount: money(1), reason: 'OLD', requestedBy: 'ann', approvedBy } as const;
  expect(broken('i1', { writeOffs: [{ ...writeOff, state: 'done' }] })).toEqual(['M11']);
});

it('more that came back than was written off', () => {
  const back = { id: 'r', amount: money(1), on: account.items.get('i1')!.postedOn };
  expect(broken('i1', { recoveries: [back] })).toEqual(['M11']);
});

it('balances that are not what is open, and sides that do not come to nothing', () => {
  const balance = account.head.balances['EUR']!;
  const codesOf = (more: Partial<typeof balance>): string[] => {
    const head = { ...account.head, balances: { EUR: { ...balance, ...more } } };
    const found = checkAccount({ head, items: account.items.values(), hasAllOpen: true });
    return [...new Set(found.map(({ invariant }) => invariant))].toSorted();
  };
  expect(codesOf({ open: money(1) })).toEqual(['M1']);
  expect(codesOf({ ledger: { ...balance.ledger, receivables: money(1) } })).toEqual(['M1', 'M3']);
});
