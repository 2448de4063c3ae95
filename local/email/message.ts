/**
 * Reads a request body into a message, or says what is wrong with it in the service's way.
 * From: `POST /emails:send`. Next: `sending.ts`. Strict: a member the API does not have is refused too.
 */
import { z } from 'zod';
import { isEmailAddress, senderStanding } from './addresses.ts';
import { attachmentTypes } from './attachment-types.ts';
import { Refusal } from './refusal.ts';
import type { Message } from './types.ts';

export const maxRequestBytes = 10 * 1024 * 1024;
export const maxRecipients = 50;

const address = z.strictObject({
  address: z.string().refine(isEmailAddress, { error: 'Invalid format for email address' }),
  displayName: z.string().optional(),
});
const addresses = z.array(address).nullish();

const oneLine = z.string().regex(/^[^\r\n\0]*$/, 'must be one line');

/** Headers that the service writes itself, out of the other members. */
const ownHeaders =
  /^(from|to|cc|bcc|subject|sender|reply-to|date|message-id|mime-version|content-.*|dkim-.*)$/i;
const headerName = z
  .string()
  .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$/, 'is not a header name')
  .refine((name) => !ownHeaders.test(name), { error: 'is set by the service and cannot be given' });

const attachment = z.strictObject({
  name: oneLine.min(1).regex(/^[^/\\]+$/, 'must be a file name without a path'),
  contentType: z.string().refine((type) => attachmentTypes.has(bareType(type)), {
    error: 'is not an allowed attachment type',
  }),
  contentInBase64: z.string().min(1).refine(isBase64, { error: 'is not valid base64' }),
  contentId: oneLine.optional(),
});

const request = z.strictObject({
  senderAddress: z.string().refine(isEmailAddress, { error: 'Invalid format for email address' }),
  content: z
    .strictObject({
      subject: oneLine.min(1, 'must not be empty'),
      plainText: z.string().nullish(),
      html: z.string().nullish(),
    })
    .refine(({ plainText, html }) => plainText || html, { error: 'must have plainText or html' }),
  recipients: z
    .strictObject({ to: addresses, cc: addresses, bcc: addresses })
    .refine((all) => countOf(all) > 0, { error: 'must have at least one recipient' })
    .refine((all) => countOf(all) <= maxRecipients, { error: `must not be more than ${maxRecipients}` }),
  headers: z.record(headerName, oneLine).nullish(),
  attachments: z.array(attachment).nullish(),
  replyTo: addresses,
  userEngagementTrackingDisabled: z.boolean().nullish(),
});

/** @throws Refusal 400 for a bad message, 404 for a sender of a domain that is not linked. */
export const readMessage = (body: Buffer, linkedSenders: readonly string[]): Message => {
  const parsed = request.safeParse(parseJson(body));
  if (!parsed.success) throw badRequest(parsed.error.issues);
  const { senderAddress, content, recipients, headers, attachments, replyTo } = parsed.data;
  checkSender(senderAddress, linkedSenders);
  return {
    senderAddress,
    subject: content.subject,
    plainText: content.plainText ?? undefined,
    html: content.html ?? undefined,
    to: recipients.to ?? [],
    cc: recipients.cc ?? [],
    bcc: recipients.bcc ?? [],
    replyTo: replyTo ?? [],
    headers: headers ?? {},
    attachments: attachments ?? [],
  };
};

const parseJson = (body: Buffer): unknown => {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new Refusal(400, 'BadRequest', 'The request body is not valid JSON.');
  }
};

const badRequest = (issues: z.core.$ZodIssue[]): Refusal => {
  const details = issues.map((issue) => {
    const target = issue.path.map(String).join('.');
    const isAddress = issue.message.startsWith('Invalid format for email address');
    return { code: isAddress ? 'InvalidEmailAddress' : 'BadRequest', message: issue.message, target };
  });
  const { code = 'BadRequest', message = 'is not valid', target = '' } = details[0] ?? {};
  const text = code === 'BadRequest' && target ? `${target}: ${message}` : message;
  return new Refusal(400, code, text, { target, details });
};

const checkSender = (sender: string, linked: readonly string[]): void => {
  const standing = senderStanding(sender, linked);
  if (standing === 'unlinked-domain')
    throw new Refusal(404, 'DomainNotLinked', 'The specified sender domain has not been linked.');
  if (standing === 'unknown-user')
    throw new Refusal(
      400,
      'InvalidSenderUserName',
      `Invalid email sender username: '${sender.split('@')[0]}'. Please use a username from the list of valid usernames configured by your admin.`,
    );
};

const countOf = (all: Partial<Record<'to' | 'cc' | 'bcc', unknown[] | null | undefined>>): number =>
  (all.to?.length ?? 0) + (all.cc?.length ?? 0) + (all.bcc?.length ?? 0);

function bareType(contentType: string): string {
  return (contentType.split(';')[0] ?? '').trim().toLowerCase();
}

function isBase64(text: string): boolean {
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
}
