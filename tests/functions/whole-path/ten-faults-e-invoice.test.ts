/**
 * The ten faults an invoice may have (R16), for e-invoices one by one through the whole path: what can not be posted is
 * refused, all else is posted and held from delivery and chasing. Their terms and what they may not lack come from the
 * customer and the company. The fourth, a price that is not the one of the order, no e-invoice can show: none says what
 * its order came to; lists of invoices do (`ten-faults.test.ts`).
 */
import { describe, expect, it } from 'vitest';
import type { InvoiceRules } from '../../../shared/domain/company.ts';
import { everything } from '../../support/test-edge.ts';
import { ciiText, ublText, type Intent } from '../../formats/xml/examples.ts';
import { createBooks, csv } from './world.ts';

type Books = Awaited<ReturnType<typeof createBooks>>;

/** 119.00 due in 30 days, as the customer's terms say. */
const good: Intent = {
  ...{ number: 'GOOD', typeCode: '380', currency: 'EUR', documentOn: '2026-10-01', dueOn: '2026-10-31' },
  ...{ customer: 'C-1', lines: [10_000], tax: 1_900, order: 'PO-1' },
};
const { order: _order, ...unordered } = good;
const paper =
  '<cac:AdditionalDocumentReference><cbc:ID>A-1</cbc:ID><cac:Attachment><cbc:EmbeddedDocumentBinaryObject mimeCode="text/csv" filename="a.csv">YQ==</cbc:EmbeddedDocumentBinaryObject></cac:Attachment></cac:AdditionalDocumentReference>';
const withPaper = (text: string): string =>
  text.replace('<cac:AccountingCustomerParty>', `${paper}<cac:AccountingCustomerParty>`);
const named = (text: string, name: string): string =>
  text.replace(
    '</cac:PartyIdentification>',
    `</cac:PartyIdentification><cac:PartyName><cbc:Name>${name}</cbc:Name></cac:PartyName>`,
  );
const ubl = (more: Partial<Intent> = {}): string => withPaper(named(ublText({ ...good, ...more }), 'Alpha'));
const file = { format: 'ubl', name: 'invoice.xml' } as const;

const booksWith = async (
  invoices: InvoiceRules = { wanted: ['purchaseOrder', 'attachment'] },
): Promise<Books> => {
  const books = await createBooks();
  const place = { scope: 'company:acme', name: 'company' };
  const { value, version } = (await books.settings.read(everything, place))!;
  const change = { by: 'tenant:admin', at: '2026-01-02T00:00:00Z', reason: 'rules' };
  await books.settings.save(everything, place, version, {
    value: { ...(value as object), invoices },
    ...change,
  });
  await books.send(
    csv(
      'account,account_name,country,terms,closed',
      'C-1,Alpha,DE,net 30,',
      'C-2,Gone,DE,,true',
      'C-3,Free,DE,,',
    ),
    { kind: 'customers' },
  );
  return books;
};

describe('the ten faults', () => {
  it('none: it is posted, and nothing holds it', async () => {
    const books = await booksWith();
    const document = await books.send(ubl(), file);
    expect(document.because).toBeUndefined();
    const item = await books.item('C-1', 'GOOD');
    expect(item).toMatchObject({ open: 11_900, dueOn: '2026-10-31' });
    expect(item?.faults).toBeUndefined();
  });

  it.each<[string, string, string, string]>([
    ['2 missing PO', 'C-1', withPaper(named(ublText(unordered), 'Alpha')), 'po-missing'],
    ['3 wrong bill-to', 'C-1', withPaper(named(ublText(good), 'Omega')), 'bill-to-differs'],
    ['5 tax that does not follow from its rate', 'C-1', withWrongTax(), 'tax-differs'],
    ['6 a due date not by the terms', 'C-1', ubl({ dueOn: '2026-12-31' }), 'due-date-differs'],
    ['7 a total of nothing', 'C-1', ubl({ lines: [0], tax: 0 }), 'zero-total'],
    ['9 a closed customer', 'C-2', ubl({ customer: 'C-2' }).replace('Alpha', 'Gone'), 'customer-closed'],
    ['10 a missing attachment', 'C-1', named(ublText(good), 'Alpha'), 'attachment-missing'],
  ])('%s: posted and held', async (_what, account, text, fault) => {
    const books = await booksWith();
    const document = await books.send(text, file);
    expect(document.because).toBeUndefined();
    expect((await books.item(account, 'GOOD'))?.faults).toEqual([fault]);
  });

  it('1 a number that is there with another amount: not posted, and reported', async () => {
    const books = await booksWith();
    await books.send(ubl(), file);
    const before = await books.entries('C-1');
    const second = await books.send(ubl({ lines: [20_000], tax: 3_800 }), {
      ...file,
      asOf: '2026-11-23T10:00:00Z',
    });
    expect(await books.report(second)).toMatchObject({ posted: { refusedBy: { 'item-differs': 1 } } });
    expect(await books.entries('C-1')).toEqual(before);
  });

  it.each([
    ['8 an unknown currency', ubl({ currency: 'QQQ' }), 'unknown-currency'],
    ['unreadable', ubl().replace('119.00', '1.1.9'), 'invalid-amount'],
    ['sums that do not add up', ubl().replace(/(PayableAmount[^>]*>)119/, '$1118'), 'control-total-mismatch'],
  ])('%s: refused, and nothing of it is posted', async (_what, text, code) => {
    const books = await booksWith();
    const document = await books.send(text, file);
    expect(document.state).toBe('refused');
    expect(`${document.because?.code} ${document.because?.detail}`).toContain(code);
    expect(await books.item('C-1', 'GOOD')).toBeUndefined();
  });
});

