/**
 * Rules of what people reach: what a request comes to, who may decide it, what of it somebody may see.
 * From: the workflows beside this file. Next: the person's reach. Pure; nobody decides about themselves.
 */
import type { GrantsAsked, ReachRequest, UnitsAsked } from '../../shared/contracts/administration.ts';
import type { Reach } from '../../shared/contracts/reach.ts';
import type { Instant } from '../../shared/domain/calendar.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { platformCompany } from '../../shared/domain/parked-work.ts';
import { isInScope, type Scope } from '../../shared/domain/scope.ts';

type Grant = Reach['grants'][number];

const keyOf = (grant: Grant): string => JSON.stringify(Object.entries(grant).toSorted());

/** The reach after a request; a person who was disabled works again once somebody approves their units. */
export const reachAfter = (
  before: Reach,
  request: Pick<ReachRequest, 'kind' | 'asked'>,
  now: Instant,
): Outcome<Reach, 'too-many-grants'> => {
  if (request.kind === 'units')
    return done({ ...before, ...(request.asked as UnitsAsked), isDisabled: false });
  const asked = (request.asked as GrantsAsked).grants;
  const kept = before.grants.filter(({ untilAt }) => Date.parse(untilAt) > now.epochMilliseconds);
  const all = new Map([...kept, ...asked].map((grant) => [keyOf(grant), grant]));
  return all.size > 200
    ? refuse('too-many-grants', `${all.size} grants, at most 200.`)
    : done({ ...before, grants: [...all.values()] });
};

/** Companies in which somebody reaches more than before: a unit, a team, a colleague to stand in for, an account. */
export const companiesRaised = (before: Reach, after: Reach): string[] => {
  const isMore = (['teams', 'covers'] as const).some((what) =>
    after[what].some((one) => !before[what].some((had) => JSON.stringify(had) === JSON.stringify(one))),
  );
  const units = after.companyIds.filter(
    (id) => isMore || before.isDisabled || !before.companyIds.includes(id),
  );
  const had = new Set(before.grants.map(keyOf));
  const lent = after.grants.filter((grant) => !had.has(keyOf(grant))).map(({ companyId }) => companyId);
  return [...new Set([...units, ...lent])];
};

/** Every company whose data a request touches, now or after it. */
const companiesOf = (before: Reach, { asked }: Pick<ReachRequest, 'asked'>): string[] =>
  'grants' in asked
    ? asked.grants.map(({ companyId }) => companyId)
    : [...before.companyIds, ...asked.companyIds];

/** Whoever decides must reach all that the request touches. */
export const isRequestInScope = (
  scope: Scope,
  before: Reach,
  request: Pick<ReachRequest, 'asked'>,
): boolean => {
  const companies = companiesOf(before, request);
  return companies.length === 0
    ? isInScope(scope, platformCompany)
    : companies.every((companyId) => isInScope(scope, companyId));
};

/** Two people for each request, and neither of them the one it is about. */
export const mayDecide = (
  request: ReachRequest,
  personId: string,
  deciderId: string,
): Outcome<true, 'own-rights' | 'same-person'> => {
  if (deciderId === personId) return refuse('own-rights', 'Nobody approves what they may do themselves.');
  return deciderId === request.requestedBy ? refuse('same-person', 'You asked for this.') : done(true);
};

/** What somebody who reaches some companies may know of a person; undefined when they know nobody there. */
export const reachSeen = (scope: Scope, reach: Reach): Reach | undefined => {
  if (isInScope(scope, platformCompany)) return reach;
  const companyIds = reach.companyIds.filter((id) => isInScope(scope, id));
  const grants = reach.grants.filter(({ companyId }) => isInScope(scope, companyId));
  return companyIds.length + grants.length === 0 ? undefined : { ...reach, companyIds, grants };
};
