/**
 * What every `ReportStore` must do, in memory and on Cosmos DB.
 */
import { expect, it } from 'vitest';
import type { Moves } from '../../shared/domain/aging-moves.ts';
import { noTail, withSteps, type MonthCells } from '../../shared/domain/report-months.ts';
import { noTotal, type Contribution } from '../../shared/domain/report-shard.ts';
import type { Today } from '../../shared/domain/report-today.ts';
import { scopeOf, scopeOver } from '../../shared/domain/scope.ts';
import type { ReportStore } from '../../shared/ports/report-store.ts';
import { day, money } from '../support/account-examples.ts';

const all = scopeOver('all');
const elsewhere = scopeOver(['elsewhere']);
let companies = 0;
const fresh = () => ({ companyId: `r${(companies += 1)}`, shard: '03' });
const family = { view: 'known', basis: 'due' } as const;

const contribution = (accountId: string, appliedVersion = 1): Contribution => ({
  ...{ accountId, appliedVersion, hash: 'h', knownOn: day('2026-03-01'), group: '' },
  cells: { 'EUR credit': money(-5) },
});
const total = { open: { EUR: money(-5) }, accounts: 1, entries: 1, dataAt: '2026-03-01T12:00:00Z' };
const moves: Moves = { [day('2026-03-01')]: { 'EUR credit': money(-5) } };
const today: Today = {
  ...{ foldedTo: { '03': 1 }, knownOn: day('2026-03-01'), cells: { 'EUR credit': money(-5) } },
  ahead: { [day('2026-03-09')]: { 'EUR credit': money(-7) } },
};
const tail = withSteps(noTail, [{ knownOn: day('2026-03-01'), group: '', moves }]);
const month: MonthCells = { month: '2026-03', foldedTo: 1, opening: {}, days: {} };

