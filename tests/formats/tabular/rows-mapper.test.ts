/**
 * Cells to rows, or every reason why not.
 * From: invented rows under the profiles of the product and changed ones. Next: `npm test`.
 */
import { describe, expect, it } from 'vitest';
import type { MappingProfile } from '../../../shared/domain/mapping-profile.ts';
import { mapTable, profileNamed, readCsv, reasonsOf } from './read.ts';

const snapshot = profileNamed('generic-snapshot', 'en-US');
const good = {
  number: '0042',
  account: 'C-1',
  document_date: '2024-01-31',
  due_date: '2024-03-01',
  currency: 'EUR',
  open_amount: '1,234.50',
};

/** One row under a profile; `cells` replaces or adds columns. */
const rowOf = (cells: Record<string, string> = {}, profile: MappingProfile = snapshot) => {
  const row = { ...good, ...cells };
  const quoted = (texts: string[]): string => texts.map((text) => `"${text}"`).join(',');
  const table = readCsv(Buffer.from(`${quoted(Object.keys(row))}\n${quoted(Object.values(row))}\n`));
  if (!table.ok) throw new Error(table.detail);
  return mapTable(table.value, profile)[0];
};

describe('a row that can be read', () => {
  it('is signed from the debit side, in minor units, its number kept with its zeros', () => {
    expect(rowOf()).toEqual({
      is: 'accepted',
      record: 'document',
      row: {
        ...{ row: 1, accountId: 'C-1', kind: 'invoice', number: '0042', part: '1', currency: 'EUR' },
        ...{ documentOn: '2024-01-31', postedOn: '2024-01-31', dueOn: '2024-03-01' },
        ...{ original: 123_450, open: 123_450, discountTiers: [], parties: {}, references: {} },
        ...{ isInsured: false, isIntercompany: false, faults: [] },
      },
    });
  });

  it('strips zeros only where that is declared', () => {
    const number = { columns: ['number'], stripLeadingZeros: true };
    expect(rowOf({}, { ...snapshot, fields: { ...snapshot.fields, number } })).toMatchObject({
      row: { number: '42' },
    });
  });

  it('is due by its terms when no day is told, with their discount', () => {
    expect(rowOf({ due_date: '', terms: '2/10 net 30' })).toMatchObject({
      row: { dueOn: '2024-03-01', discountTiers: [{ percentHundredths: 200, untilOn: '2024-02-10' }] },
    });
  });

  const signs: [string, Record<string, string>, Partial<MappingProfile>, number, string][] = [
    ['a minus is a credit', { open_amount: '-5.00' }, {}, -500, 'paymentOnAccount'],
    ['inverted', { open_amount: '-5.00' }, { sign: 'inverted' }, 500, 'invoice'],
    [
      'credits written positive',
      { open_amount: '5.00', type: 'creditNote' },
      { sign: 'positiveCredits' },
      -500,
      'creditNote',
    ],
    [
      'a mark of the credit side',
      { open_amount: '5.00', mark: 'h' },
      {
        marks: { debit: ['S'], credit: ['H'] },
        fields: { ...snapshot.fields, debitCredit: { columns: ['mark'] } },
      },
      -500,
      'paymentOnAccount',
    ],
  ];
  it.each(signs)('sign style: %s', (_, cells, change, open, kind) => {
    expect(rowOf(cells, { ...snapshot, ...change })).toMatchObject({ row: { open, kind } });
  });

  const faults: [string, Record<string, string>, Partial<MappingProfile>][] = [
    ['zero-total', { open_amount: '0.00' }, {}],
    ['tax-mismatch', { net_amount: '1,000.00', tax_amount: '190.00' }, {}],
    ['price-differs-from-order', { order_amount: '1,200.00' }, {}],
    ['due-date-not-by-terms', { terms: 'net 60' }, {}],
    ['due-before-document', { due_date: '2024-01-30' }, {}],
    ['missing-purchase-order', {}, { wanted: ['purchaseOrder'] }],
    ['missing-attachment', {}, { wanted: ['attachment'] }],
  ];
  it.each(faults)('%s does not refuse it', (fault, cells, change) => {
    expect(rowOf(cells, { ...snapshot, ...change })).toMatchObject({ row: { faults: [fault] } });
  });
});

