/**
 * What goes in and out of bad debt by month: written off by reason and approver, recovered, the share of sales.
 * From: query strings. Next: `functions/reporting/read-bad-debt.ts`.
 */
import { z } from 'zod';

const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);

export const badDebtQuery = z
  .strictObject({ firstMonth: month, lastMonth: month })
  .refine(({ firstMonth, lastMonth }) => firstMonth <= lastMonth, {
    path: ['firstMonth'],
    message: 'the period ends before it begins',
  });
export type BadDebtQuery = z.infer<typeof badDebtQuery>;

const amount = z.int();
export const badDebtAnswer = z.strictObject({
  months: z.array(
    z.strictObject({
      ...{ month: z.string(), currency: z.string(), writtenOff: amount, recovered: amount },
      /** Of the month, as told; null where none were: there is no ratio then. */
      sales: amount.nullable(),
      /** Written off less recovered, of sales; hundredths of a percent. */
      ratioHundredths: z.int().nullable(),
      /** By reason, who asked, and who approved: null where one may alone. The largest first. */
      parts: z.array(
        z.strictObject({ reason: z.string(), approver: z.string().nullable(), asked: z.string(), amount }),
      ),
    }),
  ),
});
export type BadDebtAnswer = z.infer<typeof badDebtAnswer>;
