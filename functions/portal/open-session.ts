/**
 * Opens a session with a sign-in link, by POST alone: pages and scanners that look at the link use nothing up (A9).
 * From: `POST api/portal/sessions`. Next: the cookie; sessions end idle, at the latest after two hours, or when ended.
 */
import { signInLink } from '../../shared/contracts/portal-sign-in.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { textOfInstant, type Instant } from '../../shared/domain/calendar.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { longestMinutes, membershipsOf, type PortalCaller } from '../../shared/edge/portal-access.ts';
import type { SignInStores } from './portal-parts.ts';

type Opened = { answer: { endsAt: string }; cookie: string };

/** Unknown, used, ended: one answer for all. A secret of its own with each sign-in. */
export const openSession = async (
  parts: SignInStores,
  { token }: { token: string },
  now: Instant,
): Promise<Outcome<Opened, ProblemCode>> => {
  const secret = parts.newSecret();
  const secretHash = parts.hashText(secret);
  const asked = { purpose: signInLink.purpose, now, use: secretHash };
  const used = await parts.tokens.use(parts.hashText(token), asked);
  if (used === undefined) return refuse('sign-in-link-over', 'The link was used, has ended or never was.');
  const emailHash = used.person;
  if ((await membershipsOf(parts, emailHash)).length === 0)
    return refuse('sign-in-link-over', 'The link was used, has ended or never was.');
  const at = textOfInstant(now);
  await parts.sessions.open({ emailHash, secretHash, openedAt: at, lastSeenAt: at });
  const endsAt = textOfInstant(now.add({ minutes: longestMinutes }));
  return done({ answer: { endsAt }, cookie: `${emailHash}.${secret}` });
};

/** This session, or every one of the address. */
export const endSession = async (
  { sessions }: Pick<SignInStores, 'sessions'>,
  { session }: PortalCaller,
  everywhere: boolean,
): Promise<{ answer: { ended: true }; cookie: string }> => {
  if (session !== undefined)
    await (everywhere
      ? sessions.endAll(session.emailHash)
      : sessions.end(session.emailHash, session.secretHash));
  return { answer: { ended: true }, cookie: '' };
};
