/**
 * What goes in and out of the dunning routes.
 * From: paths, query strings, bodies. Next: `functions/dunning`; answers the staff client parses by the same schemas.
 */
import { z } from 'zod';
import { approvedMeasures } from '../domain/dunning-position.ts';
import { duties } from '../domain/policy.ts';
import { withheldReasons, type WithheldReason } from '../domain/withheld-reasons.ts';
import { companyId } from './company.ts';
import { dunningFields, policySetFields } from './dunning-settings.ts';

const id = z.string().min(1).max(300);
const day = z.iso.date();
const reason = z.string().trim().min(1).max(500);
const amount = z.int();
const mark = z.string().max(20_000);
const sums = z.record(z.string(), amount);
const after = z.int().min(0);
const reasonCode = z.enum(Object.keys(withheldReasons) as [WithheldReason, ...WithheldReason[]]);

export const dunningParams = z.strictObject({ company: companyId });
const set = z.looseObject({ policies: z.array(z.looseObject({ id: z.string(), version: z.int() })) });
const difference = z.strictObject({
  policy: z.string(),
  steps: z.array(z.looseObject({ stage: z.int(), day: z.int() })),
});
export const policiesAnswer = z.strictObject({
  version: z.int(),
  inForce: set,
  approvedBy: z.string().nullable(),
  proposed: z.strictObject({ ...{ version: z.int(), by: z.string(), reason: z.string(), set } }).nullable(),
  /** What the proposed ones, or else those in force, do otherwise than those in force, or as delivered. */
  differences: z.array(difference),
  goLiveOn: day.nullable(),
  isStopped: z.boolean(),
  blocks: z.array(reasonCode),
});
export type PoliciesAnswer = z.infer<typeof policiesAnswer>;

export const proposePoliciesBody = z.strictObject({ ...policySetFields, after, reason });
export type ProposePoliciesBody = z.infer<typeof proposePoliciesBody>;
export const approvePoliciesBody = z.strictObject({ version: z.int().min(1), reason });
export const versionAnswer = z.strictObject({ version: z.int() });
export const startBody = z.strictObject({ ...dunningFields, after, reason });
export type StartBody = z.infer<typeof startBody>;
export const stopBody = z.strictObject({ reason });
export const stoppedAnswer = z.strictObject({ isStopped: z.boolean(), version: z.int() });

export const previewQuery = z.strictObject({ account: id.optional(), after: mark.optional() });
const stepItem = z.strictObject({
  ...{ itemId: z.string(), stage: z.int(), currency: z.string(), asked: amount, isDue: z.boolean() },
});
const previewStep = z.strictObject({
  ...{ channel: z.enum(['mail', 'call', 'task']), act: z.string(), stage: z.int(), policyId: z.string() },
  ...{ tone: z.string().nullable(), text: z.string().nullable(), needs: z.array(z.string()) },
  ...{ sums, items: z.array(stepItem), itemCount: z.int(), notBefore: z.string().nullable() },
  digest: z.string(),
});
const withheldItem = z.strictObject({ itemId: z.string(), reason: reasonCode });
export const previewAnswer = z.strictObject({
  at: z.string(),
  accounts: z.array(
    z.strictObject({
      ...{ account: z.string(), policyId: z.string(), rule: z.string(), inputs: z.string() },
      steps: z.array(previewStep),
      withheld: z.strictObject({ account: z.array(reasonCode), items: z.array(withheldItem) }),
      nextReviewAt: z.string().nullable(),
    }),
  ),
  /** Of all of the page: the same accounts at the same instant have the same. */
  hash: z.string(),
  after: mark.optional(),
});
export type PreviewAnswer = z.infer<typeof previewAnswer>;

