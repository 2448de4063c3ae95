/**
 * Statements in every format: proved balances, receipts with ids that stay, returns and batches.
 * From: `shared/formats/bank-statement.ts`. Next: nothing.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readStatement } from '../../../shared/formats/bank-statement.ts';
import type { StatementFile, StatementFormat, StatementRules } from '../../../shared/formats/bank-shape.ts';
import { bai2Text, bytesOf, camtText, hashText, mt940Text, plain, type Intent } from './examples.ts';

const rules: StatementRules = { hashText };
const outcomeOf = (text: string, format: StatementFormat, more: Partial<StatementRules> = {}) =>
  readStatement(bytesOf(text), format, { ...rules, ...more });
const read = (text: string, format: StatementFormat, more: Partial<StatementRules> = {}): StatementFile => {
  const outcome = outcomeOf(text, format, more);
  if (!outcome.ok) throw new Error(`${outcome.code}: ${outcome.detail}`);
  return outcome.value;
};
const codeOf = (text: string, format: StatementFormat, more: Partial<StatementRules> = {}): string => {
  const outcome = outcomeOf(text, format, more);
  return outcome.ok ? 'read' : outcome.code;
};

describe.each([
  ['camt053', camtText],
  ['mt940', mt940Text],
  ['bai2', bai2Text],
] as const)('%s', (format, textOf) => {
  it('credits are receipts, debits are kept and are none', () => {
    const { statements, receipts } = read(textOf(plain), format);
    expect(statements[0]).toMatchObject({
      opening: 10_000,
      closing: 28_800,
      credits: 23_800,
      debits: -5_000,
    });
    expect(statements[0]).toMatchObject({ provedBy: 'balances', account: plain.account, currency: 'EUR' });
    expect(statements[0]?.lines.map(({ kind }) => kind)).toEqual(['receipt', 'debit']);
    expect(receipts).toHaveLength(1);
    expect(receipts[0]).toMatchObject({ amount: 23_800, postedOn: '2026-03-02', bankReference: 'B1' });
    expect(receipts[0]?.text).toContain('R-100');
  });
  it('a balance that does not follow refuses the file', () => {
    expect(codeOf(textOf({ ...plain, closing: 28_801 }), format)).toBe('control-total-mismatch');
  });
  it('the same booking has the same id in an overlapping statement', () => {
    const [first] = read(textOf(plain), format).receipts;
    const more = { ...plain, opening: 0, bookings: [{ amount: 77, text: 'x' }, ...plain.bookings] };
    expect(read(textOf(more), format).receipts.map(({ receiptId }) => receiptId)).toContain(first?.receiptId);
  });
  it('two equal bookings of one day are two receipts', () => {
    const twice = { ...plain, bookings: [1, 2].map(() => ({ amount: 500, text: 'same' })) };
    const ids = read(textOf(twice), format).receipts.map(({ receiptId }) => receiptId);
    expect(new Set(ids).size).toBe(2);
  });
  it('three thousand statements come to what they were meant to say', () => {
    const bookings = fc.array(
      fc.record({
        amount: fc.integer({ min: -9_999_999, max: 9_999_999 }),
        text: fc.stringMatching(/^[A-Z0-9 ]{1,20}$/),
      }),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(bookings, fc.integer({ min: 0, max: 9_999_999 }), (some, opening) => {
        const intent: Intent = { ...plain, opening, bookings: some };
        const { statements, receipts } = read(textOf(intent), format);
        const credits = some.filter(({ amount }) => amount > 0).reduce((all, { amount }) => all + amount, 0);
        const received = receipts.reduce((all, { amount }) => all + amount, 0);
        return statements[0]?.lines.length === some.length && credits === received;
      }),
      { numRuns: 3_400 },
    );
  }, 120_000);
});

describe('returns', () => {
  const returned: Intent = {
    ...plain,
    bookings: [
      { amount: 700, reference: 'B7', endToEndId: 'E7', text: 'paid' },
      { amount: -700, reference: 'B8', endToEndId: 'E7', text: 'back', isReversal: true },
    ],
  };
  it.each([
    ['camt053', camtText],
    ['mt940', mt940Text],
  ] as const)('%s: money taken back names the receipt it came as', (format, textOf) => {
    const [paid, back] = read(textOf(returned), format).receipts;
    expect([back?.amount, back?.reversesId]).toEqual([-700, paid?.receiptId]);
  });
  it('where two could be meant, neither is named', () => {
    const twice = {
      ...returned,
      bookings: [
        ...returned.bookings.slice(0, 1),
        { ...returned.bookings[0]!, reference: 'B9' },
        returned.bookings[1]!,
      ],
    };
    expect(read(camtText(twice), 'camt053').receipts[2]?.reversesId).toBeUndefined();
  });
});

describe('CAMT', () => {
  const split = (first: string, second: string): string =>
    camtText({ ...plain, bookings: [{ amount: 1_000, reference: 'B', text: '' }] }).replace(
      /<TxDtls>.*<\/TxDtls>/,
      [first, second]
        .map(
          (amount, at) =>
            `<TxDtls><Refs><EndToEndId>E${at}</EndToEndId></Refs><Amt Ccy="EUR">${amount}</Amt><RmtInf><Strd><CdtrRefInf><Ref>RF18539007547034</Ref></CdtrRefInf></Strd></RmtInf></TxDtls>`,
        )
        .join(''),
    );
  it('a batch is split into its payments', () => {
    const { receipts } = read(split('4.00', '6.00'), 'camt053');
    expect(receipts.map(({ amount }) => amount)).toEqual([400, 600]);
    expect(receipts[0]?.structuredReference).toBe('RF18539007547034');
    expect(new Set(receipts.map(({ receiptId }) => receiptId)).size).toBe(2);
  });
  it('a batch whose payments do not add up refuses the file', () => {
    expect(codeOf(split('4.00', '6.01'), 'camt053')).toBe('control-total-mismatch');
  });
  it('a reference with wrong check digits is none', () => {
    const { receipts } = read(split('4.00', '6.00').replaceAll('RF18', 'RF19'), 'camt053');
    expect(receipts[0]?.structuredReference).toBeUndefined();
  });
  it('what is only announced counts for nothing', () => {
    const text = camtText(plain).replace(
      '</Stmt>',
      '<Ntry><Amt Ccy="EUR">9.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>PDNG</Sts></Ntry></Stmt>',
    );
    const { statements } = read(text, 'camt053');
    expect([statements[0]?.lines.length, statements[0]?.notBooked]).toEqual([2, 1]);
  });
  it('reports of the running day and notifications are read only by choice', () => {
    const report = camtText(plain)
      .replaceAll('BkToCstmrStmt', 'BkToCstmrAcctRpt')
      .replaceAll('Stmt>', 'Rpt>')
      .replace('camt.053', 'camt.052');
    expect(codeOf(report, 'camt052')).toBe('intraday-report');
    expect(codeOf(report, 'camt052', { acceptIntraday: true })).toBe('read');
    const note = camtText(plain)
      .replaceAll('BkToCstmrStmt', 'BkToCstmrDbtCdtNtfctn')
      .replaceAll('Stmt>', 'Ntfctn>')
      .replace('camt.053', 'camt.054');
    expect(codeOf(note, 'camt054')).toBe('intraday-report');
    expect(codeOf(note, 'camt054', { acceptNotifications: true })).toBe('read');
  });
  it.each([
    ['a garbled amount', '238.00', '12..34', 'invalid-amount'],
    ['a tenth of a cent', '238.00', '238.001', 'scale-exceeded'],
    ['a booking in another currency', '<Ntry><Amt Ccy="EUR"', '<Ntry><Amt Ccy="USD"', 'currency-mismatch'],
    ['no closing balance', 'CLBD', 'CLAV', 'missing-term'],
  ])('%s refuses the file', (_, from, to, code) => {
    expect(codeOf(camtText(plain).replace(from, to), 'camt053')).toBe(code);
  });
});

describe('MT940', () => {
  it('several accounts and pages in one file', () => {
    const file = read(mt940Text(plain) + mt940Text({ ...plain, account: 'DE02', opening: 0 }), 'mt940');
    expect(file.statements.map(({ account }) => account)).toEqual([plain.account, 'DE02']);
  });
  it('pages of one statement must follow from one another', () => {
    const pages =
      mt940Text(plain).replace(':62F:', ':62M:') +
      mt940Text({ ...plain, opening: 28_800 }).replace(':60F:', ':60M:');
    expect(codeOf(pages, 'mt940')).toBe('read');
    const gap = mt940Text(plain).replace(':62F:', ':62M:') + mt940Text(plain).replace(':60F:', ':60M:');
    expect(codeOf(gap, 'mt940')).toBe('control-total-mismatch');
  });
  it('details in pairs between slashes', () => {
    const text = mt940Text(plain).replace(
      /:86:.*\?32ACME/,
      ':86:/TRTP/SEPA/IBAN/NL91ABNA0417164300/NAME/Acme/REMI/R-100/EREF/E-5',
    );
    const [receipt] = read(text, 'mt940').receipts;
    expect(receipt).toMatchObject({
      payerName: 'Acme',
      payerBankAccount: 'NL91ABNA0417164300',
      text: 'R-100 E-5',
    });
  });
  it('a booking day that no calendar has is the value day', () => {
    const text = mt940Text({ ...plain, day: '2026-02-28' }).replaceAll(':61:2602280228', ':61:2602280230');
    expect(read(text, 'mt940').receipts[0]?.postedOn).toBe('2026-02-28');
  });
});
