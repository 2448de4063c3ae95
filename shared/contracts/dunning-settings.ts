/**
 * What a company dunns by, as its settings hold it: policies with their common rules, since when it dunns here, and
 * the switch that stops all sending.
 * From: credit managers. Next: `shared/edge/read-dunning-frame.ts`; places `policies`, `dunning`, `dunning-stop`.
 */
import { z } from 'zod';
import { dayFromText } from '../domain/calendar.ts';
import { limitFactors } from '../domain/euro-limits.ts';
import { fixedSumRules, interestRules } from '../domain/interest-rules.ts';
import type { LateCharge } from '../domain/late-charges.ts';
import { defaultChoiceRules, type ChoiceRules } from '../domain/policy-choice.ts';
import { defaultPolicies } from '../domain/policy-defaults.ts';
import { defaultDunningRules, type DunningRules } from '../domain/policy-rules.ts';
import { tones, type Policy } from '../domain/policy.ts';
import { policySetting } from './policies.ts';

const count = z.int().min(1).max(1_000);
const days = z.int().min(0).max(1_000);
const minute = z
  .int()
  .min(0)
  .max(24 * 60 - 1);
const ceilings = z
  .array(z.strictObject({ most: count, days: count }))
  .min(1)
  .max(5);

export const rulesSetting: z.ZodType<DunningRules> = z
  .strictObject({
    ...{ reviewAtMinute: minute, contactFromMinute: minute, contactUntilMinute: minute },
    ...{ automated: ceilings, withPeople: ceilings },
    calls: z.strictObject({
      ...{ mostADay: count, most: count, inBusinessDays: count, restAfterTalkBusinessDays: days },
    }),
    ...{ callOverdueBusinessDays: days, personRestsBusinessDays: days, replyPausesBusinessDays: days },
    payRun: z.strictObject({ mostUsualLatenessDays: days, mostWaitDays: days }),
    goLive: z.strictObject({ draftDays: days, highestTone: z.enum(tones), reviewListAfterDays: days }),
  })
  .refine(
    ({ contactFromMinute, contactUntilMinute }) => contactFromMinute < contactUntilMinute,
    'the hours of contact end after they begin',
  )
  .refine(
    ({ automated, withPeople }) => [...automated, ...withPeople].every((one) => one.days <= 31),
    'ceilings look back at most 31 days',
  );

const cents = z.int().min(0).max(100_000_000_000);
const policyId = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/);

export const choiceSetting: z.ZodType<ChoiceRules> = z.strictObject({
  newForDays: days,
  brokenPromises: z.strictObject({ count, days: count }),
  ...{ keyFromEuroCents: cents, smallBelowEuroCents: cents },
  hysteresisPercent: z.int().min(0).max(50),
  industries: z
    .array(
      z.strictObject({
        system: z.enum(['sic', 'naics']),
        prefix: z.string().regex(/^\d{1,6}$/),
        policy: policyId,
      }),
    )
    .max(200)
    .readonly(),
});

/** All that is decided together and approved together. */
export type PolicySet = {
  policies: readonly Policy[];
  rules: DunningRules;
  choice: ChoiceRules;
  /** Who wrote it, and when it was approved by whom. */
  proposedBy?: string | undefined;
  approvedBy?: string | undefined;
};

const needed = ['standard', 'key', 'small', 'public', 'watch', 'debit'];

export const policySetFields = {
  policies: z
    .array(policySetting)
    .min(1)
    .max(30)
    .readonly()
    .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, 'an id stands twice')
    .refine((all) => needed.every((id) => all.some((one) => one.id === id)), `needs ${needed.join(', ')}`),
  rules: rulesSetting,
  choice: choiceSetting,
};

const policySetSetting: z.ZodType<PolicySet> = z.strictObject({
  ...policySetFields,
  proposedBy: z.string().optional(),
  approvedBy: z.string().optional(),
});

