/**
 * What goes in and out of a replay of policies over history.
 * From: query strings. Next: `functions/dunning/replay-policies.ts`.
 */
import { z } from 'zod';

const id = z.string().min(1).max(300);
const day = z.iso.date();
const amount = z.int();
const mark = z.string().max(20_000);
const sums = z.record(z.string(), amount);

export const replayQuery = z.strictObject({
  ...{ from: day, to: day, account: id.optional(), after: mark.optional() },
  /** Beside those in force: the proposed ones, those of a version, or as delivered. */
  against: z
    .union([z.enum(['live', 'proposed', 'delivered']), z.string().regex(/^\d{1,6}$/)])
    .default('live'),
});
export type ReplayQuery = z.infer<typeof replayQuery>;
const side = z.strictObject({
  ...{ messages: z.int(), calls: z.int(), tasks: z.int(), capHits: z.int(), accountsTouched: z.int() },
  ...{ mostTouchesOfOne: z.int(), asked: sums, hash: z.string() },
});
const replayedStep = z.strictObject({
  ...{ account: z.string(), on: day, channel: z.string(), stage: z.int(), text: z.string().nullable(), sums },
});
export const replayAnswer = z.strictObject({
  ...{ from: day, to: day, live: side, other: side },
  differences: z.array(
    z.strictObject({
      account: z.string(),
      on: day,
      live: replayedStep.nullable(),
      other: replayedStep.nullable(),
      cause: z.string(),
    }),
  ),
  differenceCount: z.int(),
  /** Days on which items were cleared are known as spans only, for so many items. */
  spans: z.int(),
  hash: z.string(),
  after: mark.optional(),
});
export type ReplayAnswer = z.infer<typeof replayAnswer>;
