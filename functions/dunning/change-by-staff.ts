/**
 * How a person changes an account in dunning: load, decide, save, again when somebody else was first.
 * From: the staff routes. Next: one entry by that person, with its papers.
 */
import type { Account, AccountKey } from '../../shared/domain/account.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { dayAt, type Day, type Instant } from '../../shared/domain/calendar.ts';
import type { Fact } from '../../shared/domain/facts.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { reachInto, type Scope } from '../../shared/domain/scope.ts';
import type { Caller } from '../../shared/edge/access.ts';
import type { CompanyFrame } from '../../shared/edge/read-dunning-frame.ts';
import type { ItemsWanted, Paper } from '../../shared/ports/account-store.ts';
import { entryOfRequest } from '../../shared/ports/entry-of-request.ts';
import { mostTries, type DunningParts } from './parts.ts';

export type StaffCall = { scope: Scope; now: Instant; caller: Caller; requestId: string };

export type Decided = { facts: readonly Fact[]; papers?: readonly Paper[] };
export type Versioned = { account: string; version: number };

/**
 * What a request did is done, even where its effect is over by now: asked again it does nothing, and says so as the first
 * time. `not-found` for an account nobody posted to, outside the scope, or of which only some items are lent.
 */
export const changeByStaff = async (
  parts: DunningParts,
  { scope, now, caller, requestId }: StaffCall,
  key: AccountKey,
  items: ItemsWanted,
  decide: (
    account: Account,
    place: { on: Day; frame: CompanyFrame },
  ) => Outcome<Decided, ProblemCode> | Promise<Outcome<Decided, ProblemCode>>,
): Promise<Outcome<Versioned, ProblemCode>> => {
  const isWithin = reachInto(scope, key.companyId) !== 'none';
  const frame = isWithin ? await parts.frameOf(key.companyId, now) : undefined;
  if (frame === undefined) return refuse('not-found', 'There is no such account.');
  const on = dayAt(now, frame.zone);
  for (let tries = 1; tries <= mostTries; tries += 1) {
    const loaded = await parts.accounts.load(scope, key, items);
    if (loaded.mark === undefined) return refuse('not-found', 'There is no such account.');
    const decided = await decide(loaded.account, { on, frame });
    const { head } = loaded.account;
    const { accountId: account, version } = head;
    if (decided.ok && decided.value.facts.length === 0) return done({ account, version });
    const before = await entryOfRequest(parts.accounts, scope, head, requestId);
    if (before !== undefined) return done({ account, version: before.version });
    if (!decided.ok) return decided;
    const { facts, papers } = decided.value;
    const change = {
      ...{ at: now, facts, actor: { kind: 'staff', id: caller.id ?? '' } as const },
      cause: { kind: 'request', id: requestId },
    };
    const appended = await parts.accounts.append(scope, loaded, change, undefined, papers);
    if (appended.outcome === 'appended') return done({ account, version: appended.entry.version });
  }
  return refuse('busy', 'The account is being changed by others.');
};

/** The same request has the same id, so that asking twice is once. */
export const idOfRequest = (requestId: string, { hashText }: Pick<DunningParts, 'hashText'>): string =>
  hashText(requestId).slice(0, 32);
