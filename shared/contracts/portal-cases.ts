/**
 * What customers see of their own cases and queries, and the papers they add to them.
 * From: sessions. Next: `functions/portal`. No names, no inner words, no papers of ours.
 */
import { z } from 'zod';
import { ownAccountParams } from './portal.ts';

const day = z.iso.date();
const id = z.string().min(1).max(200);

export const ownCaseParams = ownAccountParams.extend({ case: id });
export const ownCasePaperParams = ownCaseParams.extend({ paper: id });
export const ownPaperQuery = z.strictObject({ name: z.string().min(1).max(500) });

/** `answered`: of a query, what was wanted was given. */
export const ownCaseStates = [
  ...(['received', 'weNeedPapers', 'weAreLooking', 'answered'] as const),
  ...(['decidedForYou', 'decidedPartly', 'decidedAgainst'] as const),
] as const;

const shown = {
  ...{ case: z.string(), number: z.string(), as: z.enum(['dispute', 'deduction', 'query']) },
  ...{ status: z.enum(ownCaseStates), isClosed: z.boolean(), amount: z.int(), currency: z.string() },
  ...{ openedOn: day, answerBy: day.nullable() },
};
export const ownCase = z.strictObject(shown);
export type OwnCase = z.infer<typeof ownCase>;
export const ownCasesAnswer = z.strictObject({ cases: z.array(ownCase) });

export const ownPaper = z.strictObject({
  paper: z.string(),
  name: z.string(),
  bytes: z.int(),
  at: z.string(),
});
export type OwnPaper = z.infer<typeof ownPaper>;
export const ownCaseAnswer = z.strictObject({
  ...shown,
  items: z.array(z.strictObject({ item: z.string(), amount: z.int() })),
  papers: z.array(ownPaper),
});
export type OwnCaseAnswer = z.infer<typeof ownCaseAnswer>;
