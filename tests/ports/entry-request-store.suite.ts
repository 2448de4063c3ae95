/**
 * What every `EntryRequestStore` promises, run on memory and on the real adapter alike.
 */
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import type { EntryRequest } from '../../shared/domain/entry-request.ts';
import { rowOfEntry } from '../../shared/domain/entered-item.ts';
import { scopeOver } from '../../shared/domain/scope.ts';
import type { EntryRequestStore } from '../../shared/ports/entry-request-store.ts';
import { day, money } from '../support/account-examples.ts';

const all = scopeOver('all');
const elsewhere = scopeOver(['elsewhere']);

const row = rowOfEntry(
  {
    ...{ accountId: 'a1', kind: 'invoice', number: 'M-1', part: '1', currency: 'EUR', amount: money(500) },
    ...{ documentOn: day('2026-03-01'), dueOn: day('2026-03-31'), parties: {} },
    ...{ references: { text: 'for Ms Nord' }, isInsured: false, isIntercompany: false },
  },
  day('2026-03-10'),
  '2026-03-10T10:00:00Z',
);
const requestOf = (companyId: string, more: Partial<EntryRequest> = {}): EntryRequest => ({
  ...{ id: `entry-request:${randomUUID()}`, companyId, row, on: day('2026-03-10'), by: 'ann' },
  state: 'waiting',
  ...more,
});

export const entryRequestStoreSuite = (store: () => EntryRequestStore): void => {
  it('keeps the first of one id, as it was typed', async () => {
    const first = requestOf(randomUUID());
    expect(await store().create(all, first)).toEqual(first);
    expect(await store().create(all, { ...first, by: 'bea' })).toEqual(first);
    expect((await store().load(all, first.companyId, first.id))?.request).toEqual(first);
  });

  it('saves what is as it was loaded, and nothing else', async () => {
    const { companyId, id } = await store().create(all, requestOf(randomUUID()));
    const loaded = (await store().load(all, companyId, id))!;
    const posted = { ...loaded, request: { ...loaded.request, state: 'posted' as const } };
    expect(await store().save(all, posted)).toBe('saved');
    expect(await store().save(all, posted)).toBe('version-conflict');
    expect((await store().load(all, companyId, id))?.request.state).toBe('posted');
  });

  it('lists one state of one company, page by page', async () => {
    const companyId = randomUUID();
    for (const n of [1, 2, 3]) await store().create(all, requestOf(companyId, { id: `entry-request:${n}` }));
    await store().create(all, requestOf(companyId, { state: 'dropped' }));
    const first = await store().list(all, companyId, 'waiting', { limit: 2 });
    expect(first).toMatchObject({ after: 'entry-request:2' });
    const second = await store().list(all, companyId, 'waiting', { limit: 2, after: first.after! });
    expect(second.requests.map(({ id }) => id)).toEqual(['entry-request:3']);
  });

  it('shows nothing outside the scope, and writes nothing there', async () => {
    const kept = await store().create(all, requestOf(randomUUID()));
    const { companyId, id } = kept;
    expect(await store().load(elsewhere, companyId, id)).toBeUndefined();
    expect(await store().list(elsewhere, companyId, 'waiting', { limit: 9 })).toEqual({ requests: [] });
    await expect(store().create(elsewhere, kept)).rejects.toThrow('out of scope');
    const loaded = (await store().load(all, companyId, id))!;
    await expect(store().save(elsewhere, loaded)).rejects.toThrow('out of scope');
  });
};
