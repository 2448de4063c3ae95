/**
 * How the mail service says no: one error shape, with the code repeated in a header.
 * From: every check of this service, and the HTTP kit. Next: the official SDK makes a RestError of it.
 */
import type { HttpAnswer, RefusalKind } from '../kit/http-service.ts';

export type RefusalDetail = { code: string; message: string; target?: string };

type RefusalExtras = { target?: string; details?: RefusalDetail[]; retryAfterMs?: number };

/** Thrown by a check; becomes the service's answer. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly extras: RefusalExtras;

  constructor(status: number, code: string, message: string, extras: RefusalExtras = {}) {
    super(message);
    this.name = 'Refusal';
    this.status = status;
    this.code = code;
    this.extras = extras;
  }
}

export const json = (status: number, body: unknown, headers: Record<string, string> = {}): HttpAnswer => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', ...headers },
  body: JSON.stringify(body),
});

/** The answer a refusal becomes; Retry-After is in whole seconds, rounded up. */
export const toAnswer = ({ status, code, message, extras }: Refusal): HttpAnswer => {
  const { retryAfterMs, ...rest } = extras;
  const headers: Record<string, string> = { 'x-ms-error-code': code };
  if (retryAfterMs !== undefined) headers['retry-after'] = String(Math.ceil(retryAfterMs / 1000));
  return json(status, { error: { code, message, ...rest } }, headers);
};

/** Over a quota, or told so by the fault switch. */
export const tooManyRequests = (retryAfterMs: number): Refusal =>
  new Refusal(
    429,
    'TooManyRequests',
    'The request rate is over the limit of the email service. Retry after the time in Retry-After.',
    { retryAfterMs },
  );

/** What the HTTP kit asks for when something fails outside the service's own checks. */
export const refuse = (kind: RefusalKind, _call: unknown, retryAfterMs: number): HttpAnswer =>
  toAnswer(refusalOf(kind, retryAfterMs));

const refusalOf = (kind: RefusalKind, retryAfterMs: number): Refusal => {
  switch (kind) {
    case 'too-large':
      return new Refusal(413, 'RequestEntityTooLarge', 'The request is larger than 10 MB.');
    case 'throttled':
      return tooManyRequests(retryAfterMs);
    case 'unavailable':
      return new Refusal(503, 'ServiceUnavailable', 'The service is unavailable.', { retryAfterMs });
    case 'crashed':
      return new Refusal(500, 'InternalServerError', 'The local email service met an error of its own.');
  }
};
