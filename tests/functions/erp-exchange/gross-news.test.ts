/**
 * Part payments beside whole invoices, told by changes: the payment lowers its invoice whichever of the two comes first,
 * and the invoice told in full again stays as low as its payments made it.
 */
import { expect, it } from 'vitest';
import { decideRow } from '../../../functions/invoice-ingestion/decide-row.ts';
import { instantFromText } from '../../../shared/domain/calendar.ts';
import { everything } from '../../support/test-edge.ts';
import { open, uploadWorld, type Cells } from './upload-world.ts';
import { bookOf, feedOf, workAll } from './snapshot-world.ts';

const paid = (number: string, amount: number, names: string, more: Cells = {}): Cells =>
  open(number, -amount, { type: 'payment', original_number: names, ...more });

const at = (hour: number): string => `2026-11-10T${String(hour).padStart(2, '0')}:00:00Z`;

const grossWorld = async () => {
  const books = await uploadWorld();
  await books.gross();
  return {
    ...books,
    news: (hour: number, ...rows: Cells[]) => books.delta(at(hour), rows, { profile: 'gross-delta' }),
    book: () => bookOf(books.world, 'acme'),
  };
};

it('a payment row alone lowers the invoice it names, once', async () => {
  const { news, book, why } = await grossWorld();
  await news(8, open('A', 100));
  await news(9, paid('P', 40, 'A'));
  expect(await book()).toEqual({ A: 6_000 });
  await news(9, paid('P', 40, 'A'));
  await news(10, paid('P', 40, 'A'));
  expect(await book()).toEqual({ A: 6_000 });
  expect(await why('A')).toEqual([['application', 4_000]]);
});

it('an invoice told in full again stays lowered by its payments, and is lower by the next', async () => {
  const { news, book } = await grossWorld();
  await news(8, open('A', 100), paid('P', 40, 'A'));
  await news(9, open('A', 100, { due_date: '2026-11-30' }));
  expect(await book()).toEqual({ A: 6_000 });
  await news(10, paid('Q', 25, 'A'), open('A', 100));
  expect(await book()).toEqual({ A: 3_500 });
});

it('a payment that came before its invoice waits on account for it', async () => {
  const { news, book } = await grossWorld();
  await news(8, paid('P', 40, 'A'));
  expect(await book()).toEqual({ P: -4_000 });
  await news(9, open('A', 100));
  expect(await book()).toEqual({ A: 6_000 });
});

it('a payment that grows, shrinks or is taken back moves its invoice by as much', async () => {
  const { news, book } = await grossWorld();
  await news(8, open('A', 100), paid('P', 40, 'A'));
  await news(9, paid('P', 50, 'A'));
  expect(await book()).toEqual({ A: 5_000 });
  await news(10, paid('P', 30, 'A'));
  expect(await book()).toEqual({ A: 7_000 });
  await news(11, paid('P', 30, 'A', { change: 'cancelled', original_amount: '-40.00' }));
  expect(await book()).toEqual({ A: 10_000 });
});

it('which of two parts a payment is for is not guessed', async () => {
  const { world, send } = await grossWorld();
  const columns =
    'number,part,account,type,document_date,due_date,currency,open_amount,original_number,change,changed_at';
  const row = (number: string, part: string, type: string, amount: string, names: string) =>
    `${number},${part},acme,${type},2026-10-01,2026-10-31,EUR,${amount},${names},upsert,${at(8)}`;
  const rows = [row('A', '1', 'invoice', '100.00', ''), row('A', '2', 'invoice', '50.00', '')];
  const text = [columns, ...rows, row('P', '1', 'payment', '-40.00', 'A'), ''].join('\n');
  const document = await send(text, at(8), { kind: 'delta', asOf: at(8), profile: 'gross-delta' });
  expect(document.counts).toMatchObject({ accepted: 3 });
  const page = await world.accounts.openItems(
    everything,
    { companyId: document.companyId, accountId: 'acme' },
    { limit: 9 },
  );
  expect(page.items.map((item) => [item.number, item.open]).toSorted()).toEqual([
    ['A', 10_000],
    ['A', 5_000],
    ['P', -4_000],
  ]);
});

it('where the row of the invoice was refused, its payment stays on account until the row is corrected, then nets', async () => {
  const { world, news, snapshot, book } = await grossWorld();
  const document = await news(8, open('A', 0, { open_amount: '12.3.4' }), paid('P', 40, 'A'));
  expect(await book()).toEqual({ P: -4_000 });
  const correction = { decision: 'correct', cells: { open_amount: '100.00' }, reason: 'typing' } as const;
  const sender = { by: 'tenant:clerk', isFeed: false };
  const place = { company: document.companyId, importId: document.importId, row: 1 };
  const now = instantFromText(at(9));
  const decided = await decideRow(world.parts, everything, place, correction, sender, now);
  expect(decided.ok).toBe(true);
  await workAll(world, at(9));
  expect(await book()).toEqual({ A: 6_000 });
  await snapshot(11, [open('A', 100), paid('P', 40, 'A')], { profile: 'gross' });
  expect([await book(), (await feedOf(world)).accepted?.sums]).toEqual([{ A: 6_000 }, { EUR: 6_000 }]);
});
