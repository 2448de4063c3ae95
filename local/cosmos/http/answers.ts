/**
 * Writes answers and refusals the way the service does: headers on everything, errors as JSON.
 * From: replies of handlers, refusals, and what the HTTP kit could not hand over. Next: the wire.
 */
import { randomUUID } from 'node:crypto';
import type { HttpAnswer, RefusalKind } from '../../kit/http-service.ts';
import { codeWords, Refusal, substatus } from '../refusal.ts';
import type { Container } from '../store/container.ts';
import type { Reply } from './open-database.ts';

const commonHeaders = (charge: number, container: Container | undefined): Record<string, string> => ({
  'content-type': 'application/json',
  'x-ms-activity-id': randomUUID(),
  'x-ms-request-charge': charge.toFixed(2),
  ...(container === undefined
    ? {}
    : {
        'x-ms-session-token': `0:-1#${container.lsn}`,
        'x-ms-alt-content-path': `dbs/${container.database}/colls/${container.name}`,
        'x-ms-content-path': container.ids.rid,
      }),
});

export const toAnswer = (reply: Reply, container: Container | undefined): HttpAnswer => ({
  status: reply.status,
  headers: { ...commonHeaders(reply.charge, container), ...reply.headers },
  ...(reply.body === undefined ? {} : { body: reply.body }),
});

export const refusalAnswer = (
  refusal: Refusal,
  charge: number,
  container?: Container,
  more: Record<string, string> = {},
): HttpAnswer => {
  const code = codeWords[refusal.status] ?? 'BadRequest';
  const headers = { ...commonHeaders(charge, container), ...more };
  if (refusal.substatus !== substatus.none) headers['x-ms-substatus'] = String(refusal.substatus);
  const body = {
    code,
    message: `${refusal.message}\r\nActivityId: ${headers['x-ms-activity-id']}`,
    ...refusal.extra,
  };
  return { status: refusal.status, headers, body: JSON.stringify(body) };
};

export const throttledAnswer = (retryAfterMs: number, container?: Container): HttpAnswer =>
  refusalAnswer(
    new Refusal(429, 'The request rate is too large. Please retry after sometime.', substatus.throttled),
    0,
    container,
    { 'x-ms-retry-after-ms': String(retryAfterMs) },
  );

/** What the kit refuses on its own: oversize bodies, the fault switch, a crash in a handler. */
export const kitRefusal = (kind: RefusalKind, retryAfterMs: number): HttpAnswer => {
  if (kind === 'throttled') return throttledAnswer(retryAfterMs);
  if (kind === 'too-large') return refusalAnswer(new Refusal(413, 'Request size is too large'), 0);
  if (kind === 'crashed') return refusalAnswer(new Refusal(500, 'An unexpected error occurred'), 0);
  const message = 'Service is currently unavailable. Please retry.';
  return refusalAnswer(new Refusal(503, message), 0, undefined, {
    'x-ms-retry-after-ms': String(retryAfterMs),
  });
};
