/**
 * What goes in and out of the routes of groups.
 * From: paths, bodies. Next: `functions/administration` answers.
 */
import { z } from 'zod';
import { mostGroupMembers } from '../domain/group.ts';
import { companyId } from './company.ts';

const accountId = z.string().min(1).max(200);
const member = z.strictObject({ companyId, accountId });
const groupId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/);

export const groupParams = z.strictObject({ groupId });
export const groupOfAccountParams = z.strictObject({
  company: z.string().min(1).max(200),
  account: accountId,
});

export const groupBody = z.strictObject({
  name: z.string().trim().min(1).max(200),
  /** All that it is to have, of those the caller sees; none ends the group. */
  members: z.array(member).max(mostGroupMembers),
  /** The version this change was made after; 0 for a new group. */
  after: z.int().min(0),
  reason: z.string().trim().min(1).max(500),
});
export type GroupBody = z.infer<typeof groupBody>;

const keptGroup = {
  ...{ groupId: z.string(), name: z.string(), members: z.array(member), version: z.int() },
  /** Who changed it last is not everybody's to see: `groupFields`. */
  ...{ by: z.string().optional(), at: z.string(), reason: z.string() },
};
export const savedGroupAnswer = z.strictObject(keptGroup);
export type SavedGroupAnswer = z.infer<typeof savedGroupAnswer>;

export const groupAnswer = z.strictObject({
  ...keptGroup,
  /** Of the members shown, per company and currency; neither is ever added to another. */
  exposure: z.array(
    z.strictObject({
      ...{ companyId: z.string(), currency: z.string(), accounts: z.int() },
      /** The book: what is owed less what is unapplied. */
      open: z.int(),
      /** Received and not in the accounts yet: lowers the claim, never the book. */
      provisional: z.int(),
    }),
  ),
});
export type GroupAnswer = z.infer<typeof groupAnswer>;

export const groupFields = { by: 'audit.actor' } as const;
