/**
 * The mapping profile an import is read with: the one named, or the one whose columns the file has.
 * From: settings of the company, the profiles that come with the product. Next: the import keeps name and version,
 * so that every step reads alike, whatever is changed meanwhile. Version 0 is the product's own.
 */
import type { ImportDocument } from '../../shared/domain/imports.ts';
import type { MappingProfile, TextEncoding } from '../../shared/domain/mapping-profile.ts';
import { withNotation } from '../../shared/domain/mapping-profile-notation.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import { builtInProfiles } from '../../shared/formats/profile-list.ts';
import type { SettingsStore } from '../../shared/ports/settings-store.ts';
import { invoiceRulesOf } from './read-e-invoice.ts';
import { ownVersion, recognise, type Chosen, type ReadBefore, type TableStart } from './recognise-profile.ts';

const prefix = 'profile:';

export const profilePlace = (companyId: string, name: string) => ({
  scope: `company:${companyId}`,
  name: `${prefix}${name}`,
});

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

/**
 * `remembered`: how this source was read before, asked for when several profiles fit, or when neither the profile nor
 * the upload says how numbers and days are written. @returns the profile as it was found; what is declared or
 * remembered goes into it where it is read (`profileOf`).
 */
export const chooseProfile = async (
  settings: SettingsStore,
  scope: Scope,
  document: ImportDocument,
  from: TableStart,
  remembered: () => Promise<ReadBefore | undefined>,
): Promise<Outcome<Chosen & Pick<ImportDocument, 'remembered'>, Refused>> => {
  const wanted = document.reading?.profile;
  const all = await profilesOf(settings, scope, document.companyId);
  const format = 'start' in from ? ['csv'] : ['csv', 'xlsx', 'json'];
  const encoding = document.reading?.encoding as TextEncoding | undefined;
  const candidates = all.map((one) =>
    encoding === undefined ? one : { ...one, profile: { ...one.profile, encoding } },
  );
  const fitting = candidates.filter(({ profile }) =>
    wanted === undefined
      ? profile.file === document.kind && format.includes(profile.format)
      : profile.name === wanted,
  );
  if (wanted !== undefined && fitting.length === 0)
    return refuse('profile-unknown', `There is no profile ${wanted}.`);
  const found =
    wanted === undefined
      ? await recognise(fitting, from, document.reading?.delimiter, remembered)
      : done(fitting[0] as Chosen);
  if (!found.ok) return found;
  const { delimiter, profile } = found.value;
  const read = asDeclared(profile, { ...document, ...(delimiter && { delimiter }) });
  if (read.ok) return done({ ...found.value, profile: read.value });
  const before = read.code === 'locale-needed' ? await remembered() : undefined;
  if (before?.reading === undefined || before.profile !== profile.name) return read;
  const again = asDeclared(profile, { ...document, remembered: before.reading });
  return again.ok ? done({ ...found.value, profile: again.value, remembered: before.reading }) : again;
};

/** Encoding and locale as declared at upload go where the profile leaves them open, or are said anew. */
export const asDeclared = (
  profile: MappingProfile,
  { reading, delimiter, remembered }: Pick<ImportDocument, 'reading' | 'delimiter' | 'remembered'>,
): Outcome<MappingProfile, 'unknown-locale' | 'locale-needed'> => {
  const encoding = (reading?.encoding ?? remembered?.encoding ?? profile.encoding) as TextEncoding;
  const between = delimiter ?? reading?.delimiter;
  const dialect = { ...profile.dialect, ...(between && { delimiter: between }) };
  return withNotation({ ...profile, encoding, dialect }, reading?.locale ?? remembered?.locale);
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
  if (document.kind !== 'invoices' || read.value.file !== 'invoices') return read.value;
  const { wanted } = await invoiceRulesOf(settings, scope, document.companyId);
  return { ...read.value, wanted: [...new Set([...read.value.wanted, ...wanted])] };
};
