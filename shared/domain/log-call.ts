/**
 * A call that was made becomes facts: the call itself, its follow-up, and orders to the neighbours it touches.
 * From: a collector's coded outcome and answers. Next: an append; effects go to promises, cases, contacts and mail.
 * The line of text lies in a note beside the account, named by id (entries hold no personal data).
 */
import { addBusinessDays, businessDayFrom, type BusinessCalendar } from './business-days.ts';
import type { CallAsk, CallEffect, CallOutcome } from './call-outcomes.ts';
import { dayAt, instantFromText, type Day } from './calendar.ts';
import type { AmountMinor } from './money.ts';
import { done, refuse, type Outcome } from './outcome.ts';

export type CallAnswers = {
  amount?: AmountMinor;
  day?: Day;
  /** ISO instant. */
  time?: string;
  itemIds?: readonly string[];
  /** The other answers, as codes or ids. */
  told?: Readonly<Partial<Record<CallAsk, string>>>;
};

export type Call = {
  callId: string;
  code: string;
  by: string;
  /** ISO instant. */
  at: string;
  on: Day;
  durationSeconds: number;
  contactId?: string;
  noteId?: string;
  answers: CallAnswers;
  /** What the collector put in the place of the prefilled follow-up. */
  followUp?: FollowUp;
};

export type FollowUp = { on: Day; at?: string; half?: 'morning' | 'afternoon' };

export type CallFact =
  | {
      kind: 'callLogged';
      callId: string;
      code: string;
      rightParty: CallOutcome['rightParty'];
      by: string;
      at: string;
      on: Day;
      durationSeconds: number;
      contactId?: string;
      noteId?: string;
      itemIds: readonly string[];
    }
  | ({ kind: 'followUpSet'; callId: string } & FollowUp)
  | { kind: 'callEffect'; callId: string; effect: CallEffect; answers: CallAnswers }
  | { kind: 'mailAsked'; callId: string; text: string };

export type CallContext = {
  outcomes: readonly CallOutcome[];
  calendar: BusinessCalendar;
  zone: string;
  /** Calls in a row before this one that reached nobody. */
  unreachedBefore: number;
  /** Everything that may be claimed: prefilled where items are asked for. */
  claimedItemIds: readonly string[];
  claimed: AmountMinor;
  /** Undefined where the account's next pay run is not known. */
  payRunOn?: Day;
};

/** What the form begins with: all that is claimed, the next pay run. */
export const prefilledAnswers = (
  { asks }: CallOutcome,
  { claimed, claimedItemIds, payRunOn }: CallContext,
): CallAnswers => ({
  ...(asks.includes('amount') && { amount: claimed }),
  ...(asks.includes('items') && { itemIds: claimedItemIds }),
  ...((asks.includes('day') || asks.includes('payRun')) && payRunOn && { day: payRunOn }),
});

/** The follow-up an outcome comes with; undefined for one without. A person may change it. */
export const prefilledFollowUp = (
  { followUp, unreached }: CallOutcome,
  { at, on, answers }: Pick<Call, 'at' | 'on' | 'answers'>,
  { calendar, zone }: CallContext,
): FollowUp | undefined => {
  switch (followUp.from) {
    case 'none':
      return undefined;
    case 'call': {
      const next = { on: addBusinessDays(on, followUp.days, calendar) };
      return unreached === undefined ? next : { ...next, half: otherHalf(at, zone) };
    }
    case 'timeTold':
      return answers.time === undefined
        ? undefined
        : { on: dayAt(instantFromText(answers.time), zone), at: answers.time };
    case 'dayTold': {
      if (answers.day === undefined) return undefined;
      const day = addBusinessDays(businessDayFrom(answers.day, calendar), followUp.days, calendar);
      const last = followUp.mostDays === undefined ? day : addBusinessDays(on, followUp.mostDays, calendar);
      return { on: day < last ? day : last };
    }
  }
};

const otherHalf = (at: string, zone: string): 'morning' | 'afternoon' =>
  instantFromText(at).toZonedDateTimeISO(zone).hour < 12 ? 'afternoon' : 'morning';

/** Refused when the code is unknown or an answer it asks for is missing. */
export const logCall = (
  call: Call,
  context: CallContext,
): Outcome<CallFact[], 'outcome-unknown' | 'answer-missing'> => {
  const outcome = context.outcomes.find(({ code }) => code === call.code);
  if (outcome === undefined) return refuse('outcome-unknown', `no outcome of a call is ${call.code}`);
  const missing = outcome.asks.filter((ask) => !isAnswered(ask, call.answers));
  if (missing.length > 0) return refuse('answer-missing', `${call.code} asks for ${missing.join(', ')}`);
  const followUp = call.followUp ?? prefilledFollowUp(outcome, call, context);
  const { callId, answers } = call;
  return done([
    loggedAs(call, outcome),
    ...(followUp === undefined ? [] : [{ kind: 'followUpSet' as const, callId, ...followUp }]),
    ...outcome.effects.map((effect) => ({ kind: 'callEffect' as const, callId, effect, answers })),
    ...mailAfter(outcome, context.unreachedBefore).map((text) => ({
      kind: 'mailAsked' as const,
      ...{ callId, text },
    })),
  ]);
};

const loggedAs = (call: Call, { rightParty }: CallOutcome): CallFact => {
  const { callId, code, by, at, on, durationSeconds, contactId, noteId, answers } = call;
  return {
    ...{ kind: 'callLogged', callId, code, rightParty, by, at, on, durationSeconds },
    itemIds: answers.itemIds ?? [],
    ...(contactId !== undefined && { contactId }),
    ...(noteId !== undefined && { noteId }),
  };
};

const isAnswered = (ask: CallAsk, { amount, day, time, itemIds, told }: CallAnswers): boolean => {
  if (ask === 'amount') return amount !== undefined && amount > 0;
  if (ask === 'day' || ask === 'payRun') return day !== undefined;
  if (ask === 'time') return time !== undefined;
  if (ask === 'items') return itemIds !== undefined && itemIds.length > 0;
  return (told?.[ask] ?? '') !== '';
};

/** The third in a row that reached nobody, the sixth and so on. */
const mailAfter = ({ unreached }: CallOutcome, before: number): string[] =>
  unreached !== undefined && (before + 1) % unreached.inARow === 0 ? [unreached.mail] : [];
