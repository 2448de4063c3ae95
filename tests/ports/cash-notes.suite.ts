/**
 * What every `ProposalStore` and `PayerStore` promises, run on memory and on the real adapters alike.
 */
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import type { Proposal } from '../../shared/domain/proposal.ts';
import { scopeOver } from '../../shared/domain/scope.ts';
import type { PayerStore } from '../../shared/ports/payer-store.ts';
import type { ProposalStore } from '../../shared/ports/proposal-store.ts';
import { day, money } from '../support/account-examples.ts';

const all = scopeOver('all');
const elsewhere = scopeOver(['elsewhere']);

const proposalOf = (companyId: string, more: Partial<Proposal> = {}): Proposal => ({
  ...{ id: `proposal:${randomUUID()}`, companyId, accountId: 'a1', kind: 'writeOff', amount: money(500) },
  ...{ currency: 'EUR', items: [{ itemId: 'i1', amount: money(500) }], reason: 'OLD', by: 'ann' },
  ...{ on: day('2026-03-10'), state: 'proposed' },
  ...more,
});

export const proposalStoreSuite = (store: () => ProposalStore): void => {
  it('keeps the first of one id', async () => {
    const first = proposalOf(randomUUID());
    expect(await store().create(all, first)).toEqual(first);
    expect(await store().create(all, { ...first, by: 'bea' })).toEqual(first);
  });

  it('saves what is as it was loaded, and nothing else', async () => {
    const { companyId, id } = await store().create(all, proposalOf(randomUUID()));
    const loaded = (await store().load(all, companyId, id))!;
    const approved = { ...loaded, proposal: { ...loaded.proposal, state: 'approved' as const } };
    expect(await store().save(all, approved)).toBe('saved');
    expect(await store().save(all, approved)).toBe('version-conflict');
    expect((await store().load(all, companyId, id))?.proposal.state).toBe('approved');
  });

  it('lists one state of one company, page by page', async () => {
    const companyId = randomUUID();
    for (const n of [1, 2, 3]) await store().create(all, proposalOf(companyId, { id: `proposal:${n}` }));
    await store().create(all, proposalOf(companyId, { state: 'approved' }));
    const first = await store().list(all, companyId, 'proposed', { limit: 2 });
    expect(first).toMatchObject({ after: 'proposal:2' });
    const second = await store().list(all, companyId, 'proposed', { limit: 2, after: first.after! });
    expect(second.proposals.map(({ id }) => id)).toEqual(['proposal:3']);
  });

  it('shows nothing outside the scope, and writes nothing there', async () => {
    const kept = await store().create(all, proposalOf(randomUUID()));
    expect(await store().load(elsewhere, kept.companyId, kept.id)).toBeUndefined();
    expect(await store().list(elsewhere, kept.companyId, 'proposed', { limit: 9 })).toEqual({
      proposals: [],
    });
    await expect(store().create(elsewhere, kept)).rejects.toThrow('out of scope');
  });
};

export const payerStoreSuite = (store: () => PayerStore): void => {
  const said = (accountId: string) => ({
    account: { companyId: 'c1', accountId },
    by: 'ann',
    at: '2026-03-10T10:00:00Z',
  });

  it('knows whose a bank account is by the last word on it', async () => {
    const hash = randomUUID();
    expect(await store().known(all, 'c1', hash)).toBeUndefined();
    await store().remember(all, 'c1', hash, said('a1'));
    await store().remember(all, 'c1', hash, said('a2'));
    expect(await store().known(all, 'c1', hash)).toEqual({ companyId: 'c1', accountId: 'a2' });
    expect(await store().known(all, 'c2', hash)).toBeUndefined();
  });

  it('tells nothing outside the scope', async () => {
    const hash = randomUUID();
    await store().remember(all, 'c1', hash, said('a1'));
    expect(await store().known(elsewhere, 'c1', hash)).toBeUndefined();
    await expect(store().remember(elsewhere, 'c1', hash, said('a2'))).rejects.toThrow('out of scope');
  });
};
