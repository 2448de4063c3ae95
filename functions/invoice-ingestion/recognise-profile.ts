/**
 * Finds the profile whose columns a file has: the company's own first, then the product's, the latter also with
 * other signs between the cells. Told by the header line alone; where several fit, the one this source was read with
 * before, and else a person says.
 * From: `profiles.ts`. Next: the import keeps name, version and delimiter.
 */
import type { CsvDelimiter, ImportDocument } from '../../shared/domain/imports.ts';
import { profileFor } from '../../shared/domain/mapping-profile-choice.ts';
import type { MappingProfile } from '../../shared/domain/mapping-profile.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import { createCsvReader } from '../../shared/formats/csv-reader.ts';
import type { ImportStore } from '../../shared/ports/import-store.ts';

/** The version of what comes with the product. */
export const ownVersion = 0;
const delimiters: readonly CsvDelimiter[] = [',', ';', '\t', '|'];
/** Imports looked through for the profile a source had before. */
const mostRemembered = 100;

/** `delimiter`: where it is another than the profile's. */
export type Chosen = { profile: MappingProfile; version: number; delimiter?: CsvDelimiter };
/** `start`: the first bytes of a CSV; `header`: of other tables. */
export type TableStart = { start: Uint8Array } | { header: readonly string[] };
export type ReadBefore = { profile: string; reading?: NonNullable<ImportDocument['remembered']> };
type Recognised = Outcome<Chosen, 'profile-unknown' | 'profile-unclear'>;

export const recognise = async (
  candidates: readonly Chosen[],
  from: TableStart,
  declared: CsvDelimiter | undefined,
  remembered: () => Promise<ReadBefore | undefined>,
): Promise<Recognised> => {
  const found = byLayer(candidates, from, declared);
  if (found.ok || found.code !== 'profile-unclear') return found;
  const name = (await remembered())?.profile;
  const before = candidates.filter(({ profile }) => profile.name === name);
  const again = byLayer(before, from, declared);
  return again.ok ? again : found;
};

/** What the company declared for its sources goes before what comes with the product. */
const byLayer = (
  candidates: readonly Chosen[],
  from: TableStart,
  declared: CsvDelimiter | undefined,
): Recognised => {
  const own = candidates.filter(({ version }) => version !== ownVersion);
  const product = candidates.filter(({ version }) => version === ownVersion);
  const others = declared === undefined ? delimiters : [declared];
  const layers = [
    own,
    'start' in from && declared !== undefined ? own.map((one) => ({ ...one, delimiter: declared })) : [],
    declared === undefined ? product : [],
    'start' in from ? others.flatMap((delimiter) => product.map((one) => ({ ...one, delimiter }))) : product,
  ];
  for (const layer of layers) {
    const found = byHeader(layer, from);
    if (found.ok || found.code !== 'profile-unknown') return found;
  }
  return refuse('profile-unknown', 'No mapping profile has the columns of this file; name one, or make one.');
};

const byHeader = (candidates: readonly Chosen[], from: TableStart): Recognised => {
  const groups = Map.groupBy(candidates, (one) =>
    'start' in from ? JSON.stringify([dialectOf(one), one.profile.encoding]) : '',
  );
  const found: Chosen[] = [];
  for (const group of groups.values()) {
    const header = headerIn(group[0], from);
    if (header === undefined) continue;
    const profiles = group.map(({ profile }) => profile);
    const fits = profileFor(header, profiles);
    if (fits.ok) found.push(...group.filter(({ profile }) => profile === fits.value));
    else if (fits.code === 'profile-unclear') return fits;
  }
  const [first, ...others] = found;
  if (first === undefined) return refuse('profile-unknown', 'None has these columns.');
  return others.length === 0
    ? done(first)
    : refuse('profile-unclear', `These fit: ${found.map(({ profile }) => profile.name).join(', ')}.`);
};

const dialectOf = ({ profile, delimiter }: Chosen) => ({
  ...profile.dialect,
  ...(delimiter && { delimiter }),
});

const headerIn = (candidate: Chosen | undefined, from: TableStart): readonly string[] | undefined => {
  if ('header' in from) return from.header;
  if (candidate === undefined) return undefined;
  const reader = createCsvReader({
    dialect: dialectOf(candidate),
    encoding: candidate.profile.encoding,
  });
  const read = reader.push(from.start);
  if (read.ok && reader.header() === undefined) reader.end(); // a header without a line end
  return reader.header();
};

/** How the newest import of the same source and kind was read: its profile, and what was declared with it. */
export const readBefore = async (
  imports: ImportStore,
  scope: Scope,
  { companyId, importId, source, kind }: ImportDocument,
): Promise<ReadBefore | undefined> => {
  const { imports: newest } = await imports.list(scope, companyId, { limit: mostRemembered });
  const found = newest.find(
    (one) =>
      one.importId !== importId &&
      one.source === source &&
      one.kind === kind &&
      one.profile !== undefined &&
      one.state !== 'refused',
  );
  const locale = found?.reading?.locale ?? found?.remembered?.locale;
  const encoding = found?.reading?.encoding ?? found?.remembered?.encoding;
  return (
    found?.profile && {
      profile: found.profile.name,
      ...(locale !== undefined && { reading: { locale, ...(encoding !== undefined && { encoding }) } }),
    }
  );
};
