/**
 * Steps of a message's life as entries of its account: reminders and notices by the same words.
 * From: the workflows of this folder. Next: the journal. Somebody else was first: load again, decide again.
 */
import type { Account, AccountHead } from '../../shared/domain/account.ts';
import type { Day } from '../../shared/domain/calendar.ts';
import type { PlannedMessage } from '../../shared/domain/dunning-facts.ts';
import type { Fact } from '../../shared/domain/facts.ts';
import { noteInDoubt, withholdMessage } from '../../shared/domain/message-life.ts';
import { noteNoticeInDoubt, withholdNotice } from '../../shared/domain/notice-life.ts';
import type { Outcome } from '../../shared/domain/outcome.ts';
import type { WithheldReason } from '../../shared/domain/withheld-reasons.ts';
import type { Appended, LoadedAccount, Paper } from '../../shared/ports/account-store.ts';
import { actor, mostTries, type MailCall, type MailParts, type Place } from './parts.ts';
import { plannedOf, waitingOf } from './read-message.ts';

/** Facts under the version they were decided at. */
export const appendFacts = (
  { accounts }: Pick<MailParts, 'accounts'>,
  { scope, now }: MailCall,
  { messageId }: Place,
  loaded: LoadedAccount,
  facts: readonly Fact[],
  papers: readonly Paper[] = [],
): Promise<Appended> => {
  const change = { at: now, actor, cause: { kind: 'message', id: messageId }, facts };
  return accounts.append(scope, loaded, change, undefined, papers);
};

export type Step = (loaded: LoadedAccount) => Promise<Outcome<readonly Fact[]>>;

/**
 * Decides and appends until it holds; facts that are refused were decided by somebody else meanwhile: none.
 * @param known as it was loaded a moment ago: tried first, and read again where it lacks an item or is over.
 * @returns the account with the change; undefined where there was none.
 */
export const change = async (
  parts: MailParts,
  call: MailCall,
  place: Place,
  itemIds: (head: AccountHead) => readonly string[],
  step: Step,
  known?: LoadedAccount,
): Promise<LoadedAccount | undefined> => {
  let loaded = known !== undefined && holds(known, itemIds) ? known : undefined;
  for (let tries = 1; tries <= mostTries; tries += 1) {
    loaded ??= await parts.accounts.load(call.scope, place, itemIds);
    const facts = await step(loaded);
    if (!facts.ok || facts.value.length === 0) return undefined;
    const appended = await appendFacts(parts, call, place, loaded, facts.value, workPapers(facts.value));
    if (appended.outcome === 'appended') return appended.loaded;
    loaded = undefined;
  }
  throw new Error(`account ${place.accountId} is being changed by others`);
};

const holds = (
  { account: { head, items } }: LoadedAccount,
  itemIds: (head: AccountHead) => readonly string[],
): boolean => {
  const wanted = itemIds(head);
  return wanted.length === 0 || (head.openItems !== undefined && wanted.every((id) => items.has(id)));
};

/** Work for people, as it was planned: who does it stands in its paper. */
export const workPapers = (facts: readonly Fact[]): Paper[] =>
  facts.flatMap((fact): Paper[] =>
    fact.kind === 'taskCreated' ? [{ id: fact.task.id as Paper['id'], content: { task: fact.task } }] : [],
  );

type Noted<Wanted> = (account: Account, wanted: Wanted) => Outcome<readonly Fact[]>;

/** One step of either kind of message, in the words of its kind. */
const note = async <Wanted>(
  parts: MailParts,
  call: MailCall,
  place: Place,
  wanted: Wanted,
  as: { notice: Noted<Wanted>; reminder: Noted<Wanted> },
): Promise<void> => {
  await change(parts, call, place, none, async (loaded) =>
    as[waitingOf(loaded, place.messageId).is === 'notice' ? 'notice' : 'reminder'](loaded.account, wanted),
  );
};

export const noteDoubt = (parts: MailParts, call: MailCall, place: Place, on: Day): Promise<void> => {
  const wanted = { messageId: place.messageId, on };
  return note(parts, call, place, wanted, { notice: noteNoticeInDoubt, reminder: noteInDoubt });
};

/** It does not go out, and why. */
export const withhold = (
  parts: MailParts,
  call: MailCall,
  place: Place,
  reasons: readonly WithheldReason[],
  on: Day,
): Promise<void> => {
  const wanted = { messageId: place.messageId, reasons, on };
  return note(parts, call, place, wanted, { notice: withholdNotice, reminder: withholdMessage });
};

/** The claim is taken back: the mail service said that it did not take it. It is planned as it was, and released. */
export const unclaim = async (
  parts: MailParts,
  call: MailCall,
  place: Place,
  operationId: string,
  on: Day,
): Promise<void> => {
  await change(parts, call, place, none, async (loaded) => {
    const waiting = waitingOf(loaded, place.messageId);
    if (waiting.is === 'gone' || waiting.pending.operationId !== operationId) return { ok: true, value: [] };
    // somebody found it in doubt meanwhile: an earlier try may have arrived
    if (waiting.pending.state !== 'claimed') return { ok: true, value: [] };
    const reasons = ['quota-wait'] as const;
    if (waiting.is === 'notice') {
      const { state: _state, operationId: _id, firstPostAt: _at, ...notice } = waiting.pending;
      const withheld: Fact = { kind: 'noticeWithheld', messageId: notice.id, reasons, on };
      return { ok: true, value: [withheld, { kind: 'noticePlanned', notice, on }] };
    }
    const planned = await plannedOf(parts, call.scope, place, loaded.account.head);
    if (planned === undefined) throw new Error(`${place.messageId} is claimed and was never planned`);
    const message: PlannedMessage = { ...planned, needs: [] };
    const withheld: Fact = { kind: 'messageWithheld', messageId: message.id, reasons, on };
    return { ok: true, value: [withheld, { kind: 'messagePlanned', message, on }] };
  });
};

/** No items are wanted. */
export const none = (): readonly string[] => [];

/** Why a message waits, once while it is the same. @param loaded as it was judged to wait. */
export const noteWait = async (
  parts: MailParts,
  call: MailCall,
  place: Place,
  { reason, on }: { reason: WithheldReason; on: Day },
  loaded: LoadedAccount,
): Promise<void> => {
  const digest = `${reason}:${place.messageId}`;
  const step: Step = async ({ account: { head } }) =>
    head.dunning.withheld?.digest === digest || head.dunning.message?.id !== place.messageId
      ? { ok: true, value: [] }
      : { ok: true, value: [{ kind: 'reminderWithheld', account: [reason], items: [], digest, on }] };
  await change(parts, call, place, none, step, loaded);
};
