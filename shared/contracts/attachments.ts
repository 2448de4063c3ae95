/**
 * What goes in and out of the routes to papers beside items.
 * From: people who attach and look. Next: the attachment routes of the ledger.
 */
import { z } from 'zod';
import { paperKinds } from '../domain/attachment.ts';
import { accountItemParams } from './accounts.ts';

const id = z.string().min(1).max(200);

export const attachmentParams = accountItemParams.extend({ attachment: id });
export const attachQuery = z.strictObject({
  name: z.string().min(1).max(500),
  paper: z.enum(paperKinds).default('other'),
});

const answer = {
  attachment: z.string(),
  paper: z.enum(paperKinds),
  name: z.string(),
  ...{ contentType: z.string(), bytes: z.int(), sha256: z.string() },
  /** How it came: beside the item by a person, by the key of its document, or inside its e-invoice. */
  origin: z
    .strictObject({ is: z.enum(['upload', 'byKey', 'inside']), import: z.string().optional() })
    .optional(),
  by: z.string().optional(),
  at: z.string(),
};
export const attachmentAnswer = z.strictObject(answer);
export type AttachmentAnswer = z.infer<typeof attachmentAnswer>;
/** The oldest first. */
export const attachmentsAnswer = z.strictObject({ attachments: z.array(attachmentAnswer) });
export type AttachmentsAnswer = z.infer<typeof attachmentsAnswer>;
/** Left out for people outside the company: who of it sent a paper, and by what way. */
export const reducedAttachments = ['attachments.*.by', 'attachments.*.origin'] as const;

export const waitingParams = z.strictObject({ company: id });
export const waitingQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  after: z.string().max(100).optional(),
});
/** `accounts`: those that have the item; none yet, or several, or others than its sender named. */
export const waitingAnswer = z.strictObject({
  attachments: z.array(
    z.strictObject({ ...answer, item: z.string(), number: z.string(), accounts: z.array(z.string()) }),
  ),
  after: z.string().optional(),
});
export type WaitingAnswer = z.infer<typeof waitingAnswer>;

export const waitingAttachmentParams = waitingParams.extend({ attachment: id });
export const assignBody = z.strictObject({ account: id });
