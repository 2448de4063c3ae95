/**
 * Sends a mail to somebody of the house at most once: claim, one hand-over, what came of it. Never a second POST without
 * a question between that was answered "not found", and none after four minutes (D2).
 * From: queue `messages-to-send`, planned by reporting. Next: the mail service. It may come twice or after a crash
 * between any two steps: its record says where it stands.
 */
import { isRestoredAndOpen, restorePlace } from '../../shared/contracts/mail-restore.ts';
import type { StaffMailToSend } from '../../shared/contracts/messages.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { instantFromText, textOfInstant, type Instant } from '../../shared/domain/calendar.ts';
import { mailFrom } from '../../shared/contracts/mail.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { KnownStaffMail, StaffMail, StaffMailStore } from '../../shared/ports/staff-mail-store.ts';
import { handsOffSeconds, sameAgainSeconds, uuidOf } from './operation-id.ts';
import type { MailCall, MailParts } from './parts.ts';

export type StaffMailParts = Pick<
  MailParts,
  'documents' | 'mailer' | 'pacing' | 'sender' | 'hashText' | 'settings'
> & {
  staffMails: StaffMailStore;
};
type Answer = Promise<Outcome<string, ProblemCode>>;

/** @throws when somebody else works on the mail just now: the message comes back. */
export const sendStaffMail = async (
  parts: StaffMailParts,
  { companyId, staffMailId }: StaffMailToSend,
  call: MailCall,
): Answer => {
  const known = await parts.staffMails.read(call.scope, companyId, staffMailId);
  if (known === undefined) return refuse('not-found', 'There is no such mail.');
  switch (known.mail.state) {
    case 'planned':
      return claimAndSend(parts, known, call);
    case 'claimed':
      return settle(parts, known, call);
    default:
      return done(known.mail.state);
  }
};

const change = async (
  { staffMails }: StaffMailParts,
  { scope }: MailCall,
  { mail, mark }: KnownStaffMail,
  to: Partial<StaffMail>,
): Promise<StaffMail> => {
  const after = { ...mail, ...to };
  if ((await staffMails.save(scope, { mail: after, mark })) !== 'saved')
    throw new Error(`mail ${mail.id} is being worked on`);
  return after;
};

const claimAndSend = async (parts: StaffMailParts, known: KnownStaffMail, call: MailCall): Answer => {
  const { companyId, id, file } = known.mail;
  const before = await sentBefore(parts, known, call);
  if (before !== undefined) return before;
  const slot = await parts.pacing.take(call.now);
  if (slot.is === 'full') return later(parts, known.mail, instantFromText(slot.until), 'quota-wait');
  const bytes = await parts.documents.read(call.scope, { companyId, name: file });
  if (bytes === undefined) throw new Error(`the mail ${id} is not kept`);
  const operationId = operationOf(parts, known.mail);
  const firstPostAt = textOfInstant(call.now);
  await change(parts, call, known, { state: 'claimed', operationId, firstPostAt });
  return post(parts, { companyId, id, operationId }, bytes, call);
};

/** Of what it is, so that one planned again after its book was set back has the same. */
const operationOf = ({ hashText }: StaffMailParts, { companyId, id, operationId }: StaffMail): string =>
  operationId ?? uuidOf(hashText(`${companyId}:${id}`));

const restoreWaitMinutes = 15;

/** Where the book was set back once, the mail service may have it already (D17); while that is open nothing leaves. */
const sentBefore = async (
  parts: StaffMailParts,
  known: KnownStaffMail,
  call: MailCall,
): Promise<Awaited<Answer> | undefined> => {
  const place = { scope: `company:${known.mail.companyId}`, name: restorePlace };
  const kept = await parts.settings.read(call.scope, place);
  if (kept === undefined) return undefined;
  const wait = call.now.add({ minutes: restoreWaitMinutes });
  if (isRestoredAndOpen(kept.value)) return later(parts, known.mail, wait, 'restored');
  const operationId = operationOf(parts, known.mail);
  const { is } = await parts.mailer.status(operationId);
  if (is === 'unknown') return later(parts, known.mail, wait, 'unknown');
  if (is !== 'accepted') return undefined;
  await change(parts, call, known, { state: 'sent', operationId });
  return done('sent');
};

type Place = { companyId: string; id: string; operationId: string };

const post = async (parts: StaffMailParts, place: Place, bytes: Uint8Array, call: MailCall): Answer => {
  const answer = await parts.mailer.send(place.operationId, mailFrom(bytes));
  const known = await parts.staffMails.read(call.scope, place.companyId, place.id);
  if (known === undefined) throw new Error(`mail ${place.id} is gone`);
  switch (answer.is) {
    case 'accepted':
      await change(parts, call, known, { state: 'sent' });
      return done('sent');
    case 'refused':
      await change(parts, call, known, { state: 'refused', because: answer.code });
      return refuse('mail-refused', `${answer.code}: ${answer.detail}`);
    case 'quota':
      await parts.pacing.pause(answer.until);
      await change(parts, call, known, { state: 'planned', firstPostAt: undefined });
      return later(parts, known.mail, instantFromText(answer.until), 'quota-wait');
    case 'unknown':
      return later(parts, known.mail, call.now.add({ seconds: handsOffSeconds }), 'unknown');
  }
};

/** Claimed and nobody wrote down what became of it. */
const settle = async (parts: StaffMailParts, known: KnownStaffMail, call: MailCall): Answer => {
  const { companyId, id, operationId, firstPostAt, file } = known.mail;
  if (operationId === undefined || firstPostAt === undefined)
    throw new Error(`${id} is claimed and nobody knows as what`);
  const first = instantFromText(firstPostAt);
  const ageSeconds = (call.now.epochMilliseconds - first.epochMilliseconds) / 1_000;
  const status = await parts.mailer.status(operationId);
  switch (status.is) {
    case 'accepted':
      await change(parts, call, known, { state: 'sent' });
      return done('sent');
    case 'failed':
      await change(parts, call, known, { state: 'refused', because: status.code });
      return refuse('mail-refused', `${status.code}: the mail service dropped it.`);
    case 'unknown':
      return later(parts, known.mail, call.now.add({ seconds: handsOffSeconds }), 'unknown');
    case 'not-found': {
      if (ageSeconds < handsOffSeconds)
        return later(parts, known.mail, first.add({ seconds: handsOffSeconds }), 'unknown');
      if (ageSeconds >= sameAgainSeconds) {
        await change(parts, call, known, { state: 'inDoubt' });
        return done('in-doubt');
      }
      const bytes = await parts.documents.read(call.scope, { companyId, name: file });
      if (bytes === undefined) throw new Error(`the mail ${id} is not kept`);
      // under its mark, so that of two who ask at once one posts
      await change(parts, call, known, { state: 'claimed' });
      return post(parts, { companyId, id, operationId }, bytes, call);
    }
  }
};

const later = async (
  { sender, hashText }: StaffMailParts,
  { companyId, id: staffMailId }: StaffMail,
  dueAt: Instant,
  why: string,
): Answer => {
  const body = { v: 1, companyId, staffMailId };
  const name = hashText(`${companyId}:${staffMailId}:again:${textOfInstant(dueAt)}`);
  const sessionId = hashText(`${companyId}:${staffMailId}`);
  await sender.send('messages-to-send', [{ id: name, sessionId, body, dueAt }]);
  return done(why);
};
