/**
 * Posting a part: once whatever is delivered, crashed or raced; reported as the ledger changed; large accounts.
 */
import { describe, expect, it } from 'vitest';
import type { AccountWork } from '../../../shared/domain/account-work.ts';
import type { DocumentRow } from '../../../shared/domain/feed-rows.ts';
import { Crash, crashAt, gateOf } from '../../support/faults.ts';
import { expectSound } from '../../ports/account-store.suite.ts';
import { deltaOf, morning, rowOf, snapshot } from '../../support/posting-examples.ts';
import {
  balanceOf,
  companyId,
  emptyBooks,
  openOn,
  post,
  putPart,
  scope,
  type Books,
} from './post-part-support.ts';

const accounts = ['a1', 'a2', 'a3'];
const many = (count: number, open = 10_000): DocumentRow[] =>
  Array.from({ length: count }, (_, n) => rowOf(`N${n}`, open));
const reconcile = (accountId: string, n: number, rows: readonly DocumentRow[]): AccountWork => ({
  ...snapshot(n, rows),
  accountId,
});

/** Two snapshots: the second lowers, clears, adds and nets on each of three accounts. */
const first = (accountId: string) =>
  reconcile(accountId, 1, [...many(4), rowOf('C', -10_000, { kind: 'creditNote' })]);
const second = (accountId: string) =>
  reconcile(accountId, 2, [rowOf('N0', 10_000), rowOf('N1', 4_000), rowOf('X', 10_000)]);

const afterFirst = async (): Promise<Books> => {
  const books = await emptyBooks();
  await putPart(books, 'i1', 'p1', accounts.map(first));
  await post(books, 'i1', 'p1');
  await putPart(books, 'i2', 'p1', accounts.map(second));
  return books;
};
const whole = { N0: 10_000, N1: 4_000, X: 10_000 };

const expectWhole = async (books: Books): Promise<void> => {
  for (const accountId of accounts) {
    expect(await openOn(books, accountId)).toEqual(whole);
    await expectSound(books.accounts, { companyId, accountId });
  }
};

describe('a part', () => {
  it('is reported as the ledger changed', async () => {
    const books = await afterFirst();
    const before = await balanceOf(books, 'a1');
    const result = await post(books, 'i2', 'p1');
    expect((await balanceOf(books, 'a1')) - before).toBe(24_000 - 30_000);
    expect(result).toMatchObject({ accounts: 3, rows: 9, posted: 6, unchanged: 3, refusedBy: {} });
    expect(result.change).toEqual({ EUR: 3 * (24_000 - 30_000) });
    expect(result.movements).toMatchObject({
      EUR: { added: 30_000, reduced: 18_000, cleared: 30_000, unexplained: 48_000 },
    });
    await expectWhole(books);
  });

  it('delivered twice is posted once and reported once', async () => {
    const books = await afterFirst();
    const result = await post(books, 'i2', 'p1');
    const gate = gateOf();
    await post(books, 'i2', 'p1', gate);
    expect(gate.calls.filter((call) => call === 'accounts.append')).toEqual([]);
    const kept = await books.imports.results(scope, { companyId, importId: 'i2' });
    expect(kept).toEqual([result]);
    await expectWhole(books);
  });

  it('worked on by two at once is posted once', async () => {
    const books = await afterFirst();
    const results = await Promise.all([post(books, 'i2', 'p1'), post(books, 'i2', 'p1')]);
    for (const { change } of results) expect(change).toEqual({ EUR: -18_000 });
    await expectWhole(books);
  });

  it('crashed before or after any effect ends as if it had not, with the same report', async () => {
    const calm = gateOf();
    const expected = await post(await afterFirst(), 'i2', 'p1', calm);
    for (let call = 1; call <= calm.calls.length; call += 1)
      for (const when of ['before', 'after'] as const) {
        const books = await afterFirst();
        await expect(post(books, 'i2', 'p1', crashAt(call, when))).rejects.toThrow(Crash);
        await post(books, 'i2', 'p1');
        expect(await books.imports.results(scope, { companyId, importId: 'i2' })).toEqual([expected]);
        await expectWhole(books);
      }
    expect(calm.calls.length).toBeGreaterThanOrEqual(5);
  });

  it('overtaken by a later snapshot goes not back', async () => {
    const books = await afterFirst();
    await putPart(books, 'i3', 'p1', [reconcile('a1', 3, [rowOf('N0', 2_000)])]);
    await post(books, 'i3', 'p1');
    const result = await post(books, 'i2', 'p1');
    expect(await openOn(books, 'a1')).toEqual({ N0: 2_000 });
    expect(result.change).toEqual({ EUR: -12_000 });
  });

  it('keeps rows that were refused at the account, with the reason', async () => {
    const books = await afterFirst();
    const usd = rowOf('N0', 10_000, { currency: 'USD' });
    await putPart(books, 'i3', 'p1', [reconcile('a1', 2, [usd, ...many(4).slice(1)])]);
    const result = await post(books, 'i3', 'p1');
    expect(result).toMatchObject({ refusedBy: { 'item-differs': 1 }, posted: 0, unchanged: 3 });
    const { rows } = await books.imports.rejected(scope, { companyId, importId: 'i3' }, { limit: 9 });
    expect(rows).toMatchObject([{ row: 1, reasons: [{ code: 'item-differs', value: 'N0' }], state: 'open' }]);
  });
});

