/**
 * Pulls the next account from the pool: it is one person's for a set time, so that no two call the same customer (R40).
 * From: `POST api/companies/{company}/worklist/pull`. Next: an entry of the account, under whose version two who pull at
 * once race; without a call by the time it goes back when the next one pulls.
 */
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { PullAnswer } from '../../shared/contracts/teamwork.ts';
import type { AccountKey } from '../../shared/domain/account.ts';
import { textOfInstant, type Instant } from '../../shared/domain/calendar.ts';
import type { Fact } from '../../shared/domain/facts.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { isInScope, wholeCompany, type Scope } from '../../shared/domain/scope.ts';
import { pool } from '../../shared/domain/worklist-row.ts';
import type { AccountStore } from '../../shared/ports/account-store.ts';
import { rankedRows, type ListParts } from './read-worklist.ts';
import type { CompanyRows } from './worklist-frame.ts';

export type PullParts = ListParts & { accounts: AccountStore };
export type PullCall = { scope: Scope; now: Instant; by: string; requestId: string };

export const pulledMinutes = 60;
/** Accounts looked at for one that nobody pulled meanwhile, and for those whose time is over. */
const [mostTried, mostReturned] = [20, 50];
const pulled = 'pulled';
const taskIdOf = (by: string): string => `task:${pulled}:${by}`;

export const pullAccount = async (
  parts: PullParts,
  companyId: string,
  call: PullCall,
): Promise<Outcome<PullAnswer, ProblemCode>> => {
  const frame = isInScope(call.scope, companyId) ? await parts.rowsOf(companyId, call.now) : undefined;
  if (frame === undefined) return refuse('not-found', 'There is no such company.');
  await returnOld(parts, companyId, frame, call);
  const scope = wholeCompany(companyId);
  const due = await parts.worklist.due(scope, companyId, [pool], { today: frame.today, limit: mostTried });
  const ranked = await rankedRows(
    parts.worklist,
    frame,
    [pool],
    { limit: mostTried, fits: () => true },
    scope,
  );
  const next = [...due.rows, ...ranked.rows.map(({ row }) => row)].map(({ accountId }) => accountId);
  const until = textOfInstant(call.now.add({ minutes: pulledMinutes }));
  for (const accountId of next) {
    const isMine = await give(parts.accounts, { companyId, accountId }, { until, frame, call });
    if (isMine) return done({ account: accountId, until });
  }
  return done({ account: null, until: null });
};

type Giving = { until: string; frame: CompanyRows; call: PullCall };

/** False when it is in the pool no more, or somebody was first. */
const give = async (
  accounts: AccountStore,
  key: AccountKey,
  { until, frame, call }: Giving,
): Promise<boolean> => {
  const loaded = await accounts.load(call.scope, key);
  const { head } = loaded.account;
  if (loaded.mark === undefined || (head.assignedTo ?? '') !== '') return false;
  const on = frame.today;
  const task = { id: taskIdOf(call.by), act: pulled, stage: 0, createdOn: on, dueOn: on, at: until };
  const facts: Fact[] = [
    { kind: 'accountAssigned', to: call.by, on },
    { kind: 'taskCreated', task: { ...task, does: ['anyCollector'], sums: {}, items: [] }, on },
  ];
  return append(accounts, loaded, facts, call);
};

/** Those that were pulled and not called in time are nobody's again; those that were called are their caller's. */
const returnOld = async (
  parts: PullParts,
  companyId: string,
  frame: CompanyRows,
  call: PullCall,
): Promise<void> => {
  const scope = wholeCompany(companyId);
  const { rows } = await parts.worklist.due(scope, companyId, 'all', {
    today: frame.today,
    limit: mostReturned,
  });
  const nowText = textOfInstant(call.now);
  const over = rows.filter(({ dues }) =>
    dues.some(({ id, at }) => id.startsWith(`task:${pulled}:`) && at !== undefined && at < nowText),
  );
  for (const { accountId } of over) {
    const loaded = await parts.accounts.load(call.scope, { companyId, accountId });
    const { dunning } = loaded.account.head;
    const task = dunning.tasks?.find(({ act, at }) => act === pulled && at !== undefined && at < nowText);
    if (task === undefined) continue;
    const isCalled = (dunning.contacts ?? []).some(
      ({ on, by, channel }) => by === 'person' && channel === 'call' && on >= task.createdOn,
    );
    const ended: Fact = {
      kind: 'taskEnded',
      taskId: task.id,
      as: isCalled ? 'done' : 'dropped',
      on: frame.today,
    };
    const back: Fact[] = isCalled ? [] : [{ kind: 'accountAssigned', to: '', on: frame.today }];
    // somebody who is first has just worked on it: the next who pulls looks again
    await append(parts.accounts, loaded, [ended, ...back], call);
  }
};

const append = async (
  accounts: AccountStore,
  loaded: Parameters<AccountStore['append']>[1],
  facts: readonly Fact[],
  { scope, now, by, requestId }: PullCall,
): Promise<boolean> => {
  const actor = { kind: 'staff', id: by } as const;
  const cause = { kind: 'request', id: requestId };
  return (await accounts.append(scope, loaded, { at: now, actor, cause, facts })).outcome === 'appended';
};
