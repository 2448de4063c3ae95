/**
 * Every problem a caller or a person with parked work can meet: one table, code by code.
 * From: refusals of the domain, the edge. Next: Problem documents (RFC 9457), the failed-work page.
 * Using a code that is not here does not compile.
 */
import { z } from 'zod';
import { administrationProblems } from './administration-problems.ts';
import { accountProblems } from './account-problems.ts';
import { callProblems } from './call-problems.ts';
import { disputeProblems } from './dispute-problems.ts';
import { dunningProblems } from './dunning-problems.ts';
import { entryProblems } from './entry-problems.ts';
import { feedProblems } from './feed-problems.ts';
import { httpProblems } from './http-problems.ts';
import { ledgerProblems } from './ledger-problems.ts';
import { importProblems } from './import-problems.ts';
import { invariantProblems } from './invariant-problems.ts';
import { mailProblems } from './mail-problems.ts';
import { operationsProblems } from './operations-problems.ts';
import { portalProblems } from './portal-problems.ts';
import { readingProblems } from './reading-problems.ts';
import { receiptProblems } from './receipt-problems.ts';

type ProblemText = { status: number; title: string; whatToDo: string };

const table = {
  'not-signed-in': {
    status: 401,
    title: 'You are not signed in',
    whatToDo: 'Sign in and try again. A sign-in lasts about an hour.',
  },
  'action-not-allowed': {
    status: 403,
    title: 'Your role does not include this',
    whatToDo: 'Ask your administrator for a role that includes it.',
  },
  'not-found': {
    status: 404,
    title: 'There is nothing here for you',
    whatToDo: 'Check the address; what you look for may have moved, or may not be yours to see.',
  },
  'input-not-valid': {
    status: 400,
    title: 'Something in the request is not as expected',
    whatToDo: 'Correct the fields named in the detail and send it again.',
  },
  'message-not-readable': {
    status: 422,
    title: 'A message does not have the expected shape',
    whatToDo: 'Its sender and its reader are of different versions: deploy both, then send it again.',
  },
  'kept-failing': {
    status: 500,
    title: 'The work failed on every try',
    whatToDo: 'Look at the detail, mend the cause, then send it again.',
  },
  'unknown-currency': {
    status: 422,
    title: 'This is not a currency in use',
    whatToDo: 'Write the three capital letters of ISO 4217, such as EUR, and send it again.',
  },
  'invalid-amount': {
    status: 422,
    title: 'This is not an amount as declared',
    whatToDo: 'Correct the amount, or how the source is declared to write decimals, groups and signs.',
  },
  'scale-exceeded': {
    status: 422,
    title: 'The amount has more decimals than its currency',
    whatToDo: 'Round it at its source, or correct the declared decimal mark or the currency.',
  },
  'amount-too-large': {
    status: 422,
    title: 'The amount is larger than any that is accepted',
    whatToDo: 'Check the amount and its decimal mark; split it if it is right.',
  },
  'invalid-date': {
    status: 422,
    title: 'This is not a day as declared',
    whatToDo: 'Correct the day, or the order of year, month and day declared for the source.',
  },
  'unknown-terms': {
    status: 422,
    title: 'These payment terms are not known',
    whatToDo: 'Write them as `net 30`, `2/10 net 30` or `end of month + 15`, or map the code in the profile.',
  },
  'currencies-differ': {
    status: 422,
    title: 'Amounts of different currencies are not added',
    whatToDo: 'Ask for each currency, or for a total that names its exchange rate and date.',
  },
  'aging-schemes-differ': {
    status: 422,
    title: 'Agings cut in different ways are not added',
    whatToDo: 'Ask for all of them in the same scheme.',
  },
  unexpected: {
    status: 500,
    title: 'Something went wrong on our side',
    whatToDo: 'Try again in a minute. If it stays, tell your administrator the time and the address.',
  },
  busy: {
    status: 503,
    title: 'Too much is going on just now',
    whatToDo: 'Wait for the seconds named in Retry-After and try again.',
  },
  ...httpProblems,
  ...administrationProblems,
  ...ledgerProblems,
  ...importProblems,
  ...receiptProblems,
  ...accountProblems,
  ...callProblems,
  ...disputeProblems,
  ...dunningProblems,
  ...entryProblems,
  ...feedProblems,
  ...readingProblems,
  ...invariantProblems,
  ...mailProblems,
  ...operationsProblems,
  ...portalProblems,
} as const satisfies Record<string, ProblemText>;

export type ProblemCode = keyof typeof table;

/** Whether a stored text is a code of this version: work may have been parked by an older one. */
export const isProblemCode = (text: string): text is ProblemCode => Object.hasOwn(table, text);

/** What a caller reads: RFC 9457 with our code, and what to do. */
export const problemDocument = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.enum(Object.keys(table) as [ProblemCode, ...ProblemCode[]]),
  detail: z.string(),
  whatToDo: z.string(),
});

export type ProblemDocument = z.infer<typeof problemDocument>;

/** The document of a code; `detail` says what was wrong this time and never names what is not the caller's. */
export const problemOf = (code: ProblemCode, detail: string): ProblemDocument => ({
  type: `/problems/${code}`,
  ...table[code],
  code,
  detail,
});
