/** Which credit of a feed is which money on account beside the book: by its reference, else only without a choice. */
import { describe, expect, it } from 'vitest';
import { creditsFor, type Rival } from '../../shared/domain/confirm-on-account.ts';
import type { AccountItem } from '../../shared/domain/account.ts';
import type { Item } from '../../shared/domain/item.ts';
import { postItem } from '../../shared/domain/post-item.ts';
import { after, day, itemWith, key, money } from '../support/account-examples.ts';

const since = day('2026-03-09');
const received = (id: string, more: Partial<Rival> = {}): Rival => ({
  ...{ paymentId: id, account: key, amount: money(500), currency: 'EUR', bankReference: '' },
  ...more,
});
const credit = (number: string, more: Partial<Item> = {}): AccountItem => {
  const id = `item:payment:${number}`;
  const size = money(-500);
  const of = { id, number, kind: 'paymentOnAccount', original: size, open: size } as const;
  return after((account) =>
    postItem(account, itemWith({ ...of, postedOn: day('2026-03-10'), ...more })),
  ).items.get(id)!;
};
const found = (id: string, rivals: readonly Rival[], open: readonly AccountItem[]): string[] =>
  creditsFor(id, rivals, open, since).map(({ number }) => number);

describe('money on account and the credits a feed shows', () => {
  it('one of each is the same money', () => {
    expect(found('a', [received('a')], [credit('C')])).toEqual(['C']);
  });

  it.each<[string, Partial<Item>]>([
    ['of another amount', { original: money(-501), open: money(-501) }],
    ['of another currency', { currency: 'USD' }],
    ['of another kind', { kind: 'creditNote' }],
    ['posted before the money can have been shown', { postedOn: day('2026-03-08') }],
  ])('a credit %s is other money', (_what, more) => {
    expect(found('a', [received('a')], [credit('C', more)])).toEqual([]);
  });

  it('two of the same amount and one credit: nobody knows whose it is', () => {
    const two = [received('a'), received('b')];
    expect([found('a', two, [credit('C')]), found('b', two, [credit('C')])]).toEqual([[], []]);
  });

  it('two of the same amount and two credits: each is one of them, once', () => {
    const two = [received('a'), received('b')];
    const credits = [credit('C'), credit('D')];
    expect([found('a', two, credits), found('b', two, credits)]).toEqual([['C'], ['D']]);
  });

  it('money of another account or amount takes no credit away', () => {
    const others = [
      received('b', { amount: money(501) }),
      received('c', { account: { ...key, accountId: 'x' } }),
    ];
    expect(found('a', [received('a'), ...others], [credit('C')])).toEqual(['C']);
  });

  it('the credit that bears the reference is its money, whoever came first', () => {
    const two = [received('a'), received('b', { bankReference: 'W-7' })];
    const named = credit('C', { references: { order: 'wire W-7' } });
    expect([found('a', two, [named]), found('b', two, [named])]).toEqual([[], ['C']]);
  });
});
