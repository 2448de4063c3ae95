/**
 * What goes in and out of the log of reads.
 * From: the query string of whoever audits. Next: the page of looks.
 */
import { z } from 'zod';
import { actionNames, type ActionName } from './access.ts';
import { personId } from './person-id.ts';

export const accessLogQuery = z.strictObject({
  /** Calendar day in UTC. */
  day: z.iso.date(),
  person: personId.optional(),
  action: z.enum(actionNames as [ActionName, ...ActionName[]]).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  after: z.string().max(200).optional(),
});
export type AccessLogQuery = z.infer<typeof accessLogQuery>;

export const accessLogAnswer = z.strictObject({
  reads: z.array(
    z.strictObject({
      ...{ at: z.string(), who: z.string(), as: z.array(z.string()), action: z.string(), route: z.string() },
      /** Ids of what was looked at; for whoever reaches no account, without those of accounts. */
      about: z.record(z.string(), z.string()),
      fields: z.array(z.string()),
      purpose: z.string().optional(),
    }),
  ),
  after: z.string().optional(),
});
export type AccessLogAnswer = z.infer<typeof accessLogAnswer>;
