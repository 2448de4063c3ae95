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
    /** Every invoice of this customer that became known in the period, instead of what is late of all of them. */
    account: z.string().min(1).max(200).optional(),
    after: z.string().max(500).optional(),
    /** Customers of a page. */
    accounts: z.coerce.number().int().min(1).max(500).default(200),
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
  /** All of it, whatever the page: hours up to one by quarters, up to three days whole ones, then days. */
  company: z.array(z.strictObject(spread)).nullable(),
  /** Of this page; exact, of each one's last 200 that arrived. */
  customers: z.array(z.strictObject({ accountId: z.string(), ...spread })),
  /** Without a confirmation for 24 hours, whatever their day, or all of the customer asked for. */
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
