/**
 * Who sells to an account is what its items and its customer file say.
 */
import { describe, expect, it } from 'vitest';
import type { AccountWork } from '../../shared/domain/account-work.ts';
import type { DeltaRow } from '../../shared/domain/feed-rows.ts';
import { salesOwnersNews } from '../../shared/domain/sales-owners.ts';
import { day } from '../support/account-examples.ts';

const on = day('2026-03-10');
const items = (...owners: (string | undefined)[]): AccountWork => ({
  ...{ accountId: 'a1', do: 'update', source: 'erp' },
  rows: owners.map((salesOwner) => ({ parties: salesOwner === undefined ? {} : { salesOwner } }) as DeltaRow),
});
const customer = (salesOwner?: string): AccountWork => ({
  ...{ accountId: 'a1', do: 'customers', source: 'erp', asOf: '2026-03-11T05:00:00Z' },
  rows: [{ row: 1, accountId: 'a1', name: 'A', isClosed: false, ...(salesOwner ? { salesOwner } : {}) }],
});
const ownersAfter = (before: string[] | undefined, work: AccountWork): readonly string[] | undefined => {
  const fact = salesOwnersNews(before === undefined ? {} : { salesOwners: before }, work, on);
  return fact?.kind === 'salesOwnersNamed' ? fact.owners : undefined;
};

describe('who sells to an account', () => {
  it.each<[string, string[] | undefined, AccountWork, string[] | undefined]>([
    ['is whom its first items name', undefined, items('sue', undefined, 'bob', 'sue'), ['bob', 'sue']],
    ['grows with an item that names somebody else', ['sue'], items('bob'), ['bob', 'sue']],
    ['is no news when it is known', ['sue', 'bob'], items('bob'), undefined],
    ['stays when items name nobody', ['sue'], items(undefined), undefined],
    ['is whom the customer file names now, and nobody before', ['sue', 'bob'], customer('ann'), ['ann']],
    ['stays when the customer file names nobody', ['sue'], customer(), undefined],
  ])('%s', (_what, before, work, after) => {
    expect(ownersAfter(before, work)).toEqual(after);
  });

  it('is twenty at most', () => {
    const many = Array.from({ length: 30 }, (_, n) => `o${n}`);
    expect(ownersAfter([], items(...many))).toHaveLength(20);
  });

  it('is not what closed history says', () => {
    const history = { ...items('sue'), do: 'history' } as AccountWork;
    expect(ownersAfter([], history)).toBeUndefined();
  });
});
