/**
 * A number that another account of the company has: its row is held for a person, whatever import it comes with
 * (R16); a debtor that was replaced is no conflict.
 */
import { describe, expect, it } from 'vitest';
import type { AccountWork } from '../../../shared/domain/account-work.ts';
import type { DeltaRow } from '../../../shared/domain/feed-rows.ts';
import type { LedgerMode } from '../../../shared/domain/company.ts';
import { zero } from '../../../shared/domain/money.ts';
import { deltaOf, rowOf, snapshot } from '../../support/posting-examples.ts';
import { companyId, emptyBooks, openOn, post, putPart, scope } from './post-part-support.ts';

const update = (accountId: string, source: string, rows: readonly DeltaRow[]): AccountWork => ({
  ...{ accountId, do: 'update', source, rows },
});
const one = (accountId: string, number: string, changedAt: string, more: Partial<DeltaRow> = {}) =>
  update(accountId, 'erp', [{ ...deltaOf(rowOf(number, 10_000), changedAt), ...more }]);

const world = async (mode: LedgerMode = 'erpLed') => {
  const books = await emptyBooks(mode);
  let imports = 0;
  const take = async (...lines: AccountWork[]) => {
    imports += 1;
    await putPart(books, `i${imports}`, 'p1', lines);
    const result = await post(books, `i${imports}`, 'p1');
    const { rows } = await books.imports.rejected(
      scope,
      { companyId, importId: `i${imports}` },
      { limit: 9 },
    );
    return { result, reasons: rows.flatMap(({ reasons }) => reasons) };
  };
  return { books, take, open: (accountId: string) => openOn(books, accountId) };
};

describe('an invoice whose number is on another account', () => {
  it.each(['erpLed', 'dunwellLed'] as const)(
    'is held in a company that is %s, and the rest is posted',
    async (mode) => {
      const { take, open } = await world(mode);
      await take(one('a1', 'N1', '2026-03-01T06:00:00Z'));
      const rows = ['N1', 'N2'].map((number, at) =>
        deltaOf(rowOf(number, 10_000, { row: at + 1 }), '2026-03-02T06:00:00Z'),
      );
      const { result, reasons } = await take(update('a2', 'erp', rows));
      expect(result).toMatchObject({ rows: 2, posted: 1, refusedBy: { 'number-on-other-account': 1 } });
      expect(reasons).toMatchObject([{ column: 'number', value: 'N1', code: 'number-on-other-account' }]);
      expect([await open('a1'), await open('a2')]).toEqual([{ N1: 10_000 }, { N2: 10_000 }]);
    },
  );

  it('is held from a source of another name, a journal and a history, too', async () => {
    const { take, open } = await world();
    await take(one('a1', 'N1', '2026-03-01T06:00:00Z'));
    const row = rowOf('N1', 10_000);
    const cleared = { ...deltaOf(row, '2026-03-02T06:00:00Z'), open: zero };
    const works: AccountWork[] = [
      update('a2', 'crm', [deltaOf(row, '2026-03-02T06:00:00Z')]),
      { accountId: 'a2', do: 'journal', source: 'erp', documents: [row], allocations: [] },
      { accountId: 'a2', do: 'history', source: 'erp', rows: [cleared] },
    ];
    for (const work of works)
      expect((await take(work)).result.refusedBy).toEqual({ 'number-on-other-account': 1 });
    expect(await open('a2')).toEqual({});
  });

  it('is posted once it was cancelled there', async () => {
    const { take, open } = await world();
    await take(one('a1', 'N1', '2026-03-01T06:00:00Z'));
    const news = { change: 'cancelled', changedAt: '2026-03-02T06:00:00Z' } as const;
    await take(one('a1', 'N1', '2026-03-02T06:00:00Z', { news }));
    expect((await take(one('a2', 'N1', '2026-03-02T07:00:00Z'))).result.refusedBy).toEqual({});
    expect([await open('a1'), await open('a2')]).toEqual([{}, { N1: 10_000 }]);
  });

  it('is held when it was paid there', async () => {
    const { take, open } = await world();
    await take(one('a1', 'N1', '2026-03-01T06:00:00Z'));
    const news = { change: 'cleared', changedAt: '2026-03-02T06:00:00Z', clearedBy: 'payment' } as const;
    await take(one('a1', 'N1', '2026-03-02T06:00:00Z', { news }));
    const { result } = await take(one('a2', 'N1', '2026-03-02T07:00:00Z'));
    expect(result.refusedBy).toEqual({ 'number-on-other-account': 1 });
    expect(await open('a2')).toEqual({});
  });

  it('comes again and again, and stays held', async () => {
    const { books, take, open } = await world();
    await take(one('a1', 'N1', '2026-03-01T06:00:00Z'));
    await take(one('a2', 'N1', '2026-03-02T06:00:00Z'));
    await post(books, 'i2', 'p1');
    await take(one('a2', 'N1', '2026-03-03T06:00:00Z'));
    expect([await open('a1'), await open('a2')]).toEqual([{ N1: 10_000 }, {}]);
  });
});

describe('an open item whose debtor was replaced', () => {
  const first = (): AccountWork[] => [{ ...snapshot(1, [rowOf('N1', 10_000)]), accountId: 'a1' }];
  const without = { ...snapshot(2, []), accountId: 'a1' };
  const withIt = { ...snapshot(2, [rowOf('N1', 10_000)]), accountId: 'a2' };

  it.each([
    ['old debtor first', [without, withIt]],
    ['new debtor first', [withIt, without]],
  ])('goes over with the snapshot, %s', async (_name, order) => {
    const { take, open } = await world();
    await take(...first());
    for (const line of order) expect((await take(line)).result.refusedBy).toEqual({});
    expect([await open('a1'), await open('a2')]).toEqual([{}, { N1: 10_000 }]);
  });

  it('is held where the snapshot does not speak of the old one', async () => {
    const { take, open } = await world();
    await take(...first());
    const narrow = { ...withIt, scope: { accounts: { name: 'new', from: 'a2', to: 'a9' } } };
    const other = { ...withIt, source: 'crm' };
    for (const line of [narrow, other])
      expect((await take(line)).result.refusedBy).toEqual({ 'number-on-other-account': 1 });
    expect([await open('a1'), await open('a2')]).toEqual([{ N1: 10_000 }, {}]);
  });
});
