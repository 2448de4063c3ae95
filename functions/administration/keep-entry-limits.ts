/**
 * Keeps what one person may enter without a second: documents and payments typed in by hand (R110).
 * From: `api/companies/{companyId}/entry-limits`. Next: settings, place `company:<id>` / `entry`, read by the entry
 * routes of the ledger; every version stays.
 */
import type { EntryLimitsAnswer, EntryLimitsBody } from '../../shared/contracts/entry-limits.ts';
import { entryRules } from '../../shared/contracts/entries.ts';
import { textOfInstant, type Instant } from '../../shared/domain/calendar.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { isSameJson } from '../../shared/domain/same-json.ts';
import { isInScope, type Scope } from '../../shared/domain/scope.ts';
import type { SettingsStore, SettingVersion } from '../../shared/ports/settings-store.ts';

const placeOf = (companyId: string) => ({ scope: `company:${companyId}`, name: 'entry' });

/** Where nobody has set any, those that hold from day one, at version 0. */
const answerOf = (companyId: string, kept: SettingVersion | undefined): EntryLimitsAnswer => {
  const { version = 0, by, at, reason, value } = kept ?? {};
  const change = { ...(by !== undefined && { by }), ...(at !== undefined && { at }) };
  return {
    companyId,
    ...entryRules.parse(value ?? {}),
    version,
    ...change,
    ...(reason !== undefined && { reason }),
  };
};

export const readEntryLimits = async (
  companyId: string,
  scope: Scope,
  settings: SettingsStore,
): Promise<Outcome<EntryLimitsAnswer, 'not-found'>> => {
  const isThere =
    isInScope(scope, companyId) &&
    (await settings.read(scope, { scope: `company:${companyId}`, name: 'company' })) !== undefined;
  if (!isThere) return refuse('not-found', 'There is no such company.');
  return done(answerOf(companyId, await settings.read(scope, placeOf(companyId))));
};

/** The same again changes nothing. */
export const saveEntryLimits = async (
  companyId: string,
  { after, reason, ...value }: EntryLimitsBody,
  { by, now, scope }: { by: string; now: Instant; scope: Scope },
  settings: SettingsStore,
): Promise<Outcome<EntryLimitsAnswer, 'not-found' | 'setting-changed'>> => {
  const found = await readEntryLimits(companyId, scope, settings);
  if (!found.ok) return found;
  const before = await settings.read(scope, placeOf(companyId));
  if (isSameJson(before?.value, value)) return done(answerOf(companyId, before));
  const change = { by, at: textOfInstant(now), reason };
  const saved =
    (before?.version ?? 0) === after
      ? await settings.save(scope, placeOf(companyId), after, { value, ...change })
      : 'version-conflict';
  if (saved === 'version-conflict')
    return refuse('setting-changed', `It is at version ${before?.version ?? 0}.`);
  return readEntryLimits(companyId, scope, settings);
};
