/**
 * Asks that somebody may reach companies, or an account for a time. Nothing opens until another person approves.
 * From: `POST api/people/{personId}/reach-requests` and `…/grant-requests`. Next: `decide-request.ts`.
 */
import type { ReachRequest } from '../../shared/contracts/administration.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { textOfInstant, type Instant } from '../../shared/domain/calendar.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { isSameJson } from '../../shared/domain/same-json.ts';
import { isInScope, type Scope } from '../../shared/domain/scope.ts';
import type { SettingsStore } from '../../shared/ports/settings-store.ts';
import type { PersonRecords } from './person-records.ts';

type Asked = Pick<ReachRequest, 'kind' | 'asked'>;

/** A newer request takes the place of one that waits; the same one again is the one that waits. */
export const requestReach = async (
  personId: string,
  { reason, ...asked }: Asked & { reason: string },
  { by, now, scope }: { by: string; now: Instant; scope: Scope },
  { records, settings }: { records: PersonRecords; settings: SettingsStore },
): Promise<Outcome<ReachRequest, ProblemCode>> => {
  if (by === personId) return refuse('own-rights', 'Nobody asks for rights of their own.');
  const unknown = await firstUnknownCompany(asked, scope, settings);
  if (unknown !== undefined) return refuse('unknown-company', `There is no company ${unknown}.`);
  const { version, value: before } = await records.request(personId, asked.kind);
  const isSame =
    before?.state === 'pending' && before.requestedBy === by && isSameJson(before.asked, asked.asked);
  if (isSame) return done(before);
  const at = textOfInstant(now);
  const request = {
    ...asked,
    number: version + 1,
    requestedBy: by,
    requestedAt: at,
    reason,
    state: 'pending',
  } as ReachRequest;
  const saved = await records.saveRequest(personId, version, request, { by, at, reason });
  return saved.ok ? done(request) : saved;
};

/** One outside the caller's scope is as unknown as one that never was. */
const firstUnknownCompany = async (
  { asked }: Asked,
  scope: Scope,
  settings: SettingsStore,
): Promise<string | undefined> => {
  const named = 'grants' in asked ? asked.grants.map(({ companyId }) => companyId) : asked.companyIds;
  for (const companyId of new Set(named)) {
    const place = { scope: `company:${companyId}`, name: 'company' };
    const kept = isInScope(scope, companyId) ? await settings.read(scope, place) : undefined;
    if (kept === undefined) return companyId;
  }
  return undefined;
};