export const movesQuery = z.strictObject({
  /** As for a replay: the proposal, those delivered, or the number of an earlier version. */
  against: z
    .union([z.enum(['proposed', 'delivered']), z.string().regex(/^[1-9]\d{0,6}$/)])
    .default('proposed'),
  after: mark.optional(),
});
export type MovesQuery = z.infer<typeof movesQuery>;
const chosen = z.strictObject({ policy: z.string(), rule: z.string() });
export const movesAnswer = z.strictObject({
  /** Accounts of this page, moved or not. */
  looked: z.int(),
  moves: z.array(z.strictObject({ account: z.string(), from: chosen, to: chosen, open: sums })),
  after: mark.optional(),
});
export type MovesAnswer = z.infer<typeof movesAnswer>;

/** One system at a time: as many first digits of the code as wanted. */
export const industryQuery = z
  .strictObject({
    sic: z
      .string()
      .regex(/^\d{1,4}$/)
      .optional(),
    naics: z
      .string()
      .regex(/^\d{2,6}$/)
      .optional(),
    after: mark.optional(),
  })
  .refine(({ sic, naics }) => (sic === undefined) !== (naics === undefined), 'either sic or naics');
export type IndustryQuery = z.infer<typeof industryQuery>;
export const industryAnswer = z.strictObject({
  /** Accounts of this page, of the industry or not; those of it, and what they owe by currency. */
  ...{ looked: z.int(), count: z.int(), open: sums },
  accounts: z.array(
    z.strictObject({
      ...{
        account: z.string(),
        code: z.string(),
        policy: z.string().nullable(),
        rule: z.string().nullable(),
      },
      open: sums,
    }),
  ),
  after: mark.optional(),
});
export type IndustryAnswer = z.infer<typeof industryAnswer>;

export const messagesQuery = z.strictObject({
  state: z.enum(['awaiting', 'in-doubt']).default('awaiting'),
  after: mark.optional(),
});
export const messagesAnswer = z.strictObject({
  messages: z.array(
    z.strictObject({
      ...{ account: z.string(), messageId: z.string(), state: z.string(), text: z.string(), plannedOn: day },
      ...{ stage: z.int().nullable(), tone: z.string().nullable(), needs: z.array(z.string()) },
      ...{ digest: z.string().nullable(), sums, items: z.array(stepItem), itemCount: z.int() },
    }),
  ),
  after: mark.optional(),
});
export type MessagesAnswer = z.infer<typeof messagesAnswer>;

const released = {
  ...{ account: id, messageId: id, digest: z.string().min(1).max(128) },
  /** The next step a final notice names; absent: further steps. */
  measure: z.enum(approvedMeasures).exactOptional(),
};
export const releaseBody = z.strictObject({
  as: z.enum(['draft', ...duties]),
  messages: z.array(z.strictObject(released)).min(1).max(100),
});
export type ReleaseBody = z.infer<typeof releaseBody>;
export const releaseAnswer = z.strictObject({
  results: z.array(
    z.strictObject({
      account: z.string(),
      messageId: z.string(),
      is: z.string(),
      detail: z.string().nullable(),
    }),
  ),
});
export type ReleaseAnswer = z.infer<typeof releaseAnswer>;

export const pageQuery = z.strictObject({ after: mark.optional() });
export const tasksAnswer = z.strictObject({
  tasks: z.array(
    z.strictObject({
      ...{ account: z.string(), taskId: z.string(), act: z.string(), stage: z.int(), createdOn: day },
      ...{ dueOn: day.nullable(), does: z.array(z.string()), sums, text: z.string().nullable() },
    }),
  ),
  after: mark.optional(),
});
export type TasksAnswer = z.infer<typeof tasksAnswer>;

export const withheldQuery = z.strictObject({ reason: reasonCode, after: mark.optional() });
export const withheldAnswer = z.strictObject({
  accounts: z.array(
    z.strictObject({
      ...{ account: z.string(), since: day, policyId: z.string().nullable() },
      /** How many items, by reason; 0 for one of the whole account. */
      reasons: z.record(z.string(), z.int()),
    }),
  ),
  after: mark.optional(),
});
export type WithheldAnswer = z.infer<typeof withheldAnswer>;
