/**
 * What every `CustomerStore` keeps to. From: the adapters and their in-memory twin. Next: nothing.
 */
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import type { CustomerRecord } from '../../shared/domain/customer-match.ts';
import type { CustomerStore } from '../../shared/ports/customer-store.ts';
import { scopeOf } from '../../shared/domain/scope.ts';
import { everything } from '../support/test-edge.ts';

const nowhere = scopeOf([]);
const conflict = (companyId: string, n: number): CustomerRecord => ({
  ...{ kind: 'conflict', companyId, id: `conflict:${n}`, state: 'conflict', accountId: `C-${n}` },
});

export const customerStoreSuite = (store: () => CustomerStore): void => {
  it('keeps a customer once, and changes it only as it was loaded', async () => {
    const record = conflict(randomUUID(), 1);
    expect(await store().save(everything, { record })).toBe('saved');
    expect(await store().save(everything, { record })).toBe('version-conflict');
    const loaded = (await store().load(everything, record.companyId, record.id))!;
    expect(loaded.record).toEqual(record);
    const settled = { ...loaded, record: { ...record, state: 'settled' } as CustomerRecord };
    expect(await store().save(everything, settled)).toBe('saved');
    expect(await store().save(everything, settled)).toBe('version-conflict');
  });

  it('lists the customers of one state, page by page', async () => {
    const companyId = randomUUID();
    for (const n of [1, 2, 3]) await store().save(everything, { record: conflict(companyId, n) });
    const first = await store().list(everything, companyId, 'conflict', { limit: 2 });
    expect(first).toMatchObject({ after: 'conflict:2' });
    const rest = await store().list(everything, companyId, 'conflict', { limit: 2, after: first.after! });
    expect(rest).toEqual({ records: [conflict(companyId, 3)] });
    expect(await store().list(everything, companyId, 'settled', { limit: 2 })).toEqual({ records: [] });
  });

  it('lists those before an id, and no more one that was removed', async () => {
    const companyId = randomUUID();
    for (const n of [1, 2, 3]) await store().save(everything, { record: conflict(companyId, n) });
    const before = { limit: 9, after: 'conflict:', until: 'conflict:3' };
    const ids = async () =>
      (await store().list(everything, companyId, 'conflict', before)).records.map(({ id }) => id);
    expect(await ids()).toEqual(['conflict:1', 'conflict:2']);
    for (let times = 0; times < 2; times += 1) await store().remove(everything, companyId, 'conflict:1');
    expect(await ids()).toEqual(['conflict:2']);
    expect(await store().load(everything, companyId, 'conflict:1')).toBeUndefined();
    await expect(store().remove(nowhere, companyId, 'conflict:2')).rejects.toThrow('out of scope');
    expect(await ids()).toEqual(['conflict:2']);
  });

  it('shows no customer outside the scope, and writes none there', async () => {
    const record = conflict(randomUUID(), 1);
    await store().save(everything, { record });
    expect(await store().load(nowhere, record.companyId, record.id)).toBeUndefined();
    expect(await store().list(nowhere, record.companyId, 'conflict', { limit: 9 })).toEqual({ records: [] });
    await expect(store().save(nowhere, { record })).rejects.toThrow('out of scope');
  });
};
