/**
 * What every `ReceiptStore` promises, run on memory and on the real adapter alike.
 */
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { dayFromText, instantFromText } from '../../shared/domain/calendar.ts';
import { openReceipt } from '../../shared/domain/evolve-receipt.ts';
import { identifyReceipt } from '../../shared/domain/identify-receipt.ts';
import { amountOf } from '../../shared/domain/money.ts';
import type { ReceiptFact, ReceiptHead } from '../../shared/domain/receipt.ts';
import { isReceiptChainWhole } from '../../shared/domain/receipt-entry.ts';
import { reservePortions } from '../../shared/domain/reserve-portions.ts';
import { scopeOver } from '../../shared/domain/scope.ts';
import { receiptMarkAt } from '../../shared/ports/receipt-documents.ts';
import type { LoadedReceipt, ReceiptStore } from '../../shared/ports/receipt-store.ts';
import { hashOfContent, sha256 } from '../../shared/azure/entry-hash.ts';
import { branch, decided, part, wireOf } from '../domain/receipt-examples.ts';

const all = scopeOver('all');
const noon = instantFromText('2026-03-10T12:00:00Z');

export const changeOfReceipt = (facts: readonly ReceiptFact[]) => ({
  ...{ at: noon, facts, actor: { kind: 'job', id: 'import' } as const, cause: { kind: 'row', id: '1' } },
});

/** A receipt nobody knows the payer of, in a company of its own unless said. */
export const headOf = (more: Partial<ReceiptHead> = {}): ReceiptHead => {
  const {
    free: _free,
    portions: _portions,
    returns: _returns,
    missingInFeeds: _feeds,
    ...head
  } = wireOf(1000);
  const { payer: _payer, ...unknown } = { ...head, id: randomUUID(), companyId: randomUUID(), ...more };
  return more.payer === undefined ? unknown : { ...unknown, payer: more.payer };
};

/** Keeps a receipt and gives it back as it is now. */
export const keep = async (store: ReceiptStore, head: ReceiptHead): Promise<LoadedReceipt> => {
  const loaded = await store.load(all, { companyId: head.companyId, receiptId: head.id });
  const appended = await store.append(all, loaded, changeOfReceipt(decided(openReceipt(head))), head);
  if (appended.outcome !== 'appended') throw new Error(appended.outcome);
  return appended.loaded;
};

export const identified = (loaded: LoadedReceipt, account = 1): readonly ReceiptFact[] =>
  decided(identifyReceipt(loaded.receipt!, branch(account)));

const expectChain = async (store: ReceiptStore, { companyId, receiptId }: LoadedReceipt): Promise<void> => {
  const entries = await store.entries(all, { companyId, receiptId }, { afterVersion: 0, limit: 100 });
  const now = await store.load(all, { companyId, receiptId });
  expect(isReceiptChainWhole(now, entries, hashOfContent)).toBe(true);
};

