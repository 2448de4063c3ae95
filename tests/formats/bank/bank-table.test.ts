/**
 * A bank's own table: signs, marks and columns as declared, balances that follow, whole or refused.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MappingProfile } from '../../../shared/domain/mapping-profile.ts';
import type { StatementFile } from '../../../shared/formats/bank-shape.ts';
import { bankProfile, readBankText } from './bank-tables.ts';

const german = bankProfile(
  { postingDate: 'Tag', text: 'Text', amount: 'Betrag', balance: 'Saldo' },
  { locale: 'de-DE', dialect: { delimiter: ';', quote: '"', hasHeader: true, skippedLines: 0 } },
);
const table = (header: string, ...rows: string[]): string => [header, ...rows].join('\n');
const read = (text: string, profile: MappingProfile = german): StatementFile => {
  const outcome = readBankText(text, profile);
  if (!outcome.ok) throw new Error(`${outcome.code}: ${outcome.detail}`);
  return outcome.value;
};
const refusalOf = (text: string, profile: MappingProfile = german) => {
  const outcome = readBankText(text, profile);
  return outcome.ok ? 'read' : `${outcome.code}: ${outcome.detail}`;
};
const amountsOf = (text: string, profile: MappingProfile): number[] =>
  read(text, profile).statements.flatMap(({ lines }) => lines.map(({ amount }) => amount));

it('reads newest first or last, and proves the running balance', () => {
  const rows = ['02.03.2026;R-1;1.000,00;1.500,00', '03.03.2026;R-2;-200,00;1.300,00'];
  for (const order of [rows, rows.toReversed()]) {
    const { statements, receipts } = read(table('Tag;Text;Betrag;Saldo', ...order));
    expect([statements[0]?.opening, statements[0]?.closing]).toEqual([50_000, 130_000]);
    expect(receipts.map(({ amount, text }) => [amount, text])).toEqual([[100_000, 'R-1']]);
  }
});

it('a gap in the running balance refuses the file', () => {
  const text = table('Tag;Text;Betrag;Saldo', '02.03.2026;R-1;1,00;2,00', '03.03.2026;R-2;1,00;4,00');
  expect(refusalOf(text)).toMatch(/^control-total-mismatch/);
});

it('a balance in the middle that does not follow refuses it, though both ends agree', () => {
  const rows = ['02.03.2026;R-1;1,00;1,00', '02.03.2026;R-2;1,00;5,00', '02.03.2026;R-3;1,00;3,00'];
  expect(refusalOf(table('Tag;Text;Betrag;Saldo', ...rows))).toMatch(/^control-total-mismatch/);
});

it('one row that can not be read refuses the whole statement and is named', () => {
  const text = table('Tag;Text;Betrag;Saldo', '02.03.2026;R-1;1,00;', '03.03.2026;R-2;1.00;');
  expect(refusalOf(text)).toMatch(/^invalid-amount: row 2, Betrag "1\.00"/);
});

it('a table without a row is no statement', () => {
  expect(refusalOf('Tag;Text;Betrag;Saldo')).toMatch(/^structure/);
});

it('without a declared notation nothing is read that could mean two things', () => {
  const { notation: _notation, ...open } = german;
  expect(refusalOf(table('Tag;Text;Betrag;Saldo', '02.03.2026;R-1;1.000;'), open)).toMatch(/^locale-needed/);
});

describe('the sign', () => {
  it('of a mark beside an unsigned amount', () => {
    const marked = bankProfile(
      { postingDate: 'day', text: 'text', amount: 'amount', debitCredit: 'S/H' },
      { marks: { debit: ['S'], credit: ['H'] } },
    );
    expect(amountsOf('day,text,amount,S/H\n2026-03-02,in,5.00,H\n2026-03-02,out,7.00,s', marked)).toEqual([
      500, -700,
    ]);
    expect(refusalOf('day,text,amount,S/H\n2026-03-02,in,5.00,X', marked)).toMatch(/^invalid-mark/);
    expect(refusalOf('day,text,amount,S/H\n2026-03-02,in,-5.00,S', marked)).toMatch(/^invalid-mark/);
  });

  it('of two columns, the other one blank or zero', () => {
    const columns = bankProfile({ postingDate: 'day', text: 'text', credit: 'in', debit: 'out' });
    const rows = ['2026-03-02,a,5.00,', '2026-03-02,b,,7.00', '2026-03-02,c,0.00,-8.00'];
    expect(amountsOf(table('day,text,in,out', ...rows), columns)).toEqual([500, -700, -800]);
    for (const row of ['2026-03-02,a,5.00,7.00', '2026-03-02,a,,', '2026-03-02,a,-5.00,'])
      expect(refusalOf(table('day,text,in,out', row), columns)).toMatch(/^invalid-amount/);
  });

  it('turned where the profile says so, of the balance as well', () => {
    const inverted = bankProfile(
      { postingDate: 'day', text: 'text', amount: 'amount', balance: 'balance' },
      { sign: 'inverted' },
    );
    const text = 'day,text,amount,balance\n2026-03-02,in,-5.00,-15.00\n2026-03-02,out,7.00,-8.00';
    expect(read(text, inverted).statements[0]).toMatchObject({ opening: 1_000, closing: 800, credits: 500 });
  });
});

it('accounts and currencies are statements of their own', () => {
  const many = bankProfile({
    ...{ postingDate: 'day', text: 'text', amount: 'amount' },
    ...{ account: 'account', currency: 'currency' },
  });
  const rows = ['2026-03-02,a,5.00,X 1,EUR', '2026-03-02,b,5.00,X 1,USD', '2026-03-02,c,5,Y,JPY'];
  const { statements } = read(table('day,text,amount,account,currency', ...rows), many);
  expect(statements.map(({ account, currency, credits }) => [account, currency, credits])).toEqual([
    ['X1', 'EUR', 500],
    ['X1', 'USD', 500],
    ['Y', 'JPY', 5],
  ]);
});

it('the same bookings in another table have the same receipts, in any dialect', () => {
  const plain = bankProfile({ postingDate: 'day', text: 'text', amount: 'amount' });
  const dialect = { delimiter: ';', quote: '"', hasHeader: true, skippedLines: 2 } as const;
  const other = bankProfile(
    { postingDate: 'Tag', text: 'Text', amount: 'Betrag' },
    { locale: 'de-DE', dialect, encoding: 'windows-1252' },
  );
  const ids = (text: string | Uint8Array, profile: MappingProfile) => {
    const outcome = readBankText(text, profile);
    return outcome.ok ? outcome.value.receipts.map(({ receiptId }) => receiptId) : outcome.code;
  };
  const first = ids('day,text,amount\n2026-03-02,Müller R-1,1000.00\n2026-03-02,Müller R-1,1000.00\n', plain);
  const text = 'Konto A\nMärz\nTag;Text;Betrag\n2.3.2026;Müller R-1;1.000,00\n2.3.2026;Müller R-1;1000,00\n';
  expect(ids(Buffer.from(text, 'latin1'), other)).toEqual(first);
  expect(new Set(first).size).toBe(2);
});

it('writing bookings as a table and reading them gives the bookings, in every notation', () => {
  const locales = ['plain', 'en-US', 'de-DE', 'fr-FR', 'de-CH'] as const;
  const marks = {
    plain: ['.', ''],
    'en-US': ['.', ','],
    'de-DE': [',', '.'],
    'fr-FR': [',', ' '],
    'de-CH': ['.', "'"],
  };
  const written = (minor: number, [decimal = '', group = '']: readonly string[]): string => {
    const digits = String(Math.abs(minor)).padStart(3, '0');
    const whole = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, group);
    return `${minor < 0 ? '-' : ''}${whole}${decimal}${digits.slice(-2)}`;
  };
  const booking = fc.record({
    minor: fc.integer({ min: -(10 ** 12), max: 10 ** 12 }).filter((minor) => minor !== 0),
    text: fc.stringMatching(/^[A-Za-z0-9 ;,"']{0,30}$/),
  });
  const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;
  fc.assert(
    fc.property(
      fc.constantFrom(...locales),
      fc.array(booking, { minLength: 1, maxLength: 8 }),
      (locale, all) => {
        const profile = bankProfile(
          { postingDate: 'day', text: 'text', amount: 'amount', balance: 'balance' },
          { locale },
        );
        let balance = 0;
        const rows = all.map(({ minor, text }) => {
          balance += minor;
          return ['2026-03-02', text, written(minor, marks[locale]), written(balance, marks[locale])]
            .map(quoted)
            .join(',');
        });
        const { statements } = read(table('day,text,amount,balance', ...rows), profile);
        expect(statements[0]).toMatchObject({ opening: 0, closing: balance });
        const lines = statements[0]?.lines.map(({ amount, text }) => [amount, text]);
        const wanted = all.map(({ minor, text }) => [minor, text.trim()]);
        expect([wanted, wanted.toReversed()]).toContainEqual(lines);
      },
    ),
    { numRuns: 500, seed: 42 },
  );
});
