/**
 * A bank's own table through the upload: read by the profile of its source, whole or refused, its money on the accounts
 * as that of any statement.
 */
import { describe, expect, it } from 'vitest';
import { saveProfile } from '../../../functions/invoice-ingestion/keep-profiles.ts';
import { listImports } from '../../../functions/invoice-ingestion/show-import.ts';
import { bankAccountHash } from '../../../functions/ledger/settle-payer.ts';
import { sha256 } from '../../../shared/azure/entry-hash.ts';
import type { MappingProfile } from '../../../shared/domain/mapping-profile.ts';
import { template } from '../../../shared/formats/profile-template.ts';
import { everything, tenOClock } from '../../support/test-edge.ts';
import { createBooks, csv } from './world.ts';

type Books = Awaited<ReturnType<typeof createBooks>>;

/** Two open invoices of a customer whose bank account is known. */
const booksWithPayer = async (): Promise<Books> => {
  const books = await createBooks();
  await books.send(
    csv(
      'invoice_number,customer_number,customer_name,issue_date,due_date,currency,amount',
      'RE-1001,C-1,Alpha,2026-10-01,2026-11-01,EUR,1190.00',
      'RE-1002,C-1,Alpha,2026-10-01,2026-11-01,EUR,50.00',
    ),
  );
  const said = {
    account: { companyId: 'acme', accountId: 'C-1' },
    by: 'tenant:clerk',
    at: '2026-11-01T00:00:00Z',
  };
  await books.parts.payers.remember(everything, 'acme', bankAccountHash('DE11', sha256), said);
  return books;
};

const openOf = async (books: Books) =>
  Promise.all(['RE-1001', 'RE-1002'].map(async (number) => (await books.item('C-1', number))?.open));
const bank = { kind: 'bankStatement', source: 'house bank', name: 'umsatz.csv' } as const;

const columns = 'posting_date,account,currency,amount,balance,text,payer_bank_account';
const booked = csv(
  columns,
  '2026-11-20,DE99,EUR,1190.00,1290.00,RE-1001,DE11',
  '2026-11-21,DE99,EUR,-200.00,1090.00,rent,DE22',
);

/** As one bank writes it: semicolons, comma decimals, marks, Windows letters, lines above the header. */
const ownBank: MappingProfile = {
  ...template,
  ...{ name: 'own-bank', version: 1, file: 'bankStatement', record: 'bankLine', encoding: 'windows-1252' },
  dialect: { delimiter: ';', quote: '"', hasHeader: true, skippedLines: 2 },
  notation: {
    amounts: { decimal: ',', group: '.', grouping: 'threes', sign: { at: 'front' } },
    days: ['DD.MM.YYYY'],
  },
  marks: { debit: ['S'], credit: ['H'] },
  recognisedBy: [['Buchung', 'Betrag', 'S/H', 'Verwendungszweck']],
  fields: {
    postingDate: { columns: ['Buchung'] },
    amount: { columns: ['Betrag'] },
    debitCredit: { columns: ['S/H'] },
    text: { columns: ['Verwendungszweck'] },
    payerName: { columns: ['Name'] },
    payerBankAccount: { columns: ['IBAN'] },
    account: { columns: [], otherwise: 'DE99' },
    currency: { columns: [], otherwise: 'EUR' },
  },
};
const ownText = (...rows: string[]): Uint8Array =>
  Buffer.from(
    ['Kontoauszug', 'Übersicht', 'Buchung;Betrag;S/H;Verwendungszweck;Name;IBAN', ...rows, ''].join('\r\n'),
    'latin1',
  );
const saveOwn = ({ settings }: Books) =>
  saveProfile(
    settings,
    everything,
    { company: 'acme', name: 'own-bank' },
    { profile: ownBank, after: 0, reason: 'as the bank writes it' },
    { by: 'tenant:clerk', now: tenOClock },
  );

