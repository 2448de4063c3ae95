/**
 * What goes in and out of "invoice to inbox": hours to confirmed delivery by customer and channel, and the state of each.
 * From: query strings. Next: `functions/reporting/read-deliveries.ts`.
 */
import { z } from 'zod';
import { deliveryStates } from '../domain/invoice-delivery.ts';

const day = z.iso.date();

export const deliveriesQuery = z
  .strictObject({
    /** Days on which invoices became known; the last thirty when absent. */
    ...{ firstOn: day.optional(), lastOn: day.optional() },
    /** `late`: those without a confirmation for 24 hours, whatever their day; `all`: every one of the period. */
    show: z.enum(['late', 'all']).default('late'),
    after: z.string().max(500).optional(),
    /** Accounts looked through for a page. */
    accounts: z.coerce.number().int().min(1).max(100).default(50),
  })
  .refine(({ firstOn, lastOn }) => firstOn === undefined || lastOn === undefined || firstOn <= lastOn, {
    path: ['firstOn'],
    message: 'the period ends before it begins',
  });
export type DeliveriesQuery = z.infer<typeof deliveriesQuery>;

const channel = z.enum(['mail', 'customerSystem']);
/** Null: nothing was delivered yet. */
const spread = {
  ...{ channel, invoices: z.int(), undelivered: z.int() },
  ...{ medianHoursHundredths: z.int().nullable(), percentile90HoursHundredths: z.int().nullable() },
};

export const deliveriesAnswer = z.strictObject({
  /** Invoices posted before it, or all where there is none, go out elsewhere: nothing is known of them. */
  mailedFromOn: day.nullable(),
  ...{ firstOn: day, lastOn: day },
  customers: z.array(z.strictObject({ accountId: z.string(), ...spread })),
  /** Of all accounts of this page. */
  page: z.array(z.strictObject(spread)),
  invoices: z.array(
    z.strictObject({
      ...{ accountId: z.string(), itemId: z.string(), number: z.string(), channel },
      ...{ state: z.enum(deliveryStates), reasons: z.array(z.string()), isLate: z.boolean() },
      ...{ createdAt: z.string(), deliveredAt: z.string().nullable() },
    }),
  ),
  /** Give it back for the next page; null at the end. */
  after: z.string().nullable(),
});
export type DeliveriesAnswer = z.infer<typeof deliveriesAnswer>;
