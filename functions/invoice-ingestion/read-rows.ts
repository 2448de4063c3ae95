/**
 * Phase 1, one step: a stretch of the file becomes rows or every reason why not.
 * From: `source`, from the byte where the step before stopped. Next: `spread-rows.ts`; at the end the control
 * totals, since a file that does not add up is refused before anything of it goes further.
 */
import { dayAt, instantFromText, type Day } from '../../shared/domain/calendar.ts';
import { controlTotalsDiffer } from '../../shared/domain/control-totals.ts';
import type { ImportDocument } from '../../shared/domain/imports.ts';
import { done, refuse, type Outcome, type Refusal } from '../../shared/domain/outcome.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import { createCsvReader, type CsvReader } from '../../shared/formats/csv-reader.ts';
import type { CellRow } from '../../shared/formats/rows.ts';
import { rowMapper } from '../../shared/formats/rows-mapper.ts';
import { usualPolicy } from '../../shared/formats/rows-values.ts';
import type { MappingProfile } from '../../shared/domain/mapping-profile.ts';
import { headerOf, sourceOf } from './import-files.ts';
import { fileRefusal } from './open-import.ts';
import { profileOf } from './profiles.ts';
import { readBankRows } from './read-bank-table.ts';
import { isTable, readDocuments, tableOf, type ReadDocuments } from './read-whole.ts';
import { rowSpreader, type ReadRow, type RowSpreader } from './spread-rows.ts';
import type { IngestionStores } from './stores.ts';
import type { StepDone } from './work-import.ts';

/** Bytes of CSV one step reads: seconds. */
export const stepBytes = 4 * 1024 * 1024;
/** Of these so many at once, so that rows are gone before the next are made. */
const pieceBytes = 64 * 1024;
const rowsAtOnce = 2_000;

type Stretch = {
  /** Where the next step goes on; undefined at the end of the file. */
  next: { byte: number; row: number } | undefined;
  bookedOn?: Day;
};
type Take = RowSpreader['take'];

export const readRows = async (
  stores: IngestionStores,
  scope: Scope,
  document: ImportDocument,
): Promise<StepDone> => {
  const spreader = rowSpreader(document);
  const booked: (Day | undefined)[] = [document.bookedOn];
  const stretch = await stretchOf(stores, scope, document, (rows, header) => {
    spreader.take(rows, header);
    if (document.kind === 'bankStatement') booked.push(lastBooked(rows));
  });
  if (!stretch.ok) return fileRefusal(stretch);
  const { next, bookedOn } = stretch.value;
  const spread = bookedBy(await spreader.keep(stores, scope), [...booked, bookedOn]);
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
const lastBooked = (rows: readonly ReadRow[]): Day | undefined =>
  latest(
    rows.map(({ outcome }) =>
      outcome.is === 'accepted' && outcome.record === 'receipt' ? outcome.row.postedOn : undefined,
    ),
  );

const latest = (days: readonly (Day | undefined)[]): Day | undefined =>
  days
    .filter((day) => day !== undefined)
    .toSorted()
    .at(-1);

const bookedBy = (document: ImportDocument, days: readonly (Day | undefined)[]): ImportDocument => {
  const last = document.kind === 'bankStatement' ? latest(days) : undefined;
  return last === undefined ? document : { ...document, bookedOn: last };
};

const stretchOf = async (
  stores: IngestionStores,
  scope: Scope,
  document: ImportDocument,
  take: Take,
): Promise<Outcome<Stretch, string>> => {
  if (!isTable(document)) return wholeStretch(await readDocuments(stores, scope, document), take);
  const profile = await profileOf(stores.settings, scope, document);
  if (profile.record === 'bankLine')
    return wholeStretch(await readBankRows(stores, scope, document, profile), take);
  const mapping = mapped(document, profile, take);
  return document.format === 'csv'
    ? csvStretch(stores, scope, document, profile, mapping)
    : tableStretch(stores, scope, document, profile, mapping);
};

const wholeStretch = (read: Outcome<ReadDocuments, string>, take: Take): Outcome<Stretch, string> => {
  if (!read.ok) return read;
  const { rows, bookedOn, header = [] } = read.value;
  take(rows, header);
  return done({ next: undefined, ...(bookedOn !== undefined && { bookedOn }) });
};

const tableStretch = async (
  stores: IngestionStores,
  scope: Scope,
  document: ImportDocument,
  profile: MappingProfile,
  mapping: Mapping,
): Promise<Outcome<Stretch, string>> => {
  const table = await tableOf(stores, scope, document, profile);
  if (!table.ok) return table;
  const { header, rows } = table.value;
  for (let from = 0; from === 0 || from < rows.length; from += rowsAtOnce) {
    const refusal = mapping(header, rows.slice(from, from + rowsAtOnce));
    if (refusal !== undefined) return refusal;
  }
  return done({ next: undefined });
};

const csvStretch = async (
  { files }: IngestionStores,
  scope: Scope,
  document: ImportDocument,
  profile: MappingProfile,
  mapping: Mapping,
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
  for (const rows of rowsOf(reader, bytes, isLast)) {
    const refusal = rows.ok ? mapping(reader.header() ?? [], rows.value) : rows;
    if (refusal !== undefined) return refusal;
  }
  if (step === 0) await files.write(scope, headerOf(document), JSON.stringify(reader.header() ?? []));
  const next = reader.checkpoint();
  if (!isLast && next.byte === bytesRead) return refuse('line-too-long', `row ${next.row} has no end`);
  return done({ next: isLast ? undefined : next });
};

/** Rows of the bytes, some at a time; what begins in one piece and ends in another comes with the other. */
function* rowsOf(
  reader: CsvReader,
  bytes: Uint8Array,
  isLast: boolean,
): Generator<Outcome<CellRow[], string>> {
  for (let from = 0; from < bytes.length; from += pieceBytes)
    yield reader.push(bytes.subarray(from, from + pieceBytes));
  if (isLast) yield reader.end();
}

const keptHeader = async (
  files: IngestionStores['files'],
  scope: Scope,
  document: ImportDocument,
): Promise<string[]> => {
  const bytes = await files.read(scope, headerOf(document));
  if (bytes === undefined) throw new Error(`the header of import ${document.importId} is gone`);
  return JSON.parse(Buffer.from(bytes).toString('utf8')) as string[];
};

/** Takes rows of cells under their header. @returns why the file is not read, once that is known. */
type Mapping = (header: readonly string[], rows: readonly CellRow[]) => Refusal<string> | undefined;

const mapped = (document: ImportDocument, profile: MappingProfile, take: Take): Mapping => {
  const policy = usualPolicy(dayAt(instantFromText(document.asOf ?? document.receivedAt), 'UTC'));
  let mapper: ReturnType<typeof rowMapper> | undefined;
  return (header, rows) => {
    if (header.length === 0 && rows.length === 0) return undefined; // the header is not read yet
    mapper ??= rowMapper(profile, header, policy);
    if (!mapper.ok) return mapper;
    const { value: read } = mapper;
    take(
      rows.map((source): ReadRow => ({ outcome: read(source), source })),
      header,
    );
    return undefined;
  };
};
