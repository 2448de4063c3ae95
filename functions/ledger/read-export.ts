/**
 * Exports items, balances or aging of a company as CSV or a workbook, with when, of which ledger and how many.
 * From: `GET api/exports/{kind}`. Next: a file; what it showed is kept under its id, for `read-export-changes.ts`.
 * The id says the content: the same export of an unchanged ledger has the same id.
 */
import type { FieldName } from '../../shared/contracts/access.ts';
import { exportFields, type ExportQuery, type ExportRecord } from '../../shared/contracts/exports.ts';
import type { BookStanding } from '../../shared/domain/book-standing.ts';
import { dayAt, textOfInstant, type Day, type Instant } from '../../shared/domain/calendar.ts';
import {
  exportColumns,
  isDayColumn,
  isNumberColumn,
  type ExportKind,
  type ExportRow,
} from '../../shared/domain/export-rows.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { reachInto, type Scope } from '../../shared/domain/scope.ts';
import type { Sight } from '../../shared/edge/fields.ts';
import type { Download } from '../../shared/edge/http-files.ts';
import type { ExportCell } from '../../shared/formats/csv-neutral.ts';
import { csvLine } from '../../shared/formats/csv-writer.ts';
import { mostSheetRows } from '../../shared/formats/xlsx-writer.ts';
import { readCompany } from '../../shared/edge/read-company.ts';
import { exportedAccounts, type ExportedAccount, type ExportQuestion } from './read-export-accounts.ts';
import type { ReadLedgerParts } from './read-parts.ts';
import { aboutHeaders, csvTable, tableType, tooLong, xlsxTable, type About } from './table-file.ts';

export type ExportCall = {
  scope: Scope;
  /** The system's own, under which the record of an export is kept whoever made it. */
  keepScope: Scope;
  /** Who asks: an export of some accounts alone is compared for whoever made it. */
  callerId: string;
  now: Instant;
  /** How the caller sees the fields of `exportFields`. */
  sees: (field: FieldName) => Sight;
};

export const readExport = async (
  parts: ReadLedgerParts,
  kind: ExportKind,
  query: ExportQuery,
  call: ExportCall,
): Promise<Outcome<Download, 'not-found' | 'export-too-long'>> => {
  const question = await questionOf(parts, kind, query, call);
  if (!question.ok) return question;
  const book = await parts.bookOf(call.scope, query.company);
  if (book === undefined) return refuse('not-found', 'There is no such company.');
  const shown = newShown();
  const pages = rowPages(parts, question.value, call, shown);
  const { format } = query;
  const bytesOf = await tableIn(kind, format, pages);
  if (bytesOf === undefined) return tooLong();
  const about: About = {
    ...{ asOf: question.value.day, statedAt: textOfInstant(call.now), view: query.view },
    ...{ ledgerVersion: shown.ledgerVersion, rowCount: shown.rowCount },
    exportId: await keepRecord(parts, question.value, call, shown),
  };
  return done({
    ...tableType(format, `${query.company}-${kind}-${question.value.day}`, about),
    bytes: await bytesOf(about),
    headers: () => ({ ...aboutHeaders(about), ...headersOfBook(book) }),
  });
};

/** Nothing is said of the control account where nothing is known of it. */
const headersOfBook = ({ mode, feedAsOf, bankAsOf, control }: BookStanding): Record<string, string> => ({
  'x-ledger-mode': mode,
  ...(feedAsOf === null ? {} : { 'x-feed-as-of': feedAsOf }),
  ...(bankAsOf === null ? {} : { 'x-bank-as-of': bankAsOf }),
  ...(control === null ? {} : { 'x-control-difference': differencesText(control) }),
});

const differencesText = ({ on, differences }: NonNullable<BookStanding['control']>): string =>
  [on, ...Object.entries(differences).map(([currency, amount]) => `${currency} ${amount}`)].join('; ');

const questionOf = async (
  { settings }: ReadLedgerParts,
  kind: ExportKind,
  { company: companyId, state, asOf, view }: ExportQuery,
  { scope, now }: ExportCall,
): Promise<Outcome<ExportQuestion, 'not-found'>> => {
  const company = await readCompany(settings, scope, companyId);
  if (!company.ok) return refuse('not-found', 'There is no such company.');
  const { zone } = company.value;
  const day = (asOf ?? dayAt(now, zone)) as Day;
  return done({ companyId, kind, state, view, zone, day, isPastDay: asOf !== undefined });
};

