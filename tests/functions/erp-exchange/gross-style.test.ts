/**
 * Part payments beside whole invoices (§2.2), from the uploaded file to the account: the profile says how a file means
 * them; what names nothing that is there once stays on account; a deduction goes on as its original did.
 */
import { describe, expect, it } from 'vitest';
import { open, uploadWorld, type Cells } from './upload-world.ts';
import { bookOf, feedOf } from './snapshot-world.ts';

const paid = (number: string, amount: number, names: string, more: Cells = {}): Cells =>
  open(number, -amount, { type: 'payment', original_number: names, ...more });

const grossWorld = async () => {
  const books = await uploadWorld();
  await books.gross();
  return {
    ...books,
    night: (n: number, ...rows: Cells[]) => books.snapshot(n, rows, { profile: 'gross' }),
    book: () => bookOf(books.world, 'acme'),
  };
};

describe('gross style', () => {
  it('a payment that grows lowers its invoice, and what goes with it is cleared', async () => {
    const { night, book, why, item } = await grossWorld();
    await night(10, open('A', 100), open('Z', 1), paid('P', 40, 'A'));
    expect(await book()).toEqual({ A: 6_000, Z: 100 });
    await night(11, open('A', 100), open('Z', 1), paid('P', 40, 'A'), paid('Q', 25, 'A'));
    expect(await book()).toEqual({ A: 3_500, Z: 100 });
    expect(await why('A')).toEqual([
      ['beforeFirstSight', 4_000],
      ['unexplained', 2_500],
    ]);
    await night(12, open('Z', 1));
    expect(await book()).toEqual({ Z: 100 });
    expect(await item('P', 'paymentOnAccount')).toBeUndefined();
  });

  it('the original amount stays whole: what was paid before first sight is no item', async () => {
    const { night, item } = await grossWorld();
    await night(10, open('A', 100), paid('P', 40, 'A'));
    expect(await item('A')).toMatchObject({ original: 10_000, open: 6_000 });
  });

  it.each<[string, Cells[], Record<string, number>]>([
    ['naming nothing', [open('A', 100), paid('P', 40, '')], { A: 10_000, P: -4_000 }],
    ['naming what is not there', [open('A', 100), paid('P', 40, 'B')], { A: 10_000, P: -4_000 }],
    [
      'in another currency',
      [open('A', 100), paid('P', 40, 'A', { currency: 'USD' })],
      { A: 10_000, P: -4_000 },
    ],
    ['beyond the invoice', [open('A', 100), paid('P', 140, 'A')], { P: -4_000 }],
    ['twice', [open('A', 100), paid('P', 40, 'A'), paid('Q', 10, 'A')], { A: 5_000 }],
    [
      'of another year',
      [open('A', 100, { fiscal_year: '2025' }), paid('P', 40, 'A', { fiscal_year: '2026' })],
      { A: 10_000, P: -4_000 },
    ],
    [
      'of two years, naming none of them',
      [open('A', 100, { fiscal_year: '2025' }), open('A', 100, { fiscal_year: '2026' }), paid('P', 40, 'A')],
      { A: 10_000, P: -4_000 },
    ],
  ])('a payment %s', async (_what, rows, wanted) => {
    const { night, book } = await grossWorld();
    const file = await night(10, ...rows);
    expect(file.state).toBe('done');
    expect(await book()).toEqual(wanted);
  });

  it('the file equals the book, and its totals are those of its rows', async () => {
    const books = await grossWorld();
    const rows = [open('A', 100), paid('P', 40, 'A'), paid('Q', 5, '')];
    const file = await books.snapshot(10, rows, { profile: 'gross', rows: 3, controlSums: { EUR: 5_500 } });
    expect(file).toMatchObject({ state: 'done', sums: { EUR: 5_500 } });
    expect((await feedOf(books.world)).check).toMatchObject({
      lines: [{ file: 5_500, closing: 5_500 }],
    });
  });
});

it('net style: the amount is reduced already, and a payment that names it is an item of its own', async () => {
  const books = await uploadWorld();
  await books.snapshot(10, [open('A', 60, { original_amount: '100.00' }), paid('P', 40, 'A')]);
  expect(await bookOf(books.world, 'acme')).toEqual({ A: 6_000, P: -4_000 });
});

describe('a deduction that names its original', () => {
  it('is due as the original was, keeps when that was first due, and names it; a later row does not change that', async () => {
    const books = await uploadWorld();
    await books.snapshot(10, [open('A', 100)]);
    await books.snapshot(11, [open('A', 100, { due_date: '2026-11-30' })]);
    const rest = { type: 'deduction', original_number: 'A', due_date: '2026-12-24' };
    await books.snapshot(12, [open('R', 30, rest)]);
    const was = await books.item('A');
    const kept = { dueOn: '2026-11-30', firstDueOn: '2026-10-31', originalId: was?.id };
    expect(await books.item('R', 'deduction')).toMatchObject(kept);
    await books.snapshot(13, [open('R', 20, { ...rest, due_date: '2027-01-31' })]);
    expect(await books.item('R', 'deduction')).toMatchObject({ ...kept, open: 2_000 });
    expect(was).toMatchObject({ open: 0, dueOn: '2026-11-30' });
  });
});
