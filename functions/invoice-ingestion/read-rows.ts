/**
 * Phase 1, one step: a stretch of the file becomes rows or every reason why not.
 * From: `source`, from the byte where the step before stopped. Next: `spread-rows.ts`; at the end the control
 * totals, since a file that does not add up is refused before anything of it goes further.
 */
import { dayAt, instantFromText, type Day } from '../../shared/domain/calendar.ts';
import { controlTotalsDiffer } from '../../shared/domain/control-totals.ts';
import type { ImportDocument } from '../../shared/domain/imports.ts';
import { done, type Outcome } from '../../shared/domain/outcome.ts';
import { refuse } from '../../shared/domain/outcome.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import { createCsvReader } from '../../shared/formats/csv-reader.ts';
import type { CellRow } from '../../shared/formats/rows.ts';
import { rowMapper } from '../../shared/formats/rows-mapper.ts';
import { usualPolicy } from '../../shared/formats/rows-values.ts';
import type { MappingProfile } from '../../shared/domain/mapping-profile.ts';
import { headerOf, sourceOf } from './import-files.ts';
import { fileRefusal } from './open-import.ts';
import { profileOf } from './profiles.ts';
import { isTable, readDocuments, tableOf } from './read-whole.ts';
import { spreadRows, type ReadRow } from './spread-rows.ts';
import type { IngestionStores } from './stores.ts';
import type { StepDone } from './work-import.ts';

/** Bytes of CSV one step reads: seconds, and tens of megabytes of memory. */
export const stepBytes = 4 * 1024 * 1024;

type Stretch = {
  header: readonly string[];
  rows: ReadRow[];
  /** Where the next step goes on; undefined at the end of the file. */
  next: { byte: number; row: number } | undefined;
  bookedOn?: Day;
};

export const readRows = async (
  stores: IngestionStores,
  scope: Scope,
  document: ImportDocument,
): Promise<StepDone> => {
  const stretch = await stretchOf(stores, scope, document);
  if (!stretch.ok) return fileRefusal(stretch);
  const { header, rows, next } = stretch.value;
  const spread = bookedBy(await spreadRows(stores, scope, document, header, rows), stretch.value);
  const { progress } = spread;
  if (next !== undefined) {
    const moved = { ...progress, step: progress.step + 1, bytesRead: next.byte, nextRow: next.row };
    return done({ ...spread, progress: moved });
  }
  const phase = spread.buckets > 1 ? 'cross' : 'check';
  const differ = controlTotalsDiffer(spread);
  if (differ !== undefined) return differ;
  return done({
    ...spread,
    state: 'checking',
    progress: { ...progress, phase, step: 0, bytesRead: spread.bytes },
  });
};

/** Of a bank's table the last day is that of its rows. */
const bookedBy = (document: ImportDocument, { rows, bookedOn }: Stretch): ImportDocument => {
  if (document.kind !== 'bankStatement') return document;
  const days = rows.flatMap(({ outcome }) =>
    outcome.is === 'accepted' && outcome.record === 'receipt' ? [outcome.row.postedOn] : [],
  );
  const last = [document.bookedOn, bookedOn, ...days]
    .filter((day) => day !== undefined)
    .toSorted()
    .at(-1);
  return last === undefined ? document : { ...document, bookedOn: last };
};

const stretchOf = async (
  stores: IngestionStores,
  scope: Scope,
  document: ImportDocument,
): Promise<Outcome<Stretch, string>> => {
  if (!isTable(document)) {
    const read = await readDocuments(stores, scope, document);
    return read.ok ? done({ header: [], ...read.value, next: undefined }) : read;
  }
  const profile = await profileOf(stores.settings, scope, document);
  return document.format === 'csv'
    ? csvStretch(stores, scope, document, profile)
    : tableStretch(stores, scope, document, profile);
};

const tableStretch = async (
  stores: IngestionStores,
  scope: Scope,
  document: ImportDocument,
  profile: MappingProfile,
): Promise<Outcome<Stretch, string>> => {
  const table = await tableOf(stores, scope, document, profile);
  if (!table.ok) return table;
  const { header, rows } = table.value;
  return mapped(document, profile, header, rows, undefined);
};

const csvStretch = async (
  { files }: IngestionStores,
  scope: Scope,
  document: ImportDocument,
  profile: MappingProfile,
): Promise<Outcome<Stretch, string>> => {
  const { bytesRead, nextRow = 1, step } = document.progress;
  const to = Math.min(document.bytes, bytesRead + stepBytes);
  const bytes = await files.read(scope, sourceOf(document), { from: bytesRead, to });
  if (bytes === undefined) throw new Error(`the source of import ${document.importId} is gone`);
  const known = step === 0 ? undefined : await keptHeader(files, scope, document);
  const { dialect, encoding } = profile;
  const goOn = known && { header: known, byte: bytesRead, row: nextRow };
  const reader = createCsvReader({ dialect, encoding, ...(goOn && { goOn }) });
  const isLast = to === document.bytes;
  const first = reader.push(bytes);
  if (!first.ok) return first;
  const rest = isLast ? reader.end() : done([]);
  if (!rest.ok) return rest;
  const header = reader.header() ?? [];
  if (step === 0) await files.write(scope, headerOf(document), JSON.stringify(header));
  const next = reader.checkpoint();
  if (!isLast && next.byte === bytesRead) return refuse('line-too-long', `row ${next.row} has no end`);
  return mapped(document, profile, header, [...first.value, ...rest.value], isLast ? undefined : next);
};

const keptHeader = async (
  files: IngestionStores['files'],
  scope: Scope,
  document: ImportDocument,
): Promise<string[]> => {
  const bytes = await files.read(scope, headerOf(document));
  if (bytes === undefined) throw new Error(`the header of import ${document.importId} is gone`);
  return JSON.parse(Buffer.from(bytes).toString('utf8')) as string[];
};

const mapped = (
  document: ImportDocument,
  profile: MappingProfile,
  header: readonly string[],
  rows: readonly CellRow[],
  next: Stretch['next'],
): Outcome<Stretch, string> => {
  const asOf = dayAt(instantFromText(document.asOf ?? document.receivedAt), 'UTC');
  const mapper = rowMapper(profile, header, usualPolicy(asOf));
  if (!mapper.ok) return mapper;
  const read = rows.map((source): ReadRow => ({ outcome: mapper.value(source), source }));
  return done({ header, rows: read, next });
};
