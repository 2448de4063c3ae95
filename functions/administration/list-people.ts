/**
 * Lists people with what they reach and what waits for a decision.
 * From: `GET api/people`, `GET api/people/{personId}`. Next: the pages of administrators and approvers, who see
 * of each person what lies in their own companies.
 */
import type { PeopleAnswer, PeopleQuery, PersonAnswer } from '../../shared/contracts/administration.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { PersonRecords } from './person-records.ts';
import { isRequestInScope, reachSeen } from './reach-rules.ts';

/** Undefined when nothing of the person lies in scope. */
export const seenPerson = async (
  personId: string,
  scope: Scope,
  records: PersonRecords,
): Promise<PersonAnswer | undefined> => {
  const [{ value: reach }, units, grants] = await Promise.all([
    records.reach(personId),
    records.request(personId, 'units'),
    records.request(personId, 'grants'),
  ]);
  const requests = [units.value, grants.value]
    .filter((request) => request !== undefined)
    .filter((request) => isRequestInScope(scope, reach, request));
  const seen = reachSeen(scope, reach);
  if (seen === undefined && requests.length === 0) return undefined;
  return { personId, reach: seen ?? { ...reach, companyIds: [], grants: [] }, requests };
};

export const readPerson = async (
  personId: string,
  scope: Scope,
  records: PersonRecords,
): Promise<Outcome<PersonAnswer, 'not-found'>> => {
  const isKnown = (await records.reach(personId)).version > 0 || (await hasRequest(personId, records));
  const person = isKnown ? await seenPerson(personId, scope, records) : undefined;
  return person ? done(person) : refuse('not-found', 'There is no such person.');
};

const hasRequest = async (personId: string, records: PersonRecords): Promise<boolean> =>
  (await records.request(personId, 'units')).value !== undefined ||
  (await records.request(personId, 'grants')).value !== undefined;

/** By id; filtered before it is paged, so that no page tells how many there are besides. */
export const listPeople = async (
  { limit, after }: PeopleQuery,
  scope: Scope,
  records: PersonRecords,
): Promise<Outcome<PeopleAnswer, never>> => {
  const people: PersonAnswer[] = [];
  for (const personId of await records.ids(after)) {
    const person = await seenPerson(personId, scope, records);
    if (person) people.push(person);
    if (people.length === limit) return done({ people, after: personId });
  }
  return done({ people });
};
