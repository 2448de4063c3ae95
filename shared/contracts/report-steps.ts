/**
 * What goes in and out of the versions of a policy's step side by side: what each did, and what came of it.
 * From: query strings. Next: `functions/reporting/read-step-versions.ts`.
 */
import { z } from 'zod';

export const stepVersionsQuery = z.strictObject({
  policy: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
  stage: z.coerce.number().int().min(1).max(30),
});
export type StepVersionsQuery = z.infer<typeof stepVersionsQuery>;

const sums = z.array(z.strictObject({ currency: z.string(), amount: z.int() }));

export const stepVersionsAnswer = z.strictObject({
  ...{ policy: z.string(), stage: z.int() },
  /** The newest first. */
  versions: z.array(
    z.strictObject({
      version: z.int(),
      /** Who changed it, when and why; who approved it: null as delivered. */
      ...{ author: z.string(), madeOn: z.string(), reason: z.string(), approvedBy: z.string().nullable() },
      /** As this version has it; more than one where a stage has two. */
      steps: z.array(z.looseObject({ stage: z.int(), day: z.int(), act: z.string() })),
      /** Reminders of the step; replies and disputes within 14 days of one, money within 7 and within 14. */
      ...{ sends: z.int(), replies: z.int(), disputes: z.int(), cashIn7: sums, cashIn14: sums },
    }),
  ),
});
export type StepVersionsAnswer = z.infer<typeof stepVersionsAnswer>;
