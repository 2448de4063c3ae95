/**
 * What every `AdviceStore` promises, run on memory and on the real adapter alike.
 */
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import type { Advice } from '../../shared/domain/advice.ts';
import { scopeOver } from '../../shared/domain/scope.ts';
import type { AdviceStore } from '../../shared/ports/advice-store.ts';
import { day, money } from '../support/account-examples.ts';

const all = scopeOver('all');
const elsewhere = scopeOver(['elsewhere']);

const adviceOf = (companyId: string, more: Partial<Advice> = {}): Advice => ({
  ...{ companyId, id: `advice:${randomUUID()}`, source: 'mail', reference: 'PAY-7', importId: 'imp-1' },
  ...{ asOf: '2026-03-10T10:00:00Z', cameOn: day('2026-03-10'), currency: 'EUR', total: money(500) },
  ...{ lines: [{ number: '1001', amount: money(500), account: { companyId, accountId: 'a1' } }] },
  ...{ traceFrom: day('2026-03-13'), heldUntil: day('2026-03-17'), state: 'waiting' },
  ...more,
});

export const adviceStoreSuite = (store: () => AdviceStore): void => {
  it('gives an advice back as it was kept; of one id only the first is made', async () => {
    const advice = adviceOf(randomUUID());
    expect(await store().save(all, { advice })).toBe('saved');
    expect(await store().save(all, { advice: { ...advice, reference: 'other' } })).toBe('version-conflict');
    expect((await store().load(all, advice.companyId, advice.id))?.advice).toEqual(advice);
  });

  it('saves what is as it was loaded, and nothing else', async () => {
    const advice = adviceOf(randomUUID());
    await store().save(all, { advice });
    const loaded = (await store().load(all, advice.companyId, advice.id))!;
    const lapsed = { ...loaded, advice: { ...advice, state: 'lapsed' as const } };
    expect(await store().save(all, lapsed)).toBe('saved');
    expect(await store().save(all, lapsed)).toBe('version-conflict');
    expect((await store().load(all, advice.companyId, advice.id))?.advice.state).toBe('lapsed');
  });

  it('finds those without money by reference and by sum in one currency', async () => {
    const companyId = randomUUID();
    const kept = [
      adviceOf(companyId, { id: 'advice:1', reference: 'A' }),
      adviceOf(companyId, { id: 'advice:2', reference: 'B', total: money(700) }),
      adviceOf(companyId, { id: 'advice:3', reference: 'B', state: 'lapsed' }),
      adviceOf(companyId, { id: 'advice:4', reference: 'A', state: 'matched' }),
      adviceOf(companyId, { id: 'advice:5', reference: 'C', currency: 'USD' }),
    ];
    for (const advice of kept) await store().save(all, { advice });
    const idsOf = async (references: string[], amount: number, currency = 'EUR') =>
      (await store().alike(all, companyId, { references, amount: money(amount), currency }))
        .map(({ id }) => id)
        .toSorted();
    expect(await idsOf([], 500)).toEqual(['advice:1', 'advice:3']);
    expect(await idsOf(['B', 'Z'], 1)).toEqual(['advice:2', 'advice:3']);
    expect(await idsOf(['A'], 700)).toEqual(['advice:1', 'advice:2']);
    expect(await idsOf([], 500, 'USD')).toEqual(['advice:5']);
    expect(
      await store().alike(elsewhere, companyId, { references: ['A'], amount: money(1), currency: 'EUR' }),
    ).toEqual([]);
  });

  it('lists one state of one company, page by page', async () => {
    const companyId = randomUUID();
    for (const n of [1, 2, 3])
      await store().save(all, { advice: adviceOf(companyId, { id: `advice:${n}` }) });
    await store().save(all, { advice: adviceOf(companyId, { id: 'advice:0', state: 'lapsed' }) });
    await store().save(all, { advice: adviceOf(randomUUID()) });
    const first = await store().list(all, companyId, 'waiting', { limit: 2 });
    expect(first.advices.map(({ id }) => id)).toEqual(['advice:1', 'advice:2']);
    const rest = await store().list(all, companyId, 'waiting', { limit: 2, after: first.after! });
    expect([rest.advices.map(({ id }) => id), rest.after]).toEqual([['advice:3'], undefined]);
  });

  it('shows and keeps nothing outside the scope', async () => {
    const advice = adviceOf(randomUUID());
    await store().save(all, { advice });
    expect(await store().load(elsewhere, advice.companyId, advice.id)).toBeUndefined();
    expect((await store().list(elsewhere, advice.companyId, 'waiting', { limit: 9 })).advices).toEqual([]);
    await expect(store().save(elsewhere, { advice })).rejects.toThrow('out of scope');
  });
};