/** 19 % of 100.00 said to be 18.00, in all its sums alike. */
function withWrongTax(): string {
  const part =
    '<cac:TaxSubtotal><cbc:TaxableAmount currencyID="EUR">100.00</cbc:TaxableAmount><cbc:TaxAmount currencyID="EUR">18.00</cbc:TaxAmount><cac:TaxCategory><cbc:Percent>19</cbc:Percent></cac:TaxCategory></cac:TaxSubtotal>';
  return ubl({ tax: 1_800 }).replace('</cac:TaxTotal>', `${part}</cac:TaxTotal>`);
}

describe('when it is due', () => {
  const { dueOn: _dueOn, ...undated } = good;
  const dueIn = async (books: Books, account = 'C-1') => (await books.item(account, 'GOOD'))?.dueOn;

  it.each([
    ['UBL', (more: object) => ublText({ ...undated, ...more }), 'ubl'],
    ['CII', (more: object) => ciiText({ ...undated, ...more }), 'cii'],
  ] as const)(
    '%s: by its own code, else by the terms of the customer, else of the company',
    async (_what, textOf, format) => {
      const rules = { wanted: [], termsCode: 'net 14' };
      const send = async (more: object): Promise<Books> => {
        const books = await booksWith(rules);
        const document = await books.send(textOf(more), { ...file, format });
        expect(document.because).toBeUndefined();
        return books;
      };
      expect(await dueIn(await send({ terms: 'net 10' }))).toBe('2026-10-11');
      expect(await dueIn(await send({ terms: 'please pay soon' }))).toBe('2026-10-31');
      expect(await dueIn(await send({}))).toBe('2026-10-31');
      expect(await dueIn(await send({ customer: 'C-3', terms: 'soon' }), 'C-3')).toBe('2026-10-15');
    },
  );

  it('of a public body: by the terms the company has for them, unless the customer has its own (R135)', async () => {
    const sendTo = async (customer: string, invoices: InvoiceRules, kind?: 'government' | 'commercial') => {
      const books = await booksWith(invoices);
      if (kind !== undefined) await books.treat(customer, { kind });
      await books.send(ublText({ ...undated, customer }), file);
      return dueIn(books, customer);
    };
    const rules = { wanted: [], termsCode: 'net 14', publicTermsCode: 'net 60' } as const;
    expect(await sendTo('C-3', rules, 'government')).toBe('2026-11-30');
    expect(await sendTo('C-3', rules, 'commercial')).toBe('2026-10-15');
    expect(await sendTo('C-3', rules)).toBe('2026-10-15');
    expect(await sendTo('C-1', rules, 'government')).toBe('2026-10-31');
    expect(await sendTo('C-3', { wanted: [], termsCode: 'net 14' }, 'government')).toBe('2026-10-15');
  });

  it('by nothing: refused, since a due date is never guessed', async () => {
    const books = await booksWith({ wanted: [] });
    const document = await books.send(ublText({ ...undated, customer: 'C-3' }), file);
    expect(document.because).toMatchObject({ code: 'file-not-readable' });
    expect(document.because?.detail).toContain('missing-due-date');
  });

  it('terms of the customer that nobody can read are named, and the company’s are not taken for them', async () => {
    const books = await booksWith({ wanted: [], termsCode: 'net 14' });
    await books.send(csv('account,account_name,country,terms', 'C-4,Odd,DE,ZB30'), { kind: 'customers' });
    const document = await books.send(ublText({ ...undated, customer: 'C-4' }), file);
    expect(document.because?.detail).toContain('ZB30');
  });
});

it('what a company wants of its invoices holds for rows of a list as well, and not for its snapshots', async () => {
  const books = await booksWith({ wanted: ['purchaseOrder'] });
  const columns = 'invoice_number,customer_number,issue_date,due_date,currency,amount,po_number';
  await books.send(
    csv(columns, 'F-1,C-3,2026-10-01,2026-10-31,EUR,1.00,', 'F-2,C-3,2026-10-01,2026-10-31,EUR,1.00,P'),
  );
  expect((await books.item('C-3', 'F-1'))?.faults).toEqual(['po-missing']);
  expect((await books.item('C-3', 'F-2'))?.faults).toBeUndefined();
});
