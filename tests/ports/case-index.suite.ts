/**
 * What every `CaseIndex` and `AlertStore` promises, run on memory and on the real adapters alike.
 */
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { scopeOf, scopeOver } from '../../shared/domain/scope.ts';
import type { AlertStore } from '../../shared/ports/alert-store.ts';
import type { CaseIndex, CaseOrder, CaseRow } from '../../shared/ports/case-index.ts';
import { day, money } from '../support/account-examples.ts';
import { everything } from '../support/test-edge.ts';

const fresh = (): string => `c-${randomUUID()}`;

export const caseIndexSuite = (index: () => CaseIndex): void => {
  const rowOf = (companyId: string, id: string, more: Partial<CaseRow> = {}): CaseRow => ({
    ...{ id, companyId, accountId: 'a', as: 'dispute', code: 'PRICE', state: 'opened', isOpen: true },
    ...{ owner: 'u:1', department: 'pricing', amount: money(100), currency: 'EUR' },
    ...{ openedOn: day('2026-11-20'), missingPapers: [], version: 1, ...more },
  });
  const filled = async (): Promise<string> => {
    const companyId = fresh();
    const rows = [
      rowOf(companyId, 'dispute:a', { dueOn: day('2026-11-24'), amount: money(300), assignedTo: 'u:c' }),
      rowOf(companyId, 'dispute:b', { dueOn: day('2026-11-23'), amount: money(500), owner: 'u:2' }),
      rowOf(companyId, 'dispute:c', { openedOn: day('2026-11-21'), wakeOn: day('2026-11-22') }),
      rowOf(companyId, 'dispute:d', { isOpen: false, state: 'closed' }),
    ];
    for (const row of rows) await index().put(everything, row);
    return companyId;
  };
  const idsOf = async (companyId: string, order: CaseOrder, filter = {}) =>
    (await index().list(everything, companyId, { isOpen: true, ...filter }, { order, limit: 9 })).rows.map(
      ({ id }) => id.slice(-1),
    );

  it('lists by day, by money and by age', async () => {
    const companyId = await filled();
    expect(await idsOf(companyId, 'due')).toEqual(['b', 'a', 'c']);
    expect(await idsOf(companyId, 'amount')).toEqual(['b', 'a', 'c']);
    expect(await idsOf(companyId, 'opened')).toEqual(['c', 'a', 'b']);
    expect(await idsOf(companyId, 'due', { owner: 'u:2' })).toEqual(['b']);
  });

  it('pages without losing or repeating one', async () => {
    const companyId = await filled();
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = { order: 'amount' as const, limit: 1, ...(after === undefined ? {} : { after }) };
      const found = await index().list(everything, companyId, {}, page);
      seen.push(...found.rows.map(({ id }) => id.slice(-1)));
      after = found.after;
    } while (after !== undefined);
    expect(seen).toEqual(['b', 'a', 'c', 'd']);
  });

  it('a late row never replaces a newer one', async () => {
    const companyId = fresh();
    await index().put(everything, rowOf(companyId, 'dispute:x', { version: 3, owner: 'u:new' }));
    await index().put(everything, rowOf(companyId, 'dispute:x', { version: 2, owner: 'u:old' }));
    expect(await index().find(everything, companyId, 'dispute:x')).toMatchObject({ owner: 'u:new' });
  });

  it('wakes those that name a day, on it', async () => {
    const companyId = await filled();
    const idsOn = async (on: string) =>
      (await index().waking(everything, companyId, day(on), 9)).map(({ id }) => id.slice(-1));
    expect(await idsOn('2026-11-21')).toEqual([]);
    expect(await idsOn('2026-11-22')).toEqual(['c']);
  });

  it('shows nothing outside the scope and takes nothing there', async () => {
    const companyId = await filled();
    const other = scopeOver(['another']);
    expect(await index().find(other, companyId, 'dispute:a')).toBeUndefined();
    expect(await index().list(other, companyId, {}, { order: 'due', limit: 9 })).toEqual({ rows: [] });
    expect(await index().waking(other, companyId, day('2026-12-01'), 9)).toEqual([]);
    await expect(index().put(other, rowOf(companyId, 'dispute:z'))).rejects.toThrow('scope');
    const own = scopeOf([{ companies: [companyId], accounts: { by: 'collector', ids: ['u:c'] } }]);
    const page = await index().list(own, companyId, {}, { order: 'due', limit: 9 });
    expect(page.rows.map(({ id }) => id)).toEqual(['dispute:a']);
    expect(await index().find(own, companyId, 'dispute:b')).toBeUndefined();
  });
};

