/**
 * What every `FeedStore` promises, run on memory and on the real adapter alike.
 */
import { expect, it } from 'vitest';
import { dayFromText } from '../../shared/domain/calendar.ts';
import { amountOf } from '../../shared/domain/money.ts';
import type { PostingLine } from '../../shared/domain/posting-export.ts';
import { scopeOf, scopeOver } from '../../shared/domain/scope.ts';
import type { FeedStore } from '../../shared/ports/feed-store.ts';

const all = scopeOver('all');
const elsewhere = scopeOver(['other']);
let companies = 0;

export const feedStoreSuite = (store: () => FeedStore): void => {
  const freshCompany = () => `feeds-${process.pid}-${companies++}`;
  const whole = { name: 'company', scope: {} };
  const at = '2026-11-22T06:00:00Z';
  const manifest = {
    ...{ importId: 'one', asOf: at, guardedAt: at, acceptedAt: at },
    ...{ rows: 3, items: { EUR: 3 }, sums: { EUR: amountOf(600) }, buckets: 4 },
  };
  const line = (id: string): PostingLine => ({
    ...{ id, kind: 'receipt', accountId: 'A', currency: 'EUR', amount: amountOf(100) },
    ...{ on: dayFromText('2026-11-20'), since: at, reference: 'wire' },
  });
  const exportOf = (companyId: string, number: number, ...ids: string[]) => ({
    ...{ companyId, exportId: `export-${number}`, number, at, by: 'clerk' },
    lines: ids.map(line),
  });

  it('has an empty feed before the first snapshot, and gives back what was saved', async () => {
    const companyId = freshCompany();
    const loaded = await store().load(all, companyId, whole);
    expect(loaded).toEqual({
      feed: { companyId, scopeName: 'company', scope: {}, waiting: [], recent: [] },
      mark: undefined,
    });
    const feed = { ...loaded.feed, accepted: manifest, recent: [{ importId: 'one', asOf: at }] };
    await store().save(all, { ...loaded, feed });
    expect((await store().load(all, companyId, whole)).feed).toEqual(feed);
  });

  it('lets one of two win who read the same feed, also when it was empty', async () => {
    const companyId = freshCompany();
    const first = await store().load(all, companyId, whole);
    const saved = await store().save(all, first);
    expect(await store().save(all, first)).toBe('version-conflict');
    if (saved === 'version-conflict') throw new Error('nobody was first');
    expect(await store().save(all, saved)).not.toBe('version-conflict');
    expect(await store().save(all, saved)).toBe('version-conflict');
  });

  it('keeps the feeds of two scopes apart', async () => {
    const companyId = freshCompany();
    const loaded = await store().load(all, companyId, whole);
    await store().save(all, { ...loaded, feed: { ...loaded.feed, recent: [{ importId: 'one', asOf: at }] } });
    const other = await store().load(all, companyId, { name: 'currency-EUR', scope: { currency: 'EUR' } });
    expect(other.feed.recent).toEqual([]);
  });

  it('notes arrivals by kind and source, each once', async () => {
    const companyId = freshCompany();
    const file = { kind: 'delta', source: 'books', receivedAt: at, sequence: 7 } as const;
    await store().arrived(all, companyId, file);
    await store().arrived(all, companyId, file);
    await store().arrived(all, companyId, { ...file, sequence: 9 });
    expect((await store().company(all, companyId)).arrivals).toMatchObject([
      { kind: 'delta', source: 'books', sequence: 9, missing: [8] },
    ]);
  });

  it('changes what holds for the company, every change of several at once', async () => {
    const companyId = freshCompany();
    const names = ['a', 'b', 'c', 'd'];
    await Promise.all(
      names.map((name) =>
        store().changeCompany(all, companyId, (before) => ({
          ...before,
          scopes: { ...before.scopes, [name]: {} },
        })),
      ),
    );
    expect(Object.keys((await store().company(all, companyId)).scopes).toSorted()).toEqual(names);
  });

  it('remembers what was touched since an instant, a cause once', async () => {
    const companyId = freshCompany();
    const touch = (cause: string, hour: string) => ({
      ...{ cause, accountIds: [`of ${cause}`], at: `2026-11-22T${hour}:00:00Z` },
    });
    for (const one of [touch('early', '05'), touch('late', '07'), touch('late', '07')])
      await store().touch(all, companyId, one);
    expect((await store().touched(all, companyId, at)).map(({ cause }) => cause)).toEqual(['late']);
    expect(await store().touched(all, companyId)).toHaveLength(2);
  });

  it('is touched by who reaches one collector’s accounts alone, and shows them nothing', async () => {
    const companyId = freshCompany();
    const collector = scopeOf([{ companies: [companyId], accounts: { by: 'collector', ids: ['c'] } }]);
    await store().touch(collector, companyId, { cause: 'c', accountIds: ['A'], at });
    expect(await store().touched(all, companyId)).toHaveLength(1);
    expect(await store().touched(collector, companyId)).toEqual([]);
  });

  it('leaves out what a snapshot feed touched itself when that feed asks', async () => {
    const companyId = freshCompany();
    const touch = (cause: string, by?: string) => ({
      ...{ cause, accountIds: [cause], at },
      ...(by === undefined ? {} : { scopeName: by }),
    });
    for (const one of [touch('a', 'company'), touch('b', 'currency-EUR'), touch('c')])
      await store().touch(all, companyId, one);
    const found = await store().touched(all, companyId, at, 'company');
    expect(found.map(({ cause }) => cause).toSorted()).toEqual(['b', 'c']);
  });

  it('keeps a decision about a held snapshot over the one it was read with', async () => {
    const companyId = freshCompany();
    const asked = { importId: 'i', code: 'snapshot-shrank', requested: { by: 'x', at, reason: 'r' } };
    expect(await store().decide(all, companyId, asked, undefined)).toBe('kept');
    expect(await store().decide(all, companyId, asked, undefined)).toBe('version-conflict');
    const decided = { ...asked, decided: { is: 'released', by: 'y', at, reason: 'seen' } as const };
    expect(await store().decide(all, companyId, decided, await store().held(all, companyId, 'i'))).toBe(
      'kept',
    );
    expect(await store().held(all, companyId, 'i')).toEqual(decided);
  });

  it('keeps an export with its lines together, and no line twice', async () => {
    const companyId = freshCompany();
    expect(await store().keepExport(all, exportOf(companyId, 1, 'a', 'b'))).toBe('kept');
    expect(await store().keepExport(all, exportOf(companyId, 1, 'c'))).toBe('there');
    expect(await store().keepExport(all, exportOf(companyId, 2, 'c', 'b'))).toBe('there');
    expect((await store().export(all, companyId, 1))?.lines.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(await store().export(all, companyId, 2)).toBeUndefined();
    const known = await store().listed(all, companyId, ['a', 'c', 'b']);
    expect(known.map(({ id }) => id).toSorted()).toEqual(['a', 'b']);
  });

  it('lists what the feed has not shown yet', async () => {
    const companyId = freshCompany();
    await store().keepExport(all, exportOf(companyId, 1, 'a', 'b'));
    const [first] = await store().listed(all, companyId, ['a']);
    await store().keepLine(all, companyId, { ...first!, confirmedAt: at });
    expect((await store().unconfirmed(all, companyId, 10)).map(({ id }) => id)).toEqual(['b']);
    expect(await store().listed(all, companyId, ['a'])).toMatchObject([{ confirmedAt: at }]);
  });

  it('shows nothing outside the scope and keeps nothing there', async () => {
    const companyId = freshCompany();
    const loaded = await store().load(all, companyId, whole);
    await store().save(all, { ...loaded, feed: { ...loaded.feed, recent: [{ importId: 'one', asOf: at }] } });
    await store().touch(all, companyId, { cause: 'c', accountIds: ['A'], at });
    await store().keepExport(all, exportOf(companyId, 1, 'a'));
    expect((await store().load(elsewhere, companyId, whole)).feed.recent).toEqual([]);
    expect(await store().touched(elsewhere, companyId)).toEqual([]);
    expect(await store().export(elsewhere, companyId, 1)).toBeUndefined();
    expect(await store().listed(elsewhere, companyId, ['a'])).toEqual([]);
    expect(await store().unconfirmed(elsewhere, companyId, 9)).toEqual([]);
    expect((await store().company(elsewhere, companyId)).arrivals).toEqual([]);
    await expect(store().save(elsewhere, loaded)).rejects.toThrow('out of scope');
    const touch = { cause: 'd', accountIds: [], at };
    await expect(store().touch(elsewhere, companyId, touch)).rejects.toThrow('out of scope');
    await expect(store().keepExport(elsewhere, exportOf(companyId, 2))).rejects.toThrow('out of scope');
  });
};
