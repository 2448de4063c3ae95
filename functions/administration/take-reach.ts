/**
 * Takes away what somebody reaches, at once and by one person: less needs no second one.
 * From: `POST api/people/{personId}/disabling` and `…/grants/end`. Next: the person's next request is refused.
 */
import type { PersonAnswer } from '../../shared/contracts/administration.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { Reach } from '../../shared/contracts/reach.ts';
import { textOfInstant, type Instant } from '../../shared/domain/calendar.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { isInScope, type Scope } from '../../shared/domain/scope.ts';
import { seenPerson } from './list-people.ts';
import type { PersonRecords } from './person-records.ts';

type Call = { by: string; now: Instant; scope: Scope; reason: string };

/** Nobody disables themselves, so that somebody who can undo it is always left. */
export const disablePerson = async (
  personId: string,
  call: Call,
  records: PersonRecords,
): Promise<Outcome<PersonAnswer, ProblemCode>> => {
  if (call.by === personId) return refuse('own-rights', 'Nobody disables themselves.');
  return change(personId, call, records, (reach) => ({ ...reach, isDisabled: true }));
};

/** Ends every grant of one account that has not ended; one that is not there has ended. */
export const endGrant = async (
  personId: string,
  { companyId, accountId }: { companyId: string; accountId: string },
  call: Call,
  records: PersonRecords,
): Promise<Outcome<PersonAnswer, ProblemCode>> => {
  if (!isInScope(call.scope, companyId)) return refuse('not-found', 'There is no such grant.');
  return change(personId, call, records, (reach) => ({
    ...reach,
    grants: reach.grants.filter((grant) => grant.companyId !== companyId || grant.accountId !== accountId),
  }));
};

const change = async (
  personId: string,
  { by, now, scope, reason }: Call,
  records: PersonRecords,
  lessen: (reach: Reach) => Reach,
): Promise<Outcome<PersonAnswer, ProblemCode>> => {
  const before = await records.reach(personId);
  const at = textOfInstant(now);
  const saved = await records.saveReach(personId, before, lessen(before.value), { by, at, reason });
  if (!saved.ok) return saved;
  const person = await seenPerson(personId, scope, records);
  return person ? done(person) : refuse('not-found', 'There is no such person.');
};
