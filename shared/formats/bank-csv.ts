/**
 * Reads a bank's CSV by a profile somebody declared: columns by their header, marks of amounts, format of days.
 * From: an upload. Next: `bank-statement.ts`. Where there is a balance column, every row must follow from the
 * one before it, in the order of the file or against it.
 */
import { parse } from 'csv-parse/sync';
import { amountReader } from '../domain/amount-text.ts';
import type { AmountStyle } from '../domain/amount-style.ts';
import type { Day } from '../domain/calendar.ts';
import { decimalsOf } from '../domain/currencies.ts';
import { dayReader, type DayFormat } from '../domain/day-text.ts';
import { amountOf, negate, type AmountMinor, type Currency } from '../domain/money.ts';
import { givenReference } from './bank-references.ts';
import type { BankLine, RawStatement } from './bank-shape.ts';
import { orStop, stop } from './xml-refusal.ts';

export type BankCsvProfile = {
  delimiter: ',' | ';' | '\t' | '|';
  encoding: 'utf-8' | 'windows-1252';
  /** Names in the header line. `amount` is signed, or `credit` and `debit` stand apart without signs. */
  columns: {
    bookedOn: string;
    valueOn?: string;
    amount?: string;
    credit?: string;
    debit?: string;
    currency?: string;
    balance?: string;
    account?: string;
    reference?: string;
    text: string;
    counterName?: string;
    counterAccount?: string;
  };
  /** Where the file does not say them. */
  account?: string;
  currency?: Currency;
  dayFormat: DayFormat;
  amountStyle: AmountStyle;
  /** Lines above the header. */
  skipLines?: number;
};

export type CsvRow = Readonly<Record<string, string | undefined>>;

/** Rows of a CSV by header; stops with `structure` when it is none. */
export const csvRows = (
  bytes: Uint8Array,
  dialect: { delimiter: string; encoding: string; skipLines?: number },
): CsvRow[] => {
  try {
    const text = new TextDecoder(dialect.encoding, { fatal: true }).decode(bytes);
    return parse(text, {
      columns: (header: string[]) => header.map((name) => name.trim()),
      ...{ delimiter: dialect.delimiter, from_line: (dialect.skipLines ?? 0) + 1 },
      ...{ bom: true, skip_empty_lines: true, max_record_size: 1_000_000 },
    });
  } catch (error) {
    if (error instanceof Error) return stop('structure', error.message);
    throw error;
  }
};

type Read = { line: BankLine; account: string; currency: Currency; balance?: AmountMinor };

export const bankCsvStatements = (bytes: Uint8Array, profile: BankCsvProfile): RawStatement[] => {
  const rows = csvRows(bytes, profile).map((row, index) => readRow(row, profile, `row ${index + 1}`));
  const groups = Map.groupBy(rows, ({ account, currency }) => JSON.stringify([account, currency]));
  return [...groups.values()].map((group) => statementOf(group));
};

const readRow = (row: CsvRow, profile: BankCsvProfile, where: string): Read => {
  const { columns } = profile;
  const cell = (name: string | undefined): string =>
    name === undefined ? '' : (row[name] ?? stop('structure', `${where}: no column "${name}"`)).trim();
  const currency = cell(columns.currency) || profile.currency || stop('missing-term', `${where}: currency`);
  const account = cell(columns.account) || profile.account || stop('missing-term', `${where}: account`);
  const read = amountReader(profile.amountStyle, orStop(decimalsOf(currency), where));
  const amountIn = (text: string): AmountMinor => orStop(read(text), where);
  const days = dayReader(profile.dayFormat);
  const bookedOn = orStop(days(cell(columns.bookedOn)), where);
  const value = cell(columns.valueOn);
  const reference = givenReference(cell(columns.reference));
  const balance = cell(columns.balance);
  return {
    account: account.replace(/\s+/g, ''),
    currency,
    ...(balance === '' ? {} : { balance: amountIn(balance) }),
    line: {
      amount: rowAmount(cell, columns, amountIn, where),
      bookedOn,
      valueOn: value === '' ? bookedOn : orStop(days(value), where),
      ...(reference === undefined ? {} : { entryReference: reference }),
      text: cell(columns.text).slice(0, 4_000),
      ...(cell(columns.counterName) === '' ? {} : { counterName: cell(columns.counterName) }),
      ...(cell(columns.counterAccount) === '' ? {} : { counterAccount: cell(columns.counterAccount) }),
      ...{ code: '', isReversal: false },
    },
  };
};

const rowAmount = (
  cell: (name: string | undefined) => string,
  columns: BankCsvProfile['columns'],
  amountIn: (text: string) => AmountMinor,
  where: string,
): AmountMinor => {
  if (columns.amount !== undefined) return amountIn(cell(columns.amount));
  const [credit, debit] = [cell(columns.credit), cell(columns.debit)];
  if ((credit === '') === (debit === ''))
    return stop('invalid-amount', `${where}: credit or debit, one of them`);
  const size = amountIn(credit === '' ? debit : credit);
  return credit === '' ? negate(size < 0 ? negate(size) : size) : size;
};

/** Oldest first or newest first: the balances must follow in one of the two. */
const statementOf = (rows: readonly Read[]): RawStatement => {
  const ordered = [rows, rows.toReversed()].find((order) => follows(order));
  if (ordered === undefined)
    return stop('control-total-mismatch', 'the balances do not follow from the rows');
  const [first, last] = [
    ordered[0] ?? stop('structure', 'no rows'),
    ordered.at(-1) ?? stop('structure', 'no rows'),
  ];
  const isBalanced = first.balance !== undefined && last.balance !== undefined;
  const bookedOn = ordered
    .map(({ line }) => line.bookedOn)
    .toSorted()
    .at(-1) as Day;
  return {
    format: 'bankCsv',
    ...{ account: first.account, currency: first.currency, reference: bookedOn, bookedOn },
    ...(isBalanced
      ? { opening: amountOf((first.balance ?? 0) - first.line.amount), closing: amountOf(last.balance ?? 0) }
      : {}),
    ...{ declared: [], lines: ordered.map(({ line }) => line), notBooked: 0 },
  };
};

const follows = (rows: readonly Read[]): boolean =>
  rows.every(({ balance, line }, index) => {
    const before = rows[index - 1]?.balance;
    return balance === undefined || before === undefined || before + line.amount === balance;
  });
