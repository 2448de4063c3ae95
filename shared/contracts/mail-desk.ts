/**
 * What goes in and out of the mail routes of staff.
 * From: paths, queries, bodies. Next: `functions/email/staff-routes.ts`.
 */
import { z } from 'zod';
import { noticeTexts } from '../domain/notice.ts';
import { handTexts } from '../domain/text-by-hand.ts';
import { messageTexts } from '../domain/message-data.ts';
import { accountParams } from './accounts.ts';
import { mailFields, reportedStatuses } from './mail.ts';

const id = z.string().min(1).max(200);
const person = z.strictObject({ address: z.string(), name: z.string().optional() });

export const messagePageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(50).default(20),
  after: z.string().max(300).optional(),
});
export const messageParams = accountParams.extend({ message: z.string().min(1).max(300) });
export const messageFileParams = messageParams.extend({ file: z.coerce.number().int().min(1).max(30) });

const messageLine = z.strictObject({
  message: z.string(),
  /** `over`: sent, withheld or given up; what became of it stands in the timeline. */
  state: z.enum(['awaiting', 'planned', 'claimed', 'inDoubt', 'carrying', 'over', 'received']),
  text: z.string().nullable(),
  subject: z.string().nullable(),
  to: z.array(person),
  at: z.string().nullable(),
  /** Of its main recipients, the last. */
  reported: z.enum(reportedStatuses).nullable(),
  /** Of what was received: the message it answers, and whether somebody handled it. */
  answers: z.string().nullable().optional(),
  isUnread: z.boolean().optional(),
});
export const messagesAnswer = z.strictObject({
  messages: z.array(messageLine),
  /** Replies of the account nobody handled yet, on whatever page. */
  unread: z.int(),
  next: z.string().nullable(),
});
export type MessagesAnswer = z.infer<typeof messagesAnswer>;

export const messageAnswer = z.strictObject({
  ...messageLine.shape,
  operation: z.string().nullable().optional(),
  language: z.string().nullable(),
  /** Whose text it was made by, and which version of it. */
  template: z.object({ isOwn: z.boolean(), version: z.int() }).optional(),
  cc: z.array(person),
  from: z.string().nullable(),
  html: z.string().nullable().optional(),
  plain: z.string().nullable().optional(),
  files: z.array(z.strictObject({ name: z.string(), contentType: z.string() })),
  reports: z.array(z.strictObject({ status: z.enum(reportedStatuses), at: z.string(), detail: z.string() })),
});
export type MessageAnswer = z.infer<typeof messageAnswer>;

export const messageFields = {
  html: 'mail.body',
  plain: 'mail.body',
  operation: 'mail.providerOperationId',
} as const;

export const replyParams = accountParams.extend({ reply: z.string().regex(/^[0-9a-f]{32}$/) });
export const replyBody = z.strictObject({});
export const replyAnswer = z.strictObject({ reply: z.string(), handled: z.literal(true) });

/** `draft`: by the company's own text as it waits for approval. */
export const previewQuery = z.strictObject({
  text: z.enum(messageTexts as [string]).optional(),
  draft: z.enum(['yes', 'no']).default('no'),
});
export const previewAnswer = z.strictObject({
  ...{ text: z.string(), language: z.string(), subject: z.string(), html: z.string(), plain: z.string() },
  /** Whose text it is made by, and which version of it. */
  template: z.strictObject({ isOwn: z.boolean(), version: z.int() }),
  to: z.array(person),
  files: z.array(z.string()),
});
export type PreviewAnswer = z.infer<typeof previewAnswer>;

const segment = z.string().trim().min(1).max(60);
const accountMark = z.string().max(1_000).optional();
/** Texts people may send by hand; `next`: the reminder the policy of each account has for it. */
const mailingTexts = ['next', ...handTexts, 'T13'] as const;
export type MailingText = (typeof mailingTexts)[number];
const text = z.enum(mailingTexts).default('T13');
/** A letter goes along with the mail, and somebody is told to print and post it. */
const by = z.enum(['mail', 'letter']).default('mail');
export type MailingBy = z.infer<typeof by>;
const isSentSo = (one: { by: MailingBy; text: MailingText }): boolean =>
  one.by === 'mail' || (handTexts as readonly string[]).includes(one.text);
const notSentSo = { path: ['by'], error: 'T2, T3 and T4 go by letter; the others as their policy says' };
export const mailingQuery = z
  .strictObject({ segment, text, by, after: accountMark })
  .refine(isSentSo, notSentSo);
