/**
 * Refusals as the payment provider words them: `{error: {type, code, param, message}}` with a status.
 * From: every part of the provider. Next: `router.ts` turns them into answers.
 */
import type { HttpAnswer, RefusalKind } from '../kit/http-service.ts';

export type ErrorBody = {
  type: 'invalid_request_error' | 'idempotency_error' | 'api_error' | 'card_error';
  message: string;
  code?: string;
  param?: string;
};

/** Thrown to refuse a request; rolls back whatever the request had begun. */
export class Refusal extends Error {
  status: number;
  body: ErrorBody;
  constructor(status: number, body: ErrorBody) {
    super(body.message);
    this.name = 'Refusal';
    this.status = status;
    this.body = body;
  }
}

/** The caller asked for something wrong. */
export const invalid = (message: string, more: { param?: string; code?: string; status?: number } = {}) => {
  const { status = 400, ...rest } = more;
  return new Refusal(status, { type: 'invalid_request_error', message, ...rest });
};

/** The object named in the path (404) or in a parameter (400) is not there, or belongs to another account. */
export const noSuch = (kind: string, id: string, param: string, status = 404) =>
  invalid(`No such ${kind}: '${id}'`, { param, code: 'resource_missing', status });

export const unrecognizedUrl = (method: string, path: string) =>
  invalid(
    `Unrecognized request URL (${method}: ${path}). This local provider knows only what Dunwell uses; ` +
      'see the reference of the real one at https://stripe.com/docs.',
    { status: 404 },
  );

export const providerBroken = (): Refusal =>
  new Refusal(500, {
    type: 'api_error',
    message: 'Sorry! There was an error while talking to one of our backends.',
  });

/** A JSON answer with the headers each answer of the provider carries. */
export const jsonAnswer = (
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): HttpAnswer => ({
  status,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-cache, no-store', ...headers },
  body: `${JSON.stringify(body, null, 2)}\n`,
});

/** The provider's own words for what goes wrong before a request reaches it. */
export const refuseOutside = (kind: RefusalKind, requestId: string, retryAfterMs: number): HttpAnswer => {
  const headers: Record<string, string> = { 'request-id': requestId };
  if (kind === 'throttled' || kind === 'unavailable')
    headers['retry-after'] = String(Math.max(1, Math.ceil(retryAfterMs / 1000)));
  const [status, error] = outside[kind];
  return jsonAnswer(status, { error }, headers);
};

const outside: Record<RefusalKind, [number, ErrorBody]> = {
  'too-large': [413, { type: 'invalid_request_error', message: 'The request is too large.' }],
  throttled: [
    429,
    {
      type: 'invalid_request_error',
      code: 'rate_limit',
      message:
        'Request rate limit exceeded. Learn more about rate limits at https://stripe.com/docs/rate-limits.',
    },
  ],
  unavailable: [
    503,
    { type: 'api_error', message: 'The provider is temporarily unavailable. Please try again.' },
  ],
  crashed: [500, { type: 'api_error', message: 'An unknown error occurred. Please try again.' }],
};
