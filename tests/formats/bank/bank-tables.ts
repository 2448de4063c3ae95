/**
 * A bank's table read to a statement, by a profile of few words.
 * From: text of a table. Next: the tests of bank tables and of the corpora.
 */
import type { Day } from '../../../shared/domain/calendar.ts';
import { notationOf } from '../../../shared/domain/mapping-profile-notation.ts';
import type { FieldMapping, MappingProfile } from '../../../shared/domain/mapping-profile.ts';
import type { Outcome } from '../../../shared/domain/outcome.ts';
import { readBankTable } from '../../../shared/formats/bank-statement.ts';
import type { StatementFile } from '../../../shared/formats/bank-shape.ts';
import { template } from '../../../shared/formats/profile-template.ts';
import { rowMapper } from '../../../shared/formats/rows-mapper.ts';
import { usualPolicy } from '../../../shared/formats/rows-values.ts';
import { readCsv } from '../tabular/read.ts';
import { bytesOf, hashText } from './examples.ts';

/** Columns by field; account `A` and euros where the table does not say them. */
export const bankProfile = (
  columns: Readonly<Record<string, string>>,
  { locale = 'plain', ...more }: Partial<MappingProfile> & { locale?: string } = {},
): MappingProfile => {
  const notation = notationOf(locale);
  if (!notation.ok) throw new Error(notation.detail);
  const mapped = Object.entries(columns).map(([field, column]): [string, FieldMapping] => [
    field,
    { columns: [column] },
  ]);
  return {
    ...template,
    ...{ name: 'bank', version: 1, file: 'bankStatement', record: 'bankLine', notation: notation.value },
    recognisedBy: [Object.values(columns)],
    fields: {
      account: { columns: [], otherwise: 'A' },
      currency: { columns: [], otherwise: 'EUR' },
      ...Object.fromEntries(mapped),
    },
    ...more,
  };
};

export const readBankText = (
  content: string | Uint8Array,
  profile: MappingProfile,
): Outcome<StatementFile, string> => {
  const { dialect, encoding } = profile;
  const bytes = typeof content === 'string' ? bytesOf(content) : content;
  const table = readCsv(bytes, { dialect, encoding });
  if (!table.ok) return table;
  const mapper = rowMapper(profile, table.value.header, usualPolicy('2026-03-01' as Day));
  return mapper.ok ? readBankTable(table.value.rows.map(mapper.value), { hashText }) : mapper;
};
