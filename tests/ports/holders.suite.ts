/**
 * What every `AccountStore` promises of documents sought over all accounts of a company.
 */
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { postItem } from '../../shared/domain/post-item.ts';
import { scopeOf, scopeOver } from '../../shared/domain/scope.ts';
import type { AccountStore } from '../../shared/ports/account-store.ts';
import { append, idOf } from './account-store.suite.ts';
import { factsOf, itemWith } from '../support/account-examples.ts';

const all = scopeOver('all');

export const holdersSuite = (store: () => AccountStore): void => {
  const posted = async (companyId: string, accountId: string, ...numbers: number[]): Promise<void> => {
    const fresh = await store().load(all, { companyId, accountId });
    const facts = numbers.flatMap((n) => factsOf(postItem(fresh.account, itemWith({ id: idOf(n) }))));
    await append(store(), fresh, facts);
  };
  const held = async (companyId: string, ids: string[], scope = all) =>
    (await store().holders(scope, companyId, ids)).map(({ accountId, item }) => `${accountId} ${item.id}`);

  it('finds items by their ids on whatever account of the company, and nothing else', async () => {
    const companyId = randomUUID();
    await posted(companyId, 'a', 1, 2);
    await posted(companyId, 'b', 2, 3);
    await posted(randomUUID(), 'elsewhere', 1, 2);
    const found = await held(companyId, [idOf(1), idOf(2), idOf(2), idOf(9), 'head']);
    expect(found.toSorted()).toEqual([`a ${idOf(1)}`, `a ${idOf(2)}`, `b ${idOf(2)}`]);
    expect(await held(companyId, [])).toEqual([]);
    expect(await held(companyId, [idOf(9)])).toEqual([]);
  });

  it('finds them among hundreds of ids', async () => {
    const companyId = randomUUID();
    await posted(companyId, 'a', 7);
    const ids = Array.from({ length: 500 }, (_, n) => idOf(n));
    expect(await held(companyId, ids)).toEqual([`a ${idOf(7)}`]);
  });

  it('tells nothing outside the scope, and nothing to somebody who reaches but a part of the company', async () => {
    const companyId = randomUUID();
    await posted(companyId, 'a', 1);
    const part = scopeOf([{ companies: [companyId], accounts: { by: 'collector', ids: ['ann'] } }]);
    expect(await held(companyId, [idOf(1)], scopeOver(['other']))).toEqual([]);
    expect(await held(companyId, [idOf(1)], part)).toEqual([]);
  });
};
