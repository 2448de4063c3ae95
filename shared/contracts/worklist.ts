/**
 * What goes in and out of the worklist: a day's list with its two lanes, and why a row stands where it does.
 * From: query strings. Next: `functions/collections`. Points are minor units of the list's currency.
 */
import { z } from 'zod';
import { dueKinds } from '../domain/worklist-account.ts';
import { worklistFactors } from '../domain/worklist-score.ts';
import { companyId } from './company.ts';

const day = z.iso.date();
const amount = z.int();
const id = z.string().min(1).max(200);

export const worklistParams = z.strictObject({ company: companyId });
export const rowParams = worklistParams.extend({ account: id });

export const worklistQuery = z.strictObject({
  /** One's own with those one stands in for, all one may see, or what is nobody's. */
  list: z.enum(['mine', 'team', 'pool']).default('mine'),
  /** Of one colleague alone. */
  collector: id.optional(),
  lane: z.enum(['both', 'due', 'ranked']).default('both'),
  kind: z.enum(dueKinds).optional(),
  segment: z.string().min(1).max(60).optional(),
  /** In minor units of the list's currency. */
  leastClaim: z.coerce.number().int().min(0).optional(),
  limit: z.coerce.number().int().min(1).max(50).default(20),
  after: z.string().max(500).optional(),
});
export type WorklistQuery = z.infer<typeof worklistQuery>;

const part = z.strictObject({ factor: z.enum(worklistFactors), points: amount, words: z.string() });

export const worklistRow = z.strictObject({
  account: z.string(),
  name: z.string().optional(),
  collector: z.string().nullable().optional(),
  segment: z.string().nullable().optional(),
  /** From 1 among the ranked; null in *Due today*. */
  place: z.int().nullable(),
  points: amount,
  /** They sum to the points. */
  parts: z.array(part),
  /** Of overdue items, less credits. */
  claim: amount,
  oldestDueOn: day.nullable(),
  daysLate: z.int(),
  dues: z.array(
    z.strictObject({ id: z.string(), kind: z.enum(dueKinds), on: day, at: z.string().nullable() }),
  ),
  lastContactOn: day.nullable(),
  lastTalkOn: day.nullable(),
  stage: z.int(),
});
export type WorklistLine = z.infer<typeof worklistRow>;

export const worklistAnswer = z.strictObject({
  company: z.string(),
  /** The company's day the list is of. */
  today: day,
  currency: z.string(),
  due: z.array(worklistRow),
  /** There is more due than is shown: narrow the list. */
  isDueCut: z.boolean(),
  ranked: z.array(worklistRow),
  /** Ask for the next ranked after it; null at the end. */
  next: z.string().nullable(),
});
export type WorklistAnswer = z.infer<typeof worklistAnswer>;
export const worklistFields = {
  'due.*.name': 'account.name',
  'ranked.*.name': 'account.name',
  'due.*.collector': 'account.assignments',
  'ranked.*.collector': 'account.assignments',
  'due.*.segment': 'account.assignments',
  'ranked.*.segment': 'account.assignments',
} as const;

export const whyQuery = z.strictObject({ list: z.enum(['mine', 'team', 'pool']).default('mine') });

const gap = z.strictObject({
  ...{ factor: z.enum(worklistFactors), words: z.string(), here: amount, first: amount, gap: amount },
});
export const whyAnswer = z.strictObject({
  account: z.string(),
  today: day,
  currency: z.string(),
  lane: z.enum(['due', 'ranked', 'off']),
  /** Why it has no place among the ranked; null when it has one. */
  off: z.string().nullable(),
  points: amount,
  parts: z.array(part),
  claim: amount,
  /** The points of the first of the list are so many more; null when it is the first, or the list is empty. */
  notFirst: z
    .strictObject({ gap: amount, isTie: z.boolean(), factors: z.array(gap), firstPoints: amount })
    .nullable(),
  /** Each would do by itself; `least`: how much of it. */
  wouldMakeFirst: z.array(z.strictObject({ change: z.string(), least: amount.nullable(), points: amount })),
});
export type WhyAnswer = z.infer<typeof whyAnswer>;

/** What a factor means, in a few words. */
export const factorWords: Readonly<Record<(typeof worklistFactors)[number], string>> = {
  time: 'what a week of waiting costs',
  decay: 'what is lost by age within a week',
  brokenPromise: 'a promise was broken',
  silence: 'nobody spoke to the customer for long',
  firstSign: 'it usually pays in time and does not now',
  blockedOrder: 'orders wait for the payment',
  missedCeiling: 'receivables of the collector are above their target',
  insurerDate: 'the insurer is to be told soon',
  justSpoken: 'it was spoken to a short while ago and nothing is new',
  costOfTouch: 'what a call or mail costs',
};
