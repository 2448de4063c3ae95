/**
 * The result table of `defaults.md` §2.4, each row from the uploaded file to the book. Its last row, a dispute or
 * promise above the new open amount, waits for disputes and promises.
 */
import { describe, expect, it } from 'vitest';
import { bookOf } from './snapshot-world.ts';
import { day, open, uploadWorld, type Cells, type Uploads } from './upload-world.ts';

const acme = ({ world }: Uploads) => bookOf(world, 'acme');
const nights = async (...files: Cells[][]): Promise<Uploads> => {
  const books = await uploadWorld();
  for (const [at, rows] of files.entries()) await books.snapshot(10 + at, rows);
  return books;
};
const told = (number: string, amount: string): Cells => ({
  ...{ number, amount, from_id: 'R-1', posting_date: '2026-11-10' },
});
const credit = (number: string, amount: number): Cells => open(number, amount, { type: 'creditNote' });
const Z = open('Z', 1);

describe('unknown, in the file open', () => {
  it('is posted', async () => {
    expect(await acme(await nights([open('A', 100)]))).toEqual({ A: 10_000 });
  });

  it('with an original above: the gap is settled before first sight', async () => {
    const books = await nights([open('A', 60, { original_amount: '100.00' })]);
    expect(await books.item('A')).toMatchObject({ original: 10_000, open: 6_000 });
    expect(await books.why('A')).toEqual([['beforeFirstSight', 4_000]]);
  });
});

it('open, in the file the same: nothing is written', async () => {
  const books = await nights([open('A', 100)], [open('A', 100)]);
  expect(await books.entries()).toBe(1);
});

describe('open, in the file lower', () => {
  it('by what the journal told before: its reason', async () => {
    const books = await nights([open('A', 100)]);
    await books.journal(day(10, '12'), [told('A', '40.00')]);
    await books.snapshot(11, [open('A', 60)]);
    expect(await books.why('A')).toEqual([['payment', 4_000]]);
  });

  it('by money that is here provisionally: this payment', async () => {
    const books = await nights([open('A', 100)]);
    await books.payment(day(10, '12'), 40, 'A');
    await books.snapshot(11, [open('A', 60)]);
    expect(await books.why('A')).toEqual([['payment', 4_000]]);
  });

  it.each([
    ['shrank', [credit('C', -10)]],
    ['vanished', []],
  ])('by a credit that %s with it: this credit', async (_how, left) => {
    const books = await nights(
      [open('A', 100), credit('C', -50)],
      [open('A', left.length > 0 ? 60 : 50), ...left],
    );
    expect(await books.why('A')).toEqual([['allocation', left.length > 0 ? 4_000 : 5_000]]);
  });

  it('by nothing known: unexplained', async () => {
    const books = await nights([open('A', 100)], [open('A', 60)]);
    expect(await books.why('A')).toEqual([['unexplained', 4_000]]);
  });
});

describe('open, in the file higher', () => {
  it('by what went down before: that reduction is undone', async () => {
    const books = await nights([open('A', 100)], [open('A', 60)], [open('A', 100)]);
    expect([await acme(books), await books.why('A')]).toEqual([{ A: 10_000 }, []]);
  });

  it('by more than ever went down: a debit adjustment', async () => {
    const books = await nights([open('A', 100)], [open('A', 130)]);
    expect([await acme(books), await books.why('A')]).toEqual([{ A: 13_000 }, [['adjustment', 3_000]]]);
  });
});

describe('open, in the file with other', () => {
  it('due day: amended, the first due day stays beside it', async () => {
    const books = await nights([open('A', 100)], [open('A', 100, { due_date: '2026-12-31' })]);
    expect(await books.item('A')).toMatchObject({ dueOn: '2026-12-31', firstDueOn: '2026-10-31' });
  });

  it('order number and block: amended, amounts stay', async () => {
    const books = await nights(
      [open('A', 100)],
      [open('A', 100, { purchase_order: 'PO-7', dispute_code: 'PRICE' })],
    );
    const item = await books.item('A');
    expect([item?.references.purchaseOrder, item?.erpBlock, item?.open]).toEqual(['PO-7', 'PRICE', 10_000]);
  });
});

