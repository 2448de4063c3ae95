/**
 * Logs a call: its outcome, its follow-up and all it sets going, in one append of the account (R36, R55).
 * From: `POST api/accounts/{company}/{account}/calls`. Next: entry of the account; notices go out by the relay, the row
 * of the worklist follows by the event. The id derives from the request: a second try finds it logged.
 */
import type { CallAnswer, CallBody } from '../../shared/contracts/calls.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { AccountKey } from '../../shared/domain/account.ts';
import { callEffects } from '../../shared/domain/call-effects.ts';
import { dayAt, dayFromText, textOfInstant, type Day, type Instant } from '../../shared/domain/calendar.ts';
import type { HashText } from '../../shared/domain/document-ids.ts';
import { settledBy, settledFacts } from '../../shared/domain/done-by-call.ts';
import type { LoggedCall } from '../../shared/domain/dunning-facts.ts';
import type { OpenTask, PromiseBy } from '../../shared/domain/dunning-position.ts';
import type { Fact } from '../../shared/domain/facts.ts';
import { logCall, type Call, type CallAnswers } from '../../shared/domain/log-call.ts';
import { amountOf } from '../../shared/domain/money.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import { undoMinutes } from '../../shared/domain/undo-call.ts';
import type { LoadedAccount, Paper } from '../../shared/ports/account-store.ts';
import type { SettingsStore } from '../../shared/ports/settings-store.ts';
import { claimsOfAccount, contextOf, mayCallNow } from './call-frame.ts';
import { contactsAfter, masterPaper, notePaper, plannedPapers } from './call-papers.ts';
import { mailWords, wordsOf } from './call-words.ts';
import { caseOpener, type CaseOpening } from './open-case-by-call.ts';
import { readMaster, readOpen } from './read-account.ts';
import type { CardParts } from './show-card.ts';
import type { CompanyRows } from './worklist-frame.ts';

export type CallParts = CardParts & { settings: SettingsStore; hashText: HashText };
export type LogCall = { scope: Scope; now: Instant; by: string; authority: PromiseBy; requestId: string };

const mostTries = 8;
const absent = refuse('not-found', 'There is no such account.');

/** @throws when the account changes under every try. */
export const logOutcome = async (
  parts: CallParts,
  key: AccountKey,
  body: CallBody,
  call: LogCall,
): Promise<Outcome<CallAnswer, ProblemCode>> => {
  const callId = parts.hashText(`call\n${key.companyId}\n${key.accountId}\n${call.requestId}`).slice(0, 32);
  for (let tries = 1; tries <= mostTries; tries += 1) {
    const loaded = await readOpen(parts.accounts, call.scope, key);
    const frame = loaded === undefined ? undefined : await parts.rowsOf(key.companyId, call.now);
    if (loaded === undefined || frame === undefined) return absent;
    const there = (await parts.accounts.paper(call.scope, key, callPaperOf(callId))) as CallPaper | undefined;
    if (there !== undefined) return done(answerOf(callId, loaded, there.followed, there.call.at));
    const decided = await decide(parts, loaded, frame, { callId, body, call });
    if (!decided.ok) return decided;
    const { facts, papers } = decided.value;
    const change = {
      ...{ at: call.now, actor: { kind: 'staff', id: call.by } as const },
      ...{ cause: { kind: 'request', id: call.requestId }, facts },
    };
    const appended = await parts.accounts.append(call.scope, loaded, change, undefined, papers);
    if (appended.outcome === 'appended')
      return done(answerOf(callId, appended.loaded, decided.value.followed, textOfInstant(call.now)));
  }
  throw new Error(`account ${key.accountId} changed under each of ${mostTries} tries`);
};

/** The call as it was logged, beside the account: for a second try, and for taking it back. */
export type CallPaper = {
  call: LoggedCall;
  on: Day;
  followed: string[];
  /** Tasks it was made for, as they stood. */
  settled?: OpenTask[];
  undoneAt?: string;
};
export const callPaperOf = (callId: string): Paper['id'] => `task:${callId}:call`;

const answerOf = (
  call: string,
  { account }: LoadedAccount,
  followed: readonly string[],
  at: string,
): CallAnswer => ({
  ...{ call, version: account.head.version, followed: [...followed] },
  undoUntil: new Date(Date.parse(at) + undoMinutes * 60_000).toISOString(),
});

