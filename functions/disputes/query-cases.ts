/**
 * Queries: the customer can pay once given something (an invoice, a copy, an order number). No dispute: the items pause
 * for some business days, their due day stays. A copy that is there is sent at once.
 * From: staff routes, the portal. Next: a hold on the items, a paper `task:query-<id>` beside the account, a row in the
 * list of cases, text T16.
 */
import type { OpenQueryBody, QueryAnswer, QueryPaper, QueryShown } from '../../shared/contracts/queries.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { Account, AccountKey } from '../../shared/domain/account.ts';
import { textOfInstant } from '../../shared/domain/calendar.ts';
import { liftHold, placeHold } from '../../shared/domain/checkout-hold.ts';
import type { QueryCode } from '../../shared/domain/dispute-codes.ts';
import { queryTimes } from '../../shared/domain/dispute-deadlines.ts';
import type { Fact } from '../../shared/domain/facts.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { attachmentsOfItem } from '../../shared/ports/attachments.ts';
import {
  changeQuery,
  handOfQuery,
  readQueryPaper,
  standingOfQuery,
  type QueryDecided,
  type QueryId,
} from './change-query.ts';
import {
  disputeFrame,
  ownerOf,
  type DisputeCall,
  type DisputeFrame,
  type DisputeParts,
} from './dispute-parts.ts';
import { noticeFacts } from './tell-customer.ts';

const absent = refuse('not-found', 'There is no such query.');

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
  const paper = newQuery(id, code, body, call, frame.value);
  const copies = await copiesFor(parts, key, paper, frame.value);
  const of = { key, id, itemIds: paper.items };
  const changed = await changeQuery(parts, call, frame.value, of, ({ account, known }) => {
    if (known !== undefined) return done({ facts: [], paper: known });
    const missing = paper.items.find((item) => !account.items.has(item));
    if (missing !== undefined) return refuse('item-not-found', `there is no item ${missing} here`);
    return done(opened(account, paper, copies, frame.value));
  });
  return changed.ok ? done(answerOf(changed.value)) : changed;
};

export const codeOfQuery = (
  { code }: Pick<QueryPaper, 'code'>,
  { settings }: DisputeFrame,
): QueryCode | undefined => settings.queries.find((one) => one.code === code);

/** The documents of the items, as far as they are kept and are what was asked for. */
export const copiesFor = async (
  parts: DisputeParts,
  { companyId, accountId }: AccountKey,
  paper: QueryPaper,
  frame: DisputeFrame,
): Promise<string[]> => {
  if (codeOfQuery(paper, frame)?.closes !== 'copySent') return [];
  const found = await Promise.all(
    paper.items.map((item) => attachmentsOfItem(parts, parts.ownScope, companyId, item)),
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
    ...{ id, code: code.code, items: [...new Set(items)], owner: ownerOf(frame)(code.owner) },
    ...{ department: code.owner, openedOn: today, dueOn, pausesUntilOn: pausesUntil },
    openedBy: call.actor.id,
    ...(text !== undefined && { text }),
  };
};

/** Held; for a copy that is there: sent, and done with. */
const opened = (
  account: Account,
  paper: QueryPaper,
  copies: readonly string[],
  frame: DisputeFrame,
): QueryDecided => {
  const untilOn = paper.pausesUntilOn as DisputeFrame['today'];
  const hold = { id: paper.id, code: 'query-open' as const, untilOn, itemIds: paper.items };
  const facts = placeHold(account, hold, frame.today);
  const sent = copySent(account, paper, copies, frame);
  return sent === undefined ? { facts, paper } : { ...sent, facts: [...facts, ...sent.facts] };
};

/** What was asked for goes out, and the query is done with; undefined where nothing can go now. */
export const copySent = (
  account: Account,
  paper: QueryPaper,
  copies: readonly string[],
  { today: on }: DisputeFrame,
): QueryDecided | undefined => {
  const { id, items: itemIds } = paper;
  const told = { id, itemIds, attachmentIds: copies.slice(0, 20), codes: { query: paper.code } };
  const facts = copies.length === 0 ? [] : noticeFacts(account, { ...told, text: 'T16' }, on);
  if (facts.length === 0) return undefined;
  return { facts, paper: { ...paper, closed: { as: 'copySent', on, by: paper.openedBy } } };
};

/** The items are asked for again. */
export const closing = (
  account: Account,
  { id }: QueryPaper,
  { now }: DisputeCall,
  { today: on }: DisputeFrame,
): Fact[] => [...liftHold(account, id, on), { kind: 'reviewPlanned', nextReviewAt: textOfInstant(now), on }];

/** What was wanted is given. */
export const closeQuery = async (
  parts: DisputeParts,
  call: DisputeCall,
  key: AccountKey,
  id: string,
): Promise<Outcome<QueryAnswer, ProblemCode>> => {
  const frame = await disputeFrame(parts, call, key.companyId);
  if (!frame.ok) return frame;
  const of = { key, id: id as QueryId };
  const changed = await changeQuery(parts, call, frame.value, of, ({ account, known }) => {
    if (known === undefined) return absent;
    if (known.closed !== undefined) return done({ facts: [], paper: known });
    const as = codeOfQuery(known, frame.value)?.closes ?? 'answered';
    const closed = { as, on: frame.value.today, by: call.actor.id };
    return done({ facts: closing(account, known, call, frame.value), paper: { ...known, closed } });
  });
  return changed.ok ? done(answerOf(changed.value)) : changed;
};

export const readQuery = async (
  parts: DisputeParts,
  call: DisputeCall,
  key: AccountKey,
  id: string,
): Promise<Outcome<QueryShown, ProblemCode>> => {
  const frame = await disputeFrame(parts, call, key.companyId);
  const paper = await readQueryPaper(parts.accounts, call.scope, key, id);
  if (!frame.ok || paper === undefined) return absent;
  const { owner, department } = handOfQuery(paper, frame.value);
  const { level, isPast } = standingOfQuery(paper, frame.value);
  const { items, openedOn, openedBy, text } = paper;
  return done({
    ...answerOf(paper),
    ...{ items, openedOn, openedBy, department, act: codeOfQuery(paper, frame.value)?.act ?? '' },
    ...(text !== undefined && { text }),
    ...(paper.closed === undefined && { next: { owner, level, isPast } }),
  });
};

const answerOf = ({ id, code, owner, dueOn, pausesUntilOn, closed }: QueryPaper): QueryAnswer => ({
  ...{ query: id, code, owner, dueOn, pausesUntilOn },
  state: closed === undefined ? 'open' : 'closed',
  ...(closed && { closedAs: closed.as }),
});
