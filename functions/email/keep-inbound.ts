/**
 * Keeps a raw mail that came in, before anybody looks into it: answered only once it is kept for good.
 * From: the webhook of the mail gateway. Next: queue `inbound-mails`. The same mail again is the same event.
 * Raw it is kept only until it was worked: a card number in its words, its subject or a text beside it is masked then (A13), and
 * a mail that comes again does not bring the number back. Ids, addresses and papers stay as they came.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { textOfInstant, type Instant } from '../../shared/domain/calendar.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { platformCompany } from '../../shared/domain/parked-work.ts';
import { maskedMail } from '../../shared/formats/masked-mail.ts';
import type { FilePath } from '../../shared/ports/file-store.ts';
import type { MailCall, MailParts } from './parts.ts';

export const rawMailPath = (eventId: string): FilePath => ({
  companyId: platformCompany,
  name: `inbound/${eventId.replace(':', '-')}.eml`,
});

export type RawMail = { bytes: Uint8Array; recipient: string };

/** Seconds a signature may be old or ahead of time. */
const mostSkewSeconds = 300;
export const signatureHeader = 'x-dunwell-signature';
export const recipientHeader = 'x-dunwell-recipient';

type Sent = { bytes: Uint8Array; header: (name: string) => string | null; now: Instant };

/**
 * `t=<seconds since 1970>,v1=<hex>`: HMAC-SHA256 over `<t>.<recipient>.` and the raw bytes, by any of the keys (base64).
 * Two keys hold at a time, so that they can be changed.
 */
export const verifyRawMail = (
  { bytes, header, now }: Sent,
  keys: readonly string[],
): Outcome<RawMail, 'not-signed-in'> => {
  const signature = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(header(signatureHeader) ?? '');
  const recipient = header(recipientHeader) ?? '';
  const [, seconds, given] = signature ?? [];
  if (seconds === undefined || given === undefined || recipient.length > 320)
    return refuse('not-signed-in', 'The mail has no signature.');
  if (Math.abs(Number(seconds) - now.epochMilliseconds / 1_000) > mostSkewSeconds)
    return refuse('not-signed-in', 'The signature is too old.');
  const expected = keys.map((key) =>
    createHmac('sha256', Buffer.from(key, 'base64'))
      .update(`${seconds}.${recipient}.`)
      .update(bytes)
      .digest(),
  );
  const isRight = expected.some((one) => timingSafeEqual(one, Buffer.from(given, 'hex')));
  return isRight ? done({ bytes, recipient }) : refuse('not-signed-in', 'The signature does not hold.');
};

/** The kept mail without card numbers, in place of what was there; a mail that has none stays byte for byte. */
export const keepMasked = async (
  { documents }: Pick<MailParts, 'documents'>,
  { scope }: Pick<MailCall, 'scope'>,
  eventId: string,
): Promise<void> => {
  const bytes = await documents.read(scope, rawMailPath(eventId));
  const masked = bytes === undefined ? undefined : await maskedMail(bytes);
  if (masked !== undefined) await documents.write(scope, rawMailPath(eventId), masked);
};

type KeepParts = Pick<MailParts, 'documents' | 'inbox' | 'sender' | 'hashText'>;

/** Bytes, then the note of it, then the work: whoever dies between two of them is sent the mail again. */
export const keepInbound = async (
  { documents, inbox, sender, hashText }: KeepParts,
  { bytes, recipient }: RawMail,
  { now, scope }: MailCall,
): Promise<Outcome<string, ProblemCode>> => {
  const eventId = `mail:${hashText(`${recipient}\n${Buffer.from(bytes).toString('latin1')}`)}`;
  const isKnown = (await inbox.read(scope, eventId)) !== undefined;
  if (!isKnown) await documents.write(scope, rawMailPath(eventId), bytes);
  const event = { eventId, kind: 'mail', state: 'new', content: { recipient } } as const;
  const kept = await inbox.keep(scope, { ...event, receivedAt: textOfInstant(now) });
  // the same mail beside it may have been worked before these bytes were written
  if (!isKnown && kept === 'known') await keepMasked({ documents }, { scope }, eventId);
  await sender.send('inbound-mails', [{ id: eventId, body: { v: 1, eventId } }]);
  return done(eventId);
};
