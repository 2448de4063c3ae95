/**
 * Broken files: cut at any place, one bit wrong, or noise. A reader refuses or reads, the same way every time.
 * From: every reader of e-invoices, statements and remittances. Next: nothing.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainAmountStyle } from '../../../shared/domain/amount-style.ts';
import { dayFromText } from '../../../shared/domain/calendar.ts';
import { readStatement } from '../../../shared/formats/bank-statement.ts';
import { readRemittance } from '../../../shared/formats/remittance.ts';
import { readEInvoice } from '../../../shared/formats/xml-invoice.ts';
import { sniffFormat } from '../../../shared/formats/xml-sniff.ts';
import { ciiText, plain as invoice, ublText } from '../xml/examples.ts';
import { bankProfile, readBankText } from './bank-tables.ts';
import { bai2Text, bytesOf, camtText, hashText, mt940Text, plain } from './examples.ts';

const statement =
  (format: 'camt053' | 'mt940' | 'bai2') =>
  (bytes: Uint8Array): unknown =>
    readStatement(bytes, format, { hashText });

const bank = bankProfile(
  { postingDate: 'day', text: 'text', amount: 'amount', balance: 'balance' },
  { encoding: 'windows-1252' },
);

const advice = (bytes: Uint8Array): unknown =>
  readRemittance(bytes, 'text', {
    ...({
      currency: 'EUR',
      postedOn: dayFromText('2026-03-02'),
      fromId: 'advice',
    } as const),
    notation: { amounts: plainAmountStyle, days: ['YYYY-MM-DD'] },
  });

const formats: [string, string, (bytes: Uint8Array) => unknown][] = [
  ['UBL', ublText(invoice), (bytes) => readEInvoice(bytes, {})],
  ['CII', ciiText(invoice), (bytes) => readEInvoice(bytes, {})],
  ['CAMT', camtText(plain), statement('camt053')],
  ['MT940', mt940Text(plain), statement('mt940')],
  ['BAI2', bai2Text(plain), statement('bai2')],
  [
    'bank CSV',
    'day,text,amount,balance\n2026-03-02,R-100,5.00,10.00\n2026-03-03,R,-1.00,9.00\n',
    (bytes) => readBankText(bytes, bank),
  ],
  ['remittance text', 'Invoice R-100 5.00 EUR\nR-100 and 7.00\n', advice],
];

describe.each(formats)('%s', (_, text, read) => {
  const bytes = bytesOf(text);
  const stays = (some: Uint8Array): boolean => {
    sniffFormat(some, 'x');
    return JSON.stringify(read(some)) === JSON.stringify(read(some));
  };

  it('the whole file is read', () => {
    expect(read(bytes)).toMatchObject({ ok: true });
  });
  it('cut at any byte', () => {
    for (let end = 0; end < bytes.length; end += 3) expect(stays(bytes.subarray(0, end))).toBe(true);
  });
  it('one bit wrong, a thousand times', () => {
    const bits = fc.integer({ min: 0, max: bytes.length * 8 - 1 });
    fc.assert(
      fc.property(bits, (bit) => {
        const flipped = Uint8Array.from(bytes);
        flipped[bit >> 3]! ^= 1 << (bit & 7);
        return stays(flipped);
      }),
      { numRuns: 1_000 },
    );
  });
  it('noise, and noise in the middle, a thousand times', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(bytes.length), (noise, at) => {
        const spliced = new Uint8Array([...bytes.subarray(0, at), ...noise, ...bytes.subarray(at)]);
        return stays(noise) && stays(spliced);
      }),
      { numRuns: 1_000 },
    );
  });
});
