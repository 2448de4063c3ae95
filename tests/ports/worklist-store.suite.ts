/**
 * What every `WorklistStore` promises, run on memory and on the real adapter alike.
 */
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import type { Day } from '../../shared/domain/calendar.ts';
import { amountOf } from '../../shared/domain/money.ts';
import { scopeOf, scopeOver, type AccountRule } from '../../shared/domain/scope.ts';
import type { WorklistRow } from '../../shared/domain/worklist-row.ts';
import type { WorklistStore } from '../../shared/ports/worklist-store.ts';
import { day } from '../support/account-examples.ts';

const all = scopeOver('all');

export const rowWith = (
  companyId: string,
  accountId: string,
  more: Partial<WorklistRow> = {},
): WorklistRow => {
  const points = more.best ?? amountOf(100);
  const from = more.writtenOn ?? day('2026-11-22');
  return {
    ...{ companyId, accountId, collectorId: 'ann', salesOwners: [], currency: 'EUR', version: 1, stage: 0 },
    ...{ writtenOn: from, turnsOn: day('2026-12-06'), best: points, dues: [] },
    phases: [{ from, claim: amountOf(10_000), points, parts: [{ factor: 'time', points }] }],
    ...more,
  };
};
const namesOf = (rows: readonly WorklistRow[]) => rows.map(({ accountId }) => accountId);

