/**
 * "View as": what somebody sees in a role, as it is just now, without being them (R104).
 * From: administrators, credit managers. Next: `functions/administration/view-as.ts`. Nothing of what accounts hold.
 */
import { z } from 'zod';
import { principalNames } from './access.ts';

const principal = z.enum(principalNames as [string, ...string[]]);

export const viewAsQuery = z.strictObject({
  as: principal,
  /** Whose accounts are listed; without it none are. */
  company: z.string().min(1).max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  after: z.string().max(500).optional(),
});
export type ViewAsQuery = z.infer<typeof viewAsQuery>;

export const viewAsAnswer = z.strictObject({
  personId: z.string(),
  as: principal,
  /** Nothing is open to them any more. */
  isEnded: z.boolean(),
  /** Actions of the matrix that are open, with the letter of their scope and what narrows them. */
  actions: z.array(z.strictObject({ action: z.string(), kind: z.enum(['R', 'W']), scope: z.string() })),
  /** How each field is shown: plain, masked, or not at all. */
  fields: z.array(z.strictObject({ field: z.string(), sight: z.enum(['plain', 'masked', 'none']) })),
  /** Companies they reach as a whole, or in part. */
  companies: z.array(z.strictObject({ companyId: z.string(), reach: z.enum(['all', 'some']) })),
  /** Null to whoever sees no accounts of the company themselves. */
  accounts: z
    .array(z.strictObject({ accountId: z.string(), items: z.union([z.literal('all'), z.array(z.string())]) }))
    .nullable(),
  /** Hand it back for the next page. */
  after: z.string().nullable(),
});
export type ViewAsAnswer = z.infer<typeof viewAsAnswer>;
