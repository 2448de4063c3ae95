/**
 * What a customer chose to pay by bank transfer: as it is answered, and as it travels to the ledger.
 * From: `POST …/transfers` of the portal. Next: queues `payment-events`, then `received-payments`.
 */
import { z } from 'zod';
import type { AmountMinor } from '../domain/money.ts';

const id = z.string().min(1).max(200);
const minor = z.int().transform((amount) => amount as AmountMinor);
const reference = z.string().regex(/^RF\d{17}$/);

/** What a customer chose to pay, and below 0 the credits taken off. */
export const chosenLines = z
  .array(z.strictObject({ itemId: z.string().max(300), number: z.string().max(200), amount: minor }))
  .max(60);

export const chosenTransfer = z.strictObject({
  ...{ companyId: id, accountId: id, reference, currency: z.string().length(3), amount: minor },
  ...{ lines: chosenLines, chosenAt: z.iso.datetime() },
});

const bank = z.strictObject({ holder: z.string(), account: z.string(), bank: z.string().nullable() });

export const transferAnswer = z.strictObject({
  /** ISO 11649; the money finds what it is for by it alone. */
  reference: z.string(),
  ...{ currency: z.string(), amount: z.int() },
  lines: z.array(z.strictObject({ item: z.string(), number: z.string(), amount: z.int() })),
  /** Where the seller has said where to pay to. */
  to: bank.nullable(),
});
export type TransferAnswer = z.infer<typeof transferAnswer>;
