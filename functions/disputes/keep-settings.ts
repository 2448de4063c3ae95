/**
 * Reads and keeps how a company works on problems; every version stays, cases keep the recipe they were opened with.
 * From: staff routes. Next: settings, place `company:<id>` / `disputes`.
 */
import {
  disputeSettings,
  type DisputeSettingsAnswer,
  type DisputeSettingsBody,
} from '../../shared/contracts/dispute-settings.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { textOfInstant } from '../../shared/domain/calendar.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { isSameJson } from '../../shared/domain/same-json.ts';
import { isInScope } from '../../shared/domain/scope.ts';
import type { SettingVersion } from '../../shared/ports/settings-store.ts';
import { settingsPlace, type DisputeCall, type DisputeParts } from './dispute-parts.ts';

/** Where nobody has set any, those of the first day at version 0. */
const answerOf = (company: string, kept: SettingVersion | undefined): DisputeSettingsAnswer => {
  const { version = 0, by, at, reason, value } = kept ?? {};
  return {
    ...{ company, version, value: disputeSettings.parse(value ?? {}) },
    ...(by !== undefined && { by }),
    ...(at !== undefined && { at }),
    ...(reason !== undefined && { reason }),
  };
};

export const readDisputeSettings = async (
  { settings }: Pick<DisputeParts, 'settings'>,
  { scope }: Pick<DisputeCall, 'scope'>,
  companyId: string,
): Promise<Outcome<DisputeSettingsAnswer, ProblemCode>> => {
  const place = { scope: `company:${companyId}`, name: 'company' };
  const isThere = isInScope(scope, companyId) && (await settings.read(scope, place)) !== undefined;
  if (!isThere) return refuse('not-found', 'There is no such company.');
  return done(answerOf(companyId, await settings.read(scope, settingsPlace(companyId))));
};

/** The same again changes nothing. */
export const saveDisputeSettings = async (
  parts: Pick<DisputeParts, 'settings'>,
  call: DisputeCall,
  companyId: string,
  { value, after, reason }: DisputeSettingsBody,
): Promise<Outcome<DisputeSettingsAnswer, ProblemCode>> => {
  const found = await readDisputeSettings(parts, call, companyId);
  if (!found.ok) return found;
  const { version } = found.value;
  if (version > 0 && isSameJson(found.value.value, value)) return found;
  const change = { value, by: call.actor.id, at: textOfInstant(call.now), reason };
  const saved =
    version === after
      ? await parts.settings.save(call.scope, settingsPlace(companyId), after, change)
      : 'version-conflict';
  if (saved === 'version-conflict') return refuse('setting-changed', `It is at version ${version}.`);
  return readDisputeSettings(parts, call, companyId);
};
