/**
 * Files that are read at once: workbooks, JSON, e-invoices, bank statements, advices.
 * From: `source` of an import, of a size that fits. Next: rows and their sources, as a step of CSV gives them.
 */
import type { Day } from '../../shared/domain/calendar.ts';
import type { ImportDocument } from '../../shared/domain/imports.ts';
import type { MappingProfile } from '../../shared/domain/mapping-profile.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import { statementFormats, type StatementFile } from '../../shared/formats/bank-shape.ts';
import { readStatement } from '../../shared/formats/bank-statement.ts';
import { readJsonTable } from '../../shared/formats/json-reader.ts';
import type { RowOutcome } from '../../shared/formats/rows-mapper.ts';
import type { Table } from '../../shared/formats/rows.ts';
import { readXlsxTable } from '../../shared/formats/xlsx-reader.ts';
import { sha256Of, sourceOf } from './import-files.ts';
import { adviceRows } from './read-advice.ts';
import { paperRows } from './read-advice-paper.ts';
import { invoiceRows } from './read-e-invoice.ts';
import type { ReadRow } from './spread-rows.ts';
import type { IngestionStores } from './stores.ts';

export const mostWholeBytes = 32 * 1024 * 1024;

export const isTable = ({ format }: Pick<ImportDocument, 'format'>): boolean =>
  format === 'csv' || format === 'xlsx' || format === 'json';

/** @throws when the source is gone. */
export const bytesOfSource = async (
  { files }: IngestionStores,
  scope: Scope,
  document: ImportDocument,
): Promise<Uint8Array> => {
  const bytes = await files.read(scope, sourceOf(document));
  if (bytes === undefined) throw new Error(`the source of import ${document.importId} is gone`);
  return bytes;
};

/** A table that is no CSV. */
export const tableOf = async (
  stores: IngestionStores,
  scope: Scope,
  document: ImportDocument,
  profile?: MappingProfile,
): Promise<Outcome<Table, string>> => {
  const bytes = await bytesOfSource(stores, scope, document);
  const dialect = profile?.dialect ?? { hasHeader: true, skippedLines: 0 };
  return document.format === 'xlsx' ? readXlsxTable(bytes, { dialect }) : readJsonTable(bytes);
};

/**
 * `bookedOn`: the last day a statement tells of, also where nothing was booked on it. `header`: of the cells a person
 * gets back.
 */
export type ReadDocuments = { rows: ReadRow[]; bookedOn?: Day; header?: readonly string[] };

/** E-invoices and statements are all or nothing: a refusal is that of the file. */
export const readDocuments = async (
  stores: IngestionStores,
  scope: Scope,
  document: ImportDocument,
): Promise<Outcome<ReadDocuments, string>> => {
  const bytes = await bytesOfSource(stores, scope, document);
  if (document.kind === 'invoices' && (document.format === 'ubl' || document.format === 'cii'))
    return invoiceRows(stores, scope, document, bytes);
  if (document.kind === 'bankStatement') return statementRows(bytes, document.format);
  if (document.kind === 'remittance' && (document.format === 'ubl' || document.format === 'text'))
    return adviceRows(bytes, document, document.format);
  if (document.kind === 'remittance' && document.format === 'pdf') return paperRows(bytes, document);
  return refuse('file-kind-not-read', `${document.kind} is not read from ${document.format}.`);
};

const statementRows = (bytes: Uint8Array, format: string): Outcome<ReadDocuments, string> => {
  const known = statementFormats.find((one) => one === format);
  if (known === undefined)
    return refuse('file-kind-not-read', `A bank statement is not read from ${format}.`);
  const statement = readStatement(bytes, known, { hashText: sha256Of });
  return statement.ok ? done(rowsOfStatement(statement.value, bytes.byteLength)) : statement;
};

/** Receipts go on; payments of our own are counted. */
export const rowsOfStatement = (
  { receipts, statements }: StatementFile,
  fileBytes: number,
): ReadDocuments => {
  const lines = statements.flatMap((one) => one.lines);
  const outcomes: RowOutcome[] = [
    ...receipts.map((row): RowOutcome => ({ is: 'accepted', record: 'receipt', row })),
    ...lines
      .filter(({ kind }) => kind === 'debit')
      .map(({ row, line }): RowOutcome => ({ is: 'skipped', row: row ?? line, because: 'own-payment' })),
  ];
  const bookedOn = statements
    .map((one) => one.bookedOn)
    .toSorted()
    .at(-1);
  return {
    rows: outcomes.map((outcome) => ({ outcome, source: wholeFile(rowNumberOf(outcome), fileBytes) })),
    ...(bookedOn !== undefined && { bookedOn }),
  };
};

const rowNumberOf = (outcome: RowOutcome): number =>
  outcome.is === 'accepted' ? outcome.row.row : outcome.row;

export const wholeFile = (row: number, fileBytes: number) => ({
  row,
  cells: [],
  fromByte: 0,
  toByte: fileBytes,
});
