/**
 * What goes in and out of the routes of queries, and how a query is kept beside its account.
 * From: staff, the portal. Next: `functions/disputes`.
 */
import { z } from 'zod';
import { caseAccountParams } from './disputes.ts';

const id = z.string().min(1).max(200);
const text = z.string().trim().min(1).max(4_000);

export const openQueryBody = z.strictObject({
  code: z.string().trim().min(1).max(60),
  items: z.array(id).min(1).max(20),
  text: text.optional(),
});
export type OpenQueryBody = z.infer<typeof openQueryBody>;
export const queryParams = caseAccountParams.extend({ query: id });
export const nothing = z.strictObject({});

const changed = {
  ...{ query: z.string(), code: z.string(), owner: z.string(), dueOn: z.string() },
  ...{ pausesUntilOn: z.string(), state: z.enum(['open', 'closed']), closedAs: z.string().optional() },
};
export const queryAnswer = z.strictObject(changed);
export type QueryAnswer = z.infer<typeof queryAnswer>;

/** One query as who works on it sees it. */
export const queryShown = z.strictObject({
  ...changed,
  ...{ act: z.string(), items: z.array(z.string()), department: z.string(), openedOn: z.string() },
  ...{ openedBy: z.string(), text: z.string().optional() },
  /** Whose turn it is, and whether its day is past; absent once it is closed. */
  next: z.strictObject({ owner: z.string(), level: z.string(), isPast: z.boolean() }).optional(),
});
export type QueryShown = z.infer<typeof queryShown>;
export const queryFields = { text: 'dispute.reason' } as const;

/** The paper `task:query-<id>` beside the account. `department`: absent in those of before it was kept. */
export const queryPaper = z.object({
  ...{ id: z.string(), code: z.string(), items: z.array(z.string()), owner: z.string() },
  ...{ text: z.string().optional(), department: z.string().optional() },
  ...{ openedOn: z.string(), dueOn: z.string(), pausesUntilOn: z.string(), openedBy: z.string() },
  closed: z.object({ as: z.string(), on: z.string(), by: z.string() }).optional(),
});
export type QueryPaper = z.infer<typeof queryPaper>;
