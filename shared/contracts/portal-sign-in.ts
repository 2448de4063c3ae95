/**
 * How customers come into the portal and leave it.
 * From: the portal's pages. Next: the sign-in workflows of `functions/portal`.
 */
import { z } from 'zod';

/** What a sign-in link is good for, and for how many minutes. */
export const signInLink = { purpose: 'sign-in', minutes: 10 } as const;

export const linkRequestBody = z.strictObject({
  email: z
    .string()
    .trim()
    .max(254)
    .regex(/^[^\s@<>,;:"()]+@[^\s@<>,;:"()]+\.[^\s@<>,;:"()]+$/, 'no address'),
  /** The link of the mail they came by: it says which account they mean. */
  link: z.string().max(2_000).optional(),
});
export type LinkRequestBody = z.infer<typeof linkRequestBody>;
/** The same for every address there is and is not. */
export const linkRequestAnswer = z.strictObject({ accepted: z.literal(true) });

export const sessionBody = z.strictObject({ token: z.string().min(20).max(1_000) });
export const sessionAnswer = z.strictObject({ endsAt: z.iso.datetime() });

export const sessionEndBody = z.strictObject({ everywhere: z.boolean().default(false) });
export const sessionEndAnswer = z.strictObject({ ended: z.literal(true) });

export const webhookParams = z.strictObject({
  provider: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/),
});

/** What an event of the payment provider holds in the inbox: ids alone. */
export const keptEvent = z.object({
  ...{ provider: z.string(), type: z.string(), at: z.string() },
  ...{ sessionId: z.string().optional(), paymentId: z.string().optional() },
});
export type KeptEvent = z.infer<typeof keptEvent>;
