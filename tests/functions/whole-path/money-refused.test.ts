/**
 * A line of money that the ledger does not take is a row like any other that was not: with column, value and reason,
 * corrected and sent again.
 */
import { expect, it } from 'vitest';
import { decideRow } from '../../../functions/invoice-ingestion/decide-row.ts';
import { everything, tenOClock } from '../../support/test-edge.ts';
import { createBooks, csv } from './world.ts';

const columns =
  'record,number,account,type,document_date,due_date,currency,original_amount,receipt_id,value_date,amount,from_id,posting_date,reverses';
const invoice = 'document,F-1,C-1,invoice,2026-10-01,2026-11-01,EUR,100.00,,,,,2026-10-01,';
const receipt = (id: string, amount: string, reverses = '') =>
  `receipt,,C-1,,,,EUR,,${id},2026-10-20,${amount},,2026-10-20,${reverses}`;

it('is kept with its row, column, value and reason, and taken once it is corrected', async () => {
  const books = await createBooks();
  await books.send(csv(columns, invoice, receipt('R-1', '60.00')), { kind: 'journal' });
  const second = await books.send(
    csv(columns, receipt('R-1', '61.00'), receipt('R-2', '-5.00', 'R-9'), receipt('R-3', '10.00')),
    { kind: 'journal' },
  );
  expect(await books.report(second)).toMatchObject({
    posted: { refusedBy: { 'receipt-differs': 1, 'receipt-not-found': 1 } },
  });
  const rejected = await books.rejected(second);
  expect(rejected.map(({ row, reasons, state }) => [row, reasons[0], state])).toMatchObject([
    [1, { column: 'receipt_id', value: 'R-1', code: 'receipt-differs' }, 'open'],
    [2, { column: 'reverses', value: 'R-9', code: 'receipt-not-found' }, 'open'],
  ]);

  const place = { company: 'acme', importId: second.importId, row: 1 };
  const decision = {
    decision: 'correct',
    cells: { receipt_id: 'R-4', amount: '30.00' },
    reason: 'typo',
  } as const;
  const who = { by: 'tenant:clerk', isFeed: false };
  const corrected = await decideRow(books.stores, everything, place, decision, who, tenOClock);
  if (!corrected.ok) throw new Error(corrected.detail);
  await books.work();
  expect(await books.report(corrected.value.document!)).toMatchObject({
    ...{ state: 'done', posted: { refusedBy: {}, cash: { EUR: { received: 3_000 } } } },
  });
  expect((await books.rejected(second)).map(({ state }) => state)).toEqual(['corrected', 'open']);
});

it('taken in again keeps each row once', async () => {
  const books = await createBooks();
  const file = csv(columns, receipt('R-2', '-5.00', 'R-9'));
  const first = await books.send(file, { kind: 'journal' });
  await books.send(file, { kind: 'journal' });
  expect(await books.rejected(first)).toHaveLength(1);
});
