/**
 * Remittance advices: what is certain is read, what is not is listed with its reason.
 * From: `shared/formats/remittance.ts`. Next: nothing.
 */
import { describe, expect, it } from 'vitest';
import { dayFromText } from '../../../shared/domain/calendar.ts';
import { readRemittance } from '../../../shared/formats/remittance.ts';
import type {
  Remittance,
  RemittanceFormat,
  RemittanceRules,
} from '../../../shared/formats/remittance-shape.ts';
import { bytesOf } from './examples.ts';

const rules: RemittanceRules = {
  ...({ currency: 'EUR', postedOn: dayFromText('2026-03-02'), fromId: 'pay-1' } as const),
  amountStyle: { decimal: ',', group: '.', grouping: 'threes', sign: { at: 'front' } },
  known: [
    { number: 'RE-1001', kind: 'invoice', part: '1', accountId: 'C-1' },
    { number: 'RE-1002', kind: 'invoice', part: '1', accountId: 'C-1' },
    { number: 'GS-77', kind: 'creditNote', part: '1', accountId: 'C-1' },
  ],
  csv: {
    delimiter: ';',
    encoding: 'utf-8',
    columns: { number: 'Beleg', amount: 'Betrag', discount: 'Skonto', reasonCode: 'Grund' },
  },
};
const read = (text: string, format: RemittanceFormat): Remittance => {
  const outcome = readRemittance(bytesOf(text), format, rules);
  if (!outcome.ok) throw new Error(`${outcome.code}: ${outcome.detail}`);
  return outcome.value;
};
const codeOf = (text: string, format: RemittanceFormat, more: RemittanceRules = rules): string => {
  const outcome = readRemittance(bytesOf(text), format, more);
  return outcome.ok ? 'read' : outcome.code;
};

describe('CSV', () => {
  const csv = (...rows: string[]): string => ['Beleg;Betrag;Skonto;Grund', ...rows].join('\n');
  it('documents, amounts, discounts and reasons; the last row is the total', () => {
    const advice = read(csv('re 1001;1.000,00;20,00;', 'GS-77;-50,00;;DAM', ';950,00;;'), 'csv');
    expect(advice.allocations.map(({ number, amount, discount }) => [number, amount, discount])).toEqual([
      ['RE-1001', 100_000, 2_000],
      ['GS-77', -5_000, 0],
    ]);
    expect([advice.total, advice.declaredTotal, advice.allocations[1]?.reasonCode]).toEqual([
      95_000,
      95_000,
      'DAM',
    ]);
  });
  it('a row that cannot be read is listed', () => {
    expect(read(csv('RE-1001;12.34;;'), 'csv').unread).toMatchObject([{ row: 1, code: 'invalid-amount' }]);
  });
  it('a total that is none of the rows is listed', () => {
    expect(read(csv('RE-1001;1,00;;', ';2,00;;'), 'csv').unread).toMatchObject([
      { row: 2, code: 'missing-term' },
    ]);
  });
});

describe('plain text', () => {
  it('a line with one document and one amount is read', () => {
    const advice = read(
      'Dear all\nPayment reference: ZV-9\nInvoice RE 1001   1.000,00 EUR\nRE-1002: 5,50\n',
      'text',
    );
    expect(advice.allocations.map(({ number, amount }) => [number, amount])).toEqual([
      ['RE-1001', 100_000],
      ['RE-1002', 550],
    ]);
    expect(advice.paymentReference).toBe('ZV-9');
  });
  it('a line with two of either is not', () => {
    const advice = read('RE-1001 and RE-1002: 5,50\nRE-1001 5,50 6,60', 'text');
    expect([advice.allocations.length, advice.unread.map(({ row }) => row)]).toEqual([0, [1, 2]]);
  });
  it('without a declared way to write amounts nothing is read', () => {
    const { amountStyle: _style, ...undeclared } = rules;
    expect(codeOf('RE-1001 1.234', 'text', undeclared)).toBe('unread');
  });
});

describe('UBL and PDF', () => {
  const space = 'urn:oasis:names:specification:ubl:schema:xsd:';
  const ubl = (total: string): string =>
    `<RemittanceAdvice xmlns="${space}RemittanceAdvice-2" xmlns:c="${space}CommonAggregateComponents-2" xmlns:b="${space}CommonBasicComponents-2"><b:ID>ADV-1</b:ID><b:TotalPaymentAmount currencyID="EUR">${total}</b:TotalPaymentAmount><c:RemittanceAdviceLine><b:PaidAmount currencyID="EUR">7.00</b:PaidAmount><c:BillingReference><c:InvoiceDocumentReference><b:ID>RE-1001</b:ID></c:InvoiceDocumentReference></c:BillingReference></c:RemittanceAdviceLine></RemittanceAdvice>`;
  it('a UBL advice says its lines and their total', () => {
    const advice = read(ubl('7.00'), 'ubl');
    expect(advice.allocations).toMatchObject([{ number: 'RE-1001', amount: 700, fromId: 'pay-1' }]);
    expect(advice.paymentReference).toBe('ADV-1');
  });
  it('a total that is not met refuses it', () => {
    expect(codeOf(ubl('8.00'), 'ubl')).toBe('control-total-mismatch');
  });
  it('a PDF is kept unread', () => {
    expect(codeOf('%PDF-1.7', 'pdf')).toBe('unread');
  });
});
