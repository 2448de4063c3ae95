/**
 * How often a customer was written to and called within thirty days, per invoice too, against the ceilings (R25).
 * From: entries of the account, the contacts its head remembers, the rules in force. Next: the page of a credit manager.
 */
import { addDays, type Day } from './calendar.ts';
import { isReaching } from './contact-limits.ts';
import type { ContactMade } from './dunning-position.ts';
import type { Fact } from './facts.ts';
import type { Ceiling, DunningRules } from './policy-rules.ts';

/** Today is the last of them. */
export const countedDays = 30;

export type ContactsCounted = {
  from: Day;
  /** Reminders; other messages; mails of people; calls. */
  reminders: number;
  notices: number;
  peoplesMails: number;
  calls: number;
  /** Whose contacts a ceiling counts, and how many of them there were within its days. */
  ceilings: readonly (Ceiling & { of: 'automated' | 'withPeople'; used: number })[];
  /** Reminders that named the item, most first. */
  items: readonly { itemId: string; messages: number }[];
  /** Days on which a ceiling kept a reminder back. */
  cappedOn: readonly Day[];
};

type Known = { contacts?: readonly ContactMade[]; today: Day; rules: DunningRules };

/** @param facts in their order; those planned before the days asked about tell what was sent within them. */
export const countContacts = (
  facts: readonly Fact[],
  { contacts = [], today, rules }: Known,
): ContactsCounted => {
  const from = addDays(today, 1 - countedDays);
  const planned = new Map<string, readonly string[]>();
  const items = new Map<string, number>();
  const capped = new Set<Day>();
  let [reminders, notices] = [0, 0];
  for (const fact of facts) {
    if (fact.kind === 'messagePlanned')
      planned.set(
        fact.message.id,
        fact.message.items.map(({ itemId }) => itemId),
      );
    if (fact.on < from || fact.on > today) continue;
    if (isCapped(fact)) capped.add(fact.on);
    if (fact.kind === 'noticeSent') notices += 1;
    if (fact.kind !== 'messageSent') continue;
    reminders += 1;
    for (const id of planned.get(fact.messageId) ?? []) items.set(id, (items.get(id) ?? 0) + 1);
  }
  const within = contacts.filter(({ on }) => on >= from && on <= today);
  return {
    ...{ from, reminders, notices },
    peoplesMails: within.filter(({ by, channel }) => by === 'person' && channel === 'mail').length,
    calls: within.filter(({ channel }) => channel === 'call').length,
    ceilings: [
      ...rules.automated.map((ceiling) => usedOf(ceiling, 'automated', contacts, today)),
      ...rules.withPeople.map((ceiling) => usedOf(ceiling, 'withPeople', contacts, today)),
    ],
    items: [...items]
      .map(([itemId, messages]) => ({ itemId, messages }))
      .toSorted((a, b) => b.messages - a.messages || (a.itemId < b.itemId ? -1 : 1)),
    cappedOn: [...capped].toSorted(),
  };
};

const isCapped = (fact: Fact): boolean =>
  (fact.kind === 'reminderWithheld' && fact.account.includes('frequency-cap')) ||
  (fact.kind === 'messageWithheld' && fact.reasons.includes('frequency-cap'));

const usedOf = (
  ceiling: Ceiling,
  of: 'automated' | 'withPeople',
  contacts: readonly ContactMade[],
  today: Day,
): ContactsCounted['ceilings'][number] => {
  const since = addDays(today, -ceiling.days);
  const used = contacts.filter(
    (one) =>
      (of === 'withPeople' ? isReaching(one) : one.channel === 'mail' && one.by === 'auto') &&
      one.on > since &&
      one.on <= today,
  ).length;
  return { ...ceiling, of, used };
};
