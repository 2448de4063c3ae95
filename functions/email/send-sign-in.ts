/**
 * Sends a sign-in link to an address that may see an account; all other addresses get nothing, and nobody hears of it.
 * From: queue `sign-ins`. Next: the mail; the token's hash is kept before, the token itself is nowhere but in it. It
 * derives from the request, so that a second delivery is the same mail under the same name; that a hash is there already
 * says that it may have gone: the mail service is asked before it is posted again, and after four minutes never (D2).
 */
import type { SignInMessage } from '../../shared/contracts/messages.ts';
import { mailPlaces, mailSettingFrom } from '../../shared/contracts/mail.ts';
import { signInLink } from '../../shared/contracts/portal-sign-in.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { instantFromText, textOfInstant, type Instant } from '../../shared/domain/calendar.ts';
import type { HashText } from '../../shared/domain/document-ids.ts';
import type { Mail } from '../../shared/domain/mail.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { keepMembership } from '../../shared/edge/memberships.ts';
import { isContact, membershipsOf, type PortalAccessParts } from '../../shared/edge/portal-access.ts';
import { readCompany } from '../../shared/edge/read-company.ts';
import type { Mailer } from '../../shared/ports/mailer.ts';
import type { MailPacing } from '../../shared/ports/mail-pacing.ts';
import type { Membership } from '../../shared/ports/member-store.ts';
import type { MessageSender } from '../../shared/ports/message-sender.ts';
import type { SettingsStore } from '../../shared/ports/settings-store.ts';
import type { TokenStore } from '../../shared/ports/token-store.ts';
import { handsOffSeconds, sameAgainSeconds, uuidOf } from './operation-id.ts';
import type { MailCall } from './parts.ts';
import { signInMail } from './sign-in-mail.ts';

export type SignInMailParts = Pick<PortalAccessParts, 'members' | 'accounts' | 'hashEmail' | 'origin'> & {
  settings: Pick<SettingsStore, 'read'>;
  tokens: TokenStore;
  mailer: Mailer;
  pacing: MailPacing;
  sender: MessageSender;
  hashText: HashText;
  /** A signature nobody else can make, of text. */
  seal: (text: string) => string;
};

type Sent = 'sent' | 'nobody' | 'later' | 'too-late' | 'in-doubt';
type Answer = Promise<Outcome<Sent, ProblemCode>>;

export const sendSignIn = async (parts: SignInMailParts, message: SignInMessage, call: MailCall): Answer => {
  const emailHash = parts.hashEmail(message.email);
  const endsAt = instantFromText(message.askedAt).add({ minutes: signInLink.minutes });
  if (endsAt.epochMilliseconds <= call.now.epochMilliseconds) return done('too-late');
  const [first] = await membershipsWith(parts, emailHash, message);
  if (first === undefined) return done('nobody');
  const made = await mailFor(parts, call, first, message);
  if (!made.ok) return made;
  const { token, mail } = made.value;
  const turn = { message, mail, endsAt, operationId: uuidOf(parts.hashText(`sign-in:${message.requestId}`)) };
  const hash = parts.hashText(token);
  const asked = { purpose: signInLink.purpose, now: call.now };
  const before = await parts.tokens.look(hash, asked);
  if (before !== undefined) return sendAgain(parts, call, turn, instantFromText(before.madeAt));
  const slot = await parts.pacing.take(call.now);
  if (slot.is === 'full') return later(parts, turn, instantFromText(slot.until));
  const kept = await parts.tokens.keep(hash, {
    ...{ purpose: signInLink.purpose, subject: {}, person: emailHash },
    ...{ madeAt: textOfInstant(call.now), endsAt: textOfInstant(endsAt) },
  });
  // there and not to be seen: it was used, so that it arrived; or another delivery of this message is at it just now
  if (kept === 'known') return done('sent');
  return post(parts, call, turn);
};

/** Known ones, and the account whose mail they came from, where it names the address among its contacts. */
const membershipsWith = async (
  parts: SignInMailParts,
  emailHash: string,
  { account, askedAt }: SignInMessage,
): Promise<Membership[]> => {
  if (account !== undefined && (await isContact(parts, account, emailHash)))
    await keepMembership(parts, emailHash, { ...account, from: 'contact', by: 'mail', since: askedAt });
  return membershipsOf(parts, emailHash);
};

const mailFor = async (
  parts: SignInMailParts,
  { scope }: MailCall,
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
  const wanted = { seller: company.value.legalName, setting, minutes: signInLink.minutes, email };
  return done({ token, mail: signInMail(wanted, `${parts.origin}/sign-in#${token}`) });
};

type Turn = { message: SignInMessage; mail: Mail; operationId: string; endsAt: Instant };

const post = async (parts: SignInMailParts, call: MailCall, turn: Turn): Answer => {
  const handed = await parts.mailer.send(turn.operationId, turn.mail);
  switch (handed.is) {
    case 'accepted':
      return done('sent');
    case 'refused':
      // whoever asked hears no more than anybody; staff see that it was not taken
      return refuse('mail-refused', `a sign-in link: ${handed.code}`);
    case 'quota':
      await parts.pacing.pause(handed.until);
      return later(parts, turn, instantFromText(handed.until));
    case 'unknown':
      return later(parts, turn, call.now.add({ seconds: handsOffSeconds }));
  }
};

/** It may have gone at `firstAt`: found is sent, and only what is surely not there is posted under the same name. */
const sendAgain = async (parts: SignInMailParts, call: MailCall, turn: Turn, firstAt: Instant): Answer => {
  const status = await parts.mailer.status(turn.operationId);
  const ageSeconds = (call.now.epochMilliseconds - firstAt.epochMilliseconds) / 1_000;
  if (status.is === 'accepted') return done('sent');
  if (status.is === 'failed') return refuse('mail-refused', `a sign-in link: ${status.code}`);
  if (ageSeconds < handsOffSeconds) return later(parts, turn, firstAt.add({ seconds: handsOffSeconds }));
  if (status.is === 'unknown') return later(parts, turn, call.now.add({ seconds: handsOffSeconds }));
  // whoever still waits for it asks for another
  return ageSeconds < sameAgainSeconds ? post(parts, call, turn) : done('in-doubt');
};

/** Not for a link that has ended by then. */
const later = async ({ sender }: SignInMailParts, { message, endsAt }: Turn, dueAt: Instant): Answer => {
  if (dueAt.epochMilliseconds >= endsAt.epochMilliseconds) return done('too-late');
  const id = `sign-in:${message.requestId}:${textOfInstant(dueAt)}`;
  await sender.send('sign-ins', [{ id, body: message, dueAt }]);
  return done('later');
};