export const reportStoreSuite = (store: () => ReportStore): void => {
  it('has nothing of a shard nobody wrote', async () => {
    const place = fresh();
    expect(await store().shard(all, place)).toMatchObject({ total: noTotal, tail: noTail });
    expect(await store().contributions(all, place, ['a', 'b'])).toEqual(new Map());
    expect(await store().month(all, place, family, '2026-03')).toBeUndefined();
  });

  it('gives back contributions, total and tail as they were written together', async () => {
    const place = fresh();
    const contributions = [contribution('a/b?c'), contribution('z'.repeat(190))];
    const loaded = await store().shard(all, place);
    expect(await store().apply(all, loaded, { total, tail, contributions })).toBe('saved');
    expect(await store().shard(all, place)).toMatchObject({ total, tail });
    const ids = contributions.map(({ accountId }) => accountId);
    const found = await store().contributions(all, place, [...ids, 'absent']);
    expect([...found.values()]).toEqual(expect.arrayContaining(contributions));
    expect(found.size).toBe(2);
    expect((await store().contributions(all, place, ['a/b?c'])).get('a/b?c')).toEqual(contributions[0]);
    expect(await store().totals(all, place.companyId)).toEqual(new Map([['03', total]]));
  });

  it('leaves the tail as it is where none is given, folded meanwhile or not', async () => {
    const place = fresh();
    await store().apply(all, await store().shard(all, place), { total, tail, contributions: [] });
    const loaded = await store().shard(all, place);
    await store().saveTail(all, place, { ...tail, steps: [] }, loaded.marks.tail);
    const quiet = { total: { ...total, entries: 2 }, contributions: [contribution('quiet')] };
    expect(await store().apply(all, loaded, quiet)).toBe('saved');
    const now = await store().shard(all, place);
    expect(now).toMatchObject({ total: { entries: 2 }, tail: { ...tail, steps: [] } });
    expect(await store().apply(all, loaded, quiet)).toBe('version-conflict');
  });

  it('writes nothing at all when somebody else changed the shard', async () => {
    const place = fresh();
    const loaded = await store().shard(all, place);
    await store().apply(all, loaded, { total, tail, contributions: [] });
    const late = { total, tail, contributions: [contribution('late')] };
    expect(await store().apply(all, loaded, late)).toBe('version-conflict');
    const now = await store().shard(all, place);
    await store().saveTail(all, place, noTail, now.marks.tail);
    expect(await store().apply(all, now, late)).toBe('version-conflict');
    expect(await store().contributions(all, place, ['late'])).toEqual(new Map());
  });

  it('keeps a month under its mark', async () => {
    const place = fresh();
    expect(await store().saveMonth(all, place, family, month, undefined)).toBe('saved');
    expect(await store().saveMonth(all, place, family, month, undefined)).toBe('version-conflict');
    const loaded = await store().month(all, place, family, '2026-03');
    expect(loaded?.cells).toEqual(month);
    const next = { ...month, foldedTo: 2 };
    expect(await store().saveMonth(all, place, family, next, loaded?.mark)).toBe('saved');
    expect(await store().saveMonth(all, place, family, month, loaded?.mark)).toBe('version-conflict');
    const other = { view: 'known', basis: 'document' } as const;
    expect(await store().month(all, place, other, '2026-03')).toBeUndefined();
  });

  it('creates months together, or none where one is there', async () => {
    const place = fresh();
    const named = (name: string): MonthCells => ({ ...month, month: name });
    expect(await store().createMonths(all, place, family, ['2026-01', '2026-02'].map(named))).toBe('saved');
    const late = ['2026-02', '2026-03'].map(named);
    expect(await store().createMonths(all, place, family, late)).toBe('version-conflict');
    expect((await store().month(all, place, family, '2026-02'))?.cells).toEqual(named('2026-02'));
    expect(await store().month(all, place, family, '2026-03')).toBeUndefined();
  });

  it('gives tails and months of all shards at once, each with its shard', async () => {
    const place = fresh();
    const other = { ...place, shard: '11' };
    for (const at of [place, other]) {
      await store().saveTail(all, at, tail, undefined);
      await store().saveMonth(all, at, family, month, undefined);
    }
    await store().saveMonth(all, other, family, { ...month, month: '2026-04' }, undefined);
    const tails = await store().tails(all, place.companyId);
    expect([...tails].toSorted()).toEqual([
      ['03', tail],
      ['11', tail],
    ]);
    const shown = async (names: string[]) =>
      (await store().months(all, place.companyId, family, names))
        .map(({ shard, cells }) => `${shard} ${cells.month}`)
        .toSorted();
    expect(await shown(['2026-03'])).toEqual(['03 2026-03', '11 2026-03']);
    expect(await shown(['2026-03', '2026-04'])).toEqual(['03 2026-03', '11 2026-03', '11 2026-04']);
    expect(await shown([])).toEqual([]);
  });

  it('keeps what is open today under its mark, for whoever sees the whole company', async () => {
    const { companyId } = fresh();
    expect(await store().today(all, companyId)).toBeUndefined();
    expect(await store().saveToday(all, companyId, today, undefined)).toBe('saved');
    expect(await store().saveToday(all, companyId, today, undefined)).toBe('version-conflict');
    const loaded = await store().today(all, companyId);
    expect(loaded?.today).toEqual(today);
    expect(await store().saveToday(all, companyId, today, loaded?.mark)).toBe('saved');
    expect(await store().saveToday(all, companyId, today, loaded?.mark)).toBe('version-conflict');
    const some = scopeOf([{ companies: 'all', accounts: { by: 'collector', ids: ['ann'] } }]);
    expect(await store().today(some, companyId)).toBeUndefined();
    await expect(async () => store().saveToday(elsewhere, companyId, today, undefined)).rejects.toThrow();
  });

  it('keeps what was expected of a week once, whoever comes second', async () => {
    const { companyId } = fresh();
    const monday = day('2026-03-09');
    const weeks = (open: number) => [
      {
        fromOn: monday,
        currency: 'EUR',
        promised: money(0),
        open: money(open),
        disputed: money(0),
        total: money(open),
      },
    ];
    expect(await store().forecast(all, companyId, monday)).toBeUndefined();
    expect(await store().keepForecast(all, companyId, monday, weeks(5))).toEqual(weeks(5));
    expect(await store().keepForecast(all, companyId, monday, weeks(7))).toEqual(weeks(5));
    expect(await store().forecast(all, companyId, monday)).toEqual(weeks(5));
    expect(await store().forecast(elsewhere, companyId, monday)).toBeUndefined();
    await expect(async () => store().keepForecast(elsewhere, companyId, monday, weeks(1))).rejects.toThrow();
  });

  it('pages through the contributions of a shard', async () => {
    const place = fresh();
    const contributions = ['a', 'b', 'c', 'd', 'e'].map((id) => contribution(id));
    await store().apply(all, await store().shard(all, place), { total, tail, contributions });
    const first = await store().contributionPage(all, place, { limit: 3 });
    const second = await store().contributionPage(all, place, { limit: 3, after: first.after! });
    const ids = [...first.contributions, ...second.contributions].map(({ accountId }) => accountId);
    expect([ids.toSorted(), second.after]).toEqual([['a', 'b', 'c', 'd', 'e'], undefined]);
  });

  it('shows nothing and writes nothing outside the scope', async () => {
    const place = fresh();
    const change = { total, tail, contributions: [contribution('a')] };
    const loaded = await store().shard(elsewhere, place);
    await expect(store().apply(elsewhere, loaded, change)).rejects.toThrow('out of scope');
    await store().apply(all, loaded, change);
    expect(await store().shard(elsewhere, place)).toMatchObject({ total: noTotal, tail: noTail });
    expect(await store().totals(elsewhere, place.companyId)).toEqual(new Map());
    expect(await store().contributions(elsewhere, place, ['a'])).toEqual(new Map());
    const some = scopeOf([{ companies: 'all', accounts: { by: 'collector', ids: ['ann'] } }]);
    expect((await store().tail(some, place)).tail).toEqual(tail);
    expect(await store().tails(elsewhere, place.companyId)).toEqual(new Map());
    expect(await store().months(elsewhere, place.companyId, family, ['2026-03'])).toEqual([]);
    expect(await store().contributions(some, place, ['a'])).toEqual(new Map());
  });
};
