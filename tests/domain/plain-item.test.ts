/**
 * What the head marks as plain: items whose claim goes by nothing else, and no others.
 */
import { expect, it } from 'vitest';
import { newAccount, type AccountItem } from '../../shared/domain/account.ts';
import { evolve } from '../../shared/domain/evolve.ts';
import { isPlainItem } from '../../shared/domain/plain-item.ts';
import { postItem } from '../../shared/domain/post-item.ts';
import { day, factsOf, itemWith, money } from '../support/account-examples.ts';

const plain: AccountItem = {
  ...itemWith({ id: 'item:invoice:1' }),
  ...{ changes: [], allocated: money(0), provisional: [], writeOffs: [], recoveries: [] },
};
const receipt = { id: 'r', amount: money(5), receivedOn: day('2026-11-24') };

it('an invoice with nothing about it is plain, also with money that its books show by now', () => {
  expect(isPlainItem(plain)).toBe(true);
  expect(isPlainItem({ ...plain, provisional: [{ ...receipt, state: 'confirmed' }] })).toBe(true);
});

it.each<[string, Partial<AccountItem>]>([
  ['promised or disputed in part', { heldParts: [{ id: 'p', code: 'promised', amount: money(1) }] }],
  ['retained in part', { retention: { amount: money(1) } }],
  ['collected by direct debit', { method: 'directDebit' }],
  ['assigned to a factor', { assignedTo: 'factor' }],
  ['blocked by the ERP', { erpBlock: 'A' }],
  ['approved by the customer for a day', { apPayOn: day('2026-12-01') }],
  ['with a fault', { faults: ['source-row-refused'] }],
  ['of the same group', { isIntercompany: true }],
  ['insured', { isInsured: true }],
  ['paid in part as its books do not show yet', { provisional: [{ ...receipt, state: 'noted' }] }],
])('one that is %s is not', (_what, more) => expect(isPlainItem({ ...plain, ...more })).toBe(false));

it('the head tells which are, as they are posted and as they change', () => {
  const key = { companyId: 'c', accountId: 'a' };
  const posted = (isInsured: boolean, number: string) =>
    factsOf(postItem(newAccount(key), itemWith({ id: `item:invoice:${number}`, number, isInsured })));
  const account = evolve(newAccount(key), [...posted(false, '1'), ...posted(true, '2')]);
  const marks = ({ head }: typeof account) => head.openItems?.map(({ isPlain = false }) => isPlain);
  expect(marks(account)).toEqual([true, false]);
  const blocked = evolve(account, [
    {
      kind: 'itemAmended',
      ...{ itemId: 'item:invoice:1', on: day('2026-11-24'), amendment: { erpBlock: 'A' } },
    },
  ]);
  expect(marks(blocked)).toEqual([false, false]);
});
