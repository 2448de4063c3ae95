/**
 * Calls that get nothing: denied, refused, or one too many. Each is a Problem document, and denials leave one line.
 * From: `http-call.ts`. Next: the caller, and the platform's log.
 */
import type { HttpResponseInit, InvocationContext } from '@azure/functions';
import type { ActionName } from '../contracts/access.ts';
import { problemOf, type ProblemCode } from '../contracts/problems.ts';
import { logWarning } from './log.ts';
import { problemAnswer } from './problem.ts';

type Route = { name: string; action: ActionName };

const deniedStatus = new Set([401, 403, 404]);

/** One line per denied call: who, what, why; never the content of the request. */
export const refusal = (
  { name, action }: Route,
  caller: string | undefined,
  { code, detail }: { code: ProblemCode; detail: string },
  context: InvocationContext,
): HttpResponseInit => {
  if (deniedStatus.has(problemOf(code, '').status))
    logWarning(context, 'denied', { route: name, action, caller, code });
  return problemAnswer(code, detail);
};

/** One line per call over a limit: who and where. */
export const tooMany = (
  { name, action }: Route,
  caller: string | undefined,
  seconds: number,
  context: InvocationContext,
): HttpResponseInit => {
  logWarning(context, 'too-many-calls', { route: name, action, caller, seconds });
  const answer = problemAnswer('too-many-calls', `There is room again in ${seconds} seconds.`);
  return { ...answer, headers: { ...answer.headers, 'retry-after': String(seconds) } };
};
