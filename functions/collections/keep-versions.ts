/**
 * A setting of the worklist, read and kept version by version.
 * From: `keep-rules.ts`, `keep-ceilings.ts`. Next: the store of settings; whoever saves names the version they saw.
 */
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { textOfInstant, type Instant } from '../../shared/domain/calendar.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { isSameJson } from '../../shared/domain/same-json.ts';
import { isInScope, type Scope } from '../../shared/domain/scope.ts';
import { readCompany } from '../../shared/edge/read-company.ts';
import type { SettingPlace, SettingsStore } from '../../shared/ports/settings-store.ts';

export type SettingParts = { settings: SettingsStore };
export type SettingCall = { scope: Scope; now: Instant; by: string };

export const noCompany = refuse('not-found', 'There is no such company.');

export const isCompany = async (
  { settings }: SettingParts,
  scope: Scope,
  companyId: string,
): Promise<boolean> => isInScope(scope, companyId) && (await readCompany(settings, scope, companyId)).ok;

/** The version after it; the same again changes nothing. */
export const keepVersion = async (
  { settings }: SettingParts,
  place: SettingPlace,
  { value, after, reason }: { value: object; after: number; reason: string },
  { scope, now, by }: SettingCall,
): Promise<Outcome<number, ProblemCode>> => {
  const kept = await settings.read(scope, place);
  const version = kept?.version ?? 0;
  if (isSameJson(kept?.value, value)) return done(version);
  const change = { value, by, at: textOfInstant(now), reason };
  const saved = version === after ? await settings.save(scope, place, after, change) : 'version-conflict';
  return saved === 'saved'
    ? done(version + 1)
    : refuse('setting-changed', `It is at version ${version}, not ${after}.`);
};
