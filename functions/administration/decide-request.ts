/**
 * Approves or refuses that somebody may reach more. Approved, it opens with their next request.
 * From: `POST api/people/{personId}/…-requests/{number}/approval` and `…/refusal`. Next: the person's reach.
 * Finance and IT of each company in which somebody reaches more are told before: whoever dies then has told too much,
 * never too little. The reach is written first and the request after it: whoever dies between the two can be repeated, since the
 * reach is then as it should be.
 */
import type { ReachRequest } from '../../shared/contracts/administration.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { textOfInstant, type Instant } from '../../shared/domain/calendar.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { AlertStore } from '../../shared/ports/alert-store.ts';
import type { PersonRecords } from './person-records.ts';
import { companiesRaised, isRequestInScope, mayDecide, reachAfter } from './reach-rules.ts';

export type Decision = {
  personId: string;
  kind: ReachRequest['kind'];
  number: number;
  state: 'approved' | 'refused';
  reason: string;
};

export const decideRequest = async (
  { personId, kind, number, state, reason }: Decision,
  { by, now, scope }: { by: string; now: Instant; scope: Scope },
  records: PersonRecords,
  alerts?: Pick<AlertStore, 'raise'>,
): Promise<Outcome<ReachRequest, ProblemCode>> => {
  const [{ version, value: request }, before] = await Promise.all([
    records.request(personId, kind),
    records.reach(personId),
  ]);
  if (request?.number !== number || !isRequestInScope(scope, before.value, request))
    return refuse('not-found', 'There is no such request.');
  const may = mayDecide(request, personId, by);
  if (!may.ok) return may;
  if (request.state === state && request.decidedBy === by) return done(request);
  if (request.state !== 'pending') return refuse('request-not-pending', `It was ${request.state}.`);
  const change = { by, at: textOfInstant(now), reason };
  if (state === 'approved') {
    const after = reachAfter(before.value, request, now);
    if (!after.ok) return after;
    for (const companyId of companiesRaised(before.value, after.value))
      await alerts?.raise(scope, {
        ...{ id: `rightsRaised:${personId}:${kind}:${number}`, companyId, at: change.at },
        ...{ rule: 'rightsRaised', breach: kind, to: ['cfo', 'creditManager', 'it'] },
      });
    const opened = await records.saveReach(personId, before, after.value, change);
    if (!opened.ok) return opened;
  }
  const decided = { ...request, state, decidedBy: by };
  const saved = await records.saveRequest(personId, version, decided, change);
  return saved.ok ? done(decided) : saved;
};
