/**
 * The shared e-invoices and XML attacks, each with the verdict of its class. Skipped where `../shared` is absent.
 * From: `../shared/data`, `../shared/corpora`, read in place. Next: nothing.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { camtText, hashText, plain as statement } from '../formats/bank/examples.ts';
import { bytesOf, plain, ublText } from '../formats/xml/examples.ts';
import { readStatement } from '../../shared/formats/bank-statement.ts';
import { readEInvoice, type EInvoiceRules } from '../../shared/formats/xml-invoice.ts';

const shared = pathToFileURL(`${join(import.meta.dirname, '../../../shared')}/`);
const isThere = existsSync(new URL('corpora/own-ar/', shared));
if (!isThere) process.stderr.write('XML corpora skipped: ../shared is absent\n');

const rules: EInvoiceRules = {
  accountFrom: ['supplierAssignedId', 'buyerId', 'endpointId'],
  companyTerms: { countedFrom: 'documentDay', netDays: 30, discounts: [] },
};
const fileAt = (path: string): Uint8Array => readFileSync(new URL(path, shared));
const verdictOf = (bytes: Uint8Array): unknown => {
  const read = readEInvoice(bytes, rules);
  return read.ok ? [read.value.row.kind, read.value.row.currency, read.value.row.open] : read.code;
};
const namesIn = (folder: string, ending: string): string[] =>
  isThere ? readdirSync(new URL(folder, shared)).filter((name) => name.endsWith(ending)) : [];

describe.runIf(isThere)('shared e-invoices', () => {
  it.each<[string, unknown]>([
    ['data/peppol-bis3/base-example.xml', ['invoice', 'EUR', 165_625]],
    ['data/peppol-bis3/base-creditnote-correction.xml', ['creditNote', 'EUR', -165_625]],
    ['data/peppol-bis3/vat-category-Z.xml', ['invoice', 'GBP', 120_000]],
    ['data/xrechnung/01.01a-INVOICE_ubl.xml', ['invoice', 'EUR', 33_690]],
    ['data/xrechnung/01.02a-INVOICE_ubl.xml', ['invoice', 'EUR', 1_260]],
    ['data/xrechnung/01.05a-INVOICE_uncefact.xml', ['invoice', 'EUR', 1_055_530]],
    ['data/zugferd-cii/EN16931_Einfach.cii.xml', ['invoice', 'EUR', 52_987]],
    ['data/zugferd-cii/EN16931_Gutschrift.cii.xml', ['invoice', 'EUR', 52_987]],
    ['corpora/en16931-ubl-examples/guide-example1.xml', ['invoice', 'EUR', 25_033]],
    ['corpora/own-ar/ubl/ok.xml', ['invoice', 'EUR', 23_800]],
    ['corpora/own-ar/ubl/entity.xml', 'unsafe-xml'],
    ['corpora/own-ar/ubl/bad-total.xml', 'control-total-mismatch'],
    ['corpora/defusedxml/cyclic.xml', 'unsafe-xml'],
  ])('%s', (path, verdict) => {
    expect(verdictOf(fileAt(path))).toEqual(verdict);
  });

  it.each(namesIn('corpora/pat-svg/', '.svg'))('%s is no invoice', (name) => {
    expect(verdictOf(fileAt(`corpora/pat-svg/${name}`))).toBe('unknown-format');
  });

  it.each(namesIn('corpora/en16931-ubl-units/', '.xml'))('%s: no broken document of it is posted', (name) => {
    const file = new TextDecoder().decode(fileAt(`corpora/en16931-ubl-units/${name}`));
    expect(verdictOf(bytesOf(file))).toBe('unknown-format');
    const tests = file.match(/<test\b[^]*?<\/test>/g) ?? [];
    const broken = tests.filter((test) => test.includes('<error>'));
    const documents = broken.flatMap(
      (test) => test.match(/<(?:\w+:)?(Invoice|CreditNote)[\s>][^]*<\/(?:\w+:)?\1>/) ?? [],
    );
    expect(tests.length).toBeGreaterThan(0);
    for (const document of documents) expect(verdictOf(bytesOf(document))).toBeTypeOf('string');
  });

  it('an allowance of the rule tests, grafted on a sound invoice, is refused when its total is missing', () => {
    const allowance =
      '<cac:AllowanceCharge><cbc:ChargeIndicator>true</cbc:ChargeIndicator><cbc:Amount currencyID="EUR">1.00</cbc:Amount></cac:AllowanceCharge>';
    expect(verdictOf(bytesOf(ublText(plain).replace('<cac:TaxTotal>', `${allowance}<cac:TaxTotal>`)))).toBe(
      'control-total-mismatch',
    );
  });

  it('every payload with an entity, as the prolog of an invoice or a statement, is refused', () => {
    const [name = ''] = namesIn('corpora/xxe-payloads/', '.txt.txt');
    const list = new TextDecoder().decode(fileAt(`corpora/xxe-payloads/${name}`));
    const payloads = list.split(/\n\s*\n/).filter((payload) => payload.includes('<!'));
    expect(payloads.length).toBeGreaterThan(0);
    for (const payload of payloads) {
      const invoice = bytesOf(payload + ublText(plain).replace(/^<\?xml.*?\?>/, ''));
      expect(verdictOf(invoice)).toMatch(/^(unsafe-xml|xml-malformed|encoding-)/);
      const read = readStatement(bytesOf(payload + camtText(statement)), 'camt053', { hashText });
      expect(read.ok).toBe(false);
    }
  });
});
