/**
 * Queries: the customer can pay once given something (an invoice, a copy, an order number). No dispute: the items pause
 * for some business days, their due day stays. A copy that is there is sent at once.
 * From: staff routes. Next: a hold on the items, a paper `task:query-<id>` beside the account, text T16.
 */
import {
  queryPaper,
  type OpenQueryBody,
  type QueryAnswer,
  type QueryPaper,
} from '../../shared/contracts/disputes.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { Account, AccountKey } from '../../shared/domain/account.ts';
import { textOfInstant } from '../../shared/domain/calendar.ts';
import type { QueryCode } from '../../shared/domain/dispute-codes.ts';
import { queryTimes } from '../../shared/domain/dispute-deadlines.ts';
import type { Fact } from '../../shared/domain/facts.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { Paper } from '../../shared/ports/account-store.ts';
import { attachmentsOfItem } from '../../shared/ports/attachments.ts';
import {
  disputeFrame,
  ownerOf,
  type DisputeCall,
  type DisputeFrame,
  type DisputeParts,
} from './dispute-parts.ts';
import { noticeFacts } from './tell-customer.ts';

const mostTries = 8;

type QueryId = `task:query-${string}`;
type Decided = { facts: readonly Fact[]; paper: QueryPaper };

export const openQuery = async (
  parts: DisputeParts,
  call: DisputeCall,
  key: AccountKey,
  body: OpenQueryBody,
): Promise<Outcome<QueryAnswer, ProblemCode>> => {
  const frame = await disputeFrame(parts, call, key.companyId);
  if (!frame.ok) return frame;
  const code = frame.value.settings.queries.find((one) => one.code === body.code);
  if (code === undefined) return refuse('code-unknown', `${body.code} is no query`);
  const id: QueryId = `task:query-${parts.hashText(`${key.companyId}\n${key.accountId}\n${call.cause.id}`).slice(0, 24)}`;
  const copies = code.closes === 'copySent' ? await copiesOf(parts, key, body.items) : [];
  return changeQuery(parts, call, key, { id, itemIds: body.items }, ({ account, known }) => {
    if (known !== undefined) return done({ facts: [], paper: known });
    const missing = body.items.find((item) => !account.items.has(item));
    if (missing !== undefined) return refuse('item-not-found', `there is no item ${missing} here`);
    const paper = newQuery(id, code, body, call, frame.value);
    return done(opened(account, paper, code, copies, frame.value));
  });
};

/** The documents of the items, as far as they are kept. */
const copiesOf = async (
  parts: DisputeParts,
  { companyId, accountId }: AccountKey,
  items: readonly string[],
): Promise<string[]> => {
  const found = await Promise.all(
    items.map((item) => attachmentsOfItem(parts, parts.ownScope, companyId, item)),
  );
  const isCopy = (one: { paper: string; accountId?: string }): boolean =>
    one.paper === 'document' && one.accountId === accountId;
  return found.flatMap((files) => files.filter(isCopy).map(({ id }) => id));
};

const newQuery = (
  id: QueryId,
  code: QueryCode,
  { items, text }: OpenQueryBody,
  call: DisputeCall,
  frame: DisputeFrame,
): QueryPaper => {
  const { today, calendar, settings } = frame;
  const { dueOn, pausesUntil } = queryTimes(code, today, calendar, settings.rules);
  return {
    ...{ id, code: code.code, items: [...items], owner: ownerOf(frame)(code.owner), openedOn: today },
    ...{ dueOn, pausesUntilOn: pausesUntil, openedBy: call.actor.id },
    ...(text !== undefined && { text }),
  };
};

/** Held, and for a copy that is there: sent, and done with. */
const opened = (
  account: Account,
  paper: QueryPaper,
  code: QueryCode,
  copies: readonly string[],
  { today: on }: DisputeFrame,
): Decided => {
  const { id, items: itemIds } = paper;
  const untilOn = paper.pausesUntilOn as DisputeFrame['today'];
  const hold = { id, code: 'query-open', placedOn: on, untilOn, itemIds };
  const facts: Fact[] = [{ kind: 'holdPlaced', hold, on }];
  const told = {
    text: 'T16' as const,
    id,
    itemIds,
    attachmentIds: copies.slice(0, 20),
    codes: { query: code.code },
  };
  const notice = copies.length === 0 ? [] : noticeFacts(account, told, on);
  if (notice.length === 0) return { facts, paper };
  const closed = { as: code.closes, on, by: paper.openedBy };
  return { facts: [...facts, ...notice], paper: { ...paper, closed } };
};

/** What was wanted is given: the items are asked for again. */
export const closeQuery = async (
  parts: DisputeParts,
  call: DisputeCall,
  key: AccountKey,
  id: string,
): Promise<Outcome<QueryAnswer, ProblemCode>> => {
  const frame = await disputeFrame(parts, call, key.companyId);
  if (!frame.ok) return frame;
  const { today: on, settings } = frame.value;
  return changeQuery(parts, call, key, { id: id as QueryId, itemIds: [] }, ({ account, known }) => {
    if (known === undefined) return refuse('not-found', 'There is no such query.');
    if (known.closed !== undefined) return done({ facts: [], paper: known });
    const as = settings.queries.find(({ code }) => code === known.code)?.closes ?? 'answered';
    const isHeld = account.head.holds.some((hold) => hold.id === id);
    const lifted: Fact[] = isHeld ? [{ kind: 'holdLifted', holdId: id, on }] : [];
    const looked: Fact = { kind: 'reviewPlanned', nextReviewAt: textOfInstant(call.now), on };
    const closed = { as, on, by: call.actor.id };
    return done({ facts: [...lifted, looked], paper: { ...known, closed } });
  });
};

type Known = { account: Account; known: QueryPaper | undefined };

const changeQuery = async (
  { accounts }: DisputeParts,
  { scope, now, actor, cause }: DisputeCall,
  key: AccountKey,
  { id, itemIds }: { id: QueryId; itemIds: readonly string[] },
  decide: (known: Known) => Outcome<Decided, ProblemCode>,
): Promise<Outcome<QueryAnswer, ProblemCode>> => {
  for (let tries = 1; tries <= mostTries; tries += 1) {
    const loaded = await accounts.load(scope, key, itemIds);
    if (loaded.mark === undefined) return refuse('not-found', 'There is no such account.');
    const kept = id.startsWith('task:query-') ? await accounts.paper(scope, key, id) : undefined;
    const known = kept === undefined ? undefined : queryPaper.parse(kept);
    const decided = decide({ account: loaded.account, known });
    if (!decided.ok) return decided;
    const { facts, paper } = decided.value;
    if (facts.length === 0) return done(answerOf(paper));
    const change = { at: now, actor, cause, facts };
    const papers: Paper[] = [{ id, content: paper }];
    const appended = await accounts.append(scope, loaded, change, undefined, papers);
    if (appended.outcome === 'appended') return done(answerOf(paper));
  }
  throw new Error(`account ${key.accountId} changed under each of ${mostTries} tries`);
};

const answerOf = ({ id, code, owner, dueOn, pausesUntilOn, closed }: QueryPaper): QueryAnswer => ({
  ...{ query: id, code, owner, dueOn, pausesUntilOn },
  state: closed === undefined ? 'open' : 'closed',
  ...(closed && { closedAs: closed.as }),
});
