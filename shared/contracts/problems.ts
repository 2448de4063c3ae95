/**
 * Every problem a caller or a person with parked work can meet: one table, code by code.
 * From: refusals of the domain, the edge. Next: Problem documents (RFC 9457), the failed-work page.
 * Using a code that is not here does not compile.
 */
import { z } from 'zod';

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
} as const satisfies Record<string, ProblemText>;

export type ProblemCode = keyof typeof table;

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
