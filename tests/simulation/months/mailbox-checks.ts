/**
 * The mailboxes of a month: no customer gets a mail twice, each mail was claimed before, asks what was planned, reaches
 * its own account and holds no word of another's. Every account's data bear its own mark.
 * From: what the mail service took, answers of the portal. Next: `run-month.ts`.
 */
import type { Entry } from '../../../shared/domain/entry.ts';
import { dayAt, instantFromMs } from '../../../shared/domain/calendar.ts';
import type { Journal } from './journal.ts';
import type { Taken } from './mail-service.ts';
import { companyId, zone } from './world.ts';

/** The marks of accounts that a text holds. */
export const marksIn = (text: string): string[] => [...new Set(text.toLowerCase().match(/zqk\d\dz/g) ?? [])];

type Claim = { accountId: string; messageId: string; version: number };

export const mailboxOf = (journal: Journal) => {
  const claims = new Map<string, Claim>();
  const once = new Map<string, string>();
  const found: string[] = [];
  journal.hear(({ entry }: { entry: Entry }) => {
    for (const fact of entry.facts)
      if ('operationId' in fact && 'messageId' in fact)
        claims.set(fact.operationId, {
          accountId: entry.accountId,
          messageId: fact.messageId,
          version: entry.version,
        });
  });
  const foreign = (accountId: string, what: string, text: string): void => {
    const others = marksIn(text).filter((mark) => mark !== accountId);
    if (others.length > 0) found.push(`D12 ${what} of ${accountId} has words of ${others.join(', ')}`);
  };
  const first = (what: string, by: string): void => {
    if (once.has(what)) found.push(`D1 ${what}: ${once.get(what)} and ${by}`);
    once.set(what, by);
  };

  const taken = ({ operationId, mail, atMs }: Taken): void => {
    const claim = claims.get(operationId);
    if (claim === undefined) return void found.push(`D2 a mail went out that nobody claimed: ${operationId}`);
    const { accountId, messageId } = claim;
    const { to, cc, replyTo, subject, html, text, headers } = mail;
    foreign(accountId, `mail ${messageId}`, JSON.stringify([to, cc, replyTo, subject, html, text, headers]));
    for (const { address } of [...to, ...cc]) {
      if (!address.endsWith(`@${accountId}.example`))
        found.push(`D11 ${messageId} of ${accountId} went to ${address}`);
      first(`${accountId} ${messageId} to ${address}`, operationId);
    }
    const planned = journal.of({ companyId, accountId }).planned.get(messageId);
    if (planned === undefined) return;
    const on = dayAt(instantFromMs(atMs), zone);
    first(`a reminder of ${accountId} on ${on}`, operationId);
    const due = planned.items.filter(({ isDue }) => isDue);
    const set = due
      .map(({ itemId, stage, courtesyDay = '' }) => `${itemId}@${stage}${courtesyDay}`)
      .toSorted();
    if (set.length > 0)
      first(`${accountId} ${to[0]?.address} ${planned.policyId} ${set.join(' ')}`, operationId);
    const digits = text.replace(/\D/g, '');
    for (const amount of Object.values(planned.sums))
      if (!digits.includes(String(amount)))
        found.push(`D5 ${messageId} of ${accountId} does not say ${amount}`);
  };
  return {
    taken,
    once,
    /** What customers have that the book forgot. */
    learn: (more: ReadonlyMap<string, string>): void => more.forEach((by, what) => once.set(what, by)),
    answered: (accountId: string, answer: unknown): void =>
      foreign(accountId, 'an answer', JSON.stringify(answer)),
    faults: (): string[] => found.splice(0),
  };
};
