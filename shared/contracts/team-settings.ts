/**
 * Targets of collectors: how much their customers may owe in all, as a company's setting holds them (R47).
 * From: credit managers; setting `ceilings`, every version kept. Next: the worklist, the view of the team.
 */
import { z } from 'zod';
import { companyId } from './company.ts';
import { personId } from './person-id.ts';

/** In minor units of the company's currency. */
const ceiling = z.strictObject({
  collector: personId,
  amount: z.int().min(0).max(1_000_000_000_000),
});
export const ceilings = z.strictObject({
  ceilings: z
    .array(ceiling)
    .max(500)
    .refine(
      (all) => new Set(all.map(({ collector }) => collector)).size === all.length,
      'each collector once',
    ),
});
export type Ceilings = z.infer<typeof ceilings>;

/** None where a company keeps none. @throws ZodError when the setting is none. */
export const ceilingsFrom = (value: unknown): Ceilings => ceilings.parse(value ?? { ceilings: [] });

export const ceilingsPlace = (companyId: string) => ({ scope: `company:${companyId}`, name: 'ceilings' });

const reason = z.string().trim().min(1).max(500);
const after = z.int().min(0);
export const ceilingsBody = ceilings.extend({ after, reason });
export type CeilingsBody = z.infer<typeof ceilingsBody>;

const amount = z.int();
/** The accounts that would bring it below its target again, the largest claims first; of the first of its list. */
const breaching = z.strictObject({ account: z.string(), name: z.string().optional(), claim: amount });
export const ceilingsAnswer = z.strictObject({
  ...{ company: companyId, version: z.int(), today: z.iso.date(), currency: z.string() },
  ceilings: z.array(
    z.strictObject({
      ...{ collector: z.string(), amount, open: amount, isAbove: z.boolean() },
      accounts: z.array(breaching),
    }),
  ),
});
export type CeilingsAnswer = z.infer<typeof ceilingsAnswer>;
export const ceilingsFields = {
  'ceilings.*.accounts.*.name': 'account.name',
  'ceilings.*.collector': 'account.assignments',
} as const;
