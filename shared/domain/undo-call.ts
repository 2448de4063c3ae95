/**
 * Takes back a call that was logged by mistake, shortly after and while nothing of it has gone out.
 * From: the call as it was logged, the account as it is. Next: facts of one append; tasks, promise, holds and notices of
 * the call are gone, what it had settled is to be done again.
 */
import type { Account } from './account.ts';
import { promiseIdOf } from './call-effects.ts';
import { instantFromText, type Day, type Instant } from './calendar.ts';
import { openAgain } from './done-by-call.ts';
import type { LoggedCall } from './dunning-facts.ts';
import type { OpenTask } from './dunning-position.ts';
import type { Fact } from './facts.ts';
import { endPromise } from './judge-promise.ts';
import { zero } from './money.ts';
import { done, refuse, type Outcome } from './outcome.ts';

export const undoMinutes = 10;

/** Refused once it is too late, a message of it is on its way out, or it opened a case, which is closed as such. */
export const undoCall = (
  account: Account,
  call: LoggedCall,
  {
    now,
    on,
    madeOn,
    settled = [],
  }: { now: Instant; on: Day; madeOn: Day; settled?: readonly OpenTask[] | undefined },
): Outcome<readonly Fact[], 'undo-too-late'> => {
  const { head } = account;
  const age = now.epochMilliseconds - instantFromText(call.at).epochMilliseconds;
  if (age > undoMinutes * 60_000) return refuse('undo-too-late', `it was logged at ${call.at}`);
  const notices = (head.dunning.notices ?? []).filter(({ causeId }) => isOf(call.id, causeId));
  if (notices.some(({ state }) => state !== 'planned'))
    return refuse('undo-too-late', 'its message is on its way');
  if ((head.disputes ?? []).some(({ id }) => id === caseIdOf(call.id)))
    return refuse('undo-too-late', 'it opened a case: close that instead');
  const tasks = (head.dunning.tasks ?? []).filter(({ id }) => id.startsWith(`task:${call.id}:`));
  const holds = head.holds.filter(({ id }) => id.endsWith(`:${call.id}`));
  return done([
    { kind: 'callUndone', call, on: madeOn },
    ...notices.map(({ id }): Fact => ({ kind: 'noticeWithheld', messageId: id, reasons: ['on-hold'], on })),
    ...endPromise(account, promiseIdOf(call.id), { result: 'void', received: zero }, on, 'undone'),
    ...holds.map(({ id }): Fact => ({ kind: 'holdLifted', holdId: id, on })),
    ...tasks.map(({ id }): Fact => ({ kind: 'taskEnded', taskId: id, as: 'dropped', outcome: 'undone', on })),
    ...openAgain(settled, head.dunning.tasks ?? [], on),
  ]);
};

const isOf = (callId: string, causeId: string): boolean =>
  causeId === callId || causeId === promiseIdOf(callId) || causeId === caseIdOf(callId);

/** Of the case a call opens. */
export const caseIdOf = (callId: string): `dispute:${string}` => `dispute:${callId}`;
