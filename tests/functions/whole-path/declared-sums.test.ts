/**
 * The shared e-invoices and bank statements from the upload to the ledger: what is owed and what was received
 * afterwards is what the file itself declares, read here by a few patterns that know nothing of the readers.
 * From: files beside the repository, read in place; skipped with a message where they are absent. Next: nothing.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { saveProfile } from '../../../functions/invoice-ingestion/keep-profiles.ts';
import type { ImportBody } from '../../../shared/contracts/imports.ts';
import { bankProfile } from '../../formats/bank/bank-tables.ts';
import { everything, tenOClock } from '../../support/test-edge.ts';
import { createBooks } from './world.ts';

const shared = join(import.meta.dirname, '../../../../shared/data');
const areHere = existsSync(shared);
if (!areHere) process.stdout.write(`no data at ${shared}: sums they declare are not compared\n`);

type Books = Awaited<ReturnType<typeof createBooks>>;
type Format = NonNullable<ImportBody['format']>;
/** Minor units by currency, nothing where it is zero. */
type Sums = Record<string, number>;

const sumOf = (amounts: readonly (readonly [currency: string, amount: number])[]): Sums => {
  const sums: Sums = {};
  for (const [currency, amount] of amounts) sums[currency] = (sums[currency] ?? 0) + amount;
  return Object.fromEntries(Object.entries(sums).filter(([, sum]) => sum !== 0));
};

const minor = (text = ''): number => Math.round(Number(text.replace(',', '.')) * 100);
const found = (text: string, pattern: RegExp): string => pattern.exec(text)?.[1] ?? '';
const textOf = (file: string): string => readFileSync(join(shared, file), 'latin1');

/** What an invoice says is to be paid; a credit note the other way round. */
const ubl = (text: string): Sums => {
  const sign = /<(?:\w+:)?CreditNote[\s>]/.test(text) ? -1 : 1;
  const [, currency = '', amount] = /PayableAmount currencyID="(\w+)">([\d.]+)</.exec(text) ?? [];
  return sumOf([[currency, sign * minor(amount)]]);
};
const cii = (text: string): Sums =>
  sumOf([[found(text, /InvoiceCurrencyCode>(\w+)</), minor(found(text, /DuePayableAmount[^>]*>([\d.]+)</))]]);

/** What a statement says came in; and that balances and bookings of it agree. */
const camt = (text: string): Sums => {
  const amountIn = (part: string): [string, number] => {
    const [, currency = '', amount] = /<Amt Ccy="(\w+)">([\d.]+)</.exec(part) ?? [];
    return [currency, minor(amount) * (part.includes('<CdtDbtInd>DBIT<') ? -1 : 1)];
  };
  const bookings = text
    .match(/<Ntry>[^]*?<\/Ntry>/g)!
    .map((entry) => amountIn(entry.replace(/<NtryDtls>[^]*/, '')));
  const balances = text.match(/<Bal>[^]*?<\/Bal>/g)!;
  const at = (code: string): number =>
    amountIn(balances.find((one) => one.includes(`<Cd>${code}<`)) ?? '')[1];
  expect(at('CLBD') - (at('OPBD') || at('PRCD'))).toBe(bookings.reduce((sum, [, amount]) => sum + amount, 0));
  return sumOf(bookings.filter(([, amount]) => amount > 0));
};
const mt940 = (text: string): Sums =>
  sumOf(
    [...text.matchAll(/^:61:\d{6,10}C\D?([\d,]+)/gm)].map(([, amount]) => [
      found(text, /^:60F:[CD]\d{6}(\w{3})/m),
      minor(amount),
    ]),
  );
/** Credits have the codes 101 to 399; amounts are in minor units, of dollars where nothing is said. */
const bai2 = (text: string): Sums => {
  let currency = '';
  return sumOf(
    text.split('\n').flatMap((line): [string, number][] => {
      const [record, code = '', amount] = line.split(',');
      if (record === '02') currency = line.split(',')[6] || 'USD';
      return record === '16' && Number(code) < 400 ? [[currency, Number(amount)]] : [];
    }),
  );
};
const bankCsv = (text: string): Sums =>
  sumOf(
    text.split('\n').flatMap((line): [string, number][] => {
      const [, , amount, currency = ''] = line.split(',');
      return minor(amount) > 0 ? [[currency, minor(amount)]] : [];
    }),
  );
const declared: Partial<Record<Format, (text: string) => Sums>> = {
  ubl,
  cii,
  camt053: camt,
  mt940,
  bai2,
  bankCsv,
};

