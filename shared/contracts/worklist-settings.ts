/**
 * What a point of the worklist is made of, as a company's setting holds it.
 * From: credit managers; setting `worklist`, every version kept. Next: `functions/collections/worklist-frame.ts`.
 */
import { z } from 'zod';
import { worklistFactors } from '../domain/worklist-score.ts';
import { defaultWorklistRules, type WorklistRules } from '../domain/worklist-rules.ts';

const percent = z.int().min(0).max(100_000);
const cents = z.int().min(0).max(100_000_000);
const days = z.int().min(0).max(1_000);
const tenths = z.int().min(0).max(1_000);

const rules = z.strictObject({
  time: z.strictObject({ yearlyPercentHundredths: percent, days }),
  decay: z
    .array(z.strictObject({ fromDays: z.int().min(1).max(10_000), percentHundredths: percent }))
    .min(1)
    .max(20)
    .refine(
      (all) => all.every((row, at) => row.fromDays > (all[at - 1]?.fromDays ?? 0)),
      'not from the youngest',
    ),
  riskTenths: z.strictObject({ A: tenths, B: tenths, C: tenths, D: tenths }),
  brokenPromise: z.strictObject({ percentHundredths: percent, plusEuroCents: cents }),
  silence: z.strictObject({ days, ofTimePercentHundredths: percent }),
  firstSign: z.strictObject({
    usualDaysAtMost: z.int().min(-100).max(1_000),
    nowDaysAbove: days,
    percentHundredths: percent,
  }),
  blockedOrder: z.strictObject({ percentHundredths: percent }),
  missedCeiling: z.strictObject({ plusEuroCents: cents }),
  insurerDate: z
    .array(z.strictObject({ withinDays: days, percentHundredths: percent }))
    .max(5)
    .refine(
      (all) => all.every((row, at) => row.withinDays > (all[at - 1]?.withinDays ?? -1)),
      'not the nearest first',
    ),
  justSpoken: z.strictObject({ businessDays: days, lessPercentHundredths: z.int().min(0).max(10_000) }),
  touchEuroCents: z.strictObject({ call: cents, mail: cents }),
  leastClaimableEuroCents: cents,
});

/** As delivered, where a company keeps none of its own. @throws ZodError when the setting is none. */
export const worklistRulesFrom = (value: unknown): WorklistRules =>
  value === undefined ? defaultWorklistRules : rules.parse(value);

export const worklistPlace = (companyId: string) => ({ scope: `company:${companyId}`, name: 'worklist' });

/** Proposed by one person, in force once another has approved it. */
export const proposedRulesPlace = (companyId: string) => ({
  scope: `company:${companyId}`,
  name: 'worklist-proposed',
});

const reason = z.string().trim().min(1).max(500);
const said = { by: z.string(), at: z.string(), reason: z.string() };
export const rulesBody = z.strictObject({ value: rules, after: z.int().min(0), reason });
export type RulesBody = z.infer<typeof rulesBody>;
export const rulesApprovalBody = z.strictObject({ version: z.int().min(1), reason });
export type RulesApprovalBody = z.infer<typeof rulesApprovalBody>;
/** At version 0 as delivered. */
export const rulesAnswer = z.strictObject({
  ...{ company: z.string(), version: z.int(), value: rules },
  proposed: z.strictObject({ version: z.int(), value: rules, ...said }).nullable(),
});
export type RulesAnswer = z.infer<typeof rulesAnswer>;

export const rulesPreviewBody = z.strictObject({ value: rules });
const standing = z.strictObject({ place: z.int().nullable(), points: z.int() });
/** Both orders side by side, of the accounts that are first in the list of the team now. */
export const rulesPreviewAnswer = z.strictObject({
  ...{ company: z.string(), today: z.iso.date(), currency: z.string() },
  /** Accounts that were looked at, and how many of them change their place. */
  ...{ looked: z.int(), moved: z.int() },
  rows: z.array(
    z.strictObject({
      ...{ account: z.string(), now: standing, then: standing },
      /** What each factor is worth more or less than now. */
      factors: z.array(z.strictObject({ factor: z.enum(worklistFactors), by: z.int() })),
    }),
  ),
});
export type RulesPreview = z.infer<typeof rulesPreviewAnswer>;
