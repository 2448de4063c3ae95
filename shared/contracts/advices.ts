/**
 * What clerks are shown of remittance advices and of who may have paid.
 * From: the staff client. Next: `functions/ledger/advice-routes.ts`. Amounts in minor units.
 */
import { z } from 'zod';
import { adviceStates, type Advice } from '../domain/advice.ts';
import { payerReasons } from '../domain/payer-names.ts';

const account = z.object({ companyId: z.string(), accountId: z.string() });

/** `toTrace`: the money has not come by the day from which the clerk looks for it. */
export const advicesQuery = z.strictObject({
  state: z.enum([...adviceStates, 'toTrace']).default('toTrace'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  after: z.string().max(500).optional(),
});

const line = z.object({
  number: z.string().optional(),
  account: account.optional(),
  amount: z.int(),
  ...{ reason: z.string().optional(), claimNumber: z.string().optional() },
});

export const adviceAnswer = z.object({
  ...{ id: z.string(), source: z.string(), reference: z.string().optional() },
  ...{ currency: z.string(), total: z.int(), lines: z.array(line) },
  ...{ cameOn: z.string(), traceFrom: z.string(), heldUntil: z.string() },
  state: z.enum(adviceStates),
  receiptId: z.string().optional(),
});
export type AdviceAnswer = z.infer<typeof adviceAnswer>;
export const adviceAnswerOf = (advice: Advice): AdviceAnswer => adviceAnswer.parse(advice);

export const advicesAnswer = z.object({ advices: z.array(adviceAnswer), after: z.string().optional() });
/** Places of an advice that hold fields of the access table. */
export const advicesFields = { 'advices.*.reference': 'payment.providerId' } as const;

/** Best first; a person says who it was. */
export const payersAnswer = z.object({
  payers: z.array(z.object({ account, because: z.enum(payerReasons) })),
});
