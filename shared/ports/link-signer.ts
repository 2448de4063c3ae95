/**
 * Narrow links in mails: what they open is in them, signed, and nothing else opens by them.
 * From: the mail workflow signs, the portal verifies. Next: `shared/azure/hmac-links.ts`.
 */
import type { Instant } from '../domain/calendar.ts';

/** What a link lets its holder do. */
export const linkPurposes = [
  'pay',
  'statement',
  'already-paid',
  'something-wrong',
  'document',
  'decision',
] as const;
export type LinkPurpose = (typeof linkPurposes)[number];

export type LinkClaim = {
  companyId: string;
  accountId: string;
  /** The message it stands in. */
  messageId: string;
  purpose: LinkPurpose;
  /** The thing it is about, where the purpose has one: a document, a case. */
  aboutId?: string;
  /** ISO instant. */
  expiresAt: string;
};

export type LinkVerdict =
  { is: 'valid'; claim: LinkClaim } | { is: 'expired'; claim: LinkClaim } | { is: 'forged' };

export interface LinkSigner {
  /** The token of a link, safe in a path; the same for the same claim and key. */
  sign(claim: LinkClaim): string;
  /** By any key that is valid now, so that keys can be changed under links that are out. */
  verify(token: string, now: Instant): LinkVerdict;
}
