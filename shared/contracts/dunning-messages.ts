/**
 * Messages of dunning: look at an account; look which accounts of a company are due.
 * From: ticks, events of accounts. Next: `functions/dunning`.
 */
import { z } from 'zod';
import { tickMessage } from './messages.ts';

const id = z.string().min(1).max(200);

/** Look at an account: because its time has come, something happened to it, money moved, or a statement is due. */
export const evaluationMessage = z.strictObject({
  v: z.literal(1),
  companyId: id,
  accountId: id,
  because: z.enum(['due', 'event', 'money', 'statement']),
});
export type EvaluationMessage = z.infer<typeof evaluationMessage>;

/** Of `dunning-ticks`: a beat, or one company's page of accounts to be looked at. */
export const dunningTick = z.union([
  tickMessage,
  z.strictObject({
    ...{ v: z.literal(1), companyId: id, find: z.enum(['due', 'statement']), slot: z.iso.datetime() },
    /** The page goes on behind this. */
    after: z.string().max(20_000).optional(),
  }),
]);
export type DunningTick = z.infer<typeof dunningTick>;
export type FindAccounts = Extract<DunningTick, { find: string }>;
