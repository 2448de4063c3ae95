/**
 * The mapping profile an import is read with: the one named, or the one whose columns the file has.
 * From: settings of the company, the profiles that come with the product. Next: the import keeps name and version,
 * so that every step reads alike, whatever is changed meanwhile. Version 0 is the product's own.
 */
import type { ImportDocument } from '../../shared/domain/imports.ts';
import type { MappingProfile, TextEncoding } from '../../shared/domain/mapping-profile.ts';
import { profileFor } from '../../shared/domain/mapping-profile-choice.ts';
import { withNotation } from '../../shared/domain/mapping-profile-notation.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import { createCsvReader } from '../../shared/formats/csv-reader.ts';
import { builtInProfiles } from '../../shared/formats/profile-list.ts';
import type { SettingsStore } from '../../shared/ports/settings-store.ts';

const ownVersion = 0;
const prefix = 'profile:';

export const profilePlace = (companyId: string, name: string) => ({
  scope: `company:${companyId}`,
  name: `${prefix}${name}`,
});

export type Chosen = { profile: MappingProfile; version: number };
type Refused = 'profile-unknown' | 'profile-unclear' | 'unknown-locale' | 'locale-needed';

/** The company's profiles, then the product's own that it has none of the same name for. */
export const profilesOf = async (
  settings: SettingsStore,
  scope: Scope,
  companyId: string,
): Promise<Chosen[]> => {
  const own = await settings.list(scope, `company:${companyId}`, prefix);
  const chosen = own.map(({ value, version }) => ({ profile: value as MappingProfile, version }));
  const names = new Set(chosen.map(({ profile }) => profile.name));
  const others = builtInProfiles.filter(({ name }) => !names.has(name));
  return [...chosen, ...others.map((profile) => ({ profile, version: ownVersion }))];
};

/** `start`: the first bytes of a CSV; `header`: of other tables. */
export const chooseProfile = async (
  settings: SettingsStore,
  scope: Scope,
  document: ImportDocument,
  from: { start: Uint8Array } | { header: readonly string[] },
): Promise<Outcome<Chosen, Refused>> => {
  const wanted = document.reading?.profile;
  const all = await profilesOf(settings, scope, document.companyId);
  const format = 'start' in from ? ['csv'] : ['csv', 'xlsx', 'json'];
  const fitting = all.filter(({ profile }) =>
    wanted === undefined
      ? profile.file === document.kind && format.includes(profile.format)
      : profile.name === wanted,
  );
  if (wanted !== undefined && fitting.length === 0)
    return refuse('profile-unknown', `There is no profile ${wanted}.`);
  const found = wanted === undefined ? ownFirst(fitting, from) : done(fitting[0] as Chosen);
  if (!found.ok) return found;
  const read = asDeclared(found.value.profile, document);
  return read.ok ? done({ ...found.value, profile: read.value }) : read;
};

/** What the company declared for its sources goes before what comes with the product. */
const ownFirst = (
  candidates: readonly Chosen[],
  from: { start: Uint8Array } | { header: readonly string[] },
): Outcome<Chosen, Refused> => {
  const isOwn = ({ version }: Chosen) => version !== ownVersion;
  const own = byHeader(candidates.filter(isOwn), from);
  if (own.ok || own.code !== 'profile-unknown') return own;
  return byHeader(
    candidates.filter((one) => !isOwn(one)),
    from,
  );
};

const byHeader = (
  candidates: readonly Chosen[],
  from: { start: Uint8Array } | { header: readonly string[] },
): Outcome<Chosen, Refused> => {
  const groups = Map.groupBy(candidates, ({ profile }) =>
    'start' in from ? JSON.stringify([profile.dialect, profile.encoding]) : '',
  );
  const headers = [...groups.values()].map((group) => ({ group, header: headerIn(group[0], from) }));
  const tried = headers.flatMap(({ group, header }) =>
    header === undefined
      ? []
      : [
          profileFor(
            header,
            group.map(({ profile }) => profile),
          ),
        ],
  );
  const unclear = tried.find((one) => !one.ok && one.code === 'profile-unclear');
  if (unclear && !unclear.ok) return unclear;
  const found = tried.flatMap((one) => (one.ok ? [one.value] : []));
  const [first, ...others] = found;
  if (first === undefined)
    return refuse(
      'profile-unknown',
      'No mapping profile has the columns of this file; name one, or make one.',
    );
  if (others.length > 0)
    return refuse('profile-unclear', `These fit: ${found.map(({ name }) => name).join(', ')}.`);
  return done(candidates.find(({ profile }) => profile === first) as Chosen);
};

const headerIn = (
  candidate: Chosen | undefined,
  from: { start: Uint8Array } | { header: readonly string[] },
): readonly string[] | undefined => {
  if ('header' in from) return from.header;
  if (candidate === undefined) return undefined;
  const { dialect, encoding } = candidate.profile;
  const reader = createCsvReader({ dialect, encoding });
  const read = reader.push(from.start);
  if (read.ok && reader.header() === undefined) reader.end(); // a header without a line end
  return reader.header();
};

/** Encoding and locale as declared at upload go where the profile leaves them open, or are said anew. */
const asDeclared = (
  profile: MappingProfile,
  { reading }: ImportDocument,
): Outcome<MappingProfile, 'unknown-locale' | 'locale-needed'> => {
  const encoding = (reading?.encoding ?? profile.encoding) as TextEncoding;
  return withNotation({ ...profile, encoding }, reading?.locale);
};

/** The profile as it was when the import was opened. @throws when it is gone; versions never go. */
export const profileOf = async (
  settings: SettingsStore,
  scope: Scope,
  document: ImportDocument,
): Promise<MappingProfile> => {
  const { name = '', version = ownVersion } = document.profile ?? {};
  const found =
    version === ownVersion
      ? builtInProfiles.find((one) => one.name === name)
      : (await settings.version(scope, profilePlace(document.companyId, name), version))?.value;
  if (found === undefined) throw new Error(`profile ${name} version ${version} is gone`);
  const read = asDeclared(found as MappingProfile, document);
  if (!read.ok) throw new Error(`profile ${name}: ${read.detail}`);
  return read.value;
};
