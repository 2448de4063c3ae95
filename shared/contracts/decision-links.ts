/**
 * What the holder of a decision link sends beside a decision.
 * From: the page behind the link. Next: `functions/disputes`. What is shown and decided is in `disputes.ts`.
 */
import { z } from 'zod';

export const linkFileParams = z.strictObject({ paper: z.string().min(1).max(200) });

/** Another department has to see to it. */
export const reassignBody = z.strictObject({
  department: z.string().trim().min(1).max(60),
  reason: z.string().trim().min(1).max(4_000),
});
export type ReassignBody = z.infer<typeof reassignBody>;
