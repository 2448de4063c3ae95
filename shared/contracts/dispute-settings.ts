/**
 * How a company works on problems: codes with their recipes, queries, limits, deadlines, who decides for whom.
 * From: setting `disputes` of a company, every version kept; what nobody set is as `shared/domain/dispute-codes.ts`
 * has it. Next: cases keep the recipe they were opened with and its version.
 */
import { z } from 'zod';
import {
  decisionRoles,
  defaultDisputeCodes,
  defaultDisputeRules,
  defaultQueryCodes,
} from '../domain/dispute-codes.ts';
import { defaultControlRules } from '../domain/dispute-control.ts';

const name = z.string().min(1).max(60);
const cents = z.int().min(0).max(10_000_000_000);
const days = z.int().min(0).max(1_000);
const person = z.string().min(1).max(200);
const codeName = z.string().regex(/^[A-Z][A-Z0-9]{1,15}$/);

const disputeCode = z.strictObject({
  code: codeName,
  meaning: z.string().min(1).max(200),
  papers: z.array(name).max(10),
  owners: z.tuple([name], name),
  ownerFrom: z.strictObject({ euroCents: cents, owner: name }).exactOptional(),
  deadlines: z.strictObject({
    validate: days,
    facts: days.exactOptional(),
    decide: days.exactOptional(),
  }),
  autoEuroCents: cents,
  adjustmentReason: z.string().max(4).exactOptional(),
});

const queryCode = z.strictObject({
  code: codeName,
  act: z.string().min(1).max(200),
  days,
  owner: name,
  closes: z.enum(['copySent', 'answered', 'followUp']),
});

const isOnce = (codes: readonly { code: string }[]): boolean =>
  new Set(codes.map(({ code }) => code)).size === codes.length;

/** Who answers for a department, who stands in, who is above them; by id. */
const department = z.strictObject({
  owner: person,
  deputy: person.exactOptional(),
  head: person.exactOptional(),
});

const rules = z.strictObject({
  authority: z
    .array(z.strictObject({ role: z.enum(decisionRoles), upToEuroCents: cents.exactOptional() }))
    .min(1)
    .max(8)
    .refine(
      (all) => all.some(({ upToEuroCents }) => upToEuroCents === undefined),
      'somebody decides any sum',
    ),
  remindAtPercent: z.int().min(0).max(100),
  managerAfterDays: days,
  moreTimeDays: days,
  autoAccept: z.strictObject({ timesPerAccount: z.int().min(0).max(10), inDays: days }),
  ...{ portalHoldDays: days, queryPauseDays: days, contestWithinDays: days },
});

const control = z.strictObject({
  ...{ olderThanDays: days, fromEuroCents: cents, fromSharePercentHundredths: z.int().min(0).max(10_000) },
  ...{ owners: z.int().min(1), missedDates: z.int().min(1), reopened: z.int().min(1) },
});

/** A part that is absent is as it comes. */
export const disputeSettings = z.strictObject({
  codes: z
    .array(disputeCode)
    .min(1)
    .max(200)
    .refine(isOnce, 'each code once')
    .default(() =>
      defaultDisputeCodes.map((one) => {
        const [first, ...others] = one.owners;
        return { ...one, papers: [...one.papers], owners: [first, ...others] as [string, ...string[]] };
      }),
    ),
  queries: z
    .array(queryCode)
    .max(50)
    .refine(isOnce, 'each code once')
    .default(() => [...defaultQueryCodes]),
  rules: rules.default(() => ({ ...defaultDisputeRules, authority: [...defaultDisputeRules.authority] })),
  control: control.default(() => defaultControlRules),
  departments: z.record(name, department).default(() => ({})),
  creditManager: person.exactOptional(),
  cfo: person.exactOptional(),
});
export type DisputeSettings = z.infer<typeof disputeSettings>;

export const disputeSettingsBody = z.strictObject({
  value: z.strictObject(disputeSettings.shape),
  /** The version this change was made after; 0 where none was set. */
  after: z.int().min(0),
  reason: z.string().trim().min(1).max(500),
});
export type DisputeSettingsBody = z.infer<typeof disputeSettingsBody>;

export const disputeSettingsAnswer = z.strictObject({
  company: z.string(),
  version: z.int(),
  value: disputeSettings,
  ...{ by: z.string().optional(), at: z.string().optional(), reason: z.string().optional() },
});
export type DisputeSettingsAnswer = z.infer<typeof disputeSettingsAnswer>;
