/**
 * Problems as answers: RFC 9457 documents from the one table.
 * From: refusals, lacking rights, faults. Next: the caller of an HTTP route.
 */
import type { HttpResponseInit } from '@azure/functions';
import { problemOf, type ProblemCode } from '../contracts/problems.ts';

/** Sent with every answer: nothing is cached or guessed at unless a route says so. */
export const plainHeaders = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
} as const;

export const problemAnswer = (code: ProblemCode, detail: string): HttpResponseInit => {
  const document = problemOf(code, detail);
  return {
    status: document.status,
    headers: { ...plainHeaders, 'content-type': 'application/problem+json', ...extraHeaders(code) },
    body: JSON.stringify(document),
  };
};

const extraHeaders = (code: ProblemCode): Record<string, string> => {
  if (code === 'not-signed-in') return { 'www-authenticate': 'Bearer' };
  if (code === 'busy' || code === 'request-in-progress' || code === 'export-running')
    return { 'retry-after': '5' };
  return {};
};

/** A fault of ours, told apart only by whether waiting helps. */
export const problemOfFault = (fault: unknown): HttpResponseInit =>
  (fault as { code?: unknown } | null)?.code === 429
    ? problemAnswer('busy', 'The store asked us to slow down.')
    : problemAnswer('unexpected', 'The cause is in our log under the time of this answer.');
