/**
 * Changes one query: load account and paper, decide, save both in one append, then its row in the list of cases.
 * From: every workflow of queries. Next: `AccountStore`, `CaseIndex`. A row that a crash left out comes back with the
 * event of the hold, or with the next look.
 */
import { queryPaper, type QueryPaper } from '../../shared/contracts/queries.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { Account, AccountKey } from '../../shared/domain/account.ts';
import { addDays, type Day } from '../../shared/domain/calendar.ts';
import type { Fact } from '../../shared/domain/facts.ts';
import { sum, zero } from '../../shared/domain/money.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { queryStanding, type QueryStanding } from '../../shared/domain/query-standing.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { AccountStore, LoadedAccount } from '../../shared/ports/account-store.ts';
import type { CaseRow } from '../../shared/ports/case-index.ts';
import type { DisputeCall, DisputeFrame, DisputeParts } from './dispute-parts.ts';

export type QueryId = `task:query-${string}`;

export const isQueryId = (id: string): id is QueryId => id.startsWith('task:query-');

export type KnownQuery = { account: Account; known: QueryPaper | undefined };
/** No facts: nothing is written. */
export type QueryDecided = { facts: readonly Fact[]; paper: QueryPaper };

const mostTries = 8;

export const readQueryPaper = async (
  accounts: Pick<AccountStore, 'paper'>,
  scope: Scope,
  key: AccountKey,
  id: string,
): Promise<QueryPaper | undefined> => {
  const kept = isQueryId(id) ? await accounts.paper(scope, key, id) : undefined;
  return kept === undefined ? undefined : queryPaper.parse(kept);
};

/** The query, and the account with its items. */
const loadQuery = async (
  { accounts }: Pick<DisputeParts, 'accounts'>,
  scope: Scope,
  key: AccountKey,
  { id, itemIds }: { id: QueryId; itemIds: readonly string[] },
): Promise<{ loaded: LoadedAccount; known: QueryPaper | undefined }> => {
  const loaded = await accounts.load(scope, key, itemIds);
  // read after the account: what is newer than it does not get past the mark
  const known = await readQueryPaper(accounts, scope, key, id);
  const more = known?.items.filter((item) => !itemIds.includes(item)) ?? [];
  return more.length === 0
    ? { loaded, known }
    : loadQuery({ accounts }, scope, key, { id, itemIds: known!.items });
};

/** @throws when the account changes under every try. */
export const changeQuery = async (
  parts: DisputeParts,
  { scope, now, actor, cause }: DisputeCall,
  frame: DisputeFrame,
  { key, id, itemIds = [] }: { key: AccountKey; id: QueryId; itemIds?: readonly string[] },
  decide: (known: KnownQuery) => Outcome<QueryDecided, ProblemCode>,
): Promise<Outcome<QueryPaper, ProblemCode>> => {
  for (let tries = 1; tries <= mostTries; tries += 1) {
    const { loaded, known } = await loadQuery(parts, scope, key, { id, itemIds });
    if (loaded.mark === undefined) return refuse('not-found', 'There is no such account.');
    const decided = decide({ account: loaded.account, known });
    if (!decided.ok) return decided;
    const { facts, paper } = decided.value;
    if (facts.length === 0) {
      await parts.cases.put(parts.ownScope, queryRow(paper, loaded.account, frame));
      return done(paper);
    }
    const change = { at: now, actor, cause, facts };
    const appended = await parts.accounts.append(scope, loaded, change, undefined, [{ id, content: paper }]);
    if (appended.outcome !== 'appended') continue;
    await parts.cases.put(parts.ownScope, queryRow(paper, appended.loaded.account, frame));
    return done(paper);
  }
  throw new Error(`account ${key.accountId} changed under each of ${mostTries} tries`);
};

/** The query as a row of the list of cases; open, it is looked at every day. */
const queryRow = (paper: QueryPaper, { head, items }: Account, frame: DisputeFrame): CaseRow => {
  const { id, code, closed } = paper;
  const own = paper.items.flatMap((itemId) => items.get(itemId) ?? []);
  const currency = own[0]?.currency ?? frame.company.currency;
  return {
    ...{ id, companyId: head.companyId, accountId: head.accountId, as: 'query', code, currency },
    ...{ state: closed === undefined ? 'opened' : 'closed', isOpen: closed === undefined },
    ...handOfQuery(paper, frame),
    // it holds nothing: what is open of its items in the currency of the first
    amount: sum(zero, ...own.filter((item) => item.currency === currency).map(({ open }) => open)),
    ...{ openedOn: paper.openedOn as Day, dueOn: paper.dueOn as Day, missingPapers: [] },
    ...{ version: head.version, assignedTo: head.assignedTo, salesOwners: head.salesOwners },
    ...(closed === undefined
      ? { wakeOn: addDays(frame.today, 1) }
      : { outcome: closed.as, closedOn: closed.on as Day }),
  };
};

export const standingOfQuery = (
  { openedOn, dueOn }: QueryPaper,
  { today, calendar, settings }: DisputeFrame,
): QueryStanding =>
  queryStanding({ openedOn: openedOn as Day, dueOn: dueOn as Day }, today, calendar, settings.rules);

/** Who has it now: its owner, the head of its department, the credit manager; where nobody is named, who had it. */
export const handOfQuery = (
  paper: QueryPaper,
  frame: DisputeFrame,
): { owner: string; department: string } => {
  const { settings } = frame;
  const department = departmentOf(paper, frame);
  const owner = settings.departments[department]?.owner ?? paper.owner;
  const above = settings.departments[department]?.head ?? owner;
  if (paper.closed !== undefined) return { owner: paper.owner, department };
  const { level } = standingOfQuery(paper, frame);
  if (level === 'owner') return { owner, department };
  return { owner: level === 'superior' ? above : (settings.creditManager ?? above), department };
};

const departmentOf = ({ department, code }: QueryPaper, { settings }: DisputeFrame): string =>
  department ?? settings.queries.find((one) => one.code === code)?.owner ?? '';
