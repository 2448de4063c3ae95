/**
 * Money a bank takes back in a later file than it came in (P8): the receipt is found by sum and reference, or a person names
 * it. In a company led by its ERP nothing of the book moves, and the account knows of it the same day.
 */
import { describe, expect, it } from 'vitest';
import { returnsOf } from '../../../shared/domain/debit-returns.ts';
import { all, cashWorld, idOf, invoice, told, wire, type CashWorld } from '../../support/cash-world.ts';
import { day, money } from '../../support/account-examples.ts';

const debit = { method: 'directDebit' };
const back = (references: string[], more: object = {}) =>
  wire('back', -98_000, {
    ...{ method: 'bank-return', valueOn: day('2026-04-02'), postedOn: day('2026-04-02') },
    ...{ reversesReferences: references, returnReason: 'AM04', bankReference: 'OTHER-9', ...more },
  });
const later = { importId: 'import-2' };
const openOf = async (world: CashWorld, number = '1') => (await world.open('a1', idOf(number)))?.open;

describe('a returned debit of a later file', () => {
  it.each([
    ['the bank’s own reference', { bankReference: 'B-77' }, ['B-77']],
    ['the reference from end to end, in the text', { text: 'pays 1 E2E-4711' }, ['E2E-4711']],
  ])('is found by %s: its item is open again, once', async (_, line, references) => {
    const world = await cashWorld();
    await world.post('a1', invoice('1', 98_000, debit));
    await world.receive([wire('w1', 98_000, line), wire('w2', 98_000, { accountId: 'a2' })]);
    expect(await openOf(world)).toBe(0);
    const result = await world.receive([back(references)], undefined, later);
    expect([result.refusedBy, result.posted]).toEqual([{}, 1]);
    expect(await openOf(world)).toBe(98_000);
    const before = await world.account('a1');
    const again = await world.receive([back(references)], undefined, { importId: 'import-3' });
    expect([again.refusedBy, again.unchanged]).toEqual([{}, 1]);
    expect(await world.account('a1')).toEqual(before);
    expect((await world.receipt('w2')).returns).toEqual([]);
  });

  it.each<[string, object, object, string[]]>([
    ['two could be meant', { text: 'E2E-1' }, { text: 'E2E-1' }, ['E2E-1']],
    ['a reference is part of another', { text: 'E2E-12' }, { text: 'x' }, ['E2E-1']],
    ['the bank gives none', { bankReference: 'NONREF' }, { text: 'x' }, ['NONREF']],
    ['it came after', { text: 'E2E-1', valueOn: '2026-04-03' }, { text: 'x' }, ['E2E-1']],
  ])('is a row for a person where %s', async (_, one, other, references) => {
    const world = await cashWorld();
    await world.post('a1', invoice('1', 98_000, debit));
    await world.receive([wire('w1', 98_000, one), wire('w2', 98_000, { accountId: 'a2', ...other })]);
    const before = await world.account('a1');
    const result = await world.receive([back(references)], undefined, later);
    expect(result.refusedBy).toEqual({ 'payment-out-unknown': 1 });
    expect(await world.account('a1')).toEqual(before);
    const { rows } = await world.parts.imports.rejected(
      ...([all, { companyId: 'c1', ...later }, { limit: 9 }] as const),
    );
    expect(rows).toMatchObject([{ state: 'open', reasons: [{ code: 'payment-out-unknown' }] }]);
  });

  it('of a receipt that was taken back already names the next one', async () => {
    const world = await cashWorld();
    await world.post('a1', invoice('1', 98_000, debit), invoice('2', 98_000, debit));
    const same = { text: 'E2E-1' };
    await world.receive([wire('w1', 98_000, same), told('w1', '1', 98_000)]);
    await world.receive([back(['E2E-1'])], undefined, later);
    await world.receive([wire('w2', 98_000, same), told('w2', '2', 98_000)], undefined, { importId: 'i3' });
    const second = { receiptId: 'back-2' };
    const result = await world.receive([back(['E2E-1'], second)], undefined, { importId: 'i4' });
    expect(result.refusedBy).toEqual({});
    expect([await openOf(world, '1'), await openOf(world, '2')]).toEqual([98_000, 98_000]);
  });
});

describe('in a company led by its ERP', () => {
  const returned = { amount: 98_000, on: '2026-03-10', reversedOn: '2026-04-02' };

  it('money beside the book is withdrawn, and the item knows why it came back', async () => {
    const world = await cashWorld('erpLed');
    await world.post('a1', invoice('1', 98_000, debit));
    await world.receive([wire('w1', 98_000, { text: 'E2E-1' })]);
    await world.receive([back(['E2E-1'])], undefined, later);
    const item = (await world.open('a1', idOf('1')))!;
    expect(item).toMatchObject({ open: 98_000, provisional: [{ state: 'withdrawn' }] });
    expect(returnsOf(item)).toMatchObject([{ ...returned, returnedAs: 'returned:AM04' }]);
  });

  it('what is told of an item is what the money had paid of it, not the whole wire', async () => {
    const world = await cashWorld('erpLed');
    await world.post('a1', invoice('1', 60_000, debit));
    await world.receive([wire('w1', 98_000, { text: 'E2E-1' }), told('w1', '1', 98_000)]);
    await world.receive([back(['E2E-1'])], undefined, later);
    expect(returnsOf((await world.open('a1', idOf('1')))!)).toMatchObject([{ amount: 60_000 }]);
  });

  it('money the ERP has posted leaves the book alone: the account hears of it, once', async () => {
    const world = await cashWorld('erpLed');
    await world.post('a1', invoice('1', 98_000, debit));
    await world.receive([wire('w1', 98_000), told('w1', '1', 98_000)], undefined, { kind: 'journal' });
    const before = await openOf(world);
    const line = { reversesId: 'w1', returnReason: 'MD01' };
    for (const importId of ['i2', 'i3'])
      await world.receive([back([], line)], undefined, { importId, kind: 'journal' });
    const item = (await world.open('a1', idOf('1')))!;
    expect(item.open).toBe(before);
    expect(returnsOf(item)).toMatchObject([{ ...returned, returnedAs: 'returned:MD01' }]);
    expect((await world.receipt('w1')).returns).toMatchObject([{ amount: money(98_000) }]);
  });
});
