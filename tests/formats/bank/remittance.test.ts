/**
 * Remittance advices: what is certain is read, what is not is listed with its reason.
 * From: `shared/formats/remittance.ts`. Next: nothing.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayFromText } from '../../../shared/domain/calendar.ts';
import { notationOf } from '../../../shared/domain/mapping-profile-notation.ts';
import { readRemittance } from '../../../shared/formats/remittance.ts';
import type {
  Remittance,
  RemittanceFormat,
  RemittanceRules,
} from '../../../shared/formats/remittance-shape.ts';
import { bytesOf } from './examples.ts';

const notationIn = (locale: string) => {
  const notation = notationOf(locale);
  if (!notation.ok) throw new Error(notation.detail);
  return notation.value;
};
const rules: RemittanceRules = {
  ...({ currency: 'EUR', postedOn: dayFromText('2026-03-02'), fromId: 'own' } as const),
  notation: notationIn('de-DE'),
};
const read = (
  text: string,
  format: RemittanceFormat = 'text',
  more: Partial<RemittanceRules> = {},
): Remittance => {
  const outcome = readRemittance(bytesOf(text), format, { ...rules, ...more });
  if (!outcome.ok) throw new Error(`${outcome.code}: ${outcome.detail}`);
  return outcome.value;
};
const codeOf = (text: string, format: RemittanceFormat = 'text', more: RemittanceRules = rules): string => {
  const outcome = readRemittance(bytesOf(text), format, more);
  return outcome.ok ? 'read' : outcome.code;
};
const said = (text: string, more: Partial<RemittanceRules> = {}) =>
  read(text, 'text', more).allocations.map(({ number, amount }) => [number, amount]);
const unreadIn = (text: string) => read(text).unread.map(({ row, detail }) => `${row} ${detail}`);

describe('plain text', () => {
  const mail = [
    'Sehr geehrte Damen und Herren,',
    'am 02.03.2026 zahlen wir (Tel. 030/1234567, Kunde 4711):',
    'Payment reference: ZV-9',
    'RE-1001 vom 12.02.2026   1.000,00 EUR',
    '  RE-1002: 5,50',
    '"2026/17" | EUR 3,00',
    'GS-77  -8,50',
    'Summe 1.000,00',
    'Mit freundlichen Grüßen',
  ].join('\r\n');

  it('lines with one document and one amount are read, words around them are not', () => {
    expect(said(mail)).toEqual([
      ['RE-1001', 100_000],
      ['RE-1002', 550],
      ['2026/17', 300],
      ['GS-77', -850],
    ]);
    expect(read(mail)).toMatchObject({ fromId: 'ZV-9', total: 100_000, declaredTotal: 100_000, unread: [] });
    expect(read(mail).allocations.map(({ kind }) => kind)).toEqual([
      ...['invoice', 'invoice', 'invoice', 'creditNote'],
    ]);
  });

  it('a total that is not what the lines come to refuses it', () => {
    expect(codeOf('RE-1001 5,00\nTotal 6,00')).toBe('control-total-mismatch');
    expect(codeOf('RE-1001 5,00\nTotal 5,00\nTotal 5,00')).toBe('read');
  });

  it.each([
    ['two documents', 'RE-1001 and RE-1002: 5,50', '1 the line names 2 documents and 1 amounts'],
    ['two amounts', 'RE-1001 5,50 6,60', '1 the line names 1 documents and 2 amounts'],
    ['money for no document', 'RE-1001\n5,50', '2 the line names 0 documents and 1 amounts'],
    ['a document of two letters', 'R1 5,50', '1 the line names 0 documents and 1 amounts'],
    ['thousands or decimals', 'RE-1001 1.234', '1 "1.234" is no amount as declared'],
    ['the notation of another country', 'RE-1001 1,234.50', '1 "1,234.50" is no amount as declared'],
    ['another currency by its sign', 'RE-1001 $5,50', '1 "$5,50" is no amount as declared'],
    ['another currency beside it', 'RE-1001 USD 5,50', '1 "5,50" is no amount as declared'],
    ['two totals that differ', 'RE-1 7,00\nTotal 7,00\nTotal 8,00', '3 the line names 0 documents'],
  ])('%s: refused with the reason, never guessed', (_what, text, wanted) => {
    expect(unreadIn(text)[0]).toContain(wanted);
  });

  it('without a declared way to write amounts nothing is read', () => {
    const { notation: _notation, ...undeclared } = rules;
    expect(codeOf('RE-1001 1.234', 'text', undeclared)).toBe('locale-needed');
  });

  it('a text that names no money for a document is no advice', () => {
    expect(codeOf('Dear all\nwe will pay RE-1001 soon\n')).toBe('unread');
  });

  it('bytes that are no UTF-8 are not read', () => {
    expect(readRemittance(Buffer.from('Gr\xfc\xdfe RE-1 5,50', 'latin1'), 'text', rules)).toMatchObject({
      code: 'encoding-unknown',
    });
  });

  it('without a reference it has the one it is given', () => {
    expect(read('RE-1001 5,50').allocations[0]?.fromId).toBe('own');
  });

  it('yen have no decimals: a number and an amount look alike, and nothing is read of it', () => {
    expect(read('4711 1000', 'text', { currency: 'JPY' }).unread).toHaveLength(1);
    expect(said('R-4711 1000', { currency: 'JPY' })).toEqual([['R-4711', 1_000]]);
  });

  it('writing lines and reading them gives the lines, in every notation', () => {
    const marks = { plain: '.', 'en-US': '.', 'de-DE': ',', 'fr-FR': ',' } as const;
    const line = fc.record({
      number: fc.stringMatching(/^[A-Z]{1,3}-[0-9]{3,8}$/),
      minor: fc.integer({ min: 1, max: 10 ** 9 }),
    });
    fc.assert(
      fc.property(
        fc.constantFrom('plain', 'en-US', 'de-DE', 'fr-FR'),
        fc.array(line, { minLength: 1, maxLength: 10 }),
        (locale, lines) => {
          const text = lines
            .map(({ number, minor }) => {
              const digits = String(minor).padStart(3, '0');
              return `${number} ${digits.slice(0, -2)}${marks[locale]}${digits.slice(-2)} EUR`;
            })
            .join('\n');
          const wanted = lines.map(({ number, minor }) => [number, minor]);
          expect(said(text, { notation: notationIn(locale) })).toEqual(wanted);
        },
      ),
      { numRuns: 500, seed: 7 },
    );
  });
});

describe('UBL', () => {
  const space = 'urn:oasis:names:specification:ubl:schema:xsd:';
  const ubl = (total: string): string =>
    `<RemittanceAdvice xmlns="${space}RemittanceAdvice-2" xmlns:c="${space}CommonAggregateComponents-2" xmlns:b="${space}CommonBasicComponents-2"><b:ID>ADV-1</b:ID><b:TotalPaymentAmount currencyID="EUR">${total}</b:TotalPaymentAmount><c:RemittanceAdviceLine><b:PaidAmount currencyID="EUR">7.00</b:PaidAmount><c:BillingReference><c:InvoiceDocumentReference><b:ID>RE-1001</b:ID></c:InvoiceDocumentReference></c:BillingReference></c:RemittanceAdviceLine></RemittanceAdvice>`;
  it('an advice says its lines and their total', () => {
    expect(read(ubl('7.00'), 'ubl')).toMatchObject({
      fromId: 'ADV-1',
      allocations: [{ number: 'RE-1001', amount: 700, fromId: 'ADV-1' }],
    });
  });
  it('a total that is not met refuses it', () => {
    expect(codeOf(ubl('8.00'), 'ubl')).toBe('control-total-mismatch');
  });
});
