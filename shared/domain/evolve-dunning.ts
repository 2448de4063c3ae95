/**
 * What facts of dunning make of the head's position; what they make of items: `evolve-dunned.ts`.
 * From: `evolve.ts`. Next: the same. Everything kept in the head is bounded here.
 */
import type { AccountHead } from './account.ts';
import type { Day } from './calendar.ts';
import type { DunningFact, DunningHeadFact } from './dunning-facts.ts';
import type { DunningPosition, PendingMessage } from './dunning-position.ts';
import { plannedAfter, plannedIn } from './evolve-planned.ts';
import { promisedAfter } from './evolve-promised.ts';
import { withTask } from './evolve-tasks.ts';
import { callAfter, lostAfter, mailedAfter, withContact } from './evolve-calls.ts';
import { mandateAfter } from './mandate.ts';
import { noticesAfter, type NoticeFact } from './notice.ts';
import { withRefused } from './track-refused.ts';
import type { WithheldReason } from './withheld-reasons.ts';

/** The position after a fact; the very same object when it is not concerned. */
export const dunningAfter = (before: DunningPosition, fact: DunningFact): DunningPosition => {
  switch (fact.kind) {
    case 'policyChosen':
      return { ...before, policy: fact.policy };
    case 'reminderWithheld':
      return { ...before, withheld: withheldBy(fact) };
    case 'reminderFree':
      return without(before, 'withheld');
    case 'contactMade':
      return withContact(before, fact.contact);
    case 'callLogged':
    case 'callUndone':
      return callAfter(before, fact);
    case 'taskCreated':
      return withRefused(withTask(before, fact), fact);
    case 'taskEnded':
      return { ...before, tasks: (before.tasks ?? []).filter(({ id }) => id !== fact.taskId) };
    case 'mandateEnded':
    case 'mandateHeld':
    case 'mandateGiven':
      return { ...before, mandate: mandateAfter(fact) };
    case 'itemsCarried':
      return carriedOn(before, fact);
    case 'carryingUndone':
      return lostAfter(before, fact.by);
    case 'partHeld':
    case 'partFreed':
    case 'messageReported':
      return before;
    default:
      return isNoticeFact(fact) ? ofNotice(before, fact) : ofMessage(before, fact);
  }
};

const ofNotice = (before: DunningPosition, fact: NoticeFact): DunningPosition => {
  const after = { ...before, ...noticesAfter(before, fact) };
  return fact.kind === 'noticePlanned' ? withRefused(after, fact) : after;
};

type MoreFact = Exclude<
  DunningHeadFact,
  | NoticeFact
  | {
      kind:
        | 'policyChosen'
        | 'reminderWithheld'
        | 'reminderFree'
        | 'contactMade'
        | 'callLogged'
        | 'callUndone'
        | 'taskCreated'
        | 'taskEnded'
        | 'mandateEnded'
        | 'mandateHeld'
        | 'mandateGiven'
        | 'messageReported';
    }
>;

const ofMessage = (before: DunningPosition, fact: MoreFact): DunningPosition => {
  switch (fact.kind) {
    case 'messagePlanned':
      return plannedAfter(before, fact.message);
    case 'messageReleased':
      return onMessage(before, fact.messageId, (message) => released(message, fact));
    case 'messageClaimed': {
      const { operationId, at: firstPostAt } = fact;
      return onMessage(before, fact.messageId, (one) => ({
        ...one,
        state: 'claimed',
        operationId,
        firstPostAt,
      }));
    }
    case 'messageInDoubt':
      return onMessage(before, fact.messageId, (message) => ({ ...message, state: 'inDoubt' }));
    case 'messageSent':
      return sent(before, fact);
    case 'messageWithheld':
      return before.message?.id === fact.messageId ? without(before, 'message') : before;
    default:
      return promisedAfter(before, fact);
  }
};

const onMessage = (
  before: DunningPosition,
  id: string,
  change: (message: PendingMessage) => PendingMessage,
): DunningPosition => (before.message?.id === id ? { ...before, message: change(before.message) } : before);