/** What has been written so far. */
type Shown = { ledgerVersion: number; rowCount: number; versions: Map<string, number> };

const newShown = (): Shown => ({ ledgerVersion: 0, rowCount: 0, versions: new Map() });

async function* rowPages(
  { accounts }: ReadLedgerParts,
  question: ExportQuestion,
  { scope, sees }: ExportCall,
  shown: Shown,
): AsyncGenerator<ExportCell[][]> {
  const hidden = new Set(
    Object.entries(exportFields).flatMap(([column, field]) => (sees(field) === 'plain' ? [] : [column])),
  );
  for await (const page of exportedAccounts(accounts, scope, question)) {
    for (const { head, version, rows } of page) {
      shown.versions.set(head.accountId, version);
      shown.ledgerVersion += version;
      shown.rowCount += rows.length;
    }
    const names =
      question.kind === 'accounts' ? await namesOf(accounts, scope, page) : new Map<string, string>();
    yield page.flatMap(({ head, rows }) =>
      rows.map((row) => cellsOf(question.kind, row, names.get(head.accountId), hidden)),
    );
  }
}

const namesOf = async (
  accounts: ReadLedgerParts['accounts'],
  scope: Scope,
  page: readonly ExportedAccount[],
): Promise<Map<string, string>> => {
  const names = new Map<string, string>();
  for (const { head } of page) {
    if (head.masterData === undefined) continue;
    const paper = await accounts.paper(scope, head, head.masterData);
    const name = (paper as { name?: unknown } | undefined)?.name;
    if (typeof name === 'string') names.set(head.accountId, name);
  }
  return names;
};

const cellsOf = (
  kind: ExportKind,
  { values }: ExportRow,
  name: string | undefined,
  hidden: ReadonlySet<string>,
): ExportCell[] =>
  exportColumns[kind].map((column) => {
    const value = column === 'name' ? name : values[column];
    if (value === undefined || value === '' || hidden.has(column)) return { is: 'blank' };
    if (typeof value === 'number') return { is: 'number', text: String(value) };
    if (isNumberColumn(column)) return { is: 'number', text: value };
    return { is: isDayColumn(column) ? 'day' : 'text', text: value };
  });

/** Reads all pages; what the file says of itself comes after. Undefined when there are more rows than a sheet takes. */
const tableIn = async (
  kind: ExportKind,
  format: ExportQuery['format'],
  pages: AsyncIterable<ExportCell[][]>,
): Promise<((about: About) => Uint8Array | Promise<Uint8Array>) | undefined> => {
  const columns = exportColumns[kind];
  if (format === 'csv') {
    const lines = await csvLines(pages);
    return (about) => csvTable(columns, lines, about);
  }
  const rows = await sheetRows(pages);
  return rows && ((about) => xlsxTable(kind, columns, rows, about));
};

const sheetRows = async (pages: AsyncIterable<ExportCell[][]>): Promise<ExportCell[][] | undefined> => {
  const all: ExportCell[][] = [];
  for await (const rows of pages) {
    all.push(...rows);
    if (all.length > mostSheetRows) return undefined;
  }
  return all;
};

const csvLines = async (pages: AsyncIterable<ExportCell[][]>): Promise<string[]> => {
  const lines: string[] = [];
  for await (const rows of pages) for (const row of rows) lines.push(csvLine(row));
  return lines;
};

const keepRecord = async (
  { exports, hashText }: ReadLedgerParts,
  { companyId, kind, state, view, day, isPastDay }: ExportQuestion,
  { scope, keepScope, callerId }: ExportCall,
  { ledgerVersion, rowCount, versions }: Shown,
): Promise<string> => {
  const sorted = [...versions].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const record: ExportRecord = {
    ...{ companyId, kind, state, view, day, isPastDay, ledgerVersion, rowCount },
    ...{ versions: sorted, madeBy: reachInto(scope, companyId) === 'all' ? null : callerId },
  };
  const text = JSON.stringify(record);
  const id = hashText(text).slice(0, 32);
  await exports.write(keepScope, { companyId, name: recordName(id) }, text);
  return id;
};

export const recordName = (exportId: string): string => `ledger/${exportId}.json`;
