/**
 * Says whose an account is: its collector, its sellers. Whoever it was before has it no more with their next request.
 * From: `POST api/accounts/{companyId}/{accountId}/assignment` and `…/sellers`. Next: an entry of the account, by
 * which scopes judge; events move its figures and its search documents along.
 */
import type { AssignmentAnswer } from '../../shared/contracts/assignments.ts';
import type { AccountHead, AccountKey } from '../../shared/domain/account.ts';
import { dayAt, type Day, type Instant } from '../../shared/domain/calendar.ts';
import type { HeadFact } from '../../shared/domain/facts.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { Caller } from '../../shared/edge/access.ts';
import { readCompany } from '../../shared/edge/read-company.ts';
import type { AccountStore } from '../../shared/ports/account-store.ts';
import type { SettingsStore } from '../../shared/ports/settings-store.ts';

export type Assignment = { to: string } | { owners: readonly string[] };
export type AssignCall = { by: string; requestId: string; now: Instant; scope: Scope };

export const assignCallOf = (call: {
  caller: Caller;
  requestId: string;
  now: Instant;
  scope: Scope;
}): AssignCall => ({ by: call.caller.id ?? 'nobody', ...call });

export type AssignParts = { accounts: AccountStore; settings: SettingsStore };

const mostTries = 8;

/** The same again changes nothing. @throws when the account changes under every try. */
export const assignAccount = async (
  key: AccountKey,
  assignment: Assignment,
  { by, requestId, now, scope }: AssignCall,
  { accounts, settings }: AssignParts,
): Promise<Outcome<AssignmentAnswer, 'not-found'>> => {
  const company = await readCompany(settings, scope, key.companyId);
  const absent = refuse('not-found', 'There is no such account.');
  if (!company.ok) return absent;
  const { zone } = company.value;
  for (let tries = 1; tries <= mostTries; tries += 1) {
    const loaded = await accounts.load(scope, key);
    const { head } = loaded.account;
    if (head.version === 0) return absent;
    const fact = factOf(head, assignment, dayAt(now, zone));
    if (fact === undefined) return done(answerOf(head));
    const actor = { kind: 'staff', id: by } as const;
    const change = { at: now, actor, cause: { kind: 'request', id: requestId }, facts: [fact] };
    const appended = await accounts.append(scope, loaded, change);
    if (appended.outcome === 'appended') return done(answerOf(appended.loaded.account.head));
  }
  throw new Error(`account ${key.accountId} changed under each of ${mostTries} tries`);
};

/** Undefined when it is so already. */
const factOf = (head: AccountHead, assignment: Assignment, on: Day): HeadFact | undefined => {
  if ('to' in assignment)
    return head.assignedTo === assignment.to ? undefined : { kind: 'accountAssigned', to: assignment.to, on };
  const owners = [...new Set(assignment.owners)].toSorted();
  const before = (head.salesOwners ?? []).toSorted();
  const isSame = JSON.stringify(owners) === JSON.stringify(before);
  return isSame ? undefined : { kind: 'salesOwnersNamed', owners, on };
};

const answerOf = ({
  companyId,
  accountId,
  version,
  assignedTo,
  salesOwners,
}: AccountHead): AssignmentAnswer => ({
  ...{ companyId, accountId, version, assignedTo: assignedTo ?? null },
  salesOwners: [...(salesOwners ?? [])],
});
