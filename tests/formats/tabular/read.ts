/**
 * Reads whole tables in one call, in chunks of any size, and maps them.
 * From: the readers and the mapper under test. Next: the tests of this folder and of the corpora.
 */
import type { Day } from '../../../shared/domain/calendar.ts';
import type { MappingProfile } from '../../../shared/domain/mapping-profile.ts';
import { withNotation } from '../../../shared/domain/mapping-profile-notation.ts';
import { done, type Outcome } from '../../../shared/domain/outcome.ts';
import { createCsvReader, type CsvInput } from '../../../shared/formats/csv-reader.ts';
import { builtInProfiles } from '../../../shared/formats/profile-list.ts';
import { rowMapper, type RowOutcome } from '../../../shared/formats/rows-mapper.ts';
import type { CellRow, Table } from '../../../shared/formats/rows.ts';
import { usualPolicy } from '../../../shared/formats/rows-values.ts';

export const plainDialect: CsvInput['dialect'] = {
  delimiter: ',',
  quote: '"',
  hasHeader: true,
  skippedLines: 0,
};

/** A CSV file as a table, or the code it is refused with. */
export const readCsv = (
  bytes: Uint8Array,
  input: Partial<CsvInput> = {},
  chunkBytes = 65_536,
): Outcome<Table> => {
  const reader = createCsvReader({ dialect: plainDialect, encoding: 'utf-8', ...input });
  const rows: CellRow[] = [];
  for (let at = 0; at < bytes.length; at += chunkBytes) {
    const more = reader.push(bytes.subarray(at, at + chunkBytes));
    if (!more.ok) return more;
    for (const row of more.value) rows.push(row);
  }
  const last = reader.end();
  return last.ok ? done({ header: reader.header() ?? [], rows: [...rows, ...last.value] }) : last;
};

export const profileNamed = (name: string, locale?: string): MappingProfile => {
  const profile = builtInProfiles.find((one) => one.name === name);
  const complete = profile === undefined ? undefined : withNotation(profile, locale);
  if (complete?.ok !== true) throw new Error(`no profile ${name} for ${locale ?? 'its own notation'}`);
  return complete.value;
};

/** Every row of a table by a profile. @throws when the header does not suit it. */
export const mapTable = (table: Table, profile: MappingProfile, asOf = '2024-04-01'): RowOutcome[] => {
  const mapper = rowMapper(profile, table.header, usualPolicy(asOf as Day));
  if (!mapper.ok) throw new Error(mapper.detail);
  return table.rows.map(mapper.value);
};

/** `column: code` of each reason of a refused row; the kind of outcome of another. */
export const reasonsOf = (outcome: RowOutcome | undefined): string[] =>
  outcome?.is === 'refused'
    ? outcome.reasons.map(({ column, code }) => `${column}: ${code}`)
    : [outcome?.is ?? 'absent'];
