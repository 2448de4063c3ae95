/**
 * Keeps how many days before an invoice is due its collector hears of it (R23), each for themselves.
 * From: routes. Next: setting `dueSoon:{person}`; the morning mails from then on.
 */
import {
  daysAheadFrom,
  dueSoonPlace,
  type DueSoonAnswer,
  type DueSoonBody,
} from '../../shared/contracts/due-soon.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { textOfInstant, type Instant } from '../../shared/domain/calendar.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import { isSettingReadable } from '../../shared/domain/setting-scope.ts';
import type { SettingsStore } from '../../shared/ports/settings-store.ts';

type Answer = Promise<Outcome<DueSoonAnswer, ProblemCode>>;
type Parts = { settings: Pick<SettingsStore, 'read' | 'save'> };
/** `system`: what settings of a company are kept under; `scope`: what the person reaches. */
export type DueSoonCall = { scope: Scope; system: Scope; now: Instant; personId: string };

const absent = () => refuse('not-found', 'There is no such company.');

export const readDueSoon = async (
  { settings }: Pick<Parts, 'settings'>,
  { scope, system, personId }: DueSoonCall,
  companyId: string,
): Answer => {
  const place = dueSoonPlace(companyId, personId);
  if (!isSettingReadable(scope, place.scope)) return absent();
  const kept = await settings.read(system, place);
  return done({ version: kept?.version ?? 0, daysAhead: daysAheadFrom(kept?.value) });
};

export const keepDueSoon = async (
  { settings }: Parts,
  { scope, system, now, personId }: DueSoonCall,
  companyId: string,
  { after, daysAhead }: DueSoonBody,
): Answer => {
  const place = dueSoonPlace(companyId, personId);
  if (!isSettingReadable(scope, place.scope)) return absent();
  const set = { value: { daysAhead }, by: personId, at: textOfInstant(now), reason: 'of their own' };
  const saved = await settings.save(system, place, after, set);
  return saved === 'version-conflict'
    ? refuse('setting-changed', 'Somebody saved another version meanwhile.')
    : done({ version: after + 1, daysAhead });
};
