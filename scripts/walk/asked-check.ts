/**
 * Whether what a mail asks for is what the newest accepted snapshot holds: no item after the file that dropped it, no
 * amount but that of the file.
 * From: the series itself, read here by other means than the product's, and mails as they lie in the mailbox.
 * Next: `snapshot-walk.ts`, which ends at the first mail that asks for more.
 */
import { parse } from 'csv-parse/sync';
import { addressOf } from './set-up-dunning.ts';
import type { ArrivedMail } from './mailbox.ts';

/** By address: by number, the currency and open amounts (minor units) of what the file holds of it. */
export type FileRows = ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;

const unread = 'unread ';

type Row = { number: string; account: string; currency?: string; open_amount: string };

/**
 * `homeCurrency`: of rows that name none. Amounts have two decimals. What cannot be read stands as in `before`, the file
 * before, and is marked: the book keeps it, and nobody may be asked for it.
 */
export const rowsByAddress = (bytes: Uint8Array, homeCurrency: string, before?: FileRows): FileRows => {
  const known = new Map<string, Map<string, string[]>>();
  for (const { number, account, currency, open_amount: amount } of rowsIn(bytes)) {
    const address = addressOf(account);
    const ofAccount = known.get(address) ?? new Map<string, string[]>();
    known.set(address, ofAccount);
    const cents = Number(/^-?\d+\.\d\d$/.test(amount) ? amount.replace('.', '') : amount);
    const shown = Number.isNaN(cents)
      ? (before?.get(address)?.get(number) ?? []).map((one) => `${unread}${one.replace(unread, '')}`)
      : [`${currency || homeCurrency} ${cents}`];
    ofAccount.set(number, [...(ofAccount.get(number) ?? []), ...shown]);
  }
  return known;
};

/** Accounts of a file, each once; none where its columns are not those this check can read. */
export const accountsIn = (bytes: Uint8Array): string[] => {
  const rows = rowsIn(bytes);
  return needed.every((name) => rows[0]?.[name] !== undefined)
    ? [...new Set(rows.map(({ account }) => account).filter((account) => account !== ''))]
    : [];
};

const needed = ['number', 'account', 'open_amount'] as const;

const rowsIn = (bytes: Uint8Array): Row[] =>
  parse(Buffer.from(bytes), { columns: true, bom: true, relax_column_count: true });

/** What is wrong with the mail, in words; nothing where all is right. */
export const wrongIn = ({ to, items, sums, isStatement }: ArrivedMail, file: FileRows): string[] => {
  const known = file.get(to);
  const wrong = items.flatMap(({ number, currency, openMinor }) => {
    const shown = known?.get(number);
    if (shown === undefined) return [`${to} is asked for ${number}, which the file does not hold`];
    const told = `${currency} ${openMinor}`;
    return shown.includes(told) || (isStatement && shown.includes(`${unread}${told}`))
      ? []
      : [`${to} is asked ${currency} ${openMinor} for ${number}; the file says ${shown.join(', ')}`];
  });
  const most = Object.fromEntries(Object.keys(sums).map((currency) => [currency, 0]));
  for (const { currency, openMinor } of items) most[currency] = (most[currency] ?? 0) + openMinor;
  const tooMuch = Object.entries(sums).filter(([currency, sum]) => sum > (most[currency] ?? 0));
  return [
    ...wrong,
    ...tooMuch.map(([currency, sum]) => `${to} is asked for ${currency} ${sum}, more than the items of it`),
  ];
};
