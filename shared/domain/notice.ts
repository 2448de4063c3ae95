/**
 * A notice: everything written to a customer that is no reminder — a promise noted, a case opened or decided, a
 * statement, an answer. From: `plan-notice.ts`, in the same append as its cause, so that it is planned once.
 * Next: the mail workflow. The head knows those on their way, so that each goes out once.
 */
import type { Day } from './calendar.ts';
import type { WithheldReason } from './withheld-reasons.ts';

/** Texts of `defaults.md` §11 that are no reminders; T2 as the one letter about a down payment. */
export const noticeTexts = [
  ...(['T0', 'T2', 'T6', 'T7', 'T8', 'T9', 'T10', 'T11', 'T12', 'T13', 'T14', 'T15', 'T16', 'T17'] as const),
] as const;
export type NoticeText = (typeof noticeTexts)[number];

/** Ids, days and codes only; what it says is made of what they name when it is sent. */
export type Notice = {
  /** `message:<text>:<causing id>` */
  id: string;
  text: NoticeText;
  /** The promise, dispute, receipt, plan, reply or month it is about. */
  causeId: string;
  itemIds?: readonly string[];
  /** Names of the account's documents that go with it. */
  attachmentIds?: readonly string[];
  /** The role or contact it goes to; absent: who gets reminders. */
  to?: string;
  /** Codes a text chooses its words by: of a decision, a return, a step. */
  codes?: Readonly<Record<string, string>>;
  plannedOn: Day;
};

export type PendingNotice = Notice & {
  state: 'planned' | 'claimed' | 'inDoubt';
  operationId?: string;
  firstPostAt?: string;
};

export const mostPendingNotices = 12;
export const mostItemsOfNotice = 20;
/** Ids remembered once one was handed over, or may have been. */
export const mostOverNotices = 10;

export type NoticeFact =
  | { kind: 'noticePlanned'; notice: Notice; on: Day }
  | { kind: 'noticeClaimed'; messageId: string; operationId: string; at: string; on: Day }
  | { kind: 'noticeSent'; messageId: string; on: Day }
  | { kind: 'noticeInDoubt'; messageId: string; on: Day }
  | { kind: 'noticeWithheld'; messageId: string; reasons: readonly WithheldReason[]; on: Day };

/** The notices on their way, and the ids of those that were handed over, newest first. */
export type NoticesKept = { notices?: readonly PendingNotice[]; overNotices?: readonly string[] };

/** What the head keeps of notices after a fact: one that was handed over once is never planned again. */
export const noticesAfter = (
  before: NoticesKept,
  fact: NoticeFact,
): Required<Pick<NoticesKept, 'notices'>> & NoticesKept => {
  const { notices = [], overNotices = [] } = before;
  if (fact.kind === 'noticePlanned')
    return overNotices.includes(fact.notice.id) ? { notices } : { notices: pendingAfter(notices, fact) };
  const pending = { notices: pendingAfter(notices, fact) };
  if (!isOver(fact)) return pending;
  const others = overNotices.filter((id) => id !== fact.messageId);
  return { ...pending, overNotices: [fact.messageId, ...others].slice(0, mostOverNotices) };
};

/** Withheld as repeated: it was handed over so long ago that its id was forgotten. */
const isOver = (fact: Exclude<NoticeFact, { kind: 'noticePlanned' }>): boolean =>
  fact.kind === 'noticeSent' ||
  fact.kind === 'noticeInDoubt' ||
  (fact.kind === 'noticeWithheld' && fact.reasons.includes('recent-contact'));

const pendingAfter = (before: readonly PendingNotice[], fact: NoticeFact): readonly PendingNotice[] => {
  switch (fact.kind) {
    case 'noticePlanned':
      return [...before.filter(({ id }) => id !== fact.notice.id), { ...fact.notice, state: 'planned' }];
    case 'noticeClaimed': {
      const { messageId, operationId, at: firstPostAt } = fact;
      return on(before, messageId, (one) => ({ ...one, state: 'claimed', operationId, firstPostAt }));
    }
    case 'noticeInDoubt':
      return on(before, fact.messageId, (one) => ({ ...one, state: 'inDoubt' }));
    default:
      return before.filter(({ id }) => id !== fact.messageId);
  }
};

const on = (
  before: readonly PendingNotice[],
  messageId: string,
  change: (one: PendingNotice) => PendingNotice,
): PendingNotice[] => before.map((one) => (one.id === messageId ? change(one) : one));
