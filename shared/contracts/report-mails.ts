/**
 * Report mails as a company sets them, and what their routes take and give.
 * From: forms of credit managers. Next: `functions/reporting`. The list of recipients names people of the house.
 */
import { z } from 'zod';
import { reportRoles, reportSchedules } from '../domain/report-schedules.ts';
import { principalNames } from './access.ts';
import { personId } from './person-id.ts';

const names = reportSchedules.map(({ name }) => name) as [string, ...string[]];
export const reportName = z.enum(names);

const recipient = z.strictObject({
  personId,
  email: z.email().max(254),
  /** What the matrix knows them as: what it denies them is not mailed to them. */
  principal: z.enum(principalNames as [string, ...string[]]),
  roles: z.array(z.enum(reportRoles)).min(1).max(reportRoles.length),
});

export const reportMailsBody = z.strictObject({
  recipients: z.array(recipient).max(100),
  /** Times other than the defaults, and reports nobody wants. */
  times: z
    .array(
      z.strictObject({
        report: reportName,
        at: z
          .string()
          .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
          .optional(),
        isOff: z.boolean().default(false),
      }),
    )
    .max(names.length)
    .default([]),
  /** The version that was looked at; 0 before the first. */
  after: z.int().min(0),
  reason: z.string().trim().min(1).max(500),
});
export type ReportMailsBody = z.infer<typeof reportMailsBody>;
export const reportMails = reportMailsBody.omit({ after: true, reason: true });
export type ReportMails = z.infer<typeof reportMails>;

export const reportMailsPlace = (companyId: string) => ({
  scope: `company:${companyId}`,
  name: 'reportMails',
});

export const reportMailsAnswer = z.strictObject({ version: z.int(), ...reportMails.shape });

export const sentMailsQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  after: z.string().max(500).optional(),
});
export const sentMailsAnswer = z.strictObject({
  mails: z.array(
    z.strictObject({
      ...{ id: z.string(), report: z.string(), to: z.string(), subject: z.string(), at: z.string() },
      state: z.enum(['planned', 'claimed', 'sent', 'inDoubt', 'refused']),
      because: z.string().nullable(),
    }),
  ),
  after: z.string().nullable(),
});

export const reportPlace = z.strictObject({ company: z.string().min(1).max(200), report: reportName });
export const previewAnswer = z.strictObject({
  ...{ subject: z.string(), html: z.string(), text: z.string() },
  files: z.array(
    z.strictObject({
      name: z.string(),
      contentType: z.string(),
      base64: z.string(),
      contentId: z.string().optional(),
    }),
  ),
});
/** To whoever asks, at the address the list of recipients has of them. */
export const sendMeBody = z.strictObject({});
export const sendMeAnswer = z.strictObject({ mailId: z.string() });

export type ReportMailsAnswer = z.infer<typeof reportMailsAnswer>;
export type SentMailsAnswer = z.infer<typeof sentMailsAnswer>;
export type PreviewAnswer = z.infer<typeof previewAnswer>;
