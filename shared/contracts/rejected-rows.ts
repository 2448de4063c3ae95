/**
 * What goes in and out of the routes of rows that were refused.
 * From: clerks who correct or drop them. Next: `imports.ts` for what a correction becomes.
 */
import { z } from 'zod';
import { importAnswer } from './imports.ts';

const why = z.string().min(1).max(200);

const reason = z.strictObject({
  column: z.string(),
  value: z.string(),
  code: z.string(),
  detail: z.string(),
});
export const rejectedRow = z.strictObject({
  row: z.int(),
  reasons: z.array(reason),
  cells: z.record(z.string(), z.string()),
  state: z.enum(['open', 'corrected', 'dropped']),
  correctedBy: z.string().optional(),
});
export const rejectedQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  after: z.coerce.number().int().min(0).optional(),
});
export const rejectedAnswer = z.strictObject({ rows: z.array(rejectedRow), after: z.int().optional() });

/** Correct cells by column, or drop the row; a reason always. */
export const rowDecision = z.discriminatedUnion('decision', [
  z.strictObject({
    decision: z.literal('correct'),
    cells: z.record(z.string().max(200), z.string().max(2_000)),
    reason: why,
  }),
  z.strictObject({ decision: z.literal('drop'), reason: why }),
]);
export const rowDecisionAnswer = z.strictObject({
  row: rejectedRow,
  import: importAnswer.optional(),
});
