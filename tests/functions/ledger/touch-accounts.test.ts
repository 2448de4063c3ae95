/** Who changes money outside of the feeds says so first, so that the next snapshot looks at the account (B1). */
import { expect, it } from 'vitest';
import { touchingAccounts } from '../../../functions/ledger/touch-accounts.ts';
import type { Fact } from '../../../shared/domain/facts.ts';
import { noteProvisional } from '../../../shared/domain/note-provisional.ts';
import { postItem } from '../../../shared/domain/post-item.ts';
import { day, factsOf, itemWith, key, money, noon } from '../../support/account-examples.ts';
import { memoryAccounts } from '../../support/memory/account-store.ts';
import { memoryFeeds } from '../../support/memory/feed-store.ts';
import { everything } from '../../support/test-edge.ts';

const changeOf = (facts: readonly Fact[]) => ({
  ...{ at: noon, facts, actor: { kind: 'staff', id: 'ann' } as const, cause: { kind: 'request', id: 'r' } },
});
const touchedIn = async (feeds: ReturnType<typeof memoryFeeds>) =>
  (await feeds.touched(everything, key.companyId)).flatMap(({ accountIds }) => accountIds);

it('a change of money touches its account, what is noted beside the book does not', async () => {
  const [inner, feeds] = [memoryAccounts(), memoryFeeds()];
  const accounts = touchingAccounts(inner, feeds);
  const fresh = await inner.load(everything, key);
  await inner.append(everything, fresh, changeOf(factsOf(postItem(fresh.account, itemWith({ id: 'i1' })))));
  const loaded = await inner.load(everything, key, ['i1']);
  const noted = { itemId: 'i1', receiptId: 'r1', amount: money(1), on: day('2026-03-02') };
  await accounts.append(everything, loaded, changeOf(factsOf(noteProvisional(loaded.account, noted))));
  expect(await touchedIn(feeds)).toEqual([]);
  const again = await inner.load(everything, key);
  await accounts.append(
    everything,
    again,
    changeOf(factsOf(postItem(again.account, itemWith({ id: 'i2' })))),
  );
  expect(await touchedIn(feeds)).toEqual([key.accountId]);
});

it('the touch is there before the change: where it cannot be kept, nothing is changed', async () => {
  const inner = memoryAccounts();
  const accounts = touchingAccounts(inner, { touch: () => Promise.reject(new Error('the store is away')) });
  const fresh = await inner.load(everything, key);
  const change = changeOf(factsOf(postItem(fresh.account, itemWith({ id: 'i1' }))));
  await expect(accounts.append(everything, fresh, change)).rejects.toThrow('away');
  expect((await inner.load(everything, key)).account.head.version).toBe(0);
});
