/**
 * Reads a remittance advice of columns: document, amount, discount, difference, reason.
 * From: an upload or an attachment of a mail. Next: `remittance.ts`. A row without a document number is a total
 * when it says the sum of the rows before it, and unread otherwise.
 */
import { amountReader } from '../domain/amount-text.ts';
import { decimalsOf } from '../domain/currencies.ts';
import { amountOf, type AmountMinor } from '../domain/money.ts';
import { csvRows, type CsvRow } from './bank-csv.ts';
import type { ToldLine } from './remittance-rows.ts';
import type { RemittanceRules, UnreadLine } from './remittance-shape.ts';
import { orStop, stop } from './xml-refusal.ts';

export type Told = {
  lines: ToldLine[];
  unread: UnreadLine[];
  declaredTotal?: AmountMinor;
  reference?: string;
};

export const remittanceCsv = (bytes: Uint8Array, rules: RemittanceRules): Told => {
  const { csv, amountStyle } = rules;
  if (csv === undefined || amountStyle === undefined)
    return stop('unread', 'a CSV advice needs its columns and the way it writes amounts');
  const read = amountReader(amountStyle, orStop(decimalsOf(rules.currency), 'currency'));
  const told: Told = { lines: [], unread: [] };
  let total = 0n;
  csvRows(bytes, csv).forEach((row, index) => {
    const line = readRow(row, index + 1, rules, read);
    if ('code' in line) told.unread.push(line);
    else if (line.number !== '') {
      told.lines.push(line);
      total += BigInt(line.amount);
    } else if (BigInt(line.amount) === total) told.declaredTotal = line.amount;
    else told.unread.push({ row: line.row, code: 'missing-term', detail: 'a row without a document number' });
  });
  return told;
};

type Read = ReturnType<typeof amountReader>;

const readRow = (row: CsvRow, number: number, rules: RemittanceRules, read: Read): ToldLine | UnreadLine => {
  const columns = rules.csv?.columns ?? stop('unread', 'no columns');
  const cell = (name: string | undefined): string =>
    name === undefined ? '' : (row[name] ?? stop('structure', `no column "${name}"`)).trim();
  const currency = cell(columns.currency) || rules.currency;
  if (currency !== rules.currency)
    return { row: number, code: 'currency-mismatch', detail: `"${currency}" is not ${rules.currency}` };
  const amounts = [cell(columns.amount), cell(columns.discount) || '0', cell(columns.difference) || '0'].map(
    (text) => (text === '0' ? { ok: true as const, value: amountOf(0) } : read(text)),
  );
  const values: AmountMinor[] = [];
  for (const amount of amounts) {
    if (!amount.ok) return { row: number, code: amount.code, detail: amount.detail };
    values.push(amount.value);
  }
  const [amount = amountOf(0), discount = amountOf(0), difference = amountOf(0)] = values;
  const [reasonCode, claimNumber] = [cell(columns.reasonCode), cell(columns.claimNumber)];
  return {
    ...{ row: number, number: cell(columns.number), amount, discount, difference },
    ...(reasonCode === '' ? {} : { reasonCode }),
    ...(claimNumber === '' ? {} : { claimNumber }),
  };
};
