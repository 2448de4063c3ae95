/**
 * What people decide about messages: whether one in doubt went out, that a reply was handled.
 * From: staff routes. Next: entries of the account, by the person who decided.
 */
import { replyHoldOf } from '../../shared/contracts/replies.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { Account, AccountKey } from '../../shared/domain/account.ts';
import type { Instant } from '../../shared/domain/calendar.ts';
import type { Fact } from '../../shared/domain/facts.ts';
import { itemsToCarry, noteSent, withholdMessage } from '../../shared/domain/message-life.ts';
import { noteNoticeSent, withholdNotice } from '../../shared/domain/notice-life.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import { noteAccepted } from './change-message.ts';
import { mostTries, type MailParts, type Place } from './parts.ts';
import { plannedOf, waitingOf } from './read-message.ts';

export type DeskCall = { scope: Scope; now: Instant; callerId: string; requestId: string };

const absent = refuse('not-found', 'There is no such message.');

/** Decided once: whoever comes later finds it no longer in doubt. */
export const resolveDoubt = async (
  parts: MailParts,
  place: Place,
  as: 'sent' | 'notSent',
  call: DeskCall,
): Promise<Outcome<{ message: string; state: 'sent' | 'withheld' }, ProblemCode>> => {
  const frame = await parts.frameOf(place.companyId, call.now);
  const seen = await parts.accounts.load(call.scope, place);
  if (frame === undefined || seen.mark === undefined) return absent;
  const waiting = waitingOf(seen, place.messageId);
  if (waiting.is === 'gone') return absent;
  if (waiting.pending.state !== 'inDoubt')
    return refuse('message-not-waiting', `${place.messageId} is ${waiting.pending.state}`);
  const on = frame.today;
  const planned = await plannedOf(parts, call.scope, place, seen.account.head.version);
  const wanted = { messageId: place.messageId, on, reasons: ['in-doubt'] as const };
  const decide = (account: Account): Outcome<readonly Fact[], ProblemCode> => {
    if (planned === undefined)
      return as === 'sent'
        ? asProblem(noteNoticeSent(account, wanted))
        : asProblem(withholdNotice(account, wanted));
    return as === 'sent'
      ? asProblem(noteSent(account, planned, on))
      : asProblem(withholdMessage(account, wanted));
  };
  const itemIds = planned === undefined ? [] : itemsToCarry(seen.account, planned);
  const written = await append(parts, place, call, itemIds, decide);
  if (!written.ok) return written;
  if (as === 'sent') await noteAccepted(parts, call, place, on);
  return done({ message: place.messageId, state: as === 'sent' ? 'sent' : 'withheld' });
};

/** All refusals of a message's life read the same to a person. */
const asProblem = (
  decision: Outcome<readonly Fact[], string>,
): Outcome<readonly Fact[], 'message-not-waiting'> =>
  decision.ok ? decision : refuse('message-not-waiting', decision.detail);

/** The pause ends, the task is done; handled before is fine. */
export const handleReply = async (
  parts: MailParts,
  key: AccountKey,
  replyId: string,
  note: string,
  call: DeskCall,
): Promise<Outcome<{ reply: string; handled: true }, ProblemCode>> => {
  const frame = await parts.frameOf(key.companyId, call.now);
  const paper = await parts.accounts.paper(call.scope, key, `message:in:${replyId}`);
  if (frame === undefined || paper === undefined) return refuse('not-found', 'There is no such reply.');
  const on = frame.today;
  const written = await append(
    parts,
    { ...key, messageId: `message:in:${replyId}` },
    call,
    [],
    ({ head }) => {
      const tasks = (head.dunning.tasks ?? []).filter(({ id }) => id.startsWith(`task:${replyId}:`));
      const isHeld = head.holds.some(({ id }) => id === replyHoldOf(replyId));
      return done([
        ...(isHeld ? [{ kind: 'holdLifted', holdId: replyHoldOf(replyId), on } as const] : []),
        ...tasks.map(({ id }) => ({ kind: 'taskEnded', taskId: id, as: 'done', on }) as const),
      ]);
    },
  );
  return written.ok ? done({ reply: replyId, handled: true }) : written;
};

const append = async (
  { accounts }: MailParts,
  { messageId, ...key }: Place,
  { scope, now, callerId, requestId }: DeskCall,
  itemIds: readonly string[],
  decide: (account: Account) => Outcome<readonly Fact[], ProblemCode>,
): Promise<Outcome<undefined, ProblemCode>> => {
  for (let tries = 1; tries <= mostTries; tries += 1) {
    const loaded = await accounts.load(scope, key, itemIds);
    const facts = decide(loaded.account);
    if (!facts.ok) return facts;
    if (facts.value.length === 0) return done(undefined);
    const actor = { kind: 'staff', id: callerId } as const;
    const cause = { kind: 'request', id: requestId };
    const change = { at: now, actor, cause, facts: facts.value };
    if ((await accounts.append(scope, loaded, change)).outcome === 'appended') return done(undefined);
  }
  return refuse('busy', `The account of ${messageId} is being changed by others.`);
};
