/**
 * What calls and other contacts make of the head's position.
 * From: `evolve-dunning.ts`. Next: the same.
 */
import { addDays } from './calendar.ts';
import type { CallFact } from './dunning-facts.ts';
import { mostContactsKept, type ContactMade, type DunningPosition } from './dunning-position.ts';

/** Contacts older than the widest ceiling tell nothing any more. */
const contactsKeptDays = 31;

export const withContact = (before: DunningPosition, contact: ContactMade): DunningPosition => {
  const since = addDays(contact.on, -contactsKeptDays);
  const contacts = [contact, ...(before.contacts ?? [])]
    .filter(({ on }) => on > since)
    .toSorted((a, b) => (a.on < b.on ? 1 : a.on > b.on ? -1 : 0));
  return { ...before, contacts: contacts.slice(0, mostContactsKept) };
};

/** A call counts as a contact, and among those in a row that reached nobody; undone, as neither. */
export const callAfter = (before: DunningPosition, { kind, call, on }: CallFact): DunningPosition => {
  const { unreachedCalls = 0, contacts = [] } = before;
  if (kind === 'callLogged') {
    const made = withContact(before, contactOf({ call, on }));
    if (call.isUnreached) return { ...made, unreachedCalls: unreachedCalls + 1 };
    const { mailedCalls: _answered, ...reached } = made;
    return { ...reached, unreachedCalls: 0 };
  }
  const at = contacts.findIndex((one) => isContactOf(one, { call, on }));
  const left = call.isUnreached ? Math.max(unreachedCalls - 1, 0) : unreachedCalls;
  return { ...before, contacts: contacts.filter((_, index) => index !== at), unreachedCalls: left };
};

const contactOf = ({ call, on }: Pick<CallFact, 'call' | 'on'>): ContactMade => ({
  ...{ on, by: 'person', channel: 'call' },
  ...(call.isTalk && { isTalk: true }),
});

const isContactOf = (one: ContactMade, { call, on }: Pick<CallFact, 'call' | 'on'>): boolean =>
  one.on === on && one.by === 'person' && one.channel === 'call' && (one.isTalk === true) === call.isTalk;

/** A reminder went out: calls up to now ask for no other. */
export const mailedAfter = (before: DunningPosition): DunningPosition =>
  before.unreachedCalls ? { ...before, mailedCalls: before.unreachedCalls } : before;

/** A message that bounced reached nobody: ceilings count it, the gap to the next one does not. */
export const lostAfter = (before: DunningPosition, messageId: string): DunningPosition => {
  const [, plannedOn = ''] = messageId.split(':');
  const contacts = before.contacts ?? [];
  const at = contacts.findLastIndex(({ channel, on }) => channel === 'mail' && on >= plannedOn);
  if (at < 0 || !/^\d{4}-/.test(plannedOn)) return before;
  return { ...before, contacts: contacts.map((one, n) => (n === at ? { ...one, isLost: true } : one)) };
};
