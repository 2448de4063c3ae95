/**
 * What format a file has when nobody says: its ending where that is enough, else its first bytes; and what makes
 * two uploads the same import.
 */
import { expect, it } from 'vitest';
import type { ImportBody } from '../../../shared/contracts/imports.ts';
import {
  bodyOfFile,
  formatOf,
  importIdOf,
  scopeNameOf,
} from '../../../functions/invoice-ingestion/import-ids.ts';

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

const night = (more: Partial<ImportBody> = {}): ImportBody => ({
  ...bodyOfFile({ company: 'acme', name: 'a.csv', kind: 'snapshot', source: 'erp' }, Buffer.from('a')),
  asOf: '2026-03-10T05:00:00Z',
  ...more,
});
const idOf = (body: ImportBody, attempt = 0): string => importIdOf(body, scopeNameOf(body.scope), attempt);

it('the same file is the same import, whatever it is called and however it is declared', () => {
  expect(idOf(night({ name: 'b.csv', rows: 7, locale: 'de-DE' }))).toBe(idOf(night()));
});

it.each<[string, Partial<ImportBody>]>([
  ['of another company', { company: 'other' }],
  ['of another source', { source: 'crm' }],
  ['of another kind', { kind: 'delta' }],
  ['of another instant', { asOf: '2026-03-11T05:00:00Z' }],
  ['of one currency', { scope: { currency: 'EUR' } }],
  ['of a range of accounts', { scope: { accounts: { name: 'north', from: 'a', to: 'b' } } }],
  ['with other content', { sha256: 'f'.repeat(64) }],
])('a file %s is another import', (_what, more) => {
  expect(idOf(night(more))).not.toBe(idOf(night()));
});

it('a refused file declared otherwise is another import than its first try', () => {
  expect(new Set([0, 1, 2].map((attempt) => idOf(night(), attempt))).size).toBe(3);
});

it('a paper of two documents is an import for each', () => {
  const paper = (number: string) => ({ type: 'invoice', number, part: '1', paper: 'document' }) as const;
  const ids = ['1', '2'].map((number) => idOf(night({ kind: 'document', paper: paper(number) })));
  expect(new Set(ids).size).toBe(2);
});
