/**
 * What every `AccountStore` promises to somebody who reaches part of a company only.
 */
import { describe, expect, it } from 'vitest';
import type { AccountKey } from '../../shared/domain/account.ts';
import { scopeOf, scopeOver, type AccountRule, type Scope } from '../../shared/domain/scope.ts';
import type { AccountStore, Paper } from '../../shared/ports/account-store.ts';
import { append, changeOf, fill, freshKey, idOf, posting } from './account-store.suite.ts';
import { day } from '../support/account-examples.ts';

const all = scopeOver('all');
const over = (accounts: AccountRule, companyId = 'c1') => scopeOf([{ companies: [companyId], accounts }]);
const on = day('2026-03-10');

export const accountsInScopeSuite = (store: () => AccountStore): void => {
  const assigned = async (): Promise<AccountKey> => {
    const key = freshKey();
    await fill(store(), key, 3);
    const loaded = await store().load(all, key);
    await append(store(), loaded, [
      { kind: 'accountAssigned', to: 'ann', on },
      { kind: 'salesOwnersNamed', owners: ['team-north', 'sue'], on },
    ]);
    return key;
  };
  const shows = async (key: AccountKey, rule: AccountRule): Promise<number> =>
    (await store().load(over(rule), key)).account.head.version;

  it.each<[string, AccountRule, boolean]>([
    ['the collector it is assigned to', { by: 'collector', ids: ['bob', 'ann'] }, true],
    ['another collector', { by: 'collector', ids: ['bob'] }, false],
    ['its sales owner', { by: 'salesOwner', ids: ['sue'] }, true],
    ['a team that sells to it', { by: 'salesOwner', ids: ['team-north'] }, true],
    ['another seller', { by: 'salesOwner', ids: ['team-south'] }, false],
    ['whoever sees no accounts', { by: 'none' }, false],
  ])('%s', async (_who, rule, isShown) => {
    const key = await assigned();
    expect(await shows(key, rule)).toBe(isShown ? 2 : 0);
  });

  it('an account of somebody else answers, call by call, as one that never was', async () => {
    const scope = over({ by: 'collector', ids: ['bob'] });
    const [foreign, never] = [await assigned(), freshKey()];
    const answers = (key: AccountKey) =>
      Promise.all([
        store()
          .load(scope, key, [idOf(0)])
          .then(({ account: { head, items }, mark }) => ({
            ...{ head: { ...head, accountId: '' }, items, mark },
          })),
        store().entries(scope, key, { afterVersion: 0, limit: 10 }),
        store().moves(scope, key, { afterVersion: 0, limit: 10 }),
        store().openItems(scope, key, { limit: 10 }),
        store().items(scope, key, { state: 'all', limit: 10 }),
        store().paper(scope, key, 'contact:1'),
      ]);
    expect(await answers(foreign)).toEqual(await answers(never));
  });

  it('the collector of an account reads and changes it like anybody who may', async () => {
    const key = await assigned();
    const scope = over({ by: 'collector', ids: ['ann'] });
    const loaded = await store().load(scope, key, [idOf(1)]);
    expect(loaded.account.items.size).toBe(1);
    const said = await store().append(scope, loaded, changeOf(posting(loaded, [7])));
    expect(said.outcome).toBe('appended');
    expect((await store().entries(scope, key, { afterVersion: 0, limit: 10 })).length).toBe(3);
    expect((await store().openItems(scope, key, { limit: 10 })).items).toHaveLength(4);
  });

  it('nobody changes an account outside their scope, even one they loaded before', async () => {
    const key = await assigned();
    const loaded = await store().load(all, key);
    const change = changeOf(posting(loaded, [8]));
    for (const rule of [{ by: 'collector', ids: ['bob'] }, { by: 'none' }] as const)
      await expect(store().append(over(rule), loaded, change)).rejects.toThrow('out of scope');
    await expect(store().append(scopeOver(['c2']), loaded, change)).rejects.toThrow('out of scope');
  });

  describe('lent for some items', () => {
    const lent = (accountId: string) =>
      over({ by: 'grant', accountId, itemIds: [idOf(0), idOf(2), idOf(99)] });

    it('shows those items and their sums, and nothing else of the account', async () => {
      const key = await assigned();
      const { account, mark } = await store().load(lent(key.accountId), key, [idOf(0), idOf(1)]);
      expect([...account.items.keys()]).toEqual([idOf(0)]);
      expect(account.head.openItems?.map(({ id }) => id)).toEqual([idOf(0), idOf(2)]);
      expect(account.head.balances['EUR']?.open).toBe(20_000);
      expect([account.head.openCount, account.head.assignedTo, mark]).toEqual([2, undefined, undefined]);
      expect([account.head.lastHash, account.head.smallWriteOffs]).toEqual(['', {}]);
    });

    it('pages through those that are open', async () => {
      const key = await assigned();
      const first = await store().openItems(lent(key.accountId), key, { limit: 1 });
      expect(first.items.map(({ id }) => id)).toEqual([idOf(0)]);
      const next = { limit: 5, ...(first.after === undefined ? {} : { after: first.after }) };
      const second = await store().openItems(lent(key.accountId), key, next);
      expect([second.items.map(({ id }) => id), second.after]).toEqual([[idOf(2)], undefined]);
    });

    it('shows no journal and takes no change', async () => {
      const key = await assigned();
      const scope = lent(key.accountId);
      expect(await store().entries(scope, key, { afterVersion: 0, limit: 10 })).toEqual([]);
      expect(await store().moves(scope, key, { afterVersion: 0, limit: 10 })).toEqual([]);
      const loaded = await store().load(scope, key);
      const change = changeOf([{ kind: 'accountAssigned', to: 'me', on }]);
      await expect(store().append(scope, loaded, change)).rejects.toThrow('out of scope');
    });

    it('shows the papers of the customer as they are today, no note and no earlier ones', async () => {
      const key = await assigned();
      const loaded = await store().load(all, key);
      const papers: Paper[] = [
        { id: 'contact:1', content: { name: 'Acme' } },
        { id: 'contact:0', content: { name: 'Old' } },
        { id: 'note:1', content: { text: 'pays late' } },
      ];
      const noted = changeOf([{ kind: 'masterDataNoted', masterData: 'contact:1', on }]);
      await store().append(all, loaded, noted, new Map(), papers);
      const seen = (scope: Scope) =>
        Promise.all(
          papers.map(({ id }) =>
            store()
              .paper(scope, key, id)
              .then((one) => one !== undefined),
          ),
        );
      expect(await seen(lent(key.accountId))).toEqual([true, false, false]);
      expect(await seen(over({ by: 'collector', ids: ['ann'] }))).toEqual([true, true, true]);
      expect(await seen(lent('another'))).toEqual([false, false, false]);
    });

    it('opens no other account', async () => {
      const key = await assigned();
      expect((await store().load(lent('another'), key)).account.head.version).toBe(0);
    });
  });
};
