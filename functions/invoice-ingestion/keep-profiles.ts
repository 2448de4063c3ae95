/**
 * Mapping profiles of a company: listed beside those of the product, kept in every version with who and why.
 * From: `GET api/mapping-profiles`, `PUT api/mapping-profiles/{company}/{name}`. Next: settings; imports keep the
 * version they were read with.
 */
import type { ProfileAnswer, ProfileBody } from '../../shared/contracts/mapping-profiles.ts';
import { textOfInstant, type Instant } from '../../shared/domain/calendar.ts';
import { localeNames } from '../../shared/domain/mapping-profile-notation.ts';
import type { MappingProfile } from '../../shared/domain/mapping-profile.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { isSameJson } from '../../shared/domain/same-json.ts';
import { isInScope, type Scope } from '../../shared/domain/scope.ts';
import type { SettingsStore, SettingVersion } from '../../shared/ports/settings-store.ts';
import { profilePlace, profilesOf } from './profiles.ts';

type Place = { company: string; name: string };

export const listProfiles = async (settings: SettingsStore, scope: Scope, company: string) => {
  if (!isInScope(scope, company)) return refuse('not-found', 'There is no such company.');
  const all = await profilesOf(settings, scope, company);
  const profiles = all.map(({ profile, version }) => ({ name: profile.name, version, profile }));
  return done({ profiles, locales: [...localeNames] });
};

/** The same again changes nothing. */
export const saveProfile = async (
  settings: SettingsStore,
  scope: Scope,
  { company, name }: Place,
  { profile, after, reason }: ProfileBody,
  { by, now }: { by: string; now: Instant },
): Promise<Outcome<ProfileAnswer, 'not-found' | 'input-not-valid' | 'setting-changed'>> => {
  if (!isInScope(scope, company)) return refuse('not-found', 'There is no such company.');
  if (profile.name !== name) return refuse('input-not-valid', `profile.name: it is not ${name}`);
  const place = profilePlace(company, name);
  const before = await settings.read(scope, place);
  const value = { ...profile, version: after + 1 };
  if (
    before !== undefined &&
    isSameJson({ ...(before.value as object), version: 0 }, { ...profile, version: 0 })
  )
    return done(answerOf(before));
  const change = { value, by, at: textOfInstant(now), reason };
  const saved =
    (before?.version ?? 0) === after
      ? await settings.save(scope, place, after, change)
      : ('version-conflict' as const);
  return saved === 'saved'
    ? done(answerOf({ version: after + 1, ...change }))
    : refuse('setting-changed', `It is at version ${before?.version ?? 'another'}.`);
};

const answerOf = ({ value, version, by, at, reason }: SettingVersion): ProfileAnswer => {
  const profile = value as MappingProfile;
  return { ...{ name: profile.name, version, profile }, ...{ by, at, reason } };
};
