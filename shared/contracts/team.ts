/**
 * What goes in and out of the view of a team and of orders that wait: who has how much, what is late, what is let go.
 * From: query strings, bodies of credit managers and executives. Next: `functions/collections`.
 */
import { z } from 'zod';
import { dueKinds } from '../domain/worklist-account.ts';
import { companyId } from './company.ts';

const day = z.iso.date();
const amount = z.int();

const count = z.int().min(0);
const load = z.strictObject({
  /** `pool`: nobody's. */
  collector: z.string(),
  ...{ open: amount, overdue: amount },
  /** Of the target set for them; null where none is. */
  ceiling: amount.nullable(),
  /** What is due today, by kind; counted among the rows that are looked at. */
  due: z.record(z.enum(dueKinds), count),
  /** Accounts with something due, and of those with something that was due before today. */
  ...{ accountsDue: count, accountsLate: count },
  /** Accounts of those whose last three calls or more reached nobody. */
  unreached: count,
  /** Has more than its share of what is late: half as much again as the mean of all who have any. */
  isBottleneck: z.boolean(),
  /** Away today: until when, and who stands in. */
  away: z.strictObject({ lastOn: day, deputy: z.string() }).nullable(),
});
const late = z.strictObject({
  ...{ account: z.string(), name: z.string().optional(), collector: z.string() },
  ...{ kind: z.enum(dueKinds), on: day, businessDaysLate: count },
});
export const teamAnswer = z.strictObject({
  ...{ company: z.string(), today: day, currency: z.string() },
  collectors: z.array(load),
  /** Not done for more than three business days: the manager's list, the oldest first. */
  late: z.array(late),
  /** There is more due than was looked at. */
  isCut: z.boolean(),
});
export type TeamAnswer = z.infer<typeof teamAnswer>;
export const teamFields = {
  'late.*.name': 'account.name',
  'late.*.collector': 'account.assignments',
  'collectors.*.collector': 'account.assignments',
} as const;

export const ordersQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  after: z.string().max(500).optional(),
});
const released = z.strictObject({ by: z.string(), on: day, untilOn: day, why: z.string().nullable() });
const order = z.strictObject({
  ...{ account: z.string(), order: z.string(), heldOn: day, amount, currency: z.string() },
  /** In the currency of the list. */
  worth: amount,
  /** Why its source holds it. */
  reason: z.string().nullable(),
  released: released.nullable(),
});
export const ordersAnswer = z.strictObject({
  ...{ company: z.string(), today: day, currency: z.string(), orders: z.array(order) },
  next: z.string().nullable(),
});
export type OrdersAnswer = z.infer<typeof ordersAnswer>;

export const releaseParams = z.strictObject({ company: companyId, account: z.string().min(1).max(200) });
export const orderReleaseBody = z.strictObject({
  order: z.string().min(1).max(200),
  untilOn: day,
  reason: z.string().trim().min(1).max(500),
});
export type OrderReleaseBody = z.infer<typeof orderReleaseBody>;
export const orderReleaseAnswer = z.strictObject({
  ...{ order: z.string(), by: z.string(), untilOn: day, version: z.int() },
});
export type OrderReleaseAnswer = z.infer<typeof orderReleaseAnswer>;
