/**
 * Money that the ERP's own journal tells of, with what it settled: why an item went down, in whatever files and order
 * receipt, allocation and snapshot come (`defaults.md` §2.6, second case).
 */
import { describe, expect, it } from 'vitest';
import { showImport } from '../../../functions/invoice-ingestion/show-import.ts';
import type { ImportDocument } from '../../../shared/domain/imports.ts';
import { everything } from '../../support/test-edge.ts';
import { bookOf, companyId } from './snapshot-world.ts';
import { day, open, uploadWorld, type Cells, type Uploads } from './upload-world.ts';

const nothingOfItems = { type: '', document_date: '', due_date: '' };
const receipt = (id: string, amount: string, more: Cells = {}): Cells => ({
  ...{ record: 'receipt', receipt_id: id, value_date: '2026-11-10', posting_date: '2026-11-10', amount },
  ...{ ...nothingOfItems, ...more },
});
const allocation = (from: string, amount: string, more: Cells = {}): Cells => ({
  ...{ number: 'B', amount, from_id: from, posting_date: '2026-11-10', ...more },
});

const shown = async ({ world }: Uploads, file: ImportDocument) => {
  const answer = await showImport(world.imports, everything, file);
  if (!answer.ok) throw new Error(answer.detail);
  const { state, posted } = answer.value;
  return { state, refusedBy: posted.refusedBy };
};
const done = { state: 'done', refusedBy: {} };
const told = async ({ world }: Uploads, receiptId: string) =>
  (await world.receipts.load(everything, { companyId, receiptId })).receipt;

/** B 200, then 120: 80 went, nobody has said why. */
const lowered = async (): Promise<Uploads> => {
  const books = await uploadWorld();
  await books.snapshot(10, [open('B', 200)]);
  await books.snapshot(11, [open('B', 120)]);
  expect(await books.why('B')).toEqual([['unexplained', 8_000]]);
  return books;
};

/** Explained, and nothing of it is doubled by the next night. */
const expectExplained = async (books: Uploads): Promise<void> => {
  expect(await books.why('B')).toEqual([['payment', 8_000]]);
  await books.snapshot(12, [open('B', 120)]);
  expect(await bookOf(books.world, 'acme')).toEqual({ B: 12_000 });
  expect(await books.why('B')).toEqual([['payment', 8_000]]);
  expect((await books.item('B'))?.explanations?.map(({ left }) => left)).toEqual([0]);
};