type Asked = { callId: string; body: CallBody; call: LogCall };
type Decided = { facts: readonly Fact[]; papers: Paper[]; followed: string[] };

const decide = async (
  parts: CallParts,
  loaded: LoadedAccount,
  frame: CompanyRows,
  { callId, body, call }: Asked,
): Promise<Outcome<Decided, ProblemCode>> => {
  const { account } = loaded;
  const on = dayAt(call.now, frame.company.zone);
  const masterData = await readMaster(parts.accounts, call.scope, account);
  const may = mayCallNow(loaded, masterData, frame, frame.calendar, call.now);
  if (may.limit !== undefined && !body.isAsked)
    return refuse('call-limit-reached', `It may be called from ${may.limit.on} on.`);
  const context = contextOf(loaded, claimsOfAccount(loaded, frame), masterData, frame);
  const made = callOf(callId, body, call, on);
  const logged = logCall(made, context);
  if (!logged.ok) return logged;
  const open = await caseOpener(parts.settings, call.scope, frame, { callId, by: call.by, now: call.now });
  let opening: CaseOpening | undefined;
  const effects = callEffects(account, logged.value, {
    ...{ on, calendar: frame.calendar, by: call.authority },
    openCase: (now, answers) => {
      const opened = open(now, answers);
      if (!opened.ok) return opened;
      opening = opened.value;
      return done(opened.value.facts);
    },
  });
  if (!effects.ok) return refuse(effects.code as ProblemCode, effects.detail);
  const outcome = context.outcomes.find(({ code }) => code === body.code)!;
  const fact: Fact = {
    kind: 'callLogged',
    call: loggedOf(made, outcome.rightParty === 'yes', outcome.unreached !== undefined),
    on,
  };
  const contacts = contactsAfter(masterData, body);
  const master = contacts === undefined ? undefined : masterPaper(contacts, account.head.version + 1, on);
  const noted: Fact = { kind: 'noteWritten', noteId: `note:${callId}`, on };
  const settled = settledBy(account.head.dunning.tasks ?? [], { ...fact.call, on });
  const facts = [
    ...[fact, noted, ...settledFacts(settled, on), ...effects.value],
    ...(master === undefined ? [] : [master.fact]),
  ];
  const note = notePaper(callId, body, { by: call.by, now: call.now });
  const followed = [...wordsOf(facts), ...mailWords(logged.value)];
  const kept: CallPaper = { call: fact.call, on, followed, ...(settled.length > 0 && { settled }) };
  return done({
    ...{ facts, followed },
    papers: [
      note,
      { id: callPaperOf(callId), content: kept },
      ...plannedPapers(facts),
      ...(opening === undefined
        ? []
        : [{ id: opening.dispute.id, content: { dispute: opening.dispute, texts: [] } } as Paper]),
      ...(master === undefined ? [] : [master.paper]),
    ],
  });
};

const callOf = (
  callId: string,
  { code, durationSeconds, answers, followUp }: CallBody,
  { by, now }: LogCall,
  on: Day,
): Call => {
  const { amount, day, time, items, told } = answers;
  const given: CallAnswers = {
    ...(amount !== undefined && { amount: amountOf(amount) }),
    ...(day !== undefined && { day: dayFromText(day) }),
    ...(time !== undefined && { time }),
    ...(items !== undefined && { itemIds: items }),
    told: Object.fromEntries(Object.entries(told).filter(([, word]) => word !== undefined)),
  };
  return {
    ...{
      callId,
      code,
      by,
      at: textOfInstant(now),
      on,
      durationSeconds,
      answers: given,
      noteId: `note:${callId}`,
    },
    ...(followUp !== undefined && {
      followUp: { on: dayFromText(followUp.on), ...(followUp.at !== undefined && { at: followUp.at }) },
    }),
  };
};

const loggedOf = (
  { callId: id, code, by, at, durationSeconds, answers, noteId }: Call,
  isTalk: boolean,
  isUnreached: boolean,
): LoggedCall => ({
  ...{ id, code, by, at, durationSeconds, isTalk, isUnreached, itemIds: answers.itemIds ?? [] },
  ...(noteId !== undefined && { noteId }),
  ...(code === 'paysAtNextRun' && answers.day !== undefined && { expectedOn: answers.day }),
});
