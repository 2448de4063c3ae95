/**
 * A bank statement as a table: CSV, workbook or JSON, read by the profile of its source.
 * From: `source` of an import whose profile says `bankLine`. Next: receipts, as from every other statement; payments
 * of our own and rows the profile leaves out are counted and go nowhere.
 */
import { dayAt, instantFromText } from '../../shared/domain/calendar.ts';
import type { ImportDocument } from '../../shared/domain/imports.ts';
import type { MappingProfile } from '../../shared/domain/mapping-profile.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import { readBankTable } from '../../shared/formats/bank-statement.ts';
import { createCsvReader } from '../../shared/formats/csv-reader.ts';
import { rowMapper } from '../../shared/formats/rows-mapper.ts';
import { usualPolicy } from '../../shared/formats/rows-values.ts';
import type { Table } from '../../shared/formats/rows.ts';
import { sha256Of } from './import-files.ts';
import { bytesOfSource, rowsOfStatement, tableOf, type ReadDocuments } from './read-whole.ts';
import type { IngestionStores } from './stores.ts';

export const readBankRows = async (
  stores: IngestionStores,
  scope: Scope,
  document: ImportDocument,
  profile: MappingProfile,
): Promise<Outcome<ReadDocuments, string>> => {
  if (document.kind !== 'bankStatement')
    return refuse('file-kind-not-read', `${profile.name} reads bank statements, not ${document.kind}.`);
  const table =
    document.format === 'csv'
      ? csvTable(await bytesOfSource(stores, scope, document), profile)
      : await tableOf(stores, scope, document, profile);
  if (!table.ok) return table;
  const asOf = dayAt(instantFromText(document.asOf ?? document.receivedAt), 'UTC');
  const mapper = rowMapper(profile, table.value.header, usualPolicy(asOf));
  if (!mapper.ok) return mapper;
  const read = table.value.rows.map((source) => ({ outcome: mapper.value(source), source }));
  const statement = readBankTable(
    read.map(({ outcome }) => outcome),
    { hashText: sha256Of },
  );
  if (!statement.ok) return statement;
  const { rows, ...rest } = rowsOfStatement(statement.value, document.bytes);
  return done({ rows: [...rows, ...read.filter(({ outcome }) => outcome.is === 'skipped')], ...rest });
};

const csvTable = (bytes: Uint8Array, { dialect, encoding }: MappingProfile): Outcome<Table, string> => {
  const reader = createCsvReader({ dialect, encoding });
  const first = reader.push(bytes);
  if (!first.ok) return first;
  const rest = reader.end();
  if (!rest.ok) return rest;
  return done({ header: reader.header() ?? [], rows: [...first.value, ...rest.value] });
};