export type MailingQuery = z.infer<typeof mailingQuery>;
const withheld = z.array(z.strictObject({ account: z.string(), reasons: z.array(z.string()) }));
export const mailingPreview = z.strictObject({
  /** Who gets it, and who does not, of this page of the company's accounts. */
  accounts: z.array(z.string()),
  withheld,
  /** Of the first page. */
  samples: z.array(z.strictObject({ account: z.string(), ...previewAnswer.shape })),
  refused: z.array(z.strictObject({ account: z.string(), because: z.string() })),
  after: z.string().optional(),
});
export type MailingPreview = z.infer<typeof mailingPreview>;
export const mailingBody = z
  .strictObject({
    /** Each account gets a mailing of a name once. */
    mailing: z.string().regex(/^[a-z0-9][a-z0-9-]{2,39}$/),
    ...{ segment, text, by, after: accountMark },
  })
  .refine(isSentSo, notSentSo);
export type MailingBody = z.infer<typeof mailingBody>;
export const mailingAnswer = z.strictObject({
  planned: z.array(z.string()),
  /** It is on its way to them, or was. */
  known: z.int(),
  later: z.array(z.string()),
  /** They get none, and why; it stands in their timeline, too. */
  withheld,
  /** Of them nothing is due that it could ask for. */
  notDue: z.int(),
  after: z.string().optional(),
});
export type MailingAnswer = z.infer<typeof mailingAnswer>;

export const companyOnly = z.strictObject({ company: id });

export const unplacedQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(50).default(20),
  after: z.string().max(300).optional(),
});
export const unplacedAnswer = z.strictObject({
  mails: z.array(
    z.strictObject({
      ...{ mail: z.string(), receivedAt: z.string(), from: z.string(), subject: z.string() },
      ...{ text: z.string(), why: z.string() },
    }),
  ),
  next: z.string().nullable(),
});
export type UnplacedAnswer = z.infer<typeof unplacedAnswer>;
export const unplacedParams = z.strictObject({ mail: z.string().min(1).max(300) });
export const assignBody = z.strictObject({
  company: id,
  account: id,
  reason: z.string().trim().min(1).max(500),
});
export const dismissBody = z.strictObject({ reason: z.string().trim().min(1).max(500) });
export const unplacedDone = z.strictObject({ mail: z.string(), state: z.enum(['assigned', 'dismissed']) });

export const barredAnswer = z.strictObject({
  addresses: z.array(
    z.strictObject({
      ...{ address: z.string(), account: z.string(), since: z.string() },
      reason: z.enum(['bounced', 'suppressed', 'opted-out']),
    }),
  ),
  next: z.string().nullable(),
});
export type BarredAnswer = z.infer<typeof barredAnswer>;
export const barredParams = companyOnly.extend({ address: z.string().regex(/^[0-9a-f]{64}$/) });
export const liftBody = z.strictObject({ reason: z.string().trim().min(1).max(500) });
export const liftAnswer = z.strictObject({ address: z.string(), lifted: z.literal(true) });

export const mailSettingBody = z.strictObject({
  ...mailFields,
  reason: z.string().trim().min(1).max(500),
  /** The version it replaces; 0 for the first. */
  after: z.int().min(0),
});
export type MailSettingBody = z.infer<typeof mailSettingBody>;
export const mailSettingAnswer = z.strictObject({
  ...mailFields,
  ...{ version: z.int(), by: z.string(), at: z.string(), reason: z.string() },
});
export type MailSettingAnswer = z.infer<typeof mailSettingAnswer>;

/** How many mails of the company wait, the pace all mail goes at, and by when these are out if no others come. */
export const mailQueueAnswer = z.strictObject({
  ...{ waiting: z.int(), oldestOn: z.iso.date().nullable(), outBy: z.iso.datetime() },
  ...{ lastMinute: z.int(), lastHour: z.int(), perMinute: z.int(), perHour: z.int() },
  pausedUntil: z.iso.datetime().nullable(),
  /** There are more accounts with mail that waits than were counted. */
  isMore: z.boolean(),
});
export type MailQueueAnswer = z.infer<typeof mailQueueAnswer>;

export const ownBankParams = companyOnly.extend({ version: z.coerce.number().int().min(1).max(9_999) });

/** Texts a customer may get, reminders and notices. */
export const allTexts = [...new Set([...messageTexts, ...noticeTexts])];
