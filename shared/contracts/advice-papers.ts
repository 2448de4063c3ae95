/**
 * Remittance advices on paper: those to be typed in, and what a clerk types.
 * From: the staff client. Next: `functions/invoice-ingestion/advice-paper-routes.ts`.
 */
import { z } from 'zod';

const id = z.string().min(1).max(200);
const text = z.string().trim().min(1).max(200);

export const papersParams = z.strictObject({ company: id });
export const papersQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  after: z.string().max(500).optional(),
});
export const papersAnswer = z.strictObject({
  papers: z.array(
    z.strictObject({
      ...{ importId: z.string(), fileName: z.string(), source: z.string() },
      ...{ by: z.string(), receivedAt: z.string() },
    }),
  ),
  after: z.string().optional(),
});
export type PapersAnswer = z.infer<typeof papersAnswer>;

/** Amounts as text, as they stand on the paper; a notation that could be read in two ways comes back. */
export const typedAdvice = z.strictObject({
  /** What the payer calls the payment. */
  reference: text,
  currency: z.string().length(3),
  reason: text,
  lines: z
    .array(z.strictObject({ number: text, amount: z.string().trim().min(1).max(40) }))
    .min(1)
    .max(200),
});
export type TypedAdvice = z.infer<typeof typedAdvice>;
