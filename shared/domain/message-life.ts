/**
 * The life of a planned message after the gate: released, claimed, sent, in doubt, withheld, not arrived.
 * From: the mail workflow and people. Next: facts; each step again is nothing, out of order is refused.
 */
import type { Account } from './account.ts';
import { businessDayFrom, type BusinessCalendar } from './business-days.ts';
import type { Day } from './calendar.ts';
import type { PlannedMessage } from './dunning-facts.ts';
import type { ApprovedMeasure, PendingMessage } from './dunning-position.ts';
import { mostCarriedAtOnce } from './planned-message.ts';
import type { Fact } from './facts.ts';
import { done, refuse, type Outcome } from './outcome.ts';
import type { Duty } from './policy.ts';
import type { WithheldReason } from './withheld-reasons.ts';

export type MessageRefusal = 'message-not-waiting' | 'not-to-release' | 'message-not-claimed';
export type MessageDecision = Outcome<readonly Fact[], MessageRefusal>;

type Wanted = { messageId: string; on: Day };

const pending = ({ head }: Account, id: string): PendingMessage | undefined =>
  head.dunning.message?.id === id ? head.dunning.message : undefined;

/** Somebody with the duty lets it go; released before is nothing. */
export const releaseMessage = (
  account: Account,
  {
    messageId,
    as,
    by,
    measure,
    on,
  }: Wanted & {
    as: 'draft' | Duty;
    by: string;
    measure?: ApprovedMeasure;
  },
): MessageDecision => {
  const message = pending(account, messageId);
  if (message === undefined)
    return refuse('message-not-waiting', `${messageId} does not wait to be released`);
  if (!message.needs.includes(as))
    return message.state === 'planned'
      ? done([])
      : refuse('not-to-release', `${messageId} needs ${message.needs.join(', ')}`);
  const approved = measure === undefined ? {} : { measure };
  return done([{ kind: 'messageReleased', messageId, as, by, ...approved, on }]);
};

/** From here on a payment is crossed, not a violation; `operationId` is what the mail service knows it by. */
export const claimMessage = (
  account: Account,
  { messageId, operationId, at, on }: Wanted & { operationId: string; at: string },
): MessageDecision => {
  const message = pending(account, messageId);
  if (message?.state === 'claimed' && message.operationId === operationId) return done([]);
  if (message?.state !== 'planned') return refuse('message-not-waiting', `${messageId} is not planned`);
  return done([{ kind: 'messageClaimed', messageId, operationId, at, on }]);
};

/** The mail service has it: the stages of its items count from now (D9). The rest of them: `carryOn`. */
export const noteSent = (
  account: Account,
  planned: PlannedMessage,
  on: Day,
  calendar?: BusinessCalendar,
): MessageDecision => {
  const message = pending(account, planned.id);
  if (message === undefined || message.state === 'carrying') return done([]);
  if (message.state !== 'claimed' && message.state !== 'inDoubt')
    return refuse('message-not-claimed', `${planned.id} was not claimed`);
  const leftToCarry = planned.items.filter(({ isDue }) => isDue).length;
  const sent: Fact = { kind: 'messageSent', messageId: planned.id, leftToCarry, on };
  return done([sent, ...letterWork(planned, on, calendar), ...carriedFrom(planned, 0, on)]);
};

export const hasLetterToPost = ({ act, hasLetter }: PlannedMessage): boolean =>
  act === 'letter' || hasLetter === true;

/** The mail holds the letter as a file; on paper somebody prints and posts it, tracked, on the same business day (R30). */
export const letterWork = (planned: PlannedMessage, on: Day, calendar?: BusinessCalendar): Fact[] => {
  if (!hasLetterToPost(planned)) return [];
  const { id, sums } = planned;
  const dueOn = calendar === undefined ? on : businessDayFrom(on, calendar);
  const act = 'postLetter';
  const kept = { id: `task:${id}:${act}`, act, stage: 0, createdOn: on, dueOn };
  return [{ kind: 'taskCreated', task: { ...kept, does: ['arClerk'], sums, items: [] }, on }];
};

/** The next items of a message that has more than one entry can move; nothing once all are. */
export const carryOn = (account: Account, planned: PlannedMessage, on: Day): MessageDecision => {
  const message = pending(account, planned.id);
  if (message?.state !== 'carrying') return done([]);
  const all = planned.items.filter(({ isDue }) => isDue).length;
  return done(carriedFrom(planned, all - (message.leftToCarry ?? 0), on));
};

export const carriedFrom = ({ id, items, policyId, tone }: PlannedMessage, from: number, on: Day): Fact[] => {
  const next = items.filter(({ isDue }) => isDue).slice(from, from + mostCarriedAtOnce);
  const carried = next.map(({ itemId, stage, courtesyDay }) => ({
    ...{ itemId, stage },
    ...(courtesyDay === undefined ? {} : { courtesyDay }),
  }));
  return carried.length === 0 ? [] : [{ kind: 'itemsCarried', by: id, policyId, tone, items: carried, on }];
};

/** The ids of items that `noteSent` and `carryOn` move next, to be loaded for them. */
export const itemsToCarry = ({ head }: Pick<Account, 'head'>, planned: PlannedMessage): string[] => {
  const due = planned.items.filter(({ isDue }) => isDue);
  const { message } = head.dunning;
  const left = message?.state === 'carrying' ? (message.leftToCarry ?? 0) : due.length;
  return due
    .slice(due.length - left)
    .slice(0, mostCarriedAtOnce)
    .map(({ itemId }) => itemId);
};

/** Nobody knows whether it went out: a person decides, nothing is sent blindly (D2). */
export const noteInDoubt = (account: Account, { messageId, on }: Wanted): MessageDecision => {
  const message = pending(account, messageId);
  if (message === undefined || message.state === 'inDoubt') return done([]);
  if (message.state !== 'claimed') return refuse('message-not-claimed', `${messageId} was not claimed`);
  return done([{ kind: 'messageInDoubt', messageId, on }]);
};

/** It does not go out; the account is looked at again. */
export const withholdMessage = (
  account: Account,
  { messageId, reasons, on }: Wanted & { reasons: readonly WithheldReason[] },
): MessageDecision => {
  const message = pending(account, messageId);
  if (message === undefined) return done([]);
  if (message.state === 'carrying') return refuse('message-not-waiting', `${messageId} was sent`);
  return done([{ kind: 'messageWithheld', messageId, reasons, on }]);
};

/** It bounced: the stage does not count (D10). Items moved on by something else since stay. */
export const noteNotArrived = ({ items }: Account, planned: PlannedMessage, on: Day): Fact[] => {
  const itemIds = planned.items
    .filter(({ itemId }) => items.get(itemId)?.carriedBy === planned.id)
    .map(({ itemId }) => itemId)
    .slice(0, mostCarriedAtOnce);
  return itemIds.length === 0 ? [] : [{ kind: 'carryingUndone', by: planned.id, itemIds, on }];
};