export const worklistStoreSuite = (store: () => WorklistStore): void => {
  const fresh = () => `c-${randomUUID()}`;
  const put = async (...rows: WorklistRow[]) => {
    for (const row of rows) await store().put(all, row);
  };
  const rankedOf = async (companyId: string, whose: readonly string[] | 'all', limit = 2, scope = all) => {
    const names: string[] = [];
    let after: string | undefined;
    do {
      const page = await store().ranked(scope, companyId, whose, {
        limit,
        ...(after !== undefined && { after }),
      });
      expect(page.rows.length).toBeLessThanOrEqual(limit);
      names.push(...namesOf(page.rows));
      after = page.after;
    } while (after !== undefined);
    return names;
  };

  it('finds rows made by another frame, of some lists or of all but those', async () => {
    const companyId = fresh();
    const [ann, bob] = [{ collectorId: 'ann' }, { collectorId: 'bob' }];
    await put(
      rowWith(companyId, 'a', { ...ann, frame: '1' }),
      rowWith(companyId, 'b', { ...ann, frame: '2' }),
      rowWith(companyId, 'c', { ...bob, frame: '1' }),
      rowWith(companyId, 'd', bob),
    );
    const found = async (lists: string[], areMeant: boolean) =>
      namesOf(await store().otherwise(all, companyId, { frame: '2', lists, areMeant, limit: 9 })).toSorted();
    expect(await found([], false)).toEqual(['a', 'c', 'd']);
    expect(await found(['bob'], false)).toEqual(['a']);
    expect(await found(['bob'], true)).toEqual(['c', 'd']);
  });

  it('finds rows for which orders wait, page by page', async () => {
    const companyId = fresh();
    for (const name of ['c', 'a', 'b']) await put(rowWith(companyId, name, { orders: amountOf(5) }));
    await put(rowWith(companyId, 'd'));
    const first = await store().withOrders(all, companyId, { limit: 2 });
    expect(namesOf(first)).toEqual(['a', 'b']);
    const after = first.at(-1)!.accountId;
    expect(namesOf(await store().withOrders(all, companyId, { limit: 2, after }))).toEqual(['c']);
  });

  it('gives back the row as it was put', async () => {
    const row = rowWith(fresh(), 'a/1 ü', {
      ...{ name: 'Nord', segment: 'key', salesOwners: ['sue'], visibleFrom: day('2026-11-25') },
      dues: [{ id: 'd', kind: 'callBack', on: day('2026-11-25'), at: '2026-11-25T09:00:00Z' }],
      ...{ lastContactOn: day('2026-11-01'), lastTalkOn: day('2026-11-01') },
      ...{ unreached: 2, orders: amountOf(86_000_00), frame: '3^' },
      party: { of: 'contact:master:0000000001', risk: 'C', touch: 'mail' },
    });
    expect(await store().put(all, row)).toBe('kept');
    expect((await store().read(all, row))?.row).toEqual(row);
    expect(await store().ofAccount(all, row)).toEqual([row]);
  });

  it.each<[string, Partial<WorklistRow>, boolean]>([
    ['an earlier version', { version: 4 }, false],
    ['the same version of an earlier day', { version: 5, writtenOn: day('2026-11-21') }, false],
    ['the same again', { version: 5 }, true],
    ['the same version of a later day', { version: 5, writtenOn: day('2026-11-23') }, true],
    ['a later version of an earlier day', { version: 6, writtenOn: day('2026-11-20') }, true],
  ])('keeps what is newer: %s', async (_what, more, isKept) => {
    const companyId = fresh();
    await put(rowWith(companyId, 'a', { version: 5, stage: 1 }));
    const answer = await store().put(all, rowWith(companyId, 'a', { ...more, stage: 2 }));
    expect(answer).toBe(isKept ? 'kept' : 'newer-there');
    const kept = await store().read(all, { companyId, accountId: 'a', collectorId: 'ann' });
    expect(kept?.row.stage).toBe(isKept ? 2 : 1);
  });

  it('keeps a row in place of just the one that was read, and says when that is gone or another', async () => {
    const row = rowWith(fresh(), 'a');
    await put(row);
    const read = (await store().read(all, row))!;
    expect(await store().replace(all, read, { ...row, stage: 1 })).toBe(true);
    expect(await store().replace(all, read, { ...row, stage: 2 })).toBe(false);
    const [now, foreign] = [(await store().read(all, row))!, scopeOver(['other'])];
    expect(now.row.stage).toBe(1);
    await expect(store().replace(foreign, now, row)).rejects.toThrow('out of scope');
    await store().remove(all, row, 9);
    expect(await store().replace(all, now, row)).toBe(false);
    expect(await store().read(all, row)).toBeUndefined();
  });

  it('ranks by the most points, then by account, page by page, of one, of some, of all', async () => {
    const companyId = fresh();
    const best = (points: number, collectorId = 'ann') => ({ best: amountOf(points), collectorId });
    await put(
      ...[
        rowWith(companyId, 'a', best(5)),
        rowWith(companyId, 'b', best(-900)),
        rowWith(companyId, 'c', best(5)),
      ],
      ...[rowWith(companyId, 'd', best(123_456_789, 'bob')), rowWith(companyId, 'e', best(7, 'cid'))],
    );
    const { best: _none, ...off } = rowWith(companyId, 'f');
    await put(off);
    expect(await rankedOf(companyId, ['ann'])).toEqual(['a', 'c', 'b']);
    expect(await rankedOf(companyId, ['ann', 'bob'])).toEqual(['d', 'a', 'c', 'b']);
    expect(await rankedOf(companyId, 'all')).toEqual(['d', 'e', 'a', 'c', 'b']);
    expect(await rankedOf(companyId, [])).toEqual([]);
  });

  it('shows what is due from its day on, and says when there is more', async () => {
    const companyId = fresh();
    await put(
      rowWith(companyId, 'a', { visibleFrom: day('2026-11-24') }),
      rowWith(companyId, 'b', { visibleFrom: day('2026-11-22') }),
      rowWith(companyId, 'c'),
    );
    const dueOn = async (today: Day, limit = 5) => {
      const { rows, isMore } = await store().due(all, companyId, ['ann'], { today, limit });
      return [...namesOf(rows), isMore];
    };
    expect(await dueOn(day('2026-11-21'))).toEqual([false]);
    expect(await dueOn(day('2026-11-22'))).toEqual(['b', false]);
    expect(await dueOn(day('2026-11-24'))).toEqual(['b', 'a', false]);
    expect(await dueOn(day('2026-11-24'), 1)).toEqual(['b', true]);
  });

  it('finds the rows that will soon tell nothing', async () => {
    const companyId = fresh();
    await put(
      rowWith(companyId, 'a', { turnsOn: day('2026-12-03') }),
      rowWith(companyId, 'b', { turnsOn: day('2026-12-01') }),
      rowWith(companyId, 'c', { turnsOn: day('9999-12-31') }),
    );
    const turning = async (by: string, limit = 5) =>
      namesOf(await store().turning(all, companyId, { by: day(by), limit }));
    expect(await turning('2026-11-30')).toEqual([]);
    expect(await turning('2026-12-03')).toEqual(['b', 'a']);
    expect(await turning('9999-12-31', 1)).toEqual(['b']);
    expect(await turning('9999-12-31')).toEqual(['b', 'a']);
  });

  it('takes a row off one list and leaves that of another, and what is newer', async () => {
    const companyId = fresh();
    const [old, now] = [rowWith(companyId, 'a'), rowWith(companyId, 'a', { collectorId: 'bob', version: 2 })];
    await put(old, now);
    expect(await store().ofAccount(all, old)).toHaveLength(2);
    await store().remove(all, old, 2);
    await store().remove(all, now, 1);
    await store().remove(all, old, 2);
    expect(await store().ofAccount(all, old)).toEqual([now]);
  });

  it('keeps companies apart', async () => {
    const [companyId, other] = [fresh(), fresh()];
    const row = rowWith(companyId, 'a', { visibleFrom: day('2026-11-22') });
    await put(row);
    expect(await rankedOf(other, 'all')).toEqual([]);
    const foreign = scopeOver([other]);
    expect(await rankedOf(companyId, 'all', 2, foreign)).toEqual([]);
    expect(await store().read(foreign, row)).toBeUndefined();
    expect(await store().ofAccount(foreign, row)).toEqual([]);
    const due = await store().due(foreign, companyId, 'all', { today: day('2026-11-30'), limit: 5 });
    expect(due).toEqual({ rows: [], isMore: false });
    for (const refused of [
      store().put(foreign, row),
      store().remove(foreign, row, 9),
      store().turning(foreign, companyId, { by: day('2026-12-30'), limit: 1 }),
    ])
      await expect(refused).rejects.toThrow('out of scope');
  });

  it.each<[string, AccountRule, string[]]>([
    ['a collector', { by: 'collector', ids: ['ann'] }, ['a1', 'a3']],
    ['a collector who stands in', { by: 'collector', ids: ['ann', 'bob'] }, ['a1', 'a2', 'a3']],
    ['a seller', { by: 'salesOwner', ids: ['team'] }, ['a2']],
    ['somebody lent one account', { by: 'grant', accountId: 'a3', itemIds: 'all' }, ['a3']],
    ['whoever sees no accounts', { by: 'none' }, []],
  ])('shows %s their own, before a page is filled', async (_who, rule, expected) => {
    const companyId = fresh();
    await put(
      rowWith(companyId, 'a0', { collectorId: 'pool' }),
      rowWith(companyId, 'a1'),
      rowWith(companyId, 'a2', { collectorId: 'bob', salesOwners: ['sue', 'team'] }),
      rowWith(companyId, 'a3'),
    );
    const scope = scopeOf([{ companies: [companyId], accounts: rule }]);
    expect(await rankedOf(companyId, 'all', 3, scope)).toEqual(expected);
  });
};
