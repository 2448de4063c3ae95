/**
 * Questions of customers and our answers, as both sides see them.
 * From: the portal, staff. Next: `functions/portal`; the paper `message:questions` beside the account.
 */
import { z } from 'zod';
import { accountParams } from './accounts.ts';

const question = z.object({
  ...{ question: z.string(), text: z.string(), by: z.string(), at: z.string() },
  answer: z.object({ text: z.string(), by: z.string(), at: z.string() }).optional(),
});
export type Question = z.infer<typeof question>;
/** The latest; older ones are notes of the account. */
export const questionsPaper = z.object({ questions: z.array(question).default([]) });

/** Customers see what was answered and when, not by whom of the house. */
export const ownQuestionsAnswer = z.strictObject({
  questions: z.array(
    z.strictObject({
      ...{ question: z.string(), text: z.string(), at: z.string() },
      answer: z.strictObject({ text: z.string(), at: z.string() }).nullable(),
    }),
  ),
});
export type OwnQuestionsAnswer = z.infer<typeof ownQuestionsAnswer>;
/** Newest first. */
export const questionsAnswer = z.strictObject({ questions: z.array(question) });

export const questionParams = accountParams.extend({ question: z.string().min(1).max(100) });
export const answerBody = z.strictObject({ text: z.string().trim().min(1).max(4_000) });
export const answerAnswer = z.strictObject({ question: z.string(), at: z.string() });
