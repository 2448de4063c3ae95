/**
 * How often a customer may be reached: gaps between messages, ceilings over days, attempts to call.
 * From: the contacts an account remembers, the rules. Next: evaluation and gate; statements, receipts and answers
 * are not counted.
 */
import { addBusinessDays, nextBusinessDay, type BusinessCalendar } from './business-days.ts';
import { addDays, type Day } from './calendar.ts';
import type { ContactMade } from './dunning-position.ts';
import type { Ceiling, DunningRules } from './policy-rules.ts';

/** Not on this day; `on` is the first it may be. */
export type Limit = { reason: 'recent-contact' | 'frequency-cap'; on: Day };

type Question = {
  contacts: readonly ContactMade[];
  today: Day;
  rules: DunningRules;
  /** Of the company. */
  calendar: BusinessCalendar;
  /** The mail is asked for by calls that reached nobody: those hold it up no more. */
  isAskedByCalls?: boolean;
};

/** What keeps an automated mail back; undefined: nothing. */
export const limitOfMail = (question: Question & { gapDays: number }): Limit | undefined => {
  const { contacts, rules } = question;
  if (contacts.length === 0) return undefined;
  const reaching = contacts.filter(isReaching);
  const automated = contacts.filter(({ channel, by }) => channel === 'mail' && by === 'auto');
  return (
    recent(question) ??
    firstOf(rules.automated.map((ceiling) => reached(automated, ceiling, question.today))) ??
    firstOf(rules.withPeople.map((ceiling) => reached(reaching, ceiling, question.today)))
  );
};

/** By any channel: a mail, or a call in which somebody was talked with. A call that reached nobody is none. */
export const isReaching = ({ channel, isTalk }: ContactMade): boolean =>
  channel === 'mail' || isTalk === true;

const firstOf = (limits: readonly (Limit | undefined)[]): Limit | undefined =>
  limits.find((limit) => limit !== undefined);

/** A message before the due day, or one that bounced, does not hold up the next; a person's contact moves automatic steps. */
const recent = ({
  contacts,
  today,
  rules,
  calendar,
  gapDays,
  isAskedByCalls = false,
}: Question & { gapDays: number }): Limit | undefined => {
  const message = contacts.find(
    ({ by, channel, tone, isLost }) =>
      by === 'auto' && channel === 'mail' && tone !== 'courtesy' && isLost !== true,
  );
  const person = contacts.find(
    ({ by, channel, isTalk, isLost }) =>
      by === 'person' && isLost !== true && !(isAskedByCalls && channel === 'call' && isTalk !== true),
  );
  const ends = [
    ...(message === undefined ? [] : [addDays(message.on, gapDays)]),
    ...(person === undefined ? [] : [addBusinessDays(person.on, rules.personRestsBusinessDays, calendar)]),
  ].filter((on) => on > today);
  const [on] = ends.toSorted().toReversed();
  return on === undefined ? undefined : { reason: 'recent-contact', on };
};

/** `most` within `days`, today among them: the day on which the oldest of those falls out. */
const reached = (
  contacts: readonly ContactMade[],
  { most, days }: Ceiling,
  today: Day,
): Limit | undefined => {
  const within = contacts.filter(({ on }) => on > addDays(today, -days) && on <= today);
  const oldest = within[most - 1];
  return oldest === undefined ? undefined : { reason: 'frequency-cap', on: addDays(oldest.on, days) };
};

/** What keeps a call back. `isAgreed`: the customer asked for it, or a promise broke: then a talk is no reason. */
export const limitOfCall = (
  { contacts, today, rules, calendar }: Question,
  isAgreed = false,
): Limit | undefined => {
  const calls = contacts.filter(({ channel, on }) => channel === 'call' && on <= today);
  const { mostADay, most, inBusinessDays, restAfterTalkBusinessDays } = rules.calls;
  const talk = isAgreed ? undefined : calls.find(({ isTalk }) => isTalk);
  const restsUntil = talk && addBusinessDays(talk.on, restAfterTalkBusinessDays, calendar);
  if (restsUntil !== undefined && today < restsUntil) return { reason: 'recent-contact', on: restsUntil };
  const tomorrow = nextBusinessDay(today, calendar);
  if (calls.filter(({ on }) => on === today).length >= mostADay)
    return { reason: 'frequency-cap', on: tomorrow };
  const since = addBusinessDays(today, 1 - inBusinessDays, calendar);
  return calls.filter(({ on }) => on >= since).length >= most
    ? { reason: 'frequency-cap', on: tomorrow }
    : undefined;
};
