/**
 * The messages on the queues, each with its version; readers accept the version before, too.
 * From: whoever sends a command. Next: the queue wrapper parses by these before a handler sees anything.
 */
import { z } from 'zod';

/** Do what is due for this slot of this job. May come twice, late, or out of order. */
export const tickMessage = z.strictObject({
  v: z.literal(1),
  job: z.string().min(1),
  slot: z.iso.datetime(),
});

export type TickMessage = z.infer<typeof tickMessage>;
