/**
 * How the blob service says no: an XML body, a code in a header, an id.
 * From: the proxy and its rules. Next: `RestError` in the official SDK reads code and message.
 */
import { randomUUID } from 'node:crypto';
import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';

export type Refusal = { status: number; code: string; message: string; retryAfterMs?: number };

const refusal = (status: number, code: string, message: string): Refusal => ({ status, code, message });

export const refusals = {
  throttled: (retryAfterMs: number): Refusal => ({
    ...refusal(503, 'ServerBusy', 'Operations per second is over the account limit.'),
    retryAfterMs,
  }),
  unavailable: (retryAfterMs: number): Refusal => ({
    ...refusal(
      503,
      'ServerBusy',
      'The server is currently unable to receive requests. Please retry your request.',
    ),
    retryAfterMs,
  }),
  failed: () =>
    refusal(500, 'InternalError', 'The server encountered an internal error. Please retry the request.'),
  tooLarge: () =>
    refusal(
      413,
      'RequestBodyTooLarge',
      'The request body is too large and exceeds the maximum permissible limit.',
    ),
  noRight: () =>
    refusal(
      403,
      'AuthorizationPermissionMismatch',
      'This request is not authorized to perform this operation using this permission.',
    ),
  immutable: () =>
    refusal(
      409,
      'BlobImmutableDueToPolicy',
      'This operation is not permitted as the blob is immutable due to a policy.',
    ),
  unused: (what: string) =>
    refusal(
      501,
      'NotImplemented',
      `The requested operation is not implemented on the specified resource: ${what}.`,
    ),
};

/** Answers with the refusal; `HEAD` gets only the headers. */
export const sendRefusal = (response: ServerResponse, method: string, one: Refusal): void => {
  const requestId = randomUUID();
  const body = `<?xml version="1.0" encoding="utf-8"?><Error><Code>${one.code}</Code><Message>${one.message}\nRequestId:${requestId}\nTime:${new Date().toISOString()}</Message></Error>`;
  const headers: OutgoingHttpHeaders = {
    'content-type': 'application/xml',
    'content-length': Buffer.byteLength(body),
    'x-ms-error-code': one.code,
    'x-ms-request-id': requestId,
  };
  if (one.retryAfterMs !== undefined) headers['retry-after'] = String(Math.ceil(one.retryAfterMs / 1_000));
  response.writeHead(one.status, headers);
  response.end(method === 'HEAD' ? undefined : body);
};
