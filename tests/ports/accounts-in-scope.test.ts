/**
 * Accounts in memory keep each caller to their part, as the adapter does.
 */
import { expect, it } from 'vitest';
import { scopeOf, scopeOver } from '../../shared/domain/scope.ts';
import { accountsInScope } from '../../shared/ports/accounts-in-scope.ts';
import { day } from '../support/account-examples.ts';
import { memoryAccounts } from '../support/memory/account-store.ts';
import { append, fill, freshKey, idOf } from './account-store.suite.ts';
import { accountsInScopeSuite } from './accounts-in-scope.suite.ts';

const store = memoryAccounts();
accountsInScopeSuite(() => store);

it('an account given to somebody else between the two reads of a load is not there', async () => {
  const inner = memoryAccounts();
  const all = scopeOver('all');
  const key = freshKey();
  await fill(inner, key, 2);
  const give = async (to: string) =>
    append(inner, await inner.load(all, key), [{ kind: 'accountAssigned', to, on: day('2026-03-10') }]);
  await give('ann');
  let reads = 0;
  const moved = accountsInScope({
    ...inner,
    load: async (...asked) => {
      reads += 1;
      if (reads === 2) await give('bob');
      return inner.load(...asked);
    },
  });
  const ann = scopeOf([{ companies: [key.companyId], accounts: { by: 'collector', ids: ['ann'] } }]);
  const { account, mark } = await moved.load(ann, key, [idOf(0)]);
  expect([reads, account.head.version, account.items.size, mark]).toEqual([2, 0, 0, undefined]);
});

it('an account granted as a whole is told by its name: nothing but what is asked for is read, and nothing of another', async () => {
  const inner = memoryAccounts();
  const [key, other] = [freshKey(), freshKey()];
  for (const one of [key, other]) await fill(inner, one, 2);
  let loads = 0;
  const counted = accountsInScope({
    ...inner,
    load: async (...asked) => {
      loads += 1;
      return inner.load(...asked);
    },
  });
  const granted = (itemIds: 'all' | string[]) =>
    scopeOf([{ companies: [key.companyId], accounts: { by: 'grant', accountId: key.accountId, itemIds } }]);
  const page = { state: 'open', limit: 9 } as const;
  expect((await counted.items(granted('all'), key, page)).items).toHaveLength(2);
  expect(loads).toBe(0);
  const foreign = { companyId: key.companyId, accountId: other.accountId };
  expect((await counted.items(granted('all'), foreign, page)).items).toEqual([]);
  expect((await counted.items(granted('all'), other, page)).items).toEqual([]);
  expect((await counted.items(granted([idOf(0)]), key, page)).items).toHaveLength(1);
  expect((await counted.load(granted([idOf(0)]), key, [idOf(0), idOf(1)])).account.items.size).toBe(1);
});
