/**
 * What every `AccountStore` promises, run on memory and on the real adapter alike.
 */
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import type { AccountKey } from '../../shared/domain/account.ts';
import { addDays } from '../../shared/domain/calendar.ts';
import { replay, verifyChain, type Entry } from '../../shared/domain/entry.ts';
import type { Fact } from '../../shared/domain/facts.ts';
import { postItem } from '../../shared/domain/post-item.ts';
import { reduceItem } from '../../shared/domain/reduce-item.ts';
import { scopeOver } from '../../shared/domain/scope.ts';
import type { AccountStore, LoadedAccount } from '../../shared/ports/account-store.ts';
import { hashOfContent } from '../../shared/azure/entry-hash.ts';
import { day, factsOf, itemWith, money, noon } from '../support/account-examples.ts';

const all = scopeOver('all');
const on = day('2026-03-10');

export const freshKey = (): AccountKey => ({ companyId: 'c1', accountId: randomUUID() });
export const idOf = (n: number): string => `item:invoice:${n}`;
export const changeOf = (facts: readonly Fact[], cause = 'row') => ({
  ...{ at: noon, facts, actor: { kind: 'job', id: 'import' } as const, cause: { kind: 'row', id: cause } },
});
export const posting = ({ account }: LoadedAccount, numbers: readonly number[]): readonly Fact[] =>
  numbers.flatMap((n) => factsOf(postItem(account, itemWith({ id: idOf(n), dueOn: addDays(on, n) }))));
const clearing = ({ account }: LoadedAccount, n: number): readonly Fact[] =>
  factsOf(reduceItem(account, { itemId: idOf(n), changeId: 'f', by: 'implied', amount: money(10_000), on }));

export const from = (first: number, count: number): number[] =>
  Array.from({ length: count }, (_, n) => first + n);

/** Appends and expects it to be kept. */
export const append = async (store: AccountStore, loaded: LoadedAccount, facts: readonly Fact[]) => {
  const appended = await store.append(all, loaded, changeOf(facts));
  if (appended.outcome !== 'appended') throw new Error(appended.outcome);
  return appended.loaded;
};

/** Posts so many invoices, 98 in an append, each due a day after the other. */
export const fill = async (store: AccountStore, key: AccountKey, count: number): Promise<void> => {
  let loaded = await store.load(all, key);
  for (let first = 0; first < count; first += 98)
    loaded = await append(store, loaded, posting(loaded, from(first, Math.min(98, count - first))));
};

export const allEntries = async (store: AccountStore, key: AccountKey): Promise<Entry[]> => {
  const entries: Entry[] = [];
  for (;;) {
    const page = await store.entries(all, key, { afterVersion: entries.length, limit: 100 });
    entries.push(...page);
    if (page.length < 100) return entries;
  }
};

/** The journal is whole and comes to the head that is stored. */
export const expectSound = async (store: AccountStore, key: AccountKey): Promise<void> => {
  const { account } = await store.load(all, key);
  const entries = await allEntries(store, key);
  expect(verifyChain(account.head, entries, hashOfContent)).toBeUndefined();
  expect(replay(key, entries).head).toEqual(account.head);
};

