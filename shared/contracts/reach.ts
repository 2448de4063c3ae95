/**
 * What a person reaches: companies, sales teams, colleagues they stand in for, accounts lent to them.
 * From: administration, by the request of one person and the approval of another. Next: the access layer reads
 * it with every request, so that what is taken away is gone with the next one.
 * Place: settings, scope `user:<tenant:person>`, name `reach`.
 */
import { z } from 'zod';

const id = z.string().min(1).max(200);
const instant = z.iso.datetime();
const isInOrder = ({ fromAt, untilAt }: { fromAt: string; untilAt: string }): boolean =>
  Date.parse(fromAt) < Date.parse(untilAt);

/** One account lent for a time: all its items, or those named. */
export const accountGrant = z
  .strictObject({
    companyId: id,
    accountId: id,
    itemIds: z.union([z.literal('all'), z.array(id).min(1).max(200)]),
    fromAt: instant,
    untilAt: instant,
    purpose: z.string().min(1).max(500),
  })
  .refine(isInOrder, 'it ends before it begins');
export type AccountGrant = z.infer<typeof accountGrant>;

export const reach = z.strictObject({
  /** Their units. */
  companyIds: z.array(id).max(200),
  /** Sales teams they belong to. */
  teams: z.array(id).max(50),
  /** Absent collectors whose accounts they look after. */
  covers: z
    .array(z.strictObject({ collectorId: id, fromAt: instant, untilAt: instant }).refine(isInOrder, 'order'))
    .max(50),
  grants: z.array(accountGrant).max(200),
  /** No role opens anything any more. */
  isDisabled: z.boolean(),
});
export type Reach = z.infer<typeof reach>;

/** Of somebody nobody has said anything about. */
export const noReach: Reach = { companyIds: [], teams: [], covers: [], grants: [], isDisabled: false };

export const reachPlace = (personId: string) => ({ scope: `user:${personId}`, name: 'reach' });
