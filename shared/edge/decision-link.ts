/**
 * Links by which an addressed person decides one case without a sign-in: good for one decision and some days.
 * From: staff who ask for one, mails to who has a case. Next: `TokenStore`, under a hash; the token is told once.
 */
import { createHash } from 'node:crypto';
import { textOfInstant, type Instant } from '../domain/calendar.ts';
import type { Dispute } from '../domain/dispute.ts';
import type { TokenStore } from '../ports/token-store.ts';

export const decisionPurpose = 'decide';
const goodForDays = 14;

export const hashOfToken = (token: string): string => createHash('sha256').update(token).digest('hex');

export type DecisionLinkParts = {
  tokens: Pick<TokenStore, 'keep'>;
  /** A word nobody can guess, new with each call. */
  newSecret: () => string;
};

type About = { companyId: string; accountId: string; person: string };

/** It ends with the round of the case it was made in, too. */
export const makeDecisionLink = async (
  { tokens, newSecret }: DecisionLinkParts,
  now: Instant,
  { person, companyId, accountId }: About,
  { id: caseId, reopened }: Pick<Dispute, 'id' | 'reopened'>,
): Promise<{ token: string; person: string; endsAt: string }> => {
  const token = newSecret();
  const endsAt = textOfInstant(now.add({ hours: 24 * goodForDays }));
  await tokens.keep(hashOfToken(token), {
    ...{ purpose: decisionPurpose, person, endsAt, madeAt: textOfInstant(now) },
    subject: { companyId, accountId, caseId, round: String(reopened) },
  });
  return { token, person, endsAt };
};
