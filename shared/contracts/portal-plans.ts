/**
 * Payment plans as customers ask for them and see them in the portal.
 * From: sessions. Next: `functions/portal/ask-for-plan.ts`; the portal's pages read the same shapes.
 */
import { z } from 'zod';
import { currency, itemId, paid } from './portal.ts';

const day = z.iso.date();
const amount = z.int();

/** `asked`: somebody answers it, by the day given; nothing changes before. `agreed`: no reminders while it is kept. */
const ownPlan = z.strictObject({
  ...{ plan: z.string(), is: z.enum(['asked', 'agreed']), currency: z.string(), answeredBy: day.nullable() },
  instalments: z.array(z.strictObject({ on: day, amount })),
  items: z.array(z.string()),
});
export type OwnPlan = z.infer<typeof ownPlan>;
export const ownPlansAnswer = z.strictObject({ plans: z.array(ownPlan) });

/** The instalments are what is open of the items today, to the cent; each on a later day. */
export const planAskBody = z.strictObject({
  currency,
  instalments: z
    .array(z.strictObject({ on: day, amount: paid }))
    .min(1)
    .max(24),
  items: z.array(itemId).min(1).max(40),
});
export type PlanAskBody = z.infer<typeof planAskBody>;
export const planAskAnswer = z.strictObject({ plan: z.string(), answeredBy: day });