describe('a journal with money in an ERP-led company', () => {
  it('receipt and allocation in one file explain what went down, and the import is done', async () => {
    const books = await lowered();
    const file = await books.journal(day(11, '12'), [receipt('R-1', '80.00'), allocation('R-1', '80.00')]);
    expect(await shown(books, file)).toEqual(done);
    expect(await told(books, 'receipt:books:R-1')).toMatchObject({
      standing: 'confirmed',
      portions: [{ itemId: 'item:invoice:B', amount: 8_000 }],
    });
    await expectExplained(books);
  });

  it.each([
    ['the receipt first', [receipt('R-1', '80.00')], [allocation('R-1', '80.00')]],
    ['the allocation first', [allocation('R-1', '80.00')], [receipt('R-1', '80.00')]],
  ])('in two files, %s', async (_, first, second) => {
    const books = await lowered();
    expect(await shown(books, await books.journal(day(11, '12'), first))).toEqual(done);
    expect(await shown(books, await books.journal(day(11, '13'), second))).toEqual(done);
    await expectExplained(books);
  });

  it('before the snapshot that shows it', async () => {
    const books = await uploadWorld();
    await books.snapshot(10, [open('B', 200)]);
    await books.journal(day(10, '12'), [receipt('R-1', '80.00'), allocation('R-1', '80.00')]);
    expect(await bookOf(books.world, 'acme')).toEqual({ B: 20_000 });
    await books.snapshot(11, [open('B', 120)]);
    await expectExplained(books);
  });

  it.each([
    ['beside its receipt', (r: Cells, a: Cells) => [[r, a]]],
    ['in a later file', (r: Cells, a: Cells) => [[r], [a]]],
    ['in an earlier file', (r: Cells, a: Cells) => [[a], [r]]],
  ])('an allocation that names no account goes to the account that has the item, %s', async (_, files) => {
    const books = await lowered();
    const rows = files(receipt('R-1', '80.00'), allocation('R-1', '80.00', { account: '' }));
    for (const [at, file] of rows.entries())
      expect(await shown(books, await books.journal(day(11, `1${at}`), file))).toEqual(done);
    await expectExplained(books);
  });

  it.each([['acme'], ['']])('of an item nobody knows is refused, account "%s"', async (account) => {
    const books = await lowered();
    const unknown = allocation('R-1', '80.00', { number: 'Z', account });
    const file = await books.journal(day(11, '12'), [receipt('R-1', '80.00'), unknown]);
    expect(await shown(books, file)).toEqual({ state: 'done', refusedBy: { 'item-not-found': 1 } });
    expect(await books.why('B')).toEqual([['unexplained', 8_000]]);
  });

  it('a row taken back before the snapshot shows it explains nothing', async () => {
    const books = await uploadWorld();
    await books.snapshot(10, [open('B', 200)]);
    await books.journal(day(10, '12'), [receipt('R-1', '80.00'), allocation('R-1', '80.00')]);
    const back = { ...allocation('R-1', '80.00', { posting_date: '2026-11-11' }), is_reversal: 'yes' };
    await books.journal(day(10, '13'), [back]);
    await books.snapshot(11, [open('B', 120)]);
    expect(await books.why('B')).toEqual([['unexplained', 8_000]]);
  });
});

describe('the same money from the bank and from the journal', () => {
  it('explains once where the journal comes before the snapshot', async () => {
    const books = await uploadWorld();
    await books.snapshot(9, [open('B', 200)]);
    await books.payment(day(10, '10'), 80, 'B');
    const [money, said] = [receipt('R-1', '80.00', { bank_reference: 'w1' }), allocation('R-1', '80.00')];
    await books.journal(day(10, '12'), [money, said]);
    await books.snapshot(11, [open('B', 120)]);
    await expectExplained(books);
    expect((await books.item('B'))?.provisional.map(({ state }) => state)).toEqual(['confirmed']);
  });

  it('explains nothing that comes later where the snapshot has shown it already', async () => {
    const books = await uploadWorld();
    await books.snapshot(9, [open('B', 200)]);
    await books.payment(day(10, '10'), 80, 'B');
    await books.snapshot(11, [open('B', 120)]);
    const [money, said] = [receipt('R-1', '80.00', { bank_reference: 'w1' }), allocation('R-1', '80.00')];
    await books.journal(day(11, '12'), [money, said]);
    await expectExplained(books);
    await books.snapshot(13, [open('B', 40)]);
    expect(await books.why('B')).toEqual([
      ['payment', 8_000],
      ['unexplained', 8_000],
    ]);
  });

  it('a second payment of the same amount is explained by its own row', async () => {
    const books = await uploadWorld();
    await books.snapshot(9, [open('B', 200)]);
    await books.payment(day(10, '10'), 80, 'B');
    await books.snapshot(11, [open('B', 120)]);
    await books.snapshot(12, [open('B', 40)]);
    await books.journal(day(12, '12'), [receipt('R-1', '80.00'), allocation('R-1', '80.00')]);
    await books.journal(day(12, '13'), [receipt('R-2', '80.00'), allocation('R-2', '80.00')]);
    expect(await books.why('B')).toEqual([
      ['payment', 8_000],
      ['payment', 8_000],
    ]);
    expect((await books.item('B'))?.explanations?.map(({ left }) => left)).toEqual([0, 0]);
  });
});
