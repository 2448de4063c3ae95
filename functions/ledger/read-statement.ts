/**
 * Statement of an account (R162): what is open, or what was owed, moved and is owed; one part per currency.
 * From: `GET api/accounts/{company}/{account}/statement`. Next: a page, or a file for the customer.
 */
import type { StatementQuery } from '../../shared/contracts/accounts.ts';
import type { AccountKey } from '../../shared/domain/account.ts';
import { dayAt, daysBetween, type Day, type Instant } from '../../shared/domain/calendar.ts';
import { decimalText } from '../../shared/domain/export-rows.ts';
import type { AmountMinor } from '../../shared/domain/money.ts';
import { amountOf } from '../../shared/domain/money.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import { statementOf, type CurrencyStatement } from '../../shared/domain/statement.ts';
import type { Download } from '../../shared/edge/http-files.ts';
import type { ExportCell } from '../../shared/formats/csv-neutral.ts';
import { csvHeader, csvLine, csvStart } from '../../shared/formats/csv-writer.ts';
import { mostSheetRows, xlsxBytes } from '../../shared/formats/xlsx-writer.ts';
import { readJournal } from './read-account.ts';
import { readCompany } from './read-company.ts';
import type { ReadLedgerParts } from './read-parts.ts';

type Asked = StatementQuery & { from: Day; to: Day; key: AccountKey; version: number };

export const readStatement = async (
  { accounts, settings }: ReadLedgerParts,
  key: AccountKey,
  query: StatementQuery,
  { scope, now }: { scope: Scope; now: Instant },
): Promise<Outcome<Download, 'not-found' | 'export-too-long'>> => {
  const company = await readCompany(settings, scope, key.companyId);
  const entries = company.ok ? await readJournal(accounts, scope, key) : [];
  if (!company.ok || entries.length === 0) return refuse('not-found', 'There is no such account.');
  const { zone } = company.value;
  const to = (query.to ?? dayAt(now, zone)) as Day;
  const from = (query.from ?? to) as Day;
  const site = query.site === undefined ? {} : { site: query.site };
  const parts = statementOf(key, entries, { from, to, zone, ...site });
  return fileOf({ ...query, from, to, key, version: entries.length }, parts);
};

const fileOf = async (
  asked: Asked,
  parts: CurrencyStatement[],
): Promise<Outcome<Download, 'export-too-long'>> => {
  const name = `statement-${asked.key.accountId}-${asked.to}`;
  const headers = () => ({ 'x-as-of': asked.to, 'x-ledger-version': String(asked.version) });
  const encoder = new TextEncoder();
  if (asked.format === 'json') {
    const bytes = encoder.encode(JSON.stringify(jsonOf(asked, parts)));
    return done({ fileName: `${name}.json`, contentType: 'application/json', bytes, headers });
  }
  const columns = columnsOf[asked.style];
  const rows = parts.flatMap((part) =>
    asked.style === 'open-item' ? openRows(part, asked.to) : forwardRows(part, asked),
  );
  if (asked.format === 'csv') {
    const bytes = encoder.encode(csvStart + csvHeader(columns) + rows.map(csvLine).join(''));
    return done({ fileName: `${name}.csv`, contentType: 'text/csv; charset=utf-8', bytes, headers });
  }
  if (rows.length > mostSheetRows)
    return refuse('export-too-long', `A workbook takes ${mostSheetRows} rows; there are more.`);
  const contentType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  const bytes = await xlsxBytes('statement', columns, rows);
  return done({ fileName: `${name}.xlsx`, contentType, bytes, headers });
};

const jsonOf = ({ style, from, to, key, version, site }: Asked, parts: CurrencyStatement[]) => ({
  ...{ company: key.companyId, account: key.accountId, style, site: site ?? null, version },
  ...(style === 'open-item' ? { asOf: to } : { from, to }),
  currencies: parts.map(({ currency, opening, lines, closing, items, provisional }) =>
    style === 'open-item'
      ? { currency, items: items.map((item) => openLine(item, to)), closing, provisional }
      : { currency, opening, lines, closing, provisional },
  ),
});

type OpenItem = CurrencyStatement['items'][number];

const openLine = (item: OpenItem, to: Day) => ({
  ...{ item: item.id, number: item.number, part: item.part, kind: item.kind },
  ...{ documentOn: item.documentOn, dueOn: item.dueOn, original: item.original, open: item.open },
  daysOverdue: item.open > 0 ? Math.max(0, daysBetween(item.dueOn, to)) : 0,
  purchaseOrder: item.references.purchaseOrder ?? null,
});

const columnsOf: Record<StatementQuery['style'], readonly string[]> = {
  'open-item': [
    ...['currency', 'number', 'part', 'kind', 'document', 'due', 'original', 'open', 'openAmount'],
    ...['daysOverdue', 'purchaseOrder'],
  ],
  'balance-forward': ['currency', 'on', 'number', 'kind', 'why', 'amount', 'amountAmount', 'balance'],
};

const text = (value: string | null): ExportCell =>
  value === null ? { is: 'blank' } : { is: 'text', text: value };
const number = (value: number | string): ExportCell => ({ is: 'number', text: String(value) });

const openRows = ({ currency, items }: CurrencyStatement, to: Day): ExportCell[][] =>
  items.map((item) => {
    const line = openLine(item, to);
    return [
      ...[text(currency), text(line.number), text(line.part), text(line.kind), text(line.documentOn)],
      ...[text(line.dueOn), number(line.original), number(line.open)],
      ...[number(decimalText(item.open, currency)), number(line.daysOverdue), text(line.purchaseOrder)],
    ];
  });

/** The opening as the first line, the balance after each line beside it; the last balance is the closing. */
const forwardRows = ({ currency, opening, lines }: CurrencyStatement, { from }: Asked): ExportCell[][] => {
  let balance: AmountMinor = opening;
  const row = (on: string, names: (string | null)[], amount: AmountMinor): ExportCell[] => [
    ...[text(currency), text(on), ...names.map(text)],
    ...[number(amount), number(decimalText(amount, currency)), number(balance)],
  ];
  const first = row(from, [null, null, 'opening'], opening);
  const rest = lines.map(({ on, number: name, itemKind, why, amount }) => {
    balance = amountOf(balance + amount);
    return row(on, [name, itemKind, why], amount);
  });
  return [first, ...rest];
};