/** As delivered, where a company keeps none of its own. @throws ZodError when the setting is none. */
export const policySetFrom = (value: unknown): PolicySet =>
  value === undefined
    ? { policies: defaultPolicies, rules: defaultDunningRules, choice: defaultChoiceRules }
    : policySetSetting.parse(value);

const ruleIds = (rules: readonly { id: string }[]) => z.enum(rules.map(({ id }) => id));

const lateCharge: z.ZodType<LateCharge> = z.strictObject({
  country: z.string().regex(/^[A-Z]{2}$/),
  /** Of public bodies alone; absent: of all others, and of public bodies where nothing is said of them. */
  customers: z.literal('government').optional(),
  interestRule: ruleIds(interestRules).optional(),
  fixedSumRule: ruleIds(fixedSumRules).optional(),
  basis: z.string().trim().min(1).max(200),
});

export const dunningFields = {
  /** The first day it dunns here; absent: not yet, every message is a draft. */
  goLiveOn: z.iso.date().exactOptional(),
  /** Factors the customers were told to pay, as `assignedTo` of items. */
  disclosedFactors: z.array(z.string().min(1).max(100)).max(100),
  /** Invoices posted from this day on are mailed from here; absent: they go out elsewhere. */
  mailInvoicesFrom: z.iso.date().exactOptional(),
  /** Ours, by which debits are announced. */
  creditorId: z.string().trim().min(1).max(35).exactOptional(),
  /** Interest and fixed sums for late payment, by the payer's country; none: off. */
  lateCharges: z.array(lateCharge).max(100).readonly().exactOptional(),
  /** Units of a currency that stand for one euro in a limit, beside the usual ones. */
  limitFactors: z.record(z.string().regex(/^[A-Z]{3}$/), z.int().min(1).max(100_000)).exactOptional(),
};

const dunningSetting = z.strictObject(dunningFields);

export type DunningSetting = {
  goLiveOn?: ReturnType<typeof dayFromText>;
  disclosedFactors: readonly string[];
  mailInvoicesFrom?: ReturnType<typeof dayFromText>;
  creditorId?: string;
  lateCharges?: readonly LateCharge[];
  limitFactors?: Readonly<Record<string, number>>;
};

/** @throws ZodError when the setting is none. */
export const dunningSettingFrom = (value: unknown): DunningSetting => {
  if (value === undefined) return { disclosedFactors: [] };
  const {
    goLiveOn,
    disclosedFactors,
    mailInvoicesFrom,
    creditorId,
    lateCharges,
    limitFactors: own,
  } = dunningSetting.parse(value);
  return {
    disclosedFactors,
    ...(creditorId === undefined ? {} : { creditorId }),
    ...(lateCharges === undefined ? {} : { lateCharges }),
    ...(mailInvoicesFrom === undefined ? {} : { mailInvoicesFrom: dayFromText(mailInvoicesFrom) }),
    ...(goLiveOn === undefined ? {} : { goLiveOn: dayFromText(goLiveOn) }),
    ...(own === undefined ? {} : { limitFactors: { ...limitFactors, ...own } }),
  };
};

const stopSetting = z.strictObject({
  isStopped: z.boolean(),
  /** Collectors who stopped their own accounts. */
  portfolios: z.array(z.string().min(1)).max(500).readonly().optional(),
});

/** Whether all sending is stopped. @throws ZodError when the setting is none. */
export const isStoppedBy = (value: unknown): boolean =>
  value === undefined ? false : stopSetting.parse(value).isStopped;

/** Collectors whose accounts alone are stopped. @throws ZodError when the setting is none. */
export const portfoliosStoppedBy = (value: unknown): readonly string[] =>
  value === undefined ? [] : (stopSetting.parse(value).portfolios ?? []);

/** Names of settings of a company, place `company:<id>`. */
export const dunningPlaces = {
  ...{ policies: 'policies', proposed: 'policies-proposed', dunning: 'dunning', stop: 'dunning-stop' },
} as const;