describe('what cannot be posted', () => {
  it('is refused where the company is unknown, or keeps its own book', async () => {
    const books = await emptyBooks('dunwellLed');
    await putPart(books, 'i1', 'p1', [first('a1')]);
    await expect(post(books, 'i1', 'p1')).rejects.toThrow('book-kept-here');
    const { settings, ...others } = await emptyBooks();
    const none = { ...others, settings: { ...settings, read: async () => undefined } };
    await expect(post(none, 'i1', 'p1')).rejects.toThrow('company-unknown');
  });

  it('is refused where its file is missing or damaged', async () => {
    const books = await emptyBooks();
    await expect(post(books, 'i1', 'p1')).rejects.toThrow('part-not-found');
    await books.files.write(scope, { companyId, name: 'i1/parts/p1.ndjson' }, '{"do":"reconcile"}\n');
    await expect(post(books, 'i1', 'p1')).rejects.toThrow('part-not-readable');
  });

  it('a document never changes what is open of an item in a company that keeps its book here', async () => {
    const books = await emptyBooks('dunwellLed');
    const update = (open: number, at: string): AccountWork => ({
      ...{ accountId: 'a1', do: 'update', source: 'manual' },
      rows: [deltaOf(rowOf('A', open), at)],
    });
    await putPart(books, 'i1', 'p1', [update(10_000, morning(1))]);
    await putPart(books, 'i2', 'p1', [update(1_000, morning(2))]);
    await post(books, 'i1', 'p1');
    await post(books, 'i2', 'p1');
    expect(await openOn(books, 'a1')).toEqual({ A: 10_000 });
  });
});

describe('large accounts', () => {
  it.each([60, 61, 500])('%i open items: posted, then reconciled with a few changes', async (count) => {
    const books = await emptyBooks();
    const gate = gateOf();
    await putPart(books, 'i1', 'p1', [reconcile('a1', 1, many(count))]);
    await post(books, 'i1', 'p1', gate);
    const appends = gate.calls.filter((call) => call === 'accounts.append').length;
    expect(appends).toBe(Math.ceil(count / 97));
    await putPart(books, 'i2', 'p1', [reconcile('a1', 2, [...many(count).slice(2), rowOf('N0', 1)])]);
    expect(await post(books, 'i2', 'p1')).toMatchObject({ posted: 1, change: { EUR: -19_999 } });
    expect(await balanceOf(books, 'a1')).toBe((count - 2) * 10_000 + 1);
    await expectSound(books.accounts, { companyId, accountId: 'a1' });
  });

  it('20,000 open items: two gone, one lower, the head right', { timeout: 120_000 }, async () => {
    const books = await emptyBooks();
    const rows = many(20_000);
    await putPart(books, 'i1', 'p1', [reconcile('a1', 1, rows)]);
    await post(books, 'i1', 'p1');
    await putPart(books, 'i2', 'p1', [reconcile('a1', 2, [...rows.slice(3), rowOf('N0', 5_000)])]);
    expect(await post(books, 'i2', 'p1')).toMatchObject({ entries: 1, change: { EUR: -25_000 } });
    const { account } = await books.accounts.load(scope, { companyId, accountId: 'a1' });
    expect(account.head).toMatchObject({ openCount: 19_998, oldestDueOn: '2026-03-31' });
    expect(account.head.balances['EUR']?.open).toBe(19_998 * 10_000 - 5_000);
  });
});

describe('master data', () => {
  const master = async (books: Books) => {
    const key = { companyId, accountId: 'a1' };
    const { account } = await books.accounts.load(scope, key);
    return books.accounts.paper(scope, key, account.head.masterData as `contact:${string}`);
  };

  it('comes with the rows, stays out of the journal, and is not written again', async () => {
    const books = await emptyBooks();
    const row = rowOf('A', 10_000, { contactEmail: 'ap@lee.example' });
    const work = { ...reconcile('a1', 1, [row]), accountName: 'Lee Ltd' };
    await putPart(books, 'i1', 'p1', [work]);
    await post(books, 'i1', 'p1');
    expect(await master(books)).toEqual({ name: 'Lee Ltd', nameFrom: 'rows', email: 'ap@lee.example' });
    const entries = await books.accounts.entries(
      scope,
      { companyId, accountId: 'a1' },
      { afterVersion: 0, limit: 9 },
    );
    expect(JSON.stringify(entries)).not.toContain('Lee');
    await putPart(books, 'i2', 'p1', [{ ...reconcile('a1', 1, [row]), accountName: 'Lee Limited' }]);
    expect(await post(books, 'i2', 'p1')).toMatchObject({ entries: 0 });
  });

  it('a customer who is closed has invoices posted and held', async () => {
    const books = await emptyBooks();
    const customer = { row: 1, accountId: 'a1', name: 'Lee Ltd', termsCode: 'net 14', isClosed: true };
    await putPart(books, 'i1', 'p1', [
      { accountId: 'a1', do: 'customers', source: 'erp', asOf: '2026-03-11T05:00:00Z', rows: [customer] },
    ]);
    expect(await post(books, 'i1', 'p1')).toMatchObject({ posted: 1, entries: 1 });
    await putPart(books, 'i2', 'p1', [reconcile('a1', 1, [rowOf('N0', 10_000, { accountName: 'Kim' })])]);
    await post(books, 'i2', 'p1');
    const { account } = await books.accounts.load(scope, { companyId, accountId: 'a1' }, ['item:invoice:N0']);
    expect(account.items.get('item:invoice:N0')).toMatchObject({
      faults: ['bill-to-differs', 'due-date-differs', 'customer-closed'],
      open: 10_000,
    });
  });
});
