/**
 * By what a booking of a CAMT file is known again: the bank's own reference, wherever the bank puts it, and the same
 * in a report of the running day, a notification and the statement.
 * From: `shared/formats/camt-entry.ts`. Next: nothing.
 */
import { describe, expect, it } from 'vitest';
import { readStatement } from '../../../shared/formats/bank-statement.ts';
import type { StatementFormat } from '../../../shared/formats/bank-shape.ts';
import { bytesOf, camtText, hashText, plain } from './examples.ts';

const rules = { hashText, acceptIntraday: true, acceptNotifications: true };
const receiptsOf = (text: string, format: StatementFormat = 'camt053') => {
  const read = readStatement(bytesOf(text), format, rules);
  if (!read.ok) throw new Error(`${read.code}: ${read.detail}`);
  return read.value.receipts;
};
const idOf = (text: string, format?: StatementFormat) => receiptsOf(text, format)[0]?.receiptId;

/** One credit of 238.00; `own` are elements of the booking, `refs` of its payment. */
const booking = (own: string, refs = ''): string =>
  camtText({ ...plain, bookings: [{ amount: 23_800, text: 'Invoice R-100' }] })
    .replace('<NtryDtls>', `${own}<NtryDtls>`)
    .replace('<Refs></Refs>', `<Refs>${refs}</Refs>`);
const inForm = (text: string, message: string, statement: string, format: string): string =>
  text.replaceAll('BkToCstmrStmt', message).replaceAll('Stmt>', `${statement}>`).replace('camt.053', format);

describe('the reference of a booking', () => {
  it.each([
    ['that of the booking', '<AcctSvcrRef>B-7</AcctSvcrRef><NtryRef>N-7</NtryRef>', '', 'B-7'],
    ['of its payment where the booking has none', '', '<AcctSvcrRef>P-7</AcctSvcrRef>', 'P-7'],
    [
      'of its payment where the booking says there is none',
      '<AcctSvcrRef>NONREF</AcctSvcrRef>',
      '<AcctSvcrRef>P-7</AcctSvcrRef>',
      'P-7',
    ],
    [
      'the entry reference where nobody gives another',
      '<NtryRef>2026030200017</NtryRef>',
      '',
      '2026030200017',
    ],
    [
      'the entry reference where the payer gave none end to end',
      '<AcctSvcrRef>NONREF</AcctSvcrRef><NtryRef>2026030200017</NtryRef>',
      '<EndToEndId>NOTPROVIDED</EndToEndId>',
      '2026030200017',
    ],
    [
      'that of the payer where the bank only counts',
      '<NtryRef>3</NtryRef>',
      '<EndToEndId>E-9</EndToEndId>',
      'E-9',
    ],
    ['none where nobody gives one', '', '<EndToEndId>NOTPROVIDED</EndToEndId>', ''],
  ])('is %s', (_, own, refs, reference) => {
    expect(receiptsOf(booking(own, refs)).map(({ bankReference }) => bankReference)).toEqual([reference]);
  });
});

describe('one booking in several files is one receipt', () => {
  const refs = '<AcctSvcrRef>P-7</AcctSvcrRef><EndToEndId>NOTPROVIDED</EndToEndId>';
  it.each([
    ['the bank names the booking', '<AcctSvcrRef>B-7</AcctSvcrRef>', ''],
    ['the bank names the payment', '', refs],
    ['nobody names it', '', '<EndToEndId>NOTPROVIDED</EndToEndId>'],
  ])('in 052, 053 and 054: %s', (_, own, inside) => {
    const text = booking(own, inside);
    const report = inForm(text, 'BkToCstmrAcctRpt', 'Rpt', 'camt.052');
    const note = inForm(text, 'BkToCstmrDbtCdtNtfctn', 'Ntfctn', 'camt.054');
    expect([idOf(report, 'camt052'), idOf(note, 'camt054')]).toEqual([idOf(text), idOf(text)]);
  });

  it('where the bank counts its bookings anew in each file', () => {
    expect(idOf(booking('<NtryRef>1</NtryRef>'))).toBe(idOf(booking('<NtryRef>0004</NtryRef>')));
  });

  it('and two bookings with references of their own are two', () => {
    const [one, other] = ['2026030200017', '2026030200018'].map((ref) => `<NtryRef>${ref}</NtryRef>`);
    expect(idOf(booking(one!))).not.toBe(idOf(booking(other!)));
  });
});
