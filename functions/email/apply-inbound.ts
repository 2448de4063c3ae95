/**
 * Places an inbound mail: by the token of the address it came to, by what it answers, else in the queue for people.
 * From: queue `inbound-mails`. Next: papers and facts of one account. A human reply pauses its reminders until handled.
 * Whatever became of it, the mail is kept without card numbers from then on (A13): before it is done, so that a process that
 * dies does it again, and in the same words, so that whoever reads it again reads the same.
 */
import type { InboundMailMessage } from '../../shared/contracts/mail-events.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { replyTokenOf } from '../../shared/domain/mail-setting.ts';
import { done, type Outcome } from '../../shared/domain/outcome.ts';
import { platformCompany } from '../../shared/domain/parked-work.ts';
import { readInboundMail, type InboundMail } from '../../shared/formats/inbound-mail.ts';
import type { MessagePlace } from '../../shared/ports/inbox-store.ts';
import { internetName } from './apply-report.ts';
import { replyName } from './claim-message.ts';
import { keepMasked, rawMailPath } from './keep-inbound.ts';
import { noteReply } from './note-reply.ts';
import type { MailCall, MailParts } from './parts.ts';

export const applyInbound = async (
  parts: MailParts,
  { eventId, company, account }: InboundMailMessage,
  call: MailCall,
): Promise<Outcome<string, ProblemCode>> => {
  const event = await parts.inbox.read(call.scope, eventId);
  if (event === undefined || event.state !== 'new') return done('known');
  const bytes = await parts.documents.read(call.scope, rawMailPath(eventId));
  if (bytes === undefined) throw new Error(`the mail of ${eventId} is not kept`);
  const mail = await readInboundMail(bytes);
  if (!mail.ok) {
    await forPeople(parts, call, { eventId, receivedAt: event.receivedAt, why: mail.detail });
    await keepMasked(parts, call, eventId);
    return done('for-people');
  }
  const { recipient } = event.content as { recipient?: string };
  const told =
    company === undefined || account === undefined
      ? undefined
      : { companyId: company, accountId: account, messageId: '' };
  const place = told ?? (await placeOf(parts, call, mail.value, recipient));
  if (place === undefined) {
    await forPeople(parts, call, {
      eventId,
      receivedAt: event.receivedAt,
      why: 'It answers nothing we sent.',
      mail: mail.value,
    });
    await keepMasked(parts, call, eventId);
    return done('for-people');
  }
  const kind = await noteReply(parts, call, {
    place,
    mail: mail.value,
    eventId,
    receivedAt: event.receivedAt,
  });
  if (kind === 'no-account') {
    await forPeople(parts, call, {
      eventId,
      receivedAt: event.receivedAt,
      why: 'The account is not there.',
      mail: mail.value,
    });
    await keepMasked(parts, call, eventId);
    return done('for-people');
  }
  await keepMasked(parts, call, eventId);
  await parts.inbox.end(call.scope, eventId, 'done', kind);
  await parts.inbox.unqueue(call.scope, platformCompany, triageIdOf(parts, event));
  return done(kind);
};

const placeOf = async (
  { inbox }: MailParts,
  { scope }: MailCall,
  { to, answers }: InboundMail,
  recipient: string | undefined,
): Promise<MessagePlace | undefined> => {
  const tokens = [recipient ?? '', ...to].map(replyTokenOf).filter((token) => token !== undefined);
  for (const name of new Set(tokens.map(replyName))) {
    const place = await inbox.placeOf(scope, name);
    if (place !== undefined) return place;
  }
  for (const name of new Set(answers.map(internetName))) {
    // by a name of its own: of mails whose reports came before events were kept with their message
    const place = (await inbox.placeByEvents(scope, name)) ?? (await inbox.placeOf(scope, name));
    if (place !== undefined) return place;
  }
  return undefined;
};

type Unplaced = { eventId: string; receivedAt: string; why: string; mail?: InboundMail };
const mostShown = 2_000;

/** Whose it is nobody knows yet: it waits with the platform's own, for whoever reaches all companies. */
const forPeople = async (
  { inbox, hashText }: MailParts,
  { scope }: MailCall,
  { eventId, receivedAt, why, mail }: Unplaced,
): Promise<void> => {
  const content = {
    ...{ from: mail?.from.address ?? '', subject: mail?.subject ?? '', why },
    text: (mail?.text ?? '').slice(0, mostShown),
  };
  const id = triageIdOf({ hashText }, { eventId, receivedAt });
  await inbox.queue(scope, { companyId: platformCompany, id, eventId, receivedAt, content });
};

/** Sorts by time; signs that no id holds are written as dots. */
const triageIdOf = (
  { hashText }: Pick<MailParts, 'hashText'>,
  { eventId, receivedAt }: { eventId: string; receivedAt: string },
): string => `${receivedAt}~${hashText(eventId).slice(0, 16)}`.replaceAll(':', '.');
