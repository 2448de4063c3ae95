/**
 * Remittance advices: what a payer says they pay for is kept under the payment's reference; no money is made of it,
 * and the money that comes is divided by it.
 */
import { expect, it } from 'vitest';
import { dayFromText } from '../../../shared/domain/calendar.ts';
import { everything } from '../../support/test-edge.ts';
import { createBooks, csv } from './world.ts';

const year = { fromOn: dayFromText('2026-01-01'), toOn: dayFromText('2026-12-31') };

it('its lines are kept, and neither items nor money change', async () => {
  const books = await createBooks();
  await books.send(
    csv(
      'invoice_number,customer_number,customer_name,issue_date,due_date,currency,amount',
      'F-1,C-1,Alpha,2026-10-01,2026-11-01,EUR,100.00',
    ),
  );
  const before = await books.entries('C-1');
  const document = await books.send(
    csv(
      'from_id,account,type,number,currency,amount,discount,posting_date',
      'PAY-7,C-1,invoice,F-1,EUR,98.00,2.00,2026-11-20',
      'PAY-7,C-1,invoice,F-2,EUR,x,,2026-11-20',
    ),
    { kind: 'remittance' },
  );
  expect(await books.report(document)).toMatchObject({ state: 'done', rows: { accepted: 1, rejected: 1 } });
  expect(await books.references.newest(everything, 'acme', 'remittance', year)).toMatchObject([
    { row: { fromId: 'PAY-7', number: 'F-1', amount: 9_800, discount: 200 } },
  ]);
  const later = (await books.entries('C-1')).slice(before.length).flatMap(({ facts }) => facts);
  expect(later.map(({ kind }) => kind)).toEqual(['holdPlaced']);
  expect((await books.item('C-1', 'F-1'))?.open).toBe(10_000);
});

const bankFile = (reference: string, amount: string): string =>
  csv(
    'record,receipt_id,account,currency,value_date,posting_date,amount,bank_reference',
    `receipt,B-1,C-1,EUR,2026-11-20,2026-11-20,${amount},${reference}`,
  );

it.each(['the advice first', 'the money first'])(
  'divides the money that comes by itself: %s',
  async (order) => {
    const books = await createBooks();
    const invoice = (number: string): string => `${number},C-1,Alpha,2026-10-01,2026-11-01,EUR,100.00`;
    await books.send(
      csv(
        'invoice_number,customer_number,customer_name,issue_date,due_date,currency,amount',
        invoice('F-1'),
        invoice('F-2'),
      ),
    );
    const advice = csv(
      'from_id,account,type,number,currency,amount,reason_code,claim_number,posting_date',
      'PAY-7,C-1,invoice,F-2,EUR,92.00,DAMAGED,C-9,2026-11-20',
    );
    const sends = [
      () => books.send(advice, { kind: 'remittance' }),
      () => books.send(bankFile('PAY-7', '92.00'), { kind: 'journal' }),
    ];
    for (const send of order === 'the advice first' ? sends : sends.toReversed()) await send();
    expect([(await books.item('C-1', 'F-1'))?.open, (await books.item('C-1', 'F-2'))?.open]).toEqual([
      10_000, 0,
    ]);
    expect(await books.item('C-1', 'F-2-D')).toMatchObject({ open: 800, claimNumber: 'C-9' });
    expect((await books.load('C-1')).head.holds).toEqual([]);
    const reports = await books.advices();
    expect(reports.map(({ state }) => state)).toEqual(['matched']);
  },
);

it('a PDF that breaks off stays as it came and says why it is not read', async () => {
  const books = await createBooks();
  const document = await books.send('%PDF-1.7\n', { kind: 'remittance', name: 'advice.pdf' });
  expect([document.state, document.because?.code]).toEqual(['refused', 'paper-not-readable']);
  expect(books.lines('/receipts/')).toEqual([]);
});

it('a UBL advice is read in the currency declared with it, and kept under its payment', async () => {
  const books = await createBooks();
  const line = (number: string, amount: string) =>
    `<RemittanceAdviceLine><PaidAmount currencyID="EUR">${amount}</PaidAmount><BillingReference><InvoiceDocumentReference><ID>${number}</ID></InvoiceDocumentReference></BillingReference></RemittanceAdviceLine>`;
  const advice = `<RemittanceAdvice xmlns="urn:oasis:names:specification:ubl:schema:xsd:RemittanceAdvice-2"><ID>PAY-8</ID>${line('F-1', '98.00')}${line('F-2', '2.00')}</RemittanceAdvice>`;
  const more = { kind: 'remittance', format: 'ubl', name: 'advice.xml' } as const;
  expect((await books.send(advice, more)).because?.code).toBe('file-kind-not-read');
  await books.send(advice, { ...more, scope: { currency: 'EUR' } });
  const kept = await books.references.newest(everything, 'acme', 'remittance', year);
  expect(kept.map(({ row }) => 'number' in row && [row.fromId, row.number, row.amount])).toEqual([
    ['PAY-8', 'F-1', 9_800],
    ['PAY-8', 'F-2', 200],
  ]);
});
