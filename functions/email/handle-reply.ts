/**
 * A person has handled a reply: the pause of the account ends.
 * From: staff routes. Next: an entry of the account, by the person who did it.
 */
import { replyHoldOf } from '../../shared/contracts/replies.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { AccountHead, AccountKey } from '../../shared/domain/account.ts';
import type { Day, Instant } from '../../shared/domain/calendar.ts';
import type { Fact } from '../../shared/domain/facts.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import { mostTries, type MailParts } from './parts.ts';

export type DeskCall = { scope: Scope; now: Instant; callerId: string; requestId: string };

/** The pause ends, the task is done; handled before is fine. */
export const handleReply = async (
  parts: MailParts,
  key: AccountKey,
  replyId: string,
  call: DeskCall,
): Promise<Outcome<{ reply: string; handled: true }, ProblemCode>> => {
  const paper = await parts.accounts.paper(call.scope, key, `message:in:${replyId}`);
  const frame = paper === undefined ? undefined : await parts.frameOf(key.companyId, call.now);
  if (frame === undefined) return refuse('not-found', 'There is no such reply.');
  const on = frame.today;
  for (let tries = 1; tries <= mostTries; tries += 1) {
    const loaded = await parts.accounts.load(call.scope, key);
    const facts = endingOf(loaded.account.head, replyId, on);
    if (facts.length === 0) return done({ reply: replyId, handled: true });
    const actor = { kind: 'staff', id: call.callerId } as const;
    const change = { at: call.now, actor, cause: { kind: 'request', id: call.requestId }, facts };
    if ((await parts.accounts.append(call.scope, loaded, change)).outcome === 'appended')
      return done({ reply: replyId, handled: true });
  }
  return refuse('busy', 'The account is being changed by others.');
};

const endingOf = ({ holds, dunning }: AccountHead, replyId: string, on: Day): Fact[] => {
  const holdId = replyHoldOf(replyId);
  const tasks = (dunning.tasks ?? []).filter(({ id }) => id.startsWith(`task:${replyId}:`));
  return [
    ...(holds.some(({ id }) => id === holdId) ? [{ kind: 'holdLifted', holdId, on } as const] : []),
    ...tasks.map(({ id }): Fact => ({ kind: 'taskEnded', taskId: id, as: 'done', on })),
  ];
};
