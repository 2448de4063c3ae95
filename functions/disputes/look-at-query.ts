/**
 * Looks at one query and does what is its turn without a person: sends a copy that has come meanwhile, ends what nothing
 * is owed for any more, tells whose day is near or past.
 * From: events of the ledger, ticks. Next: its paper and row, alerts. Looked at twice, the second finds nothing.
 */
import type { QueryPaper } from '../../shared/contracts/queries.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { Account, AccountKey } from '../../shared/domain/account.ts';
import { textOfInstant } from '../../shared/domain/calendar.ts';
import { done, type Outcome } from '../../shared/domain/outcome.ts';
import type { AlertRecord } from '../../shared/ports/alert-store.ts';
import {
  changeQuery,
  handOfQuery,
  readQueryPaper,
  standingOfQuery,
  type QueryDecided,
  type QueryId,
} from './change-query.ts';
import { disputeFrame, type DisputeCall, type DisputeFrame, type DisputeParts } from './dispute-parts.ts';
import { closing, codeOfQuery, copiesFor, copySent } from './query-cases.ts';

export const lookAtQuery = async (
  parts: DisputeParts,
  call: DisputeCall,
  key: AccountKey,
  id: QueryId,
): Promise<Outcome<QueryPaper | undefined, ProblemCode>> => {
  const frame = await disputeFrame(parts, call, key.companyId);
  if (!frame.ok) return frame;
  const before = await readQueryPaper(parts.accounts, call.scope, key, id);
  if (before === undefined) return done(undefined);
  const isOpen = before.closed === undefined;
  const copies = isOpen ? await copiesFor(parts, key, before, frame.value) : [];
  const changed = await changeQuery(parts, call, frame.value, { key, id }, ({ account, known = before }) =>
    done(
      known.closed === undefined
        ? turn(account, known, copies, call, frame.value)
        : { facts: [], paper: known },
    ),
  );
  if (!changed.ok) return changed;
  if (changed.value.closed === undefined) await tellOwners(parts, call, key, frame.value, changed.value);
  return done(changed.value);
};

/** The copy first; then the end of what was paid, where it was asked for in order to be paid. */
const turn = (
  account: Account,
  paper: QueryPaper,
  copies: readonly string[],
  call: DisputeCall,
  frame: DisputeFrame,
): QueryDecided => {
  const sent = copySent(account, paper, copies, frame);
  if (sent !== undefined)
    return { facts: [...sent.facts, ...closing(account, paper, call, frame)], paper: sent.paper };
  const isCopy = codeOfQuery(paper, frame)?.closes === 'copySent';
  const isPaid = paper.items.every((item) => account.items.get(item)?.open === 0);
  if (isCopy || !isPaid) return { facts: [], paper };
  const closed = { as: 'paid', on: frame.today, by: call.actor.id };
  return { facts: closing(account, paper, call, frame), paper: { ...paper, closed } };
};

/** One word per query and whose turn it is, however often it is looked at. */
const tellOwners = async (
  { alerts }: Pick<DisputeParts, 'alerts'>,
  { scope, now }: Pick<DisputeCall, 'scope' | 'now'>,
  { companyId, accountId }: AccountKey,
  frame: DisputeFrame,
  paper: QueryPaper,
): Promise<void> => {
  const { level, isPast, remindOn } = standingOfQuery(paper, frame);
  if (!isPast && frame.today < remindOn) return;
  const { owner } = handOfQuery(paper, frame);
  const first = level === 'superior' && owner !== paper.owner ? [paper.owner] : [];
  const alert: AlertRecord = {
    id: isPast ? `past-date:${paper.id}:${level}` : `date-near:${paper.id}`,
    rule: isPast ? 'disputePastDate' : 'disputeDateNear',
    ...{ companyId, accountId, caseId: paper.id, to: [...first, owner], at: textOfInstant(now) },
  };
  await alerts.raise(scope, alert);
};