describe('a row that can not', () => {
  const refused: [string, Record<string, string>][] = [
    ['account: identifier-missing', { account: ' ' }],
    ['number: identifier-missing', { number: '' }],
    ['number: identifier-not-valid', { number: '1.930438e+09' }],
    ['number: identifier-not-valid', { number: 'A\u202eB' }],
    ['number: identifier-not-valid', { number: 'A\u0007B' }],
    ['number: identifier-not-valid', { number: 'x'.repeat(201) }],
    ['currency: unknown-currency', { currency: 'EURO' }],
    ['type: unknown-type', { type: 'voucher' }],
    ['type: unknown-type', { type: 'constructor' }],
    ['open_amount: invalid-amount', { open_amount: '1.234,50' }],
    ['open_amount: invalid-amount', { open_amount: 'NaN' }],
    ['open_amount: invalid-amount', { open_amount: '１２' }],
    ['open_amount: invalid-amount', { open_amount: '' }],
    ['open_amount: scale-exceeded', { open_amount: '1.2345' }],
    ['open_amount: scale-exceeded', { open_amount: '1.5', currency: 'JPY' }],
    ['open_amount: sign-mismatch', { open_amount: '5.00', type: 'credit note' }],
    ['open_amount: sign-mismatch', { open_amount: '-5.00', type: 'invoice' }],
    ['open_amount: open-above-original', { open_amount: '5.00', original_amount: '4.99' }],
    ['document_date: invalid-date', { document_date: '2023-02-29' }],
    ['document_date: date-out-of-window', { document_date: '2013-01-01', due_date: '2023-01-01' }],
    ['document_date: date-out-of-window', { document_date: '2025-04-02', due_date: '2025-05-01' }],
    ['due_date: date-out-of-window', { due_date: '2027-04-02' }],
    ['due_date: due-date-missing', { due_date: '' }],
    ['terms: due-date-missing', { due_date: '', terms: 'ZB17' }],
    ['insured: invalid-flag', { insured: 'perhaps' }],
    ['text: text-too-long', { text: 'x'.repeat(1_001) }],
  ];
  it.each(refused)('%s for %o', (reason, cells) => {
    expect(reasonsOf(rowOf(cells))).toEqual([reason]);
  });

  it('says all that is wrong with it at once, and still which item it was', () => {
    const outcome = rowOf({ currency: 'XXX', document_date: 'soon', due_date: '31/31/2024' });
    expect(reasonsOf(outcome)).toEqual([
      'currency: unknown-currency',
      'document_date: invalid-date',
      'due_date: invalid-date',
    ]);
    expect(outcome).toMatchObject({ accountId: 'C-1' });
    expect(rowOf({ type: 'invoice', document_date: 'soon' })).toMatchObject({
      keys: [{ kind: 'invoice', number: '0042', part: '1' }],
    });
  });

  it('names no item when its year or part can not be read', () => {
    const repeating = { ...snapshot, numbersRepeatByYear: true };
    expect(rowOf({ type: 'invoice', fiscal_year: '' }, repeating)).not.toHaveProperty('keys');
    expect(rowOf({ type: 'invoice', part: 'A\u0007' })).not.toHaveProperty('keys');
  });

  it.each([
    ['open_amount', '1,234'],
    ['open_amount', '1.234'],
    ['open_amount', '12.50'],
    ['document_date', '03/04/2024'],
  ])('without a declared locale %s "%s" is refused, not guessed', (column, text) => {
    const { notation: _, ...undeclared } = snapshot;
    const cells = { open_amount: '5', [column]: text };
    expect(reasonsOf(rowOf(cells, undeclared))).toEqual([
      `${column}: ${column === 'open_amount' || text.includes('/') ? 'locale-needed' : 'invalid-date'}`,
    ]);
  });
});

describe('rows that do not count', () => {
  it('a blank row and one the profile leaves out are counted under their reason', () => {
    const skips = [{ column: 'status', equals: ['settled'], because: 'settled' }];
    const profile = { ...snapshot, skips };
    expect(rowOf({ status: 'settled' }, profile)).toEqual({ is: 'skipped', row: 1, because: 'settled' });
    const blank = Object.fromEntries(Object.keys(good).map((name) => [name, ' ']));
    expect(rowOf(blank)).toEqual({ is: 'skipped', row: 1, because: 'blank-row' });
  });
});