export const receiptStoreSuite = (store: () => ReceiptStore): void => {
  it('nothing came under an unknown id', async () => {
    const loaded = await store().load(all, { companyId: 'c1', receiptId: randomUUID() });
    expect([loaded.version, loaded.receipt]).toEqual([0, undefined]);
  });

  it('gives a receipt back as it was kept, free text on it and not in its journal', async () => {
    const head = headOf({ text: 'from Ms Lee', payerName: 'Lee & Sons', payerBankAccount: 'XX12' });
    const kept = await keep(store(), head);
    const { receipt } = await store().load(all, { companyId: head.companyId, receiptId: head.id });
    expect(receipt).toMatchObject({ text: 'from Ms Lee', payerName: 'Lee & Sons', free: 1000 });
    const entries = await store().entries(
      all,
      { companyId: head.companyId, receiptId: head.id },
      { afterVersion: 0, limit: 9 },
    );
    expect(JSON.stringify(entries)).not.toMatch(/Lee|XX12/);
    await expectChain(store(), kept);
  });

  it('keeps each change with its entry, one after the other', async () => {
    const kept = await keep(store(), headOf());
    const next = await store().append(all, kept, changeOfReceipt(identified(kept)));
    if (next.outcome !== 'appended') throw new Error(next.outcome);
    const facts = decided(reservePortions(next.loaded.receipt!, 'r1', [part(1, 'a', 600)], 500, sha256));
    await store().append(all, next.loaded, changeOfReceipt(facts));
    const now = await store().load(all, kept);
    expect(now).toMatchObject({ version: 3, receipt: { free: 400, portions: [{ state: 'reserved' }] } });
    await expectChain(store(), kept);
  });

  it('refuses what was decided on an older version', async () => {
    const kept = await keep(store(), headOf());
    await store().append(all, kept, changeOfReceipt(identified(kept)));
    const second = await store().append(all, kept, changeOfReceipt(identified(kept, 2)));
    expect(second).toEqual({ outcome: 'version-conflict' });
    expect((await store().load(all, kept)).receipt?.payer).toEqual(branch(1));
  });

  it('of 8 that bring the same receipt at once one is kept', async () => {
    const head = headOf();
    const loaded = await store().load(all, { companyId: head.companyId, receiptId: head.id });
    const change = changeOfReceipt(decided(openReceipt(head)));
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        store().append(all, loaded, { ...change, cause: { kind: 'row', id: String(n) } }, head),
      ),
    );
    expect(outcomes.filter(({ outcome }) => outcome === 'appended')).toHaveLength(1);
    await expectChain(store(), loaded);
  });

  it('shows nothing outside the scope, and writes nothing there', async () => {
    const kept = await keep(store(), headOf());
    const other = scopeOver(['elsewhere']);
    expect((await store().load(other, kept)).version).toBe(0);
    expect(await store().entries(other, kept, { afterVersion: 0, limit: 9 })).toEqual([]);
    expect(await store().list(other, kept.companyId, { state: 'unidentified' }, { limit: 9 })).toEqual({
      receipts: [],
    });
    await expect(store().append(other, kept, changeOfReceipt(identified(kept)))).rejects.toThrow(
      'out of scope',
    );
  });

  it('lists one state of one company, oldest first, page by page', async () => {
    const companyId = randomUUID();
    for (const n of [5, 1, 4, 2, 3])
      await keep(store(), headOf({ companyId, id: `r${n}`, receivedAt: `2026-03-0${n}T08:00:00Z` }));
    const moved = await store().load(all, { companyId, receiptId: 'r2' });
    await store().append(all, moved, changeOfReceipt(identified(moved)));
    await keep(store(), headOf({ id: 'elsewhere' }));
    const ids: string[] = [];
    let after: string | undefined;
    do {
      const page = await store().list(
        all,
        companyId,
        { state: 'unidentified' },
        { limit: 2, ...(after === undefined ? {} : { after }) },
      );
      ids.push(...page.receipts.map(({ id }) => id));
      after = page.after;
    } while (after !== undefined);
    expect(ids).toEqual(['r1', 'r3', 'r4', 'r5']);
    const others = await store().list(all, companyId, { state: 'unassigned' }, { limit: 9 });
    expect(others.receipts.map(({ id }) => id)).toEqual(['r2']);
  });

  it('lists what no feed has confirmed', async () => {
    const companyId = randomUUID();
    await keep(store(), headOf({ companyId, id: 'p1', standing: 'provisional' }));
    await keep(store(), headOf({ companyId, id: 'c1' }));
    const { receipts } = await store().list(all, companyId, { standing: 'provisional' }, { limit: 9 });
    expect(receipts.map(({ id }) => id)).toEqual(['p1']);
  });

  it('lists those of one bank reference, oldest first, page by page, whatever became of them', async () => {
    const companyId = randomUUID();
    for (const n of [3, 1, 2])
      await keep(
        store(),
        headOf({ companyId, id: `b${n}`, bankReference: 'E2E 1', receivedAt: `2026-03-0${n}T08:00:00Z` }),
      );
    const moved = await store().load(all, { companyId, receiptId: 'b2' });
    await store().append(all, moved, changeOfReceipt(identified(moved)));
    await keep(store(), headOf({ companyId, id: 'other', bankReference: 'e2e 1' }));
    await keep(store(), headOf({ id: 'elsewhere', bankReference: 'E2E 1' }));
    const which = { bankReference: 'E2E 1' };
    const first = await store().list(all, companyId, which, { limit: 2 });
    const rest = await store().list(all, companyId, which, { limit: 2, after: first.after ?? '' });
    expect([first, rest].map((page) => page.receipts.map(({ id }) => id))).toEqual([['b1', 'b2'], ['b3']]);
    expect(await store().list(scopeOver(['elsewhere']), companyId, which, { limit: 9 })).toEqual({
      receipts: [],
    });
  });

  it('lists those of one sum in one currency, from a day on', async () => {
    const companyId = randomUUID();
    const kept = [
      { id: 'early', receivedAt: '2026-02-20T08:00:00Z' },
      { id: 'first', receivedAt: '2026-03-01T00:00:00Z' },
      { id: 'second', receivedAt: '2026-03-02T08:00:00Z' },
      { id: 'more', amount: amountOf(1_001) },
      { id: 'dollars', currency: 'USD' },
    ];
    for (const one of kept) await keep(store(), headOf({ companyId, ...one }));
    const { amount, currency } = headOf();
    const after = receiptMarkAt(dayFromText('2026-03-01'));
    const { receipts } = await store().list(
      all,
      companyId,
      { sum: { amount, currency } },
      { limit: 9, after },
    );
    expect(receipts.map(({ id }) => id)).toEqual(['first', 'second']);
  });
};
