/**
 * What goes in and out of the routes that say whose an account is: its collector, its sellers.
 * From: bodies of credit managers. Next: `functions/collections`.
 */
import { z } from 'zod';
import { companyId } from './company.ts';
import { personId } from './person-id.ts';

const accountId = z.string().min(1).max(200);

export const assignmentParams = z.strictObject({ companyId, accountId });
/** `to`: issuer tenant and object id of the collector. */
export const assignmentBody = z.strictObject({ to: personId });
/** People and sales teams; whom the next file of customers or items names comes on top. */
export const sellersBody = z.strictObject({ owners: z.array(z.string().min(1).max(200)).max(20) });

export const assignmentAnswer = z.strictObject({
  companyId: z.string(),
  accountId: z.string(),
  version: z.int(),
  assignedTo: z.string().nullable().optional(),
  salesOwners: z.array(z.string()).optional(),
});
export type AssignmentAnswer = z.infer<typeof assignmentAnswer>;
/** Places of it that hold a field of the access table. */
export const assignmentFields = {
  assignedTo: 'account.assignments',
  salesOwners: 'account.assignments',
} as const;
