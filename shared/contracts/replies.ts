/**
 * Replies of customers as they are kept beside the account, and mails nobody could place.
 * From: `functions/email`. Next: staff pages. Names and words of people: papers, never the journal.
 */
import { z } from 'zod';

const file = z.object({ name: z.string(), contentType: z.string(), file: z.string(), bytes: z.int() });

/** The paper `note:` of an inbound mail stands for its words; this one for all the rest. */
export const replyPaper = z.object({
  ...{ eventId: z.string(), receivedAt: z.string() },
  from: z.object({ address: z.string(), name: z.string() }),
  ...{ subject: z.string(), text: z.string() },
  kind: z.enum(['person', 'absence', 'ticket', 'delivery', 'other']),
  /** The message it answers, where it is known. */
  messageId: z.string().exactOptional(),
  substitute: z.string().exactOptional(),
  papers: z.array(file),
  leftOut: z.array(z.object({ name: z.string(), why: z.string() })),
});
export type ReplyPaper = z.infer<typeof replyPaper>;

/** What a person sees of a mail that could not be placed. */
export const triageContent = z.object({
  from: z.string(),
  subject: z.string(),
  text: z.string(),
  why: z.string(),
});
export type TriageContent = z.infer<typeof triageContent>;

export const replyHoldOf = (replyId: string): string => `reply:${replyId}`;
