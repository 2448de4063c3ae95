/**
 * Takes a wish to be let in. Whether the address is known is not looked at here: the answer is the same, and takes as
 * long, for every address there is (A1).
 * From: `POST api/portal/sign-in-links`. Next: queue `sign-ins`; beyond the limits nothing, with the same answer.
 */
import type { SignInMessage } from '../../shared/contracts/messages.ts';
import type { LinkRequestBody } from '../../shared/contracts/portal-sign-in.ts';
import { textOfInstant, type Instant } from '../../shared/domain/calendar.ts';
import { plainAddress } from '../../shared/domain/person.ts';
import type { SignInStores } from './portal-parts.ts';

/** Of one address and of one network (reliability 5.5). */
export const [mostPerWindow, windowMinutes] = [5, 15];

export const requestSignIn = async (
  parts: SignInStores,
  { email, link }: LinkRequestBody,
  { network, now }: { network: string; now: Instant },
): Promise<{ accepted: true }> => {
  const requestId = parts.newSecret().slice(0, 32);
  const span = String(Math.floor(now.epochMilliseconds / (windowMinutes * 60_000)));
  const limited = { what: 'sign-in', span, thing: requestId, most: mostPerWindow };
  const counts = await Promise.all(
    [`address:${parts.hashEmail(email)}`, `network:${parts.hashText(network)}`].map((callerId) =>
      parts.counter.count({ callerId, ...limited }),
    ),
  );
  if (counts.includes('too-many')) return { accepted: true };
  const verdict = link === undefined ? undefined : parts.links.verify(link, now);
  // one that has ended opens nothing and still says whose mail it was
  const claim = verdict === undefined || verdict.is === 'forged' ? undefined : verdict.claim;
  const body: SignInMessage = {
    ...{ v: 1, requestId, email: plainAddress(email), askedAt: textOfInstant(now) },
    ...(claim === undefined ? {} : { account: { companyId: claim.companyId, accountId: claim.accountId } }),
  };
  await parts.sender.send('sign-ins', [{ id: `sign-in:${requestId}`, body }]);
  return { accepted: true };
};
