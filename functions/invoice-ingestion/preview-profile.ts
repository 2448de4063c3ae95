/**
 * The first rows of a table as a mapping profile would read them, with every reason why not; nothing is kept.
 * From: the file of an import, or bytes sent along. Next: the person who makes the profile.
 */
import type { PreviewAnswer } from '../../shared/contracts/mapping-profiles.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { dayAt, type Instant } from '../../shared/domain/calendar.ts';
import type { ImportDocument } from '../../shared/domain/imports.ts';
import type { MappingProfile } from '../../shared/domain/mapping-profile.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import { createCsvReader } from '../../shared/formats/csv-reader.ts';
import { readJsonTable } from '../../shared/formats/json-reader.ts';
import { rowMapper, type RowOutcome } from '../../shared/formats/rows-mapper.ts';
import { usualPolicy } from '../../shared/formats/rows-values.ts';
import { cellsByColumn, type CellRow, type Table } from '../../shared/formats/rows.ts';
import { readXlsxTable } from '../../shared/formats/xlsx-reader.ts';
import { sourceOf } from './import-files.ts';
import { fileRefusal, startBytes } from './open-import.ts';
import { asDeclared, profilesOf } from './profiles.ts';
import { mostWholeBytes } from './read-whole.ts';
import type { IngestionStores } from './stores.ts';

const shownRows = 20;
const longestCell = 2_000;

type Reading = NonNullable<ImportDocument['reading']>;
type Source = { bytes: Uint8Array; format: string };
type Asked = { company: string; name: string; unsaved?: MappingProfile | undefined; reading: Reading };

/** The start of an import's file, as much as a preview needs. */
export const sourceForPreview = async (
  { imports, files }: IngestionStores,
  scope: Scope,
  key: { companyId: string; importId: string },
): Promise<Outcome<Source, ProblemCode>> => {
  const document = (await imports.load(scope, key))?.document;
  if (document === undefined) return refuse('not-found', 'There is no such import.');
  const { format, bytes: size } = document;
  if (format !== 'csv' && size > mostWholeBytes)
    return refuse('file-too-large', `At most ${mostWholeBytes} bytes are read as ${format}.`);
  const to = format === 'csv' ? Math.min(size, startBytes) : size;
  const bytes = await files.read(scope, sourceOf(document), { from: 0, to });
  return bytes === undefined
    ? refuse('blocks-missing', 'The file has not arrived yet.')
    : done({ bytes, format });
};

export const previewProfile = async (
  { settings }: IngestionStores,
  scope: Scope,
  { company, name, unsaved, reading }: Asked,
  source: Source,
  now: Instant,
): Promise<Outcome<PreviewAnswer, ProblemCode>> => {
  const kept = (await profilesOf(settings, scope, company)).find(({ profile }) => profile.name === name);
  const found = unsaved ? { profile: unsaved, version: kept?.version ?? 0 } : kept;
  if (found === undefined) return refuse('profile-unknown', `There is no profile ${name}.`);
  const { delimiter } = reading;
  const profile = asDeclared(found.profile, { reading, ...(delimiter && { delimiter }) });
  if (!profile.ok) return profile;
  const table = await tableOf(source, profile.value);
  if (!table.ok) return fileRefusal(table);
  const { header, rows } = table.value;
  const mapper = rowMapper(profile.value, header, usualPolicy(dayAt(now, 'UTC')));
  if (!mapper.ok) return fileRefusal(mapper);
  return done({
    profile: { name, version: found.version },
    header: [...header],
    rows: rows.slice(0, shownRows).map((row) => shown(mapper.value(row), header, row)),
  });
};

const tableOf = async (
  { bytes, format }: Source,
  profile: MappingProfile,
): Promise<Outcome<Table, string>> => {
  const { dialect, encoding } = profile;
  if (format === 'xlsx') return readXlsxTable(bytes, { dialect });
  if (format === 'json') return readJsonTable(bytes);
  if (format !== 'csv') return refuse('file-kind-not-read', `A profile does not read ${format}.`);
  const reader = createCsvReader({ dialect, encoding });
  const first = reader.push(bytes);
  if (!first.ok) return first;
  const isWhole = bytes.byteLength < startBytes;
  const rest = isWhole ? reader.end() : done([]);
  if (!rest.ok) return rest;
  return done({ header: reader.header() ?? [], rows: [...first.value, ...rest.value] });
};

const shown = (
  outcome: RowOutcome,
  header: readonly string[],
  source: CellRow,
): PreviewAnswer['rows'][number] => ({
  row: source.row,
  is: outcome.is,
  cells: shortened(cellsByColumn(header, source.cells)),
  reads: outcome.is === 'accepted' ? shortened(outcome.row) : {},
  reasons: outcome.is === 'refused' ? outcome.reasons.slice(0, 20).map((one) => ({ ...one })) : [],
  ...(outcome.is === 'skipped' && { because: outcome.because }),
});

const shortened = (said: object): Record<string, string> =>
  Object.fromEntries(
    Object.entries(said).map(([name, value]) => {
      const text = typeof value === 'string' ? value : JSON.stringify(value);
      return [name, text.slice(0, longestCell)];
    }),
  );
