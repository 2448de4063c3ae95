/**
 * What every `AccountStore` promises of written-off items: over all accounts of a company, by relief day.
 */
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import type { Day } from '../../shared/domain/calendar.ts';
import { postItem } from '../../shared/domain/post-item.ts';
import { scopeOf, scopeOver } from '../../shared/domain/scope.ts';
import { writeOffSmall } from '../../shared/domain/write-off.ts';
import type { AccountStore } from '../../shared/ports/account-store.ts';
import { append, idOf } from './account-store.suite.ts';
import { day, factsOf, itemWith, money } from '../support/account-examples.ts';

const all = scopeOver('all');
const on = day('2026-03-10');

export const writtenOffSuite = (store: () => AccountStore): void => {
  const writtenOff = async (companyId: string, accountId: string, fromOn?: Day): Promise<void> => {
    const key = { companyId, accountId };
    const fresh = await store().load(all, key);
    const loaded = await append(store(), fresh, [
      ...factsOf(postItem(fresh.account, itemWith({ id: idOf(1) }))),
      ...factsOf(postItem(fresh.account, itemWith({ id: idOf(2) }))),
    ]);
    const request = { itemId: idOf(1), writeOffId: 'w', amount: money(50), by: 'ann', reason: 'OLD', on };
    const relief = fromOn === undefined ? undefined : { jurisdiction: 'GB', fromOn };
    await append(store(), loaded, factsOf(writeOffSmall(loaded.account, request, {}, () => relief)));
  };
  const pages = async (companyId: string, until?: Day) => {
    const found: string[] = [];
    let after: string | undefined;
    do {
      const page = await store().writtenOff(all, companyId, {
        limit: 2,
        ...(until === undefined ? {} : { until }),
        ...(after === undefined ? {} : { after }),
      });
      found.push(...page.items.map(({ accountId, item }) => `${accountId} ${item.id}`));
      ({ after } = page);
    } while (after !== undefined);
    return found;
  };

  it('lists what was written off by relief day, account and id, page by page, nothing else', async () => {
    const companyId = randomUUID();
    await writtenOff(companyId, 'b b', day('2026-06-01'));
    await writtenOff(companyId, 'never');
    await writtenOff(companyId, 'a', day('2026-06-01'));
    await writtenOff(companyId, 'first', day('2026-05-31'));
    await writtenOff(randomUUID(), 'elsewhere', day('2026-05-31'));
    const ids = ['first', 'a', 'b b', 'never'].map((accountId) => `${accountId} ${idOf(1)}`);
    expect(await pages(companyId)).toEqual(ids);
    expect(await pages(companyId, day('2026-06-01'))).toEqual(ids.slice(0, 3));
    expect(await pages(companyId, day('2026-05-31'))).toEqual(ids.slice(0, 1));
    expect(await pages(companyId, day('2026-05-30'))).toEqual([]);
  });

  it('shows none outside the scope, and none to somebody who reaches but a part of the company', async () => {
    const companyId = randomUUID();
    await writtenOff(companyId, 'a', day('2026-06-01'));
    const part = scopeOf([{ companies: [companyId], accounts: { by: 'collector', ids: ['ann'] } }]);
    for (const scope of [scopeOver(['elsewhere']), part])
      expect(await store().writtenOff(scope, companyId, { limit: 9 })).toEqual({ items: [] });
  });
};
