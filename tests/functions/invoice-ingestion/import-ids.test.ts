/**
 * What format a file has when nobody says: its ending where that is enough, else its first bytes.
 */
import { expect, it } from 'vitest';
import { bodyOfFile, formatOf } from '../../../functions/invoice-ingestion/import-ids.ts';

const formatIn = (name: string, text: string, kind: 'invoices' | 'bankStatement' = 'bankStatement') =>
  formatOf(bodyOfFile({ company: 'acme', name, kind, source: 'bank' }, Buffer.from(text)));

it.each([
  ['an MT940 called text', 'statement.txt', ':20:ONE\n:25:DE00\n', 'mt940'],
  ['an MT940 without an ending', 'statement', ':20:ONE\n:25:DE00\n', 'mt940'],
  ['a BAI2 called dat', 'statement.dat', '01,SENDER,RECEIVER,261122,1000,1,,,2/\n', 'bai2'],
  ['a CAMT', 'a.xml', '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"/>', 'camt053'],
  ['a table in a text file', 'table.txt', 'a,b\n1,2\n', 'csv'],
  ['a CSV that begins like JSON', 'table.csv', '[a],b\n1,2\n', 'csv'],
])('%s', (_what, name, text, format) => {
  expect(formatIn(name, text)).toBe(format);
});

it('an e-invoice is told from another by its root', () => {
  const cii =
    '<rsm:CrossIndustryInvoice xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"/>';
  expect(formatIn('invoice.xml', cii, 'invoices')).toBe('cii');
  expect(formatIn('invoice.xml', '<Order/>', 'invoices')).toBe('ubl');
});

it('a declared format stands', () => {
  const query = {
    company: 'acme',
    name: 'a.txt',
    kind: 'bankStatement',
    source: 'bank',
    format: 'bai2',
  } as const;
  expect(formatOf(bodyOfFile(query, Buffer.from(':20:ONE\n')))).toBe('bai2');
});
