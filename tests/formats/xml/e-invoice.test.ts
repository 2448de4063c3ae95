/**
 * E-invoices in both syntaxes: what a document says becomes a row, what does not add up is refused.
 * From: `shared/formats/xml-invoice.ts`. Next: nothing.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readEInvoice, type EInvoice, type EInvoiceRules } from '../../../shared/formats/xml-invoice.ts';
import { bytesOf, ciiText, plain, ublText, type Intent } from './examples.ts';

const terms = { countedFrom: 'documentDay', netDays: 30, discounts: [] } as const;
const syntaxes = [
  ['UBL', ublText],
  ['CII', ciiText],
] as const;

const read = (text: string, rules: EInvoiceRules = { companyTerms: terms }): EInvoice => {
  const outcome = readEInvoice(bytesOf(text), rules);
  if (!outcome.ok) throw new Error(`${outcome.code}: ${outcome.detail}`);
  return outcome.value;
};
const codeOf = (text: string, rules: EInvoiceRules = { companyTerms: terms }): string => {
  const outcome = readEInvoice(bytesOf(text), rules);
  return outcome.ok ? 'read' : outcome.code;
};

describe.each(syntaxes)('%s', (_, textOf) => {
  it('an invoice is a row with its amounts, days and order', () => {
    const { row, lineCount } = read(textOf({ ...plain, order: 'PO-7' }));
    expect(row).toMatchObject({
      accountId: 'C-1',
      kind: 'invoice',
      number: 'R-100',
      documentOn: '2026-03-02',
    });
    expect(row).toMatchObject({
      dueOn: '2026-04-01',
      original: 14_935,
      open: 14_935,
      tax: 2_385,
      faults: [],
    });
    expect([row.references.purchaseOrder, lineCount]).toEqual(['PO-7', 2]);
  });
  it('a credit note lowers what is owed', () => {
    const { row } = read(textOf({ ...plain, typeCode: '381' }));
    expect([row.kind, row.original, row.open, row.tax]).toEqual(['creditNote', -14_935, -14_935, -2_385]);
  });
  it('a negative invoice is a credit', () => {
    const { row } = read(textOf({ ...plain, lines: [-100], tax: -19 }));
    expect([row.kind, row.open]).toEqual(['creditNote', -119]);
  });
  it('a self-billed invoice (389) is an invoice, not a credit note', () => {
    expect(read(textOf({ ...plain, typeCode: '389' })).row.kind).toBe('invoice');
  });
  it('what is prepaid is not open', () => {
    const { row } = read(textOf({ ...plain, prepaid: 4_935 }));
    expect([row.original, row.open]).toEqual([14_935, 10_000]);
  });
  it('what is over-prepaid leaves a credit, and says so', () => {
    const { row, notes } = read(textOf({ ...plain, prepaid: 20_000 }));
    expect([row.kind, row.original, row.open, notes]).toEqual([
      'creditNote',
      -5_065,
      -5_065,
      ['over-prepaid'],
    ]);
  });
  it('discounts stand in lines of their own', () => {
    const { row } = read(
      textOf({ ...plain, terms: '#SKONTO#TAGE=7#PROZENT=3.00#\n#SKONTO#TAGE=14#PROZENT=2.25#\n' }),
    );
    expect(row.discountTiers).toEqual([
      { percentHundredths: 300, untilOn: '2026-03-09' },
      { percentHundredths: 225, untilOn: '2026-03-16' },
    ]);
  });
  it('terms that are a code give the due day; words do not', () => {
    const { dueOn: _dueOn, ...open } = plain;
    expect(read(textOf({ ...open, terms: 'net 14' })).row.dueOn).toBe('2026-03-16');
    expect(read(textOf({ ...open, terms: 'bald bezahlen' })).dueFrom).toBe('companyTerms');
    expect(codeOf(textOf({ ...open, terms: 'bald bezahlen' }), {})).toBe('missing-due-date');
  });
  it('a due day against its own terms is held', () => {
    expect(read(textOf({ ...plain, terms: 'net 14' })).row.faults).toEqual(['due-date-differs']);
  });
  it('a total of nothing is held', () => {
    expect(read(textOf({ ...plain, lines: [0], tax: 0 })).row.faults).toEqual(['zero-total']);
  });
  it.each([
    ['a type that is not known', { typeCode: '999' }, 'unsupported-type'],
    ['a pro-forma invoice', { typeCode: '325' }, 'unsupported-type'],
    ['a currency that is none', { currency: 'EUX' }, 'unknown-currency'],
    ['a day no calendar has', { documentOn: '2026-02-30' }, 'invalid-date'],
    ['no number', { number: '' }, 'missing-term'],
    ['no customer', { customer: '' }, 'missing-account'],
    ['a number that turns the writing', { number: 'R\u202e1' }, 'invalid-identifier'],
    ['a payable amount that does not follow', { payable: 1 }, 'control-total-mismatch'],
  ] as const)('%s is refused', (__, change, code) => {
    expect(codeOf(textOf({ ...plain, ...change }))).toBe(code);
  });
  it('a yen has no decimals, a dinar three', () => {
    expect(read(textOf({ ...plain, currency: 'JPY' })).row.open).toBe(14_935);
    expect(read(textOf({ ...plain, currency: 'KWD' })).row.open).toBe(14_935);
  });
  it('an order that is needed and not named is held', () => {
    const { row } = read(textOf(plain), { needsPurchaseOrder: true, needsAttachment: true });
    expect(row.faults).toEqual(['po-missing', 'attachment-missing']);
  });
  it('five thousand documents say what they were meant to say', () => {
    const intents = fc.record({
      number: fc.stringMatching(/^[A-Z]{1,3}-[0-9]{1,9}$/),
      typeCode: fc.constantFrom('380', '381', '384', '389', '326'),
      currency: fc.constantFrom('EUR', 'JPY', 'KWD', 'USD'),
      lines: fc.array(fc.integer({ min: -1_000_000, max: 9_000_000 }), { minLength: 1, maxLength: 5 }),
      tax: fc.integer({ min: -1_000_000, max: 1_000_000 }),
    });
    fc.assert(
      fc.property(intents, (some) => {
        const intent: Intent = { ...plain, ...some };
        const { row } = read(textOf(intent));
        const gross = some.lines.reduce((all, line) => all + line, some.tax);
        const signed = some.typeCode === '381' ? 0 - gross : gross;
        return row.open === signed && row.original === signed && row.number === some.number;
      }),
      { numRuns: 5_000 },
    );
  }, 120_000);
});

describe('sums and candidates', () => {
  const withTax = (part: string): string =>
    ublText(plain).replace('</cac:TaxTotal>', `${part}</cac:TaxTotal>`);
  const taxPart = (base: string, tax: string, percent: string): string =>
    `<cac:TaxSubtotal><cbc:TaxableAmount currencyID="EUR">${base}</cbc:TaxableAmount><cbc:TaxAmount currencyID="EUR">${tax}</cbc:TaxAmount><cac:TaxCategory><cbc:Percent>${percent}</cbc:Percent></cac:TaxCategory></cac:TaxSubtotal>`;
  it('tax that follows from its rate is fine', () => {
    expect(read(withTax(taxPart('125.50', '23.85', '19'))).row.faults).toEqual([]);
  });
  it('tax that does not is held', () => {
    expect(read(withTax(taxPart('125.50', '23.85', '7'))).row.faults).toEqual(['tax-differs']);
  });
  it('tax parts that do not add up are refused', () => {
    expect(codeOf(withTax(taxPart('125.50', '23.84', '19')))).toBe('control-total-mismatch');
  });
  it('an allowance nobody lists is refused', () => {
    const text = ublText(plain).replace(
      '<cbc:PayableAmount',
      '<cbc:AllowanceTotalAmount currencyID="EUR">1.00</cbc:AllowanceTotalAmount><cbc:PayableAmount',
    );
    expect(codeOf(text)).toBe('control-total-mismatch');
  });
  it('an amount in another currency is refused', () => {
    expect(
      codeOf(ublText(plain).replace('PayableAmount currencyID="EUR"', 'PayableAmount currencyID="USD"')),
    ).toBe('currency-mismatch');
  });
  it('a total that stands twice is refused', () => {
    const total = /<cbc:PayableAmount.*?<\/cbc:PayableAmount>/.exec(ublText(plain))?.[0] ?? '';
    expect(codeOf(ublText(plain).replace(total, total + total))).toBe('structure');
  });
  it('more decimals than the currency has are refused, zeros there mean nothing', () => {
    expect(codeOf(ublText(plain).replaceAll('149.35', '149.351'))).toBe('scale-exceeded');
    expect(codeOf(ublText(plain).replaceAll('149.35', '149.3500'))).toBe('read');
  });
  it('the account is chosen by the declared rule', () => {
    const text = ublText(plain).replace(
      '<cac:AccountingCustomerParty>',
      '<cbc:BuyerReference>B-9</cbc:BuyerReference><cac:AccountingCustomerParty>',
    );
    expect(read(text, { accountFrom: ['buyerReference', 'buyerId'] }).row.accountId).toBe('B-9');
    expect(read(text, { accountOf: (ids) => `ERP-${ids.length}` }).row.accountId).toBe('ERP-2');
  });
  it('an attachment is listed, its name is no path, and decoded when asked', () => {
    const text = ublText(plain).replace(
      '<cac:AccountingCustomerParty>',
      '<cac:AdditionalDocumentReference><cac:Attachment><cbc:EmbeddedDocumentBinaryObject mimeCode="text/plain" filename="../../x.txt">aGVs\nbG8=</cbc:EmbeddedDocumentBinaryObject></cac:Attachment></cac:AdditionalDocumentReference><cac:AccountingCustomerParty>',
    );
    const [file] = read(text).content.attachments;
    expect([file?.name, file?.mime, file?.bytes]).toEqual(['.._.._x.txt', 'text/plain', 5]);
    expect(new TextDecoder().decode(file?.decode())).toBe('hello');
  });
});