export const alertStoreSuite = (store: () => AlertStore): void => {
  const alertOf = (companyId: string, id: string, at: string) => ({
    ...{ id, companyId, rule: 'disputeOutOfControl', breach: 'age', caseId: 'dispute:1', to: ['cfo'], at },
    history: ['PRICE, opened 2026-10-01'],
  });

  it('an alert is raised once, whoever raises it again', async () => {
    const companyId = fresh();
    const raised = await Promise.all(
      ['1', '2', '3'].map((n) =>
        store().raise(everything, alertOf(companyId, 'x', `2026-11-22T10:0${n}:00Z`)),
      ),
    );
    expect(raised.toSorted()).toEqual(['known', 'known', 'raised']);
    const { alerts } = await store().since(everything, companyId, '', { limit: 9 });
    expect(alerts.map(({ history, breach }) => [breach, history])).toEqual([
      ['age', ['PRICE, opened 2026-10-01']],
    ]);
  });

  it('keeps the id of an alert as it is, whatever signs it has', async () => {
    const companyId = fresh();
    const ids = ['limit:a/1#1:2026-11-22', 'limit:a~2F1#1:2026-11-22', 'item?a\\b#2'];
    for (const id of ids) await store().raise(everything, alertOf(companyId, id, '2026-11-22T10:00:00Z'));
    const { alerts } = await store().since(everything, companyId, '', { limit: 9 });
    expect(alerts.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
    const taken = { by: 't:ann', at: '2026-11-22T11:00:00Z' };
    for (const id of ids)
      expect(await store().acknowledge(everything, companyId, id, taken)).toMatchObject({ id });
  });

  it('lists those since an instant, in order of time, page by page', async () => {
    const companyId = fresh();
    for (const n of ['3', '1', '2'])
      await store().raise(everything, alertOf(companyId, n, `2026-11-22T10:0${n}:00Z`));
    const first = await store().since(everything, companyId, '2026-11-22T10:02:00Z', { limit: 1 });
    expect(first.alerts.map(({ id }) => id)).toEqual(['2']);
    const next = await store().since(everything, companyId, '', { limit: 9, after: first.after! });
    expect(next.alerts.map(({ id }) => id)).toEqual(['3']);
  });

  it('names the first who has an alert in hand, whoever says so after', async () => {
    const companyId = fresh();
    await store().raise(everything, alertOf(companyId, 'x', '2026-11-22T10:00:00Z'));
    const first = { by: 't:ann', at: '2026-11-22T11:00:00Z' };
    expect(await store().acknowledge(everything, companyId, 'x', first)).toMatchObject({
      acknowledged: first,
    });
    const again = await store().acknowledge(everything, companyId, 'x', { ...first, by: 't:bob' });
    expect(again).toMatchObject({ id: 'x', acknowledged: first });
    const { alerts } = await store().since(everything, companyId, '', { limit: 9 });
    expect(alerts).toMatchObject([{ acknowledged: first }]);
    expect(await store().acknowledge(everything, companyId, 'none', first)).toBeUndefined();
    expect(await store().acknowledge(scopeOver(['another']), companyId, 'x', first)).toBeUndefined();
  });

  it('shows and takes nothing outside the scope', async () => {
    const companyId = fresh();
    const other = scopeOver(['another']);
    await expect(store().raise(other, alertOf(companyId, 'x', '2026-11-22T10:00:00Z'))).rejects.toThrow();
    expect(await store().since(other, companyId, '', { limit: 9 })).toEqual({ alerts: [] });
  });
};
