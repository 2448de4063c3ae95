/**
 * Makes the open-item snapshots of every day from a file of closed invoices, as an ERP would have sent them.
 * From: a CSV with cust_number, name_customer, currency_inferred, doc_id, row_id, posting_date_est, due_in_date,
 * clear_date, total_open_amount and dup_candidate. Next: `npm run walk -- --snapshots DIRECTORY`.
 * Each day holds the rows with posting day ≤ day < clearing day; beside it what the file must come to.
 *
 *   npx node scripts/make-snapshot-series.ts CLOSED.csv DIRECTORY
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { amountReader } from '../shared/domain/amount-text.ts';
import { plainAmountStyle } from '../shared/domain/amount-style.ts';
import { addDays, dayFromText, type Day } from '../shared/domain/calendar.ts';

type Closed = {
  number: string;
  account: string;
  name: string;
  postedOn: Day;
  dueOn: Day;
  clearedOn: Day;
  currency: string;
  amount: string;
  amountMinor: number;
};

const usage = 'npx node scripts/make-snapshot-series.ts CLOSED.csv DIRECTORY';
const header = 'number,account,name,posting_date,due_date,currency,open_amount';

const main = ([file, directory]: string[]): void => {
  if (file === undefined || directory === undefined) throw new Error(usage);
  const closed = readClosed(file);
  mkdirSync(directory, { recursive: true });
  const first = earliest(closed.map(({ postedOn }) => postedOn));
  const last = earliest(
    closed.map(({ clearedOn }) => clearedOn),
    -1,
  );
  let files = 0;
  for (let day = first; day <= last; day = addDays(day, 1), files += 1) writeDay(directory, day, closed);
  process.stdout.write(`${files} files, ${first} to ${last}, of ${closed.length} invoices\n`);
};

const readClosed = (file: string): Closed[] => {
  const rows: Record<string, string>[] = parse(readFileSync(file), { columns: true, bom: true });
  const minorOf = amountReader(plainAmountStyle, 2);
  return rows.filter((row) => row['dup_candidate'] === '0').map((row) => closedOf(row, minorOf));
};

const closedOf = (row: Record<string, string>, minorOf: ReturnType<typeof amountReader>): Closed => {
  const cell = (name: string): string => row[name] ?? '';
  const minor = minorOf(cell('total_open_amount'));
  if (!minor.ok) throw new Error(`row ${cell('row_id')}: ${minor.detail}`);
  return {
    number: cell('doc_id') || cell('row_id'),
    account: cell('cust_number'),
    name: cell('name_customer'),
    postedOn: dayFromText(cell('posting_date_est')),
    dueOn: dayFromText(cell('due_in_date')),
    clearedOn: dayFromText(cell('clear_date')),
    currency: cell('currency_inferred'),
    amount: cell('total_open_amount'),
    amountMinor: minor.value,
  };
};

/** The first of some days, or with -1 the last. */
const earliest = (days: readonly Day[], direction: 1 | -1 = 1): Day => {
  const [found] = days.toSorted((a, b) => (a < b ? -direction : a > b ? direction : 0));
  if (found === undefined) throw new Error('the file holds no row to make days of');
  return found;
};

const writeDay = (directory: string, day: Day, closed: readonly Closed[]): void => {
  const open = closed.filter(({ postedOn, clearedOn }) => postedOn <= day && day < clearedOn);
  const lines = open.map(({ number, account, name, postedOn, dueOn, currency, amount }) =>
    [number, account, name, postedOn, dueOn, currency, amount].map(quoted).join(','),
  );
  writeFileSync(join(directory, `${day}.csv`), `${[header, ...lines].join('\n')}\n`);
  writeFileSync(
    join(directory, `${day}.json`),
    `${JSON.stringify({ rows: open.length, sums: sumsOf(open) })}\n`,
  );
};

/** In minor units by currency; a blank one is USD. */
const sumsOf = (open: readonly Closed[]): Record<string, number> => {
  const sums: Record<string, number> = {};
  for (const { currency, amountMinor } of open)
    sums[currency || 'USD'] = (sums[currency || 'USD'] ?? 0) + amountMinor;
  return sums;
};

const quoted = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

main(process.argv.slice(2));
