/**
 * Break-glass: an administrator sees business data for a few hours, by the approval of an executive.
 * From: routes of administration; place `user:<person>` / `break-glass` in settings, every version kept.
 * Next: `shared/edge/break-glass.ts` opens by it.
 */
import { z } from 'zod';
import { companyId } from './company.ts';
import { personId } from './person-id.ts';

const reason = z.string().trim().min(1).max(500);
const asked = {
  companyIds: z.array(companyId).min(1).max(50),
  /** From the approval on. */
  hours: z.int().min(1).max(4),
  reason,
};
export const glassBody = z.strictObject(asked);
export type GlassBody = z.infer<typeof glassBody>;
export const glassParams = z.strictObject({
  personId,
  number: z.coerce.number().int().min(1).max(9_999_999_999),
});
export const glassDecisionBody = z.strictObject({ reason });
export const glassEndBody = z.strictObject({});

export const glass = z.strictObject({
  ...asked,
  /** Of the person's requests. */
  number: z.int().min(1),
  ...{ requestedBy: z.string(), requestedAt: z.string(), decidedBy: z.string().optional() },
  state: z.enum(['pending', 'approved', 'refused', 'ended']),
  /** ISO instants, once approved. */
  ...{ fromAt: z.string().optional(), untilAt: z.string().optional() },
});
export type Glass = z.infer<typeof glass>;

export const glassPlace = (person: string) => ({ scope: `user:${person}`, name: 'break-glass' });
