/**
 * Changes a record beside an account together with what it means for the account: load, decide, append; again when
 * somebody else was first.
 * From: customers and staff. Next: a paper of the account, and an entry that names what was done.
 */
import type { Note } from '../../shared/contracts/notes.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { AccountKey } from '../../shared/domain/account.ts';
import type { Day } from '../../shared/domain/calendar.ts';
import { textOfInstant } from '../../shared/domain/calendar.ts';
import { mostTasksKept } from '../../shared/domain/dunning-position.ts';
import type { Actor, Cause } from '../../shared/domain/entry.ts';
import type { Fact } from '../../shared/domain/facts.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { Paper } from '../../shared/ports/account-store.ts';
import type { PortalStores } from './portal-parts.ts';
import { ownAccount, type Own, type OwnCall } from './read-own.ts';

/** `cause`: where it is not the request. */
export type BesideCall = OwnCall & { actor: Actor; requestId: string; cause?: Cause };

/** Nothing is written where there are no facts. */
export type Decided<Value> = { facts: readonly Fact[]; papers?: readonly Paper[]; value: Value };

type Place<Kept> = { id: Paper['id']; parse: (content: unknown) => Kept };

const mostTries = 8;

export const changeBeside = async <Kept, Value>(
  parts: Pick<PortalStores, 'accounts' | 'settings'>,
  call: BesideCall,
  key: AccountKey,
  { id, parse }: Place<Kept>,
  decide: (kept: Kept, own: Own) => Promise<Outcome<Decided<Value>, ProblemCode>>,
): Promise<Outcome<Value, ProblemCode>> => {
  const { scope, now: at, actor, requestId, cause = { kind: 'request', id: requestId } } = call;
  for (let tries = 1; tries <= mostTries; tries += 1) {
    const own = await ownAccount(parts, call, key);
    if (!own.ok) return own;
    const kept = parse((await parts.accounts.paper(scope, key, id)) ?? {});
    const decided = await decide(kept, own.value);
    if (!decided.ok) return decided;
    const { facts, papers, value } = decided.value;
    if (facts.length === 0) return done(value);
    const change = { at, actor, cause, facts };
    const appended = await parts.accounts.append(scope, own.value.loaded, change, undefined, papers);
    if (appended.outcome === 'appended') return done(value);
  }
  return refuse('busy', 'The account is being changed by others.');
};

/** A note by whoever calls, so that people and the timeline see what was done. */
export const noted = (
  { now, actor }: BesideCall,
  id: `note:${string}`,
  text: string,
  on: Day,
): { fact: Fact; paper: Paper } => ({
  fact: { kind: 'noteWritten', noteId: id, on },
  paper: { id, content: { id, text, by: actor.id, at: textOfInstant(now) } satisfies Note },
});

/** A task for whoever has the account; none where so many wait that the account is in somebody's hands already. */
export const taskFacts = (
  { loaded, today: on }: Own,
  { id, act, dueOn }: { id: string; act: string; dueOn: Day },
): Fact[] => {
  const task = { id, act, stage: 0, createdOn: on, dueOn, does: [], sums: {}, items: [] };
  const hasRoom = (loaded.account.head.dunning.tasks ?? []).length < mostTasksKept;
  return hasRoom ? [{ kind: 'taskCreated', task, on }] : [];
};

/** It is done, where it is open. */
export const taskDone = ({ loaded, today: on }: Own, taskId: string): Fact[] =>
  (loaded.account.head.dunning.tasks ?? []).some(({ id }) => id === taskId)
    ? [{ kind: 'taskEnded', taskId, as: 'done', on }]
    : [];
