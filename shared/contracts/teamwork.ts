/**
 * What goes in and out of whose work it is: absences with their deputies, the pool, many accounts that change hands.
 * From: bodies of credit managers and collectors. Next: `functions/collections`.
 */
import { z } from 'zod';
import { companyId } from './company.ts';
import { personId } from './person-id.ts';

const day = z.iso.date();

export const teamParams = z.strictObject({ company: companyId });

/** Away from the first to the last day, both included. */
const absence = z.strictObject({ who: personId, firstOn: day, lastOn: day, deputy: personId });
export const absenceBody = absence.extend({ reason: z.string().trim().min(1).max(500) });
export type AbsenceBody = z.infer<typeof absenceBody>;
export const backBody = z.strictObject({ who: personId, reason: z.string().trim().min(1).max(500) });
export const absencesAnswer = z.strictObject({ absences: z.array(absence) });
/** The setting `absences` of a company, every version kept. */
export const absencesSetting = z.strictObject({ absences: z.array(absence).max(200) });
export type Absences = z.infer<typeof absencesSetting>;

export const pullBody = z.strictObject({});
/** Null: there is nothing in the pool that nobody has. */
export const pullAnswer = z.strictObject({
  account: z.string().nullable(),
  /** ISO instant: without a call by then it is back in the pool. */
  until: z.string().nullable(),
});
export type PullAnswer = z.infer<typeof pullAnswer>;

const whose = z.union([personId, z.literal('pool')]);
export const moveBody = z.strictObject({
  from: whose,
  to: whose,
  /** Nothing is changed, only told. */
  isPreview: z.boolean().default(true),
  after: z.string().max(500).optional(),
});
export type MoveBody = z.infer<typeof moveBody>;
export const moveAnswer = z.strictObject({
  accounts: z.array(z.strictObject({ account: z.string(), openCount: z.int() })),
  isPreview: z.boolean(),
  /** Send it again with this until it is null: that is how far it has come. */
  next: z.string().nullable(),
});
export type MoveAnswer = z.infer<typeof moveAnswer>;

const some = z.array(z.string().min(1).max(200)).min(1).max(200).exactOptional();
const rule = z.strictObject({
  name: z.string().trim().min(1).max(100),
  ...{ segments: some, salesOwners: some, countries: some, currencies: some },
  /** The one with the fewest accounts gets the next; none: the pool. */
  to: z.array(personId).max(100),
});
/** The first rule that fits an account decides; whoever is in the right place stays there. */
export const rulesMoveBody = z.strictObject({
  rules: z.array(rule).min(1).max(50),
  /** Nothing is changed, only told. */
  isPreview: z.boolean().default(true),
});
export type RulesMoveBody = z.infer<typeof rulesMoveBody>;
export const rulesMoveAnswer = z.strictObject({
  moves: z.array(
    z.strictObject({
      account: z.string(),
      from: z.string().nullable(),
      to: z.string().nullable(),
      because: z.string(),
    }),
  ),
  isPreview: z.boolean(),
  /** There is more to move: send it again. */
  isCut: z.boolean(),
});
export type RulesMoveAnswer = z.infer<typeof rulesMoveAnswer>;