describe('open, absent', () => {
  it('its key among refused rows: not closed, withheld until a file can be read', async () => {
    const books = await nights([open('A', 100), Z], [open('A', 0, { open_amount: '1.2.3' }), Z]);
    expect(await acme(books)).toEqual({ A: 10_000, Z: 100 });
    await books.snapshot(12, [Z]);
    expect(await acme(books)).toEqual({ Z: 100 });
    expect((await books.item('A'))?.clearedBetween).toEqual({ fromAt: day(11), toAt: day(12) });
  });

  it('a row beside it whose amount, and so whose kind, nobody can read: it is closed all the same, what that row is of is not', async () => {
    const B = open('B', 50);
    const books = await nights([open('A', 100), B, Z], [open('A', 0, { open_amount: '1.2.3', type: '' }), Z]);
    expect(await acme(books)).toEqual({ A: 10_000, Z: 100 });
    expect((await books.item('B'))?.clearedBetween).toEqual({ fromAt: day(10), toAt: day(11) });
  });

  it('a row of its account without a number: nothing of that account is closed, others are', async () => {
    const bolt = open('B', 50, { account: 'bolt' });
    const books = await nights([open('A', 100), Z, bolt], [open('', 5), Z]);
    expect(await acme(books)).toEqual({ A: 10_000, Z: 100 });
    expect(await bookOf(books.world, 'bolt')).toEqual({});
  });

  it('a row without an account: nothing at all is closed', async () => {
    const bolt = open('B', 50, { account: 'bolt' });
    const books = await nights([open('A', 100), Z, bolt], [open('A', 90, { account: '' }), Z]);
    expect(await acme(books)).toEqual({ A: 10_000, Z: 100 });
    expect(await bookOf(books.world, 'bolt')).toEqual({ B: 5_000 });
  });

  it('its key among held rows: not closed', async () => {
    const books = await nights([open('A', 100), Z], [open('A', 90), open('A', 80), Z]);
    expect(await acme(books)).toEqual({ A: 10_000, Z: 100 });
  });

  it('told by the journal: cleared by this payment', async () => {
    const books = await nights([open('A', 100), Z]);
    await books.journal(day(10, '12'), [told('A', '100.00')]);
    await books.snapshot(11, [Z]);
    expect([await acme(books), await books.why('A')]).toEqual([{ Z: 100 }, [['payment', 10_000]]]);
  });

  it('paid here provisionally: cleared by this payment', async () => {
    const books = await nights([open('A', 100), Z]);
    await books.payment(day(10, '12'), 100, 'A');
    await books.snapshot(11, [Z]);
    expect([await acme(books), await books.why('A')]).toEqual([{ Z: 100 }, [['payment', 10_000]]]);
  });

  it('a residual names it: that part went over, the rest is implied', async () => {
    const rest = open('A-R', 30, { type: 'deduction', original_number: 'A' });
    const books = await nights([open('A', 100)], [rest]);
    expect(await books.why('A')).toEqual([
      ['residual', 3_000],
      ['implied', 7_000],
    ]);
  });

  it('credits vanish with it to net zero: cleared against each other', async () => {
    const books = await nights([open('A', 100), credit('C', -60), credit('D', -40), Z], [Z]);
    const why = await books.why('A');
    expect(why?.map(([by]) => by)).toEqual(['allocation', 'allocation']);
    expect(await acme(books)).toEqual({ Z: 100 });
  });

  it('nothing fits: implied payment', async () => {
    const books = await nights([open('A', 100), Z], [Z]);
    expect(await books.why('A')).toEqual([['implied', 10_000]]);
  });
});

it('cleared, in the file open: reopened with its history, and cleared again over its own span', async () => {
  const books = await nights([open('A', 100), Z], [Z], [open('A', 100), Z], [Z]);
  const item = await books.item('A');
  expect(item?.changes.map(({ by, isReversed }) => [by, isReversed])).toEqual([
    ['implied', true],
    ['implied', false],
  ]);
  expect(item?.clearedBetween).toEqual({ fromAt: day(12), toAt: day(13) });
});