const released = (
  message: PendingMessage,
  { as, measure }: Extract<DunningFact, { kind: 'messageReleased' }>,
): PendingMessage => {
  const needs = message.needs.filter((need) => need !== as);
  const approved = measure === undefined ? {} : { measure };
  return { ...message, ...approved, needs, state: needs.length === 0 ? 'planned' : 'awaiting' };
};

const sent = (
  before: DunningPosition,
  { messageId, leftToCarry, on }: { messageId: string; leftToCarry: number; on: Day },
): DunningPosition => {
  const { message } = before;
  if (message?.id !== messageId) return before;
  const by = message.byHand === undefined ? 'auto' : 'person';
  const contacted = withContact(before, { on, by, channel: 'mail', tone: message.tone });
  const answered = message.tone === 'courtesy' ? contacted : mailedAfter(contacted);
  const after = { ...answered, stage: message.stage };
  return leftToCarry === 0
    ? without(after, 'message')
    : { ...after, message: { ...message, state: 'carrying', leftToCarry } };
};

/** The last item of a message that is being carried ends it. */
const carriedOn = (
  before: DunningPosition,
  { by, items }: Extract<DunningFact, { kind: 'itemsCarried' }>,
): DunningPosition => {
  const { message } = before;
  if (message?.id !== by || message.state !== 'carrying') return before;
  const leftToCarry = (message.leftToCarry ?? 0) - items.length;
  return leftToCarry <= 0 ? without(before, 'message') : { ...before, message: { ...message, leftToCarry } };
};

const withheldBy = ({
  account,
  items,
  more,
  digest,
  on,
}: Extract<DunningHeadFact, { kind: 'reminderWithheld' }>): NonNullable<DunningPosition['withheld']> => {
  const reasons: Partial<Record<WithheldReason, number>> = { ...more };
  for (const reason of account) reasons[reason] = 0;
  for (const { reason } of items) reasons[reason] = (reasons[reason] ?? 0) + 1;
  return { since: on, digest, reasons };
};

const without = <Name extends keyof DunningPosition>(
  before: DunningPosition,
  name: Name,
): DunningPosition => {
  const { [name]: _left, ...rest } = before;
  return rest as DunningPosition;
};

/** The head after a fact of dunning. */
export const withDunning = (head: AccountHead, fact: DunningFact): AccountHead => {
  const dunning = dunningAfter(head.dunning, fact);
  if (dunning === head.dunning) return head;
  const after = fact.kind === 'messagePlanned' ? plannedIn(dunning, head.version + 1) : dunning;
  return { ...head, dunning: after };
};

/** The head with its next review, or with none. */
export const reviewedAt = (head: AccountHead, at: string | undefined): AccountHead => {
  if (at !== undefined) return { ...head, nextReviewAt: at };
  const { nextReviewAt: _before, ...rest } = head;
  return rest;
};

const noticeKinds: Readonly<Record<NoticeFact['kind'], true>> = {
  ...{ noticePlanned: true, noticeClaimed: true, noticeSent: true },
  ...{ noticeInDoubt: true, noticeWithheld: true },
};

const isNoticeFact = (fact: DunningFact): fact is NoticeFact => Object.hasOwn(noticeKinds, fact.kind);

const dunningKinds: Readonly<Record<DunningFact['kind'], true>> = {
  ...{ messagePlanned: true, messageReleased: true, messageClaimed: true, messageSent: true },
  ...{ messageInDoubt: true, messageWithheld: true, contactMade: true, policyChosen: true },
  ...{ callLogged: true, callUndone: true, mandateEnded: true, mandateHeld: true, mandateGiven: true },
  ...{ reminderWithheld: true, reminderFree: true, taskCreated: true, taskEnded: true },
  ...{ promiseMade: true, promiseJudged: true, planAgreed: true, planNoted: true, planEnded: true },
  ...{ itemsCarried: true, carryingUndone: true, messageReported: true, partHeld: true, partFreed: true },
  ...noticeKinds,
};

export const isDunningFact = (fact: { kind: string }): fact is DunningFact =>
  Object.hasOwn(dunningKinds, fact.kind);
