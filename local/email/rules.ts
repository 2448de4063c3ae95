/**
 * What becomes of a mail at each recipient: by the switchable table, by the first word of the address,
 * by the suppression list.
 * From: `sending.ts`, once per recipient. Next: the recipient's status and its delivery report.
 */
import { domainOf, mailboxOf } from './addresses.ts';
import type { DeliveryRule } from './settings.ts';
import type { DeliveryStatus } from './types.ts';

export const hourMs = 3_600_000;

/** `bounce@`, `bounce-7@`, `bounce.anna@` bounce; `bouncer@` is an ordinary address. */
export const builtInRules: readonly DeliveryRule[] = [
  { match: 'bounce', status: 'Bounced', delayMs: 0, copies: 1 },
  { match: 'spam', status: 'FilteredSpam', delayMs: 0, copies: 1 },
  { match: 'quarantine', status: 'Quarantined', delayMs: 0, copies: 1 },
  { match: 'suppress', status: 'Suppressed', delayMs: 0, copies: 1 },
  { match: 'fail', status: 'Failed', delayMs: 0, copies: 1 },
  { match: 'expand', status: 'Expanded', delayMs: 0, copies: 1 },
  { match: 'late', status: 'Delivered', delayMs: 6 * hourMs, copies: 1 },
  { match: 'silent', status: 'Delivered', delayMs: 0, copies: 0 },
  { match: 'twice', status: 'Delivered', delayMs: 0, copies: 2 },
];

const ordinary: DeliveryRule = { match: '', status: 'Delivered', delayMs: 0, copies: 1 };

export const ruleFor = (address: string, table: readonly DeliveryRule[]): DeliveryRule =>
  [...table, ...builtInRules].find(({ match }) => matches(match.toLowerCase(), mailboxOf(address))) ??
  ordinary;

const matches = (pattern: string, address: string): boolean => {
  if (pattern.startsWith('@')) return pattern === `@${domainOf(address)}`;
  if (pattern.includes('@')) return pattern === address;
  return address.startsWith(pattern) && !/[a-z]/.test(address.charAt(pattern.length));
};

const statusMessages: Record<DeliveryStatus, string> = {
  Delivered: 'No error.',
  Bounced: '550 5.1.1 The email account that you tried to reach does not exist.',
  Failed: '451 4.4.1 The recipient server did not answer.',
  FilteredSpam: '550 5.7.1 The message was rejected as spam.',
  Quarantined: 'The message was quarantined.',
  Suppressed: 'The recipient is on the suppression list.',
  Expanded: 'The recipient is a distribution list and was expanded.',
};

export const statusMessageOf = (status: DeliveryStatus): string => statusMessages[status];

/** Suppressed for a day after the first hard bounce, twice as long after each further one, 14 days at most. */
export const suppressionMs = (bouncesBefore: number): number =>
  24 * hourMs * Math.min(2 ** bouncesBefore, 14);
