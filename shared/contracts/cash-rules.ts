/**
 * How one account pays and what a company tolerates: settings of the cash workflows.
 * From: `cash` and `payer:<account>` in the settings of a company. Next: the ladder and the reading of short payments.
 */
import { z } from 'zod';
import { usualReliefRules } from '../domain/tax-relief.ts';

const account = z.strictObject({ companyId: z.string().min(1), accountId: z.string().min(1) });

/** What holds for one paying account; absent: nothing special. */
export const payerRules = z.strictObject({
  isOldestFirst: z.boolean().default(false),
  /** Taxes it withholds, in hundredths of a percent. */
  withholdingRates: z.array(z.int().min(1).max(10_000)).max(10).default([]),
  isCrossBorder: z.boolean().default(false),
  /** Other accounts its wires pay, such as those of its branches. */
  paysFor: z.array(account).max(500).default([]),
});
export type PayerRulesSetting = z.infer<typeof payerRules>;

/** What holds for all accounts of a company. */
export const cashRules = z.strictObject({
  /** Widest gain or loss on exchange, in hundredths of a percent. */
  mostExchangePercentHundredths: z.int().min(0).max(10_000).default(500),
  /** Payers' reasons, in capitals, to codes of cases. */
  deductionCodes: z.record(z.string(), z.string()).default({}),
  /** When tax of written-off items may be claimed back, by country (ISO 3166-1 alpha-2). */
  taxRelief: z
    .record(
      z.string().regex(/^[A-Z]{2}$/),
      z.strictObject({
        from: z.enum(['due', 'writeOff']),
        months: z.int().min(0).max(120),
        untilMonths: z.int().min(0).max(240).optional(),
      }),
    )
    .default({ ...usualReliefRules }),
});
export type CashRulesSetting = z.infer<typeof cashRules>;
