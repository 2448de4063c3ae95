/**
 * Policies, their common rules and how one is chosen, as settings a company keeps in versions.
 * From: the defaults, forms of credit managers. Next: `shared/domain/evaluate-account.ts`; the reference page lists them.
 */
import { z } from 'zod';
import { copyRoles, duties, stepActs, stepExtras, textCodes, tones, type Policy } from '../domain/policy.ts';

const cents = z.int().min(0).max(10_000_000_000);
const days = z.int().min(0).max(1_000);

const policyStep = z.strictObject({
  stage: z.int().min(1).max(20),
  /** Calendar days after the due day. */
  day: z.int().min(-60).max(1_000),
  act: z.enum(stepActs),
  tone: z.enum(tones).optional(),
  fromEuroCents: cents,
  text: z.enum(textCodes).optional(),
  does: z.array(z.enum(duties)).max(3),
  releasedBy: z.enum(duties).optional(),
  withinDays: days.optional(),
  payByDays: days.optional(),
  letterFromEuroCents: cents.optional(),
  also: z.array(z.enum(stepExtras)).max(3).optional(),
  copyTo: z.array(z.enum(copyRoles)).max(4).optional(),
  only: z
    .strictObject({
      firstInvoices: days.optional(),
      usualLatenessDays: days.optional(),
      isDiscountOpen: z.literal(true).optional(),
    })
    .optional(),
});

type Step = z.infer<typeof policyStep>;

const isReminder = ({ day }: Step): boolean => day >= 0;

/** Stages and days rise together, no tone is softer than the one before, one step a stage after the due day. */
const isInOrder = (steps: readonly Step[]): boolean =>
  steps.filter(isReminder).every((step, at, all) => {
    const before = all[at - 1];
    if (before === undefined) return step.stage > 1;
    const rank = ({ tone }: Step): number => (tone === undefined ? tones.length : tones.indexOf(tone));
    return step.stage > before.stage && step.day > before.day && rank(step) >= rank(before);
  });

const isWhole = ({ act, tone, text, day }: Step): boolean =>
  act !== 'mail' && act !== 'letter'
    ? true
    : tone !== undefined && text !== undefined && day < 0 === (tone === 'courtesy');

export const policySetting: z.ZodType<Policy> = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
  version: z.int().min(1),
  author: z.string().min(1).max(200),
  madeOn: z.iso.date(),
  reason: z.string().min(1).max(500),
  gapDays: z.int().min(1).max(60),
  threatsNeed: z.enum(duties).optional(),
  steps: z
    .array(policyStep)
    .min(1)
    .max(20)
    .refine(
      (steps) => steps.every(isWhole),
      'a mail has a tone and a text, and is a courtesy only before the due day',
    )
    .refine(isInOrder, 'stages, days and tones rise together, from stage 2 on after the due day'),
});
