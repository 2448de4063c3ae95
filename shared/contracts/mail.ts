/**
 * Mail as it is set up and kept: a company's mail setting, the exact mail, the paper beside the account.
 * From: settings, blobs, papers. Next: `functions/email`. The paper names people: it is erased with them.
 */
import { z } from 'zod';
import type { MailSetting } from '../domain/mail-setting.ts';
import type { Mail } from '../domain/mail.ts';

const address = z
  .string()
  .max(254)
  .regex(/^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>"]+$/);
const domain = z
  .string()
  .max(200)
  .regex(/^(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z0-9-]+$/);
/** No line ends, no marks that turn the writing: it stands in headers and in pages. */
const line = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .regex(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+$/u);
const isOrigin = (text: string): boolean => {
  if (!URL.canParse(text)) return false;
  const { origin, protocol, hostname } = new URL(text);
  return origin === text && (protocol === 'https:' || ['127.0.0.1', 'localhost'].includes(hostname));
};

export const mailFields = {
  ...{ from: address, replyDomain: domain },
  address: z.array(line).min(1).max(6).readonly(),
  sender: z.strictObject({
    ...{ name: line, role: line.exactOptional(), email: address, phone: line, hours: line },
  }),
  linkOrigin: z.string().max(200).refine(isOrigin, 'is no https address without a path'),
};
const mailSetting: z.ZodType<MailSetting> = z.strictObject(mailFields);

export const mailPlaces = { mail: 'mail', bank: 'ourBankDetails' } as const;

/** Undefined where nothing was set. @throws ZodError when somebody saved what nobody can write by. */
export const mailSettingFrom = (value: unknown): MailSetting | undefined =>
  value === undefined ? undefined : mailSetting.parse(value);

const person = z.object({ address: z.string(), name: z.string().exactOptional() });

const keptMail: z.ZodType<Mail> = z.object({
  from: z.string(),
  ...{ to: z.array(person), cc: z.array(person), replyTo: z.array(person) },
  ...{ subject: z.string(), html: z.string(), text: z.string() },
  headers: z.record(z.string(), z.string()),
  files: z.array(
    z.object({
      name: z.string(),
      contentType: z.string(),
      base64: z.string(),
      contentId: z.string().optional(),
    }),
  ),
});

/** @throws when the blob holds no mail. */
export const mailFrom = (bytes: Uint8Array): Mail =>
  keptMail.parse(JSON.parse(new TextDecoder().decode(bytes)));

export const reportedStatuses = ['delivered', 'bounced', 'suppressed', 'delayed', 'complained'] as const;

export const sentPaper = z.object({
  operationId: z.string(),
  text: z.string(),
  language: z.string(),
  /** Whose text it was, and which version of it; absent on mails of before. */
  template: z.object({ isOwn: z.boolean(), version: z.int() }).exactOptional(),
  to: z.array(person),
  cc: z.array(person),
  subject: z.string(),
  /** Of the blob that holds the mail as it went out. */
  file: z.string(),
  files: z.array(z.object({ name: z.string(), contentType: z.string() })),
  claimedAt: z.string(),
  reports: z.array(
    z.object({ recipient: z.string(), status: z.enum(reportedStatuses), at: z.string(), detail: z.string() }),
  ),
});
export type SentPaper = z.infer<typeof sentPaper>;

/** The paper of a message: what its cause left for it, and the mail once it was claimed. */
export const messagePaper = z.looseObject({
  cause: z.looseObject({}).exactOptional(),
  mail: sentPaper.exactOptional(),
});
export type MessagePaper = z.infer<typeof messagePaper>;
