/**
 * The aging of somebody who sells: found by the mark of the seller, each account once, whatever else the company has.
 */
import { expect, it } from 'vitest';
import { groupsOfAccounts } from '../../../functions/reporting/read-accounts.ts';
import { newAccount } from '../../../shared/domain/account.ts';
import { postItem } from '../../../shared/domain/post-item.ts';
import { scopeOf, type AccountRule } from '../../../shared/domain/scope.ts';
import type { AccountStore } from '../../../shared/ports/account-store.ts';
import { day, factsOf, itemWith, money } from '../../support/account-examples.ts';
import { memoryAccounts } from '../../support/memory/account-store.ts';
import { everything, tenOClock } from '../../support/test-edge.ts';

const question = {
  companyId: 'c1',
  day: day('2026-11-22'),
  zone: 'UTC',
  view: 'known',
  basis: 'due',
} as const;

const world = async () => {
  const accounts = memoryAccounts();
  const sold: Record<string, string[]> = { a: ['me'], b: ['me', 'team'], c: ['other'], d: [] };
  for (const [at, [accountId, owners]] of Object.entries(sold).entries()) {
    const key = { companyId: 'c1', accountId };
    const amount = money(10 ** (at + 1));
    const item = itemWith({
      id: `item:invoice:${accountId}`,
      number: accountId,
      original: amount,
      open: amount,
    });
    const facts = [
      ...factsOf(postItem(newAccount(key), item)),
      { kind: 'salesOwnersNamed', owners, on: day('2026-03-01') } as const,
    ];
    const change = {
      ...{ at: tenOClock, actor: { kind: 'job', id: 'x' } as const, cause: { kind: 'row', id: '1' }, facts },
    };
    await accounts.append(everything, await accounts.load(everything, key), change);
  }
  const asked: (string | undefined)[] = [];
  const heads: AccountStore['heads'] = (scope, companyId, page) => {
    asked.push(page.mark);
    return accounts.heads(scope, companyId, page);
  };
  const sumFor = async (...rules: AccountRule[]) => {
    asked.length = 0;
    const scope = scopeOf(rules.map((rule) => ({ companies: ['c1'], accounts: rule })));
    const groups = await groupsOfAccounts(question, scope, { ...accounts, heads });
    return Object.values(groups)
      .flatMap((cells) => Object.values(cells))
      .reduce((all: number, amount) => all + Number(amount), 0);
  };
  return { asked, sumFor };
};

const sells = (...ids: string[]): AccountRule => ({ by: 'salesOwner', ids });

it('reads heads that bear the mark of the seller, and an account of two sellers once', async () => {
  const { asked, sumFor } = await world();
  expect(await sumFor(sells('me'))).toBe(110);
  expect(asked).toEqual(['sells:me']);
  expect(await sumFor(sells('me', 'team'))).toBe(110);
  expect(asked).toEqual(['sells:me', 'sells:team']);
  expect(await sumFor(sells('team'), sells('other'))).toBe(1_100);
  expect(await sumFor(sells('nobody'))).toBe(0);
});

it('looks at every head where something else lies in the scope, too', async () => {
  const { asked, sumFor } = await world();
  expect(await sumFor(sells('me'), { by: 'grant', accountId: 'd', itemIds: 'all' })).toBe(10_110);
  expect(asked).toEqual([undefined]);
});
