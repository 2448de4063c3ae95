/** The posting export as a table: nothing in it is a formula, amounts stay numbers. */
import { describe, expect, it } from 'vitest';
import { csvOfPostings } from '../../../functions/erp-exchange/posting-csv.ts';
import { cellOf } from '../../../functions/invoice-ingestion/list-rejected.ts';
import type { PostingLine } from '../../../shared/domain/posting-export.ts';
import { day, money } from '../../support/account-examples.ts';

const line = (id: string, more: Partial<PostingLine> = {}): PostingLine => ({
  ...{ id, kind: 'receipt', accountId: 'A', currency: 'EUR', amount: money(100) },
  ...{ on: day('2026-11-20'), since: '2026-11-19T09:00:00Z', reference: 'wire' },
  ...more,
});

/** What begins a formula, or hides what does. */
const signs = ['=', '+', '-', '@', '\uff1d', '\uff0b', '\uff0d', '\uff20', ' =', '\ufeff='];
const triggers = [...signs, '\t', '\r', '\n'];

describe('a posting export as a table', () => {
  it('quotes what needs it and lets no cell be a formula; amounts stay numbers', () => {
    const text = csvOfPostings([
      line('a', { reference: '=HYPERLINK("x")', reason: 'one, "two"' }),
      line('b', { amount: money(-5), reference: '+49' }),
    ]);
    const [header, first, second] = text.split('\r\n');
    expect(header).toBe('id,kind,account,item,currency,amountMinor,on,reference,reason');
    expect(first).toBe(`a,receipt,A,,EUR,100,2026-11-20,"'=HYPERLINK(""x"")","one, ""two"""`);
    expect(second).toBe(`b,receipt,A,,EUR,-5,2026-11-20,'+49,`);
  });

  it.each(triggers)('a bank reference that begins with %j is text', (trigger) => {
    expect(csvOfPostings([line('a', { reference: `${trigger}1+1` })])).toContain(`'${trigger}1+1`);
  });
});

describe('a rejected row as a table', () => {
  it.each(triggers)('a cell that begins with %j is text', (trigger) => {
    expect(cellOf(`${trigger}cmd`)).toContain(`'${trigger}cmd`);
  });

  it('a plain number stays one, and nothing is left that ends a text early', () => {
    expect(['-12.50', '-12,50', 'a\0b'].map(cellOf)).toEqual(['-12.50', '"-12,50"', 'a\u2400b']);
  });
});
