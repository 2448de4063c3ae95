/**
 * Sends a sign-in link to an address that may see an account; all other addresses get nothing, and nobody hears of it.
 * From: queue `sign-ins`. Next: the mail; the token's hash is kept, the token itself is nowhere but in it. It derives
 * from the request, so that a second delivery sends the same mail under the same name.
 */
import type { SignInMessage } from '../../shared/contracts/messages.ts';
import { mailPlaces, mailSettingFrom } from '../../shared/contracts/mail.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { instantFromText, textOfInstant, type Instant } from '../../shared/domain/calendar.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import { isContact, membershipsOf } from '../../shared/edge/portal-access.ts';
import { readCompany } from '../../shared/edge/read-company.ts';
import type { Membership } from '../../shared/ports/member-store.ts';
import type { Mail } from '../../shared/domain/mail.ts';
import type { MailStores, SignInStores } from './portal-parts.ts';
import { signInMail } from './sign-in-mail.ts';

export const signInPurpose = 'sign-in';
export const linkMinutes = 10;
const mostTries = 8;

type Parts = SignInStores & MailStores;

/** @throws when the mail service is busy or unclear: the message comes back. */
export const sendSignIn = async (
  parts: Parts,
  message: SignInMessage,
  { scope, now }: { scope: Scope; now: Instant },
): Promise<Outcome<'sent' | 'nobody', ProblemCode>> => {
  const emailHash = parts.hashEmail(message.email);
  const memberships = await membershipsWith(parts, emailHash, message);
  const endsAt = instantFromText(message.askedAt).add({ minutes: linkMinutes });
  const [first] = memberships;
  if (first === undefined || endsAt.epochMilliseconds <= now.epochMilliseconds) return done('nobody');
  const mail = await mailFor(parts, scope, first, message);
  if (!mail.ok) return mail;
  const { token } = mail.value;
  await parts.tokens.keep(parts.hashText(token), {
    ...{ purpose: signInPurpose, subject: {}, person: emailHash },
    ...{ madeAt: message.askedAt, endsAt: textOfInstant(endsAt) },
  });
  return handOver(parts, mail.value.mail, message.requestId, now);
};

/** Known ones, and the account whose mail they came from, where it names the address among its contacts. */
const membershipsWith = async (
  parts: Parts,
  emailHash: string,
  { account, askedAt }: SignInMessage,
): Promise<Membership[]> => {
  if (account !== undefined && (await isContact(parts, account, emailHash)))
    await keepMembership(parts, emailHash, { ...account, from: 'contact', by: 'mail', since: askedAt });
  return membershipsOf(parts, emailHash);
};

/** The same again changes nothing. @throws when it changes under every try. */
export const keepMembership = async (
  { members }: Pick<SignInStores, 'members'>,
  emailHash: string,
  membership: Membership,
): Promise<void> => {
  for (let tries = 1; tries <= mostTries; tries += 1) {
    const { memberships, mark } = await members.read(emailHash);
    const { companyId, accountId } = membership;
    if (memberships.some((one) => one.companyId === companyId && one.accountId === accountId)) return;
    const saved = await members.save(emailHash, { memberships: [...memberships, membership], mark });
    if (saved === 'saved') return;
  }
  throw new Error('memberships changed under every try');
};

const mailFor = async (
  parts: Parts,
  scope: Scope,
  { companyId }: Membership,
  { requestId, email }: SignInMessage,
): Promise<Outcome<{ mail: Mail; token: string }, ProblemCode>> => {
  const company = await readCompany(parts.settings, scope, companyId);
  if (!company.ok) return company;
  const place = { scope: `company:${companyId}`, name: mailPlaces.mail };
  const setting = mailSettingFrom((await parts.settings.read(scope, place))?.value);
  if (setting === undefined)
    return refuse('not-rendered', `${companyId} has not said where its mail is from`);
  const token = parts.seal(`sign-in:${requestId}:${parts.hashEmail(email)}`);
  const wanted = { seller: company.value.legalName, setting, minutes: linkMinutes, email };
  return done({ token, mail: signInMail(wanted, `${parts.origin}/sign-in#${token}`) });
};

const handOver = async (
  { mailer, pacing, hashText }: Parts,
  mail: Mail,
  requestId: string,
  now: Instant,
): Promise<Outcome<'sent', ProblemCode>> => {
  const slot = await pacing.take(now);
  if (slot.is === 'full') throw new Error(`mail is paced until ${slot.until}`);
  const hash = hashText(`sign-in:${requestId}`);
  const operationId = [
    hash.slice(0, 8),
    hash.slice(8, 12),
    hash.slice(12, 16),
    hash.slice(16, 20),
    hash.slice(20, 32),
  ];
  const handed = await mailer.send(operationId.join('-'), mail);
  if (handed.is === 'quota') await pacing.pause(handed.until);
  if (handed.is === 'quota' || handed.is === 'unknown') throw new Error(`mail service: ${handed.is}`);
  // whoever asked hears no more than anybody; staff see that it was not taken
  return handed.is === 'refused'
    ? refuse('not-rendered', `the mail service refused a sign-in link: ${handed.code}`)
    : done('sent');
};