export const accountStoreSuite = (store: () => AccountStore): void => {
  it('an account nobody posted to is new', async () => {
    const { account } = await store().load(all, freshKey(), [idOf(1)]);
    expect([account.head.version, account.items.size]).toEqual([0, 0]);
  });

  it('gives back head, items and entries as they were appended', async () => {
    const key = freshKey();
    const first = await append(
      store(),
      await store().load(all, key),
      posting(await store().load(all, key), [1, 2]),
    );
    await append(store(), first, clearing(first, 1));
    const { account } = await store().load(all, key, [idOf(1), idOf(2), idOf(3)]);
    expect(account.head).toMatchObject({ version: 2, openCount: 1, openItems: [{ id: idOf(2) }] });
    expect([...account.items.values()].map(({ id, open }) => [id, open]).toSorted()).toEqual([
      [idOf(1), 0],
      [idOf(2), 10_000],
    ]);
    await expectSound(store(), key);
  });

  it('keeps free text on the item and out of the journal', async () => {
    const key = freshKey();
    const loaded = await store().load(all, key);
    await store().append(all, loaded, changeOf(posting(loaded, [1])), new Map([[idOf(1), 'for Ms Lee']]));
    const { account } = await store().load(all, key, [idOf(1)]);
    expect(account.items.get(idOf(1))?.references.text).toBe('for Ms Lee');
    expect(JSON.stringify(await allEntries(store(), key))).not.toContain('Lee');
  });

  it('keeps papers beside the journal, the newest of an id, and none where nothing was appended', async () => {
    const key = freshKey();
    const paper = (name: string) => [{ id: 'contact:1' as const, content: { name } }];
    const loaded = await store().load(all, key);
    const next = await store().append(all, loaded, changeOf(posting(loaded, [1])), undefined, paper('Lee'));
    if (next.outcome !== 'appended') throw new Error(next.outcome);
    await store().append(all, loaded, changeOf(posting(loaded, [2])), undefined, paper('Kim'));
    expect(await store().paper(all, key, 'contact:1')).toEqual({ name: 'Lee' });
    await store().append(all, next.loaded, changeOf(posting(next.loaded, [2])), undefined, paper('May'));
    expect(await store().paper(all, key, 'contact:1')).toEqual({ name: 'May' });
    expect(await store().paper(all, key, 'contact:2')).toBeUndefined();
    expect(await store().paper(scopeOver(['c2']), key, 'contact:1')).toBeUndefined();
    expect(JSON.stringify(await allEntries(store(), key))).not.toContain('May');
  });

  it('lists papers of a kind, the last first, in pages, and none outside the scope', async () => {
    const key = freshKey();
    const loaded = await store().load(all, key);
    const ids = ['message:2026-01-05:mail', 'message:2026-02-01:mail', 'note:1', 'message:T6:p'] as const;
    const papers = ids.map((id) => ({ id, content: { of: id } }));
    await store().append(all, loaded, changeOf(posting(loaded, [1])), undefined, papers);
    const first = await store().papers(all, key, { kind: 'message', limit: 2 });
    expect(first.papers).toEqual([papers[3], papers[1]]);
    const rest = await store().papers(all, key, { kind: 'message', limit: 2, after: first.after! });
    expect(rest).toEqual({ papers: [papers[0]] });
    expect(await store().papers(scopeOver(['c2']), key, { kind: 'message', limit: 2 })).toEqual({
      papers: [],
    });
  });

  it('refuses what was decided on an older version', async () => {
    const key = freshKey();
    const stale = await store().load(all, key);
    await append(store(), stale, posting(stale, [1]));
    expect(await store().append(all, stale, changeOf(posting(stale, [2])))).toEqual({
      outcome: 'version-conflict',
    });
    await expectSound(store(), key);
  });

  it('says which items are there already', async () => {
    const key = freshKey();
    await fill(store(), key, 61);
    const blind = await store().load(all, key);
    const facts = posting(blind, [3, 70]);
    const appended = await store().append(all, blind, changeOf(facts));
    expect(appended).toEqual({ outcome: 'items-there', itemIds: [idOf(3)] });
    const seen = await store().load(all, key, [idOf(3), idOf(70)]);
    expect(posting(seen, [3, 70])).toHaveLength(1);
  });

  it('reads one entry by its version, and none where there is none yet', async () => {
    const key = freshKey();
    await fill(store(), key, 200);
    const entries = await allEntries(store(), key);
    expect(entries.length).toBe(3);
    for (const [afterVersion, entry] of entries.entries())
      expect(await store().entries(all, key, { afterVersion, limit: 1 })).toEqual([entry]);
    expect(await store().entries(all, key, { afterVersion: 3, limit: 1 })).toEqual([]);
    expect(await store().entries(scopeOver(['c2']), key, { afterVersion: 0, limit: 1 })).toEqual([]);
  });

  it('shows nothing outside the scope, and writes nothing there', async () => {
    const key = freshKey();
    await fill(store(), key, 1);
    const other = scopeOver(['c2']);
    const loaded = await store().load(other, key, [idOf(0)]);
    expect([loaded.account.head.version, loaded.account.items.size]).toEqual([0, 0]);
    expect(await store().entries(other, key, { afterVersion: 0, limit: 9 })).toEqual([]);
    expect(await store().openItems(other, key, { limit: 9 })).toEqual({ items: [] });
    const mine = await store().load(all, key);
    await expect(store().append(other, mine, changeOf(posting(mine, [1])))).rejects.toThrow('out of scope');
  });

  it('refuses more than one append can hold', async () => {
    const loaded = await store().load(all, freshKey());
    const facts = posting(loaded, from(0, 99));
    await expect(store().append(all, loaded, changeOf(facts))).rejects.toThrow('99 items');
  });

  it.each([60, 61, 150])('%i open items are paged in the order of due days', async (count) => {
    const key = freshKey();
    await fill(store(), key, count);
    expect((await store().load(all, key)).account.head.openItems?.length).toBe(count > 60 ? undefined : 60);
    const ids: string[] = [];
    let after: string | undefined;
    do {
      const page = await store().openItems(all, key, {
        limit: 40,
        ...(after === undefined ? {} : { after }),
      });
      ids.push(...page.items.map(({ id }) => id));
      after = page.after;
    } while (after !== undefined);
    expect(ids).toEqual(from(0, count).map(idOf));
    await expectSound(store(), key);
  });

  it('knows the oldest due day of items it did not load', async () => {
    const key = freshKey();
    await fill(store(), key, 61);
    const loaded = await store().load(all, key, [idOf(0), idOf(2)]);
    const next = await append(store(), loaded, [...clearing(loaded, 0), ...clearing(loaded, 2)]);
    expect(next.account.head.oldestDueOn).toBe(addDays(on, 1));
    await expectSound(store(), key);
  });

  it('of 16 writers at once each lands or is told of the conflict', async () => {
    const key = freshKey();
    await fill(store(), key, 1);
    const loaded = await store().load(all, key);
    const outcomes = await Promise.all(
      from(1, 16).map((n) => store().append(all, loaded, changeOf(posting(loaded, [n]), `w${n}`))),
    );
    expect(outcomes.map(({ outcome }) => outcome).toSorted()).toEqual([
      'appended',
      ...Array.from({ length: 15 }, () => 'version-conflict'),
    ]);
    await expectSound(store(), key);
  });

  it('16 writers that load again until they land all land, once each', async () => {
    const key = freshKey();
    await Promise.all(
      from(0, 16).map(async (n) => {
        for (;;) {
          const loaded = await store().load(all, key);
          const { outcome } = await store().append(all, loaded, changeOf(posting(loaded, [n]), `w${n}`));
          if (outcome === 'appended') return;
        }
      }),
    );
    const { account } = await store().load(all, key);
    expect([account.head.version, account.head.balances['EUR']?.open]).toEqual([16, 160_000]);
    await expectSound(store(), key);
  });

  it.each([
    ['open', [2, 3]],
    ['closed', [0, 1]],
    ['all', [0, 1, 2, 3]],
  ] as const)('pages items that are %s by due day', async (state, expected) => {
    const key = freshKey();
    await fill(store(), key, 4);
    const loaded = await store().load(all, key, [idOf(0), idOf(1)]);
    await append(store(), loaded, [...clearing(loaded, 0), ...clearing(loaded, 1)]);
    const ids: string[] = [];
    let after: string | undefined;
    do {
      const mark = after === undefined ? {} : { after };
      const page = await store().items(all, key, { state, limit: 3, ...mark });
      ids.push(...page.items.map(({ id }) => id));
      after = page.after;
    } while (after !== undefined);
    expect(ids).toEqual(expected.map(idOf));
  });

  it('shows the head of every account of a company, page by page, and of no other', async () => {
    const companyId = `c-${randomUUID()}`;
    const ids = from(0, 7).map((n) => `a${n}`);
    for (const accountId of ids) await fill(store(), { companyId, accountId }, 2);
    await fill(store(), { companyId: `${companyId}x`, accountId: 'a0' }, 1);
    const seen: string[] = [];
    let [after, pages] = [undefined as string | undefined, 0];
    do {
      const mark = after === undefined ? {} : { after };
      const page = await store().heads(all, companyId, { limit: 3, ...mark });
      seen.push(...page.heads.map(({ accountId, version }) => `${accountId} ${version}`));
      [after, pages] = [page.after, pages + 1];
    } while (after !== undefined);
    expect(seen.toSorted()).toEqual(ids.map((id) => `${id} 1`));
    expect(pages).toBeGreaterThan(2);
    expect(await store().heads(scopeOver(['other']), companyId, { limit: 3 })).toEqual({ heads: [] });
  });
};

/** Slow: for the adapter alone. */
export const largeAccountSuite = (store: () => AccountStore): void => {
  it('at 20,000 open items totals and the oldest due day stay right', { timeout: 120_000 }, async () => {
    const key = freshKey();
    await fill(store(), key, 20_000);
    const loaded = await store().load(all, key, [idOf(0), idOf(19_999)]);
    const next = await append(store(), loaded, [...clearing(loaded, 0), ...posting(loaded, [20_000])]);
    expect(next.account.head).toMatchObject({ openCount: 20_000, oldestDueOn: addDays(on, 1) });
    const again = await store().load(all, key, [idOf(0)]);
    expect(again.account.head).toEqual(next.account.head);
    expect(again.account.head.balances['EUR']?.open).toBe(200_000_000);
    await expectSound(store(), key);
  });
};
