/**
 * The limits of typing in as administrators read and set them; amounts in euro cents.
 * From: the staff client. Next: `functions/administration/keep-entry-limits.ts`.
 */
import { z } from 'zod';

const cents = z.int().min(0);
const limits = {
  /** Of everybody; absent: people of the company have none. */
  mostCents: cents.exactOptional(),
  /** Of a bookkeeper outside. */
  mostOfLimitedCents: cents,
};

export const entryLimitsBody = z.strictObject({
  ...limits,
  /** The version this change was made after; 0 where none was set. */
  after: z.int().min(0),
  reason: z.string().trim().min(1).max(500),
});
export type EntryLimitsBody = z.infer<typeof entryLimitsBody>;

export const entryLimitsAnswer = z.strictObject({
  companyId: z.string(),
  ...{ mostCents: cents.optional(), mostOfLimitedCents: cents, version: z.int() },
  ...{ by: z.string().optional(), at: z.string().optional(), reason: z.string().optional() },
});
export type EntryLimitsAnswer = z.infer<typeof entryLimitsAnswer>;
