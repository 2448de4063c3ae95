/**
 * The machine-readable form of what is asked (R19): schema.org `Invoice` in the page, the same sums as people read, and
 * nothing of a value can leave its place.
 */
import { describe, expect, it } from 'vitest';
import { messageTexts, type MessageData } from '../../../shared/domain/message-data.ts';
import { amountOf } from '../../../shared/domain/money.ts';
import { renderMessage } from '../../../shared/formats/render-message.ts';
import { textCatalogue } from '../../../shared/formats/text-catalogue.ts';
import { sampleData, tableOf } from './sample-data.ts';

const htmlOf = (text: (typeof messageTexts)[number], data: MessageData): string => {
  const made = renderMessage(text, 'en', data);
  if (!made.ok) throw new Error(made.detail);
  return made.value.html;
};

const invoicesIn = (html: string): Record<string, string>[] =>
  html
    .split('<div itemscope itemtype="https://schema.org/Invoice">')
    .slice(1)
    .map((part) => {
      const values: Record<string, string> = {};
      for (const [, name = '', value = ''] of part.matchAll(/<meta itemprop="(\w+)" content="([^"]*)">/g))
        values[name] = value;
      return values;
    });

const demanding = messageTexts.filter((text) => textCatalogue[text].demands);
const data = sampleData(true, 3);
const [table] = data.tables;
const { reference } = data.seller.bank;

describe('what machines read of a mail', () => {
  it.each(demanding)(
    '%s tells each invoice asked for: number, due day, sum, reference, where to pay',
    (text) => {
      const asked = table!.rows.filter((row) => (row.asked ?? row.open) > 0);
      const told = invoicesIn(htmlOf(text, data));
      // what to quote is no account number here: one in the place of the other is seen
      expect(reference).not.toBe(data.customer.accountNumber);
      expect(told.map(({ identifier }) => identifier)).toEqual(asked.map(({ number }) => number));
      for (const [at, row] of asked.entries())
        expect(told[at]).toMatchObject({
          ...{ paymentDueDate: row.dueOn, currency: 'EUR', target: data.links.pay },
          ...{ accountId: data.customer.accountNumber, propertyID: 'remittanceReference', value: reference },
          ...(row.purchaseOrder === undefined ? {} : { orderNumber: row.purchaseOrder }),
        });
    },
  );

  it('the golden form of one invoice', () => {
    const [row] = table!.rows;
    const one = {
      ...{ ...row!, number: 'RE-1', purchaseOrder: 'PO-7', dueOn: '2026-03-02', original: amountOf(123_456) },
      ...{ settled: amountOf(0), open: amountOf(123_456), asked: amountOf(100_056) },
    } as const;
    const links = { ...data.links, pay: `${data.links.origin}/p/abc` };
    const seller = { ...data.seller, bank: { ...data.seller.bank, reference: 'ACC-9 RE-1' } };
    const html = htmlOf('T3', {
      ...{ ...data, links, seller },
      tables: [{ ...tableOf('EUR', 1), rows: [one as never], setAside: [], credits: [], asked: one.asked }],
    });
    const from = html.indexOf('<div itemscope');
    expect(html.slice(from, html.indexOf('\n', from))).toBe(
      [
        '<div itemscope itemtype="https://schema.org/Invoice"><meta itemprop="identifier" content="RE-1">',
        '<div itemprop="referencesOrder" itemscope itemtype="https://schema.org/Order">',
        '<meta itemprop="orderNumber" content="PO-7"></div>',
        '<meta itemprop="paymentDueDate" content="2026-03-02">',
        '<div itemprop="totalPaymentDue" itemscope itemtype="https://schema.org/MonetaryAmount">',
        '<meta itemprop="currency" content="EUR"><meta itemprop="value" content="1000.56"></div>',
        '<div itemprop="provider" itemscope itemtype="https://schema.org/Organization">',
        `<meta itemprop="name" content="${data.seller.legalName}"></div>`,
        `<meta itemprop="accountId" content="${data.customer.accountNumber}">`,
        '<div itemprop="additionalProperty" itemscope itemtype="https://schema.org/PropertyValue">',
        '<meta itemprop="propertyID" content="remittanceReference">',
        '<meta itemprop="value" content="ACC-9 RE-1"></div>',
        '<div itemprop="potentialAction" itemscope itemtype="https://schema.org/PayAction">',
        `<meta itemprop="target" content="${links.pay}"></div></div>`,
      ].join(''),
    );
  });

  it('a hostile number stays inside its value', () => {
    const [row, ...rows] = table!.rows;
    const number = `1"><script>alert(1)</script><div itemprop='value' content="0`;
    const html = htmlOf('T2', { ...data, tables: [{ ...table!, rows: [{ ...row!, number }, ...rows] }] });
    expect(html).not.toMatch(/<script|content="0"/);
    expect(html).toContain(
      'content="1&#34;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;div itemprop=&#39;value&#39; content=&#34;0"',
    );
    expect(invoicesIn(html)).toHaveLength(table!.rows.length);
  });

  it('a balance asks for nothing, and tells machines nothing to pay', () => {
    for (const text of messageTexts.filter((one) => !textCatalogue[one].demands))
      expect(htmlOf(text, sampleData(false, 3))).not.toContain('itemscope');
  });

  it('a page of many invoices stays below what mail programs cut off', () => {
    const html = htmlOf('T4', { ...data, tables: [tableOf('EUR', 54)] });
    expect(invoicesIn(html)).toHaveLength(20);
    expect(Buffer.byteLength(html)).toBeLessThan(100_000);
  });
});
