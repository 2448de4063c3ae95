/**
 * The life of a notice after its plan: claimed, sent, in doubt, withheld; and its own small gate, since it answers
 * something and stands outside the ceilings of reminders.
 * From: the mail workflow. Next: facts; each step again is nothing, out of order is refused.
 */
import type { Account } from './account.ts';
import { textOfInstant, type Day } from './calendar.ts';
import type { ContactTime } from './dunning-input.ts';
import type { GateAnswer } from './dunning-gate.ts';
import type { MessageDecision } from './message-life.ts';
import type { PendingNotice } from './notice.ts';
import { done, refuse } from './outcome.ts';
import type { ContactProblem } from './recipients.ts';
import type { WithheldReason } from './withheld-reasons.ts';

export const pendingNotice = ({ head }: Account, id: string): PendingNotice | undefined =>
  head.dunning.notices?.find((one) => one.id === id);

/** What the gate of a notice looks at: never what is owed, always whether and when somebody may be written to. */
export type NoticeGate = {
  isStopped: boolean;
  problem?: ContactProblem;
  /** Announces a debit that is not made any more. */
  isNoDebit?: boolean;
  time: ContactTime;
  /** Instant (ISO) to look again at, while all sending is stopped. */
  lookAgainAt: string;
};

/** Somebody who wants no reminders still hears what came of a case or a promise. */
export const passNotice = (
  notice: PendingNotice | undefined,
  { isStopped, problem, isNoDebit = false, time, lookAgainAt }: NoticeGate,
): Exclude<GateAnswer, { is: 'replan' }> => {
  if (notice?.state !== 'planned') return { is: 'gone' };
  if (isNoDebit) return { is: 'withhold', reasons: ['direct-debit'] };
  if (isStopped) return { is: 'wait', reason: 'stop-all', until: lookAgainAt };
  if (problem !== undefined && problem !== 'opted-out') return { is: 'withhold', reasons: [problem] };
  if (!time.isOpen) return { is: 'wait', reason: time.reason, until: textOfInstant(time.opensAt) };
  return { is: 'send' };
};

type Wanted = { messageId: string; on: Day };

export const claimNotice = (
  account: Account,
  { messageId, operationId, at, on }: Wanted & { operationId: string; at: string },
): MessageDecision => {
  const notice = pendingNotice(account, messageId);
  if (notice?.state === 'claimed' && notice.operationId === operationId) return done([]);
  if (notice?.state !== 'planned') return refuse('message-not-waiting', `${messageId} is not planned`);
  if (account.head.dunning.overNotices?.includes(messageId) === true)
    return refuse('message-not-waiting', `${messageId} was handed over before`);
  return done([{ kind: 'noticeClaimed', messageId, operationId, at, on }]);
};

export const noteNoticeSent = (account: Account, { messageId, on }: Wanted): MessageDecision => {
  const notice = pendingNotice(account, messageId);
  if (notice === undefined) return done([]);
  if (notice.state === 'planned') return refuse('message-not-claimed', `${messageId} was not claimed`);
  return done([{ kind: 'noticeSent', messageId, on }]);
};

export const noteNoticeInDoubt = (account: Account, { messageId, on }: Wanted): MessageDecision => {
  const notice = pendingNotice(account, messageId);
  if (notice === undefined || notice.state === 'inDoubt') return done([]);
  if (notice.state !== 'claimed') return refuse('message-not-claimed', `${messageId} was not claimed`);
  return done([{ kind: 'noticeInDoubt', messageId, on }]);
};

export const withholdNotice = (
  account: Account,
  { messageId, reasons, on }: Wanted & { reasons: readonly WithheldReason[] },
): MessageDecision =>
  pendingNotice(account, messageId) === undefined
    ? done([])
    : done([{ kind: 'noticeWithheld', messageId, reasons, on }]);
