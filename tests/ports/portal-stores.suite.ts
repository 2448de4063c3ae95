/**
 * What stores of the portal must do, on Cosmos DB and in memory alike.
 */
import { expect, it } from 'vitest';
import type { Checkout } from '../../shared/domain/checkout.ts';
import { scopeOf, scopeOver } from '../../shared/domain/scope.ts';
import type { CheckoutStore } from '../../shared/ports/checkout-store.ts';
import type { MemberStore } from '../../shared/ports/member-store.ts';
import type { SessionStore } from '../../shared/ports/session-store.ts';
import { money } from '../support/account-examples.ts';

const all = scopeOver('all');
const key = { companyId: 'acme', accountId: 'a/1' };
const only = (accountId: string) =>
  scopeOf([{ companies: ['acme'], accounts: { by: 'grant', accountId, itemIds: 'all' } }]);

const checkout = (id: string, startedAt: string): Checkout => ({
  ...{ ...key, id, provider: 'default', currency: 'EUR', amount: money(100), by: 'contact:1', startedAt },
  lines: [{ itemId: 'item:invoice:1', number: '1', amount: money(100) }],
  ...{ state: 'starting', attempt: 1, expiresAt: '2026-11-22T11:00:00Z', changedAt: startedAt },
});

export const checkoutStoreSuite = (store: () => CheckoutStore): void => {
  it('a checkout is written once, then by its mark alone', async () => {
    const wanted = checkout('one', '2026-11-22T10:00:00Z');
    const kept = await store().save(all, { checkout: wanted, mark: undefined });
    expect(await store().save(all, { checkout: wanted, mark: undefined })).toBe('version-conflict');
    const open = { ...wanted, state: 'open', sessionId: 'cs', url: 'https://x.example' } as const;
    const mark = kept === 'version-conflict' ? undefined : kept.mark;
    expect(await store().save(all, { checkout: open, mark })).toMatchObject({ checkout: open });
    expect(await store().save(all, { checkout: wanted, mark })).toBe('version-conflict');
    expect((await store().read(all, key, 'one'))?.checkout).toEqual(open);
  });

  it('checkouts of an account are listed, the last first; of others none are there', async () => {
    await store().save(all, { checkout: checkout('two', '2026-11-22T10:05:00Z'), mark: undefined });
    const listed = await store().list(only('a/1'), key, { limit: 5 });
    expect(listed.map(({ id }) => id)).toEqual(['two', 'one']);
    expect(await store().list(only('a2'), key, { limit: 5 })).toEqual([]);
    expect(await store().read(only('a2'), key, 'one')).toBeUndefined();
    const foreign = { checkout: checkout('three', '2026-11-22T10:06:00Z'), mark: undefined };
    await expect(store().save(only('a2'), foreign)).rejects.toThrow('out of scope');
  });
};

export const sessionStoreSuite = (store: () => SessionStore): void => {
  const session = (secretHash: string) => ({
    ...{ emailHash: 'e1', secretHash },
    ...{ openedAt: '2026-11-22T10:00:00Z', lastSeenAt: '2026-11-22T10:00:00Z' },
  });
  it('a session is read as it was seen last, and ended sessions stay ended', async () => {
    await store().open(session('s1'));
    await store().seen(session('s1'), '2026-11-22T10:05:00Z');
    expect(await store().read('e1', 's1')).toMatchObject({ lastSeenAt: '2026-11-22T10:05:00Z' });
    expect(await store().read('e2', 's1')).toBeUndefined();
    await store().end('e1', 's1');
    await store().end('e1', 's1');
    await store().seen(session('s1'), '2026-11-22T10:06:00Z');
    expect(await store().read('e1', 's1')).toBeUndefined();
  });
  it('all sessions of an address end at once, and nobody else’s', async () => {
    await store().open(session('s2'));
    await store().open(session('s3'));
    await store().open({ ...session('s4'), emailHash: 'e2' });
    await store().endAll('e1');
    expect([await store().read('e1', 's2'), await store().read('e1', 's3')]).toEqual([undefined, undefined]);
    expect(await store().read('e2', 's4')).toBeDefined();
  });
};

export const memberStoreSuite = (store: () => MemberStore): void => {
  it('memberships are written if they are as they were read', async () => {
    const memberships = [{ ...key, from: 'contact', by: 'mail', since: '2026-11-22T10:00:00Z' } as const];
    const unknown = await store().read('h1');
    expect(unknown.memberships).toEqual([]);
    expect(await store().save('h1', { ...unknown, memberships })).toBe('saved');
    expect(await store().save('h1', { ...unknown, memberships: [] })).toBe('version-conflict');
    const known = await store().read('h1');
    expect(known.memberships).toEqual(memberships);
    expect(await store().save('h1', { ...known, memberships: [] })).toBe('saved');
  });
};