/** Due days of e-invoices without one come from the company; a table is read by the profile of its bank. */
const setUp = async (): Promise<Books> => {
  const books = await createBooks();
  const place = { scope: 'company:acme', name: 'company' };
  const kept = await books.settings.read(everything, place);
  if (kept === undefined) throw new Error('the company is there');
  const value = { ...(kept.value as object), invoices: { termsCode: 'N30', wanted: [] } };
  const said = { by: 'tenant:admin', at: '2026-01-02T00:00:00Z', reason: 'terms' };
  await books.settings.save(everything, place, kept.version, { value, ...said });
  const columns = { postingDate: 'Date', text: 'Description', amount: 'Amount', currency: 'Currency' };
  const profile = bankProfile({
    ...columns,
    ...{ balance: 'Balance', account: 'Account', bankReference: 'Reference' },
  });
  const saved = await saveProfile(
    books.settings,
    everything,
    { company: 'acme', name: 'bank' },
    { profile, after: 0, reason: 'as the bank writes it' },
    { by: 'tenant:clerk', now: tenOClock },
  );
  if (!saved.ok) throw new Error(saved.detail);
  return books;
};

const upload = async (books: Books, file: string, format: Format) => {
  const kind = format === 'ubl' || format === 'cii' ? 'invoices' : 'bankStatement';
  const name = `file.${format}`;
  return books.report(await books.send(readFileSync(join(shared, file)), { kind, format, name }));
};

const owedIn = async ({ accounts }: Books): Promise<Sums> => {
  const { heads } = await accounts.heads(everything, 'acme', { limit: 100 });
  return sumOf(
    heads.flatMap(({ balances }) =>
      Object.entries(balances).map(([currency, { open }]): [string, number] => [currency, open]),
    ),
  );
};
const receivedIn = async ({ parts }: Books): Promise<Sums> => {
  const { receipts } = await parts.receipts.list(
    everything,
    'acme',
    { state: 'unidentified' },
    { limit: 100 },
  );
  return sumOf(receipts.map(({ currency, amount }) => [currency, amount]));
};

describe.runIf(areHere)('what is in the ledger is what the file declares', () => {
  it.each<[string, Format]>([
    ['peppol-bis3/base-example.xml', 'ubl'],
    ['peppol-bis3/base-creditnote-correction.xml', 'ubl'],
    ['xrechnung/01.01a-INVOICE_ubl.xml', 'ubl'],
    ['xrechnung/01.02a-INVOICE_ubl.xml', 'ubl'],
    ['xrechnung/01.05a-INVOICE_uncefact.xml', 'cii'],
    ['zugferd-cii/EN16931_Einfach.cii.xml', 'cii'],
    ['zugferd-cii/EN16931_Gutschrift.cii.xml', 'cii'],
  ])('owed of %s', async (file, format) => {
    const books = await setUp();
    const report = await upload(books, file, format);
    const sums = declared[format]?.(textOf(file));
    expect(report.because).toBeUndefined();
    expect(Object.keys(sums ?? {})).toHaveLength(1);
    expect({ sums: report.sums, change: report.posted.change, owed: await owedIn(books) }).toEqual({
      ...{ sums, change: sums, owed: sums },
    });
  });

  it.each<[string, Format]>([
    ['camt/bsp__camt.053.001.02.xml', 'camt053'],
    ['camt/via__053-valid_example.xml', 'camt053'],
    ['mt940/jejik__generic.sta', 'mt940'],
    ['bai2/sample1.txt', 'bai2'],
    ['bai2/sample2.txt', 'bai2'],
    ['bank-csv-ofx/bsp__sample_statement.csv', 'bankCsv'],
  ])('received of %s', async (file, format) => {
    const books = await setUp();
    const report = await upload(books, file, format);
    const sums = declared[format]?.(textOf(file)) ?? {};
    expect(report.because).toBeUndefined();
    expect(await receivedIn(books)).toEqual(sums);
    const reported = Object.entries(report.posted.cash).map(([currency, cash]) => [currency, cash.received]);
    expect(Object.fromEntries(reported)).toEqual(sums);
  });

  it.each<[string, Format]>([
    ['peppol-bis3/vat-category-Z.xml', 'ubl'],
    ['camt/via__053-valid_example_with_batch.xml', 'camt053'],
    ['mt940/jejik__abnamro.sta', 'mt940'],
    ['mt940/betterplace__sepa_snippet.sta', 'mt940'],
    ['mt940/cmxl__mt940.sta', 'mt940'],
    ['mt940/self-provided__sparkassen.sta', 'mt940'],
  ])('nothing of %s, which disagrees with itself or leaves out whose it is', async (file, format) => {
    const books = await setUp();
    const { state, posted } = await upload(books, file, format);
    expect([state, posted.entries, await receivedIn(books), await owedIn(books)]).toEqual([
      'refused',
      0,
      {},
      {},
    ]);
  });
});