describe('a table in our template', () => {
  it('pays what it names; money that went out is counted and goes nowhere', async () => {
    const books = await booksWithPayer();
    const document = await books.send(booked, bank);
    expect(await openOf(books)).toEqual([0, 5_000]);
    expect(await books.report(document)).toMatchObject({
      state: 'done',
      profile: { name: 'generic-bank-statement' },
      rows: { read: 1, accepted: 1, rejected: 0, skippedBy: { 'own-payment': 1 } },
      posted: { rows: 1 },
    });
    expect(document.bookedOn).toBe('2026-11-21');
    const listed = await listImports(books.imports, everything, { company: 'acme', limit: 9 });
    const here = listed.value.imports.find(({ importId }) => importId === document.importId);
    expect([here?.state, here?.waitsFor]).toEqual(['done', undefined]);
  });

  it('again under another name, and in another dialect, changes nothing', async () => {
    const books = await booksWithPayer();
    await books.send(booked, bank);
    const before = [await books.entries('C-1'), await openOf(books)];
    await books.send(booked, { ...bank, name: 'other.csv' });
    const semicolons = booked.replaceAll(',', ';').replaceAll(/(\d)\.(\d\d);/g, '$1,$2;');
    const again = await books.send(semicolons, { ...bank, locale: 'de-DE' });
    expect(again).toMatchObject({ delimiter: ';', counts: { accepted: 1 } });
    expect([await books.entries('C-1'), await openOf(books)]).toEqual(before);
  });

  it.each([
    ['a balance that does not follow', booked.replace('1090.00', '1091.00'), 'control-total-mismatch'],
    [
      'an amount in another notation',
      booked.replace('1190.00,1290.00', '"1.190,00",1290.00'),
      'invalid-amount',
    ],
    ['a day of no calendar', booked.replace('2026-11-20', '2026-02-30'), 'invalid-date'],
    ['a currency there is not', booked.replace('EUR', 'QQQ'), 'unknown-currency'],
    ['no row', `${columns}\n`, 'file-not-readable'],
  ])('%s refuses the whole statement', async (_what, text, code) => {
    const books = await booksWithPayer();
    const document = await books.send(text, bank);
    expect([document.state, document.because?.code]).toEqual(['refused', code]);
    expect(books.sent('received-payments')).toEqual([]);
    expect(await openOf(books)).toEqual([119_000, 5_000]);
  });

  it('as JSON rows is read alike', async () => {
    const books = await booksWithPayer();
    const row = { posting_date: '2026-11-20', account: 'DE99', currency: 'EUR', amount: 50, text: 'RE-1002' };
    const rows = JSON.stringify([{ ...row, payer_bank_account: 'DE11' }]);
    await books.send(rows, { ...bank, name: 'bank.json' });
    expect(await openOf(books)).toEqual([119_000, 0]);
  });

  it('declared as a bank CSV is one only as a bank statement', async () => {
    const books = await booksWithPayer();
    expect((await books.send(booked, { ...bank, format: 'bankCsv', name: 'bank.txt' })).counts.accepted).toBe(
      1,
    );
    await expect(books.send(booked, { format: 'bankCsv' })).rejects.toThrow('file-kind-not-read');
  });
});

describe("a bank's own layout", () => {
  it('is remembered: columns, dialect, encoding, notation and marks need not be said again', async () => {
    const books = await booksWithPayer();
    await saveOwn(books);
    const undeclared = { ...bank, locale: undefined };
    const first = await books.send(
      ownText('20.11.2026;1.190,00;H;RE-1001 Müller;Alpha;DE11', '20.11.2026;9,00;S;Gebühr;Bank;'),
      undeclared,
    );
    expect(first).toMatchObject({ profile: { name: 'own-bank', version: 1 }, counts: { accepted: 1 } });
    expect(books.lines('/receipts/')).toMatchObject([{ row: 1, amount: 119_000, text: 'RE-1001 Müller' }]);
    await books.send(ownText('21.11.2026;50,00;H;RE-1002;Alpha;DE11'), undeclared);
    expect(await openOf(books)).toEqual([0, 0]);
  });

  it('a sign beside its mark, or no mark, refuses it', async () => {
    const books = await booksWithPayer();
    await saveOwn(books);
    for (const row of ['20.11.2026;-5,00;S;x;;', '20.11.2026;5,00;;x;;']) {
      const document = await books.send(ownText(row), bank);
      expect(document.because).toMatchObject({
        code: 'file-not-readable',
        detail: expect.stringContaining('S/H') as string,
      });
    }
  });

  it('is not taken for anything but a bank statement', async () => {
    const books = await booksWithPayer();
    await saveOwn(books);
    const document = await books.send(ownText('20.11.2026;5,00;H;x;;'), { profile: 'own-bank' });
    expect(document.because?.code).toBe('file-kind-not-read');
  });
});
