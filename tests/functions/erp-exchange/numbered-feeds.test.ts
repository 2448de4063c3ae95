/**
 * Deltas and journals as they arrive: gaps in their numbers, news in any order, changes nobody has proven.
 */
import { describe, expect, it } from 'vitest';
import { readFeeds } from '../../../functions/erp-exchange/read-feeds.ts';
import { noteControl } from '../../../functions/erp-exchange/release-check.ts';
import { instantFromText } from '../../../shared/domain/calendar.ts';
import { businessCalendar } from '../../../shared/formats/business-calendar.ts';
import { everything } from '../../support/test-edge.ts';
import { bookOf, companyId } from './snapshot-world.ts';
import { day, open, uploadWorld, type Uploads } from './upload-world.ts';

const acme = ({ world }: Uploads) => bookOf(world, 'acme');
const feeds = async ({ world }: Uploads, at: string) => {
  const parts = { ...world.parts, calendarOf: businessCalendar, postings: async () => [] };
  const read = await readFeeds(parts, { scope: everything, companyId, now: instantFromText(at) });
  if (!read.ok) throw new Error(read.detail);
  return read.value;
};
const cleared = (number: string, at: string) =>
  open(number, 0, {
    ...{ original_amount: '100.00', change: 'cleared', cleared_by: 'payment' },
    ...{ cleared_date: at.slice(0, 10), changed_at: at },
  });
const document = (number: string) => ({ record: 'document', number, original_amount: '10.00' });

describe('a gap in the numbers of a delta', () => {
  const gapped = async () => {
    const books = await uploadWorld();
    await books.snapshot(9, [open('A', 100)]);
    await books.delta(day(9, '12'), [open('A', 90)], { sequence: 4 });
    await books.delta(day(9, '14'), [open('A', 70)], { sequence: 6 });
    return books;
  };

  it('is red until it is filled, also by a file that changes nothing any more', async () => {
    const books = await gapped();
    expect(await feeds(books, day(9, '15'))).toMatchObject({ colour: 'red', reasons: ['sequence-gap'] });
    expect((await feeds(books, day(9, '15'))).arrivals).toMatchObject([{ sequence: 6, missing: [5] }, {}]);
    await books.delta(day(9, '16'), [open('A', 80, { changed_at: day(9, '13') })], { sequence: 5 });
    expect(await feeds(books, day(9, '17'))).toMatchObject({ colour: 'green', reasons: [] });
    expect(await acme(books)).toEqual({ A: 7_000 });
  });

  it('is forgiven by a snapshot, which tells all that was lost', async () => {
    const books = await gapped();
    await books.snapshot(10, [open('A', 70)]);
    expect(await feeds(books, day(10, '08'))).toMatchObject({ colour: 'green', reasons: [] });
  });

  it('is not forgiven by another feed of the same company', async () => {
    const books = await gapped();
    await books.journal(day(9, '16'), [document('J-1')], { source: 'other', sequence: 1 });
    expect((await feeds(books, day(9, '17'))).reasons).toEqual(['sequence-gap']);
  });
});

it('a gap in the numbers of a journal is red until it is filled', async () => {
  const books = await uploadWorld();
  for (const sequence of [1, 3]) await books.journal(day(9, '12'), [document(`J-${sequence}`)], { sequence });
  expect((await feeds(books, day(9, '13'))).reasons).toEqual(['sequence-gap']);
  await books.journal(day(9, '14'), [document('J-2')], { sequence: 2 });
  expect((await feeds(books, day(9, '15'))).reasons).toEqual([]);
});

describe('news of one item', () => {
  it('the newest wins whatever order files come in; an older one is counted and changes nothing', async () => {
    const books = await uploadWorld();
    await books.snapshot(9, [open('A', 100)]);
    await books.delta(day(9, '14'), [open('A', 40, { changed_at: day(9, '13') })]);
    const older = await books.delta(day(9, '15'), [open('A', 70, { changed_at: day(9, '12') })]);
    const key = { companyId, importId: older.importId };
    const [result] = await books.world.imports.results(everything, key);
    expect(result).toMatchObject({ rows: 1, posted: 0, unchanged: 1, entries: 0 });
    expect(await acme(books)).toEqual({ A: 4_000 });
  });

  it('both in one file: the newest counts, in either order', async () => {
    for (const turn of [0, 1]) {
      const books = await uploadWorld();
      await books.snapshot(9, [open('A', 100)]);
      const files = [day(9, '12'), day(9, '13')].map((at, n) => [at, n === 0 ? 70 : 40] as const);
      const order = turn === 0 ? files : files.toReversed();
      for (const [at, amount] of order)
        await books.delta(day(9, '14'), [open('A', amount, { changed_at: at })]);
      expect(await acme(books)).toEqual({ A: 4_000 });
    }
  });

  it('cleared by a payment, then a snapshot of before shows it: the book follows the newer news', async () => {
    const books = await uploadWorld();
    await books.snapshot(9, [open('A', 100), open('Z', 1)]);
    await books.delta(day(10, '08'), [cleared('A', day(10, '08'))]);
    await books.send(
      'number,account,document_date,due_date,currency,open_amount\nA,acme,2026-10-01,2026-10-31,EUR,100.00\nZ,acme,2026-10-01,2026-10-31,EUR,1.00\n',
      day(10, '09'),
      { asOf: day(10, '06') },
    );
    expect(await acme(books)).toEqual({ Z: 100 });
    expect(await books.why('A')).toEqual([['payment', 10_000]]);
  });
});

describe('changes that nothing proves', () => {
  const noSnapshot = async (books: Uploads, at: string) =>
    (await feeds(books, at)).reasons.includes('no-snapshot');
  /** Files that change nothing any more keep the feed from being stale. */
  const colourOf = async (books: Uploads, send: 'delta' | 'journal', at: string) => {
    const row = send === 'delta' ? open('A', 100, { changed_at: day(2, '06') }) : document('J-1');
    await books[send](at, [row], { asOf: at });
    return [(await feeds(books, at)).colour, await noSnapshot(books, at)];
  };

  it.each(['delta', 'journal'] as const)(
    'a %s without a snapshot is amber after 7 days, red after 14, and green after the next',
    async (kind) => {
      const books = await uploadWorld();
      expect(await colourOf(books, kind, day(2, '06'))).toEqual(['green', false]);
      expect(await colourOf(books, kind, day(9, '06'))).toEqual(['green', false]);
      expect(await colourOf(books, kind, day(9, '07'))).toEqual(['amber', true]);
      expect(await colourOf(books, kind, day(16, '06'))).toEqual(['amber', true]);
      expect(await colourOf(books, kind, day(16, '07'))).toEqual(['red', true]);
      await books.snapshot(17, [open('A', 100)]);
      expect(await noSnapshot(books, day(17, '08'))).toBe(false);
    },
  );

  it('a balance of the control account proves a journal', async () => {
    const books = await uploadWorld();
    await colourOf(books, 'journal', day(2, '06'));
    const caller = { id: 'clerk', principals: ['ARC' as const] };
    const call = { scope: everything, companyId, caller, now: instantFromText(day(16, '06')) };
    const parts = { ...books.world.parts, postings: async () => [] };
    await noteControl(parts, call, { on: '2026-11-16', balances: { EUR: 1_000 } });
    expect(await colourOf(books, 'journal', day(18, '07'))).toEqual(['green', false]);
  });
});
