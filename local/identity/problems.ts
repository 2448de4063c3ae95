/**
 * What the issuer says when it refuses: the service's own numbers, words and shape.
 * From: the routes of this folder. Next: the client library, which acts on `error` and `error_codes`.
 */
import { randomUUID } from 'node:crypto';
import type { HttpAnswer } from '../kit/http-service.ts';

/** One refusal: OAuth's word, the service's number, what it tells a person. */
export type Problem = { status: number; error: string; code: number; message: string };

const problem = (status: number, error: string, code: number, message: string): Problem => ({
  status,
  error,
  code,
  message,
});

export const problems = {
  missing: (name: string) =>
    problem(
      400,
      'invalid_request',
      900144,
      `The request body must contain the following parameter: '${name}'.`,
    ),
  malformed: (why: string) =>
    problem(400, 'invalid_request', 9002313, `Invalid request. Request is malformed or invalid. ${why}`),
  method: (allowed: string, received: string) =>
    problem(
      405,
      'invalid_request',
      900561,
      `The endpoint only accepts ${allowed} requests. Received a ${received} request.`,
    ),
  noRoute: () => problem(404, 'invalid_request', 90013, 'Invalid input: there is nothing at this address.'),
  unknownTenant: (name: string) => problem(400, 'invalid_request', 90002, `Tenant '${name}' not found.`),
  notMultiTenant: () =>
    problem(
      400,
      'invalid_request',
      50194,
      'The application is not configured as a multi-tenant application.',
    ),
  unknownClient: (id: string) =>
    problem(
      400,
      'unauthorized_client',
      700016,
      `Application with identifier '${id}' was not found in the directory.`,
    ),
  noRedirect: () => problem(400, 'invalid_request', 900971, 'No reply address provided.'),
  wrongRedirect: (uri: string) =>
    problem(
      400,
      'invalid_request',
      50011,
      `The redirect URI '${uri}' does not match the redirect URIs configured for the application.`,
    ),
  responseType: (type: string) =>
    problem(
      400,
      'unsupported_response_type',
      700054,
      `response_type '${type}' is not enabled for the application.`,
    ),
  responseMode: (mode: string) =>
    problem(
      400,
      'invalid_request',
      70007,
      `'${mode}' is not a supported value of 'response_mode' when requesting a code.`,
    ),
  noChallenge: () =>
    problem(
      400,
      'invalid_request',
      9002325,
      'Proof Key for Code Exchange is required for cross-origin authorization code redemption.',
    ),
  badChallenge: () =>
    problem(
      400,
      'invalid_request',
      501491,
      'Invalid code_challenge or code_challenge_method; S256 is required.',
    ),
  scope: (scope: string) =>
    problem(
      400,
      'invalid_scope',
      70011,
      `The provided value for the input parameter 'scope' is not valid. The scope '${scope}' is not valid.`,
    ),
  defaultScope: (scope: string) =>
    problem(
      400,
      'invalid_scope',
      1002012,
      `The provided value for scope ${scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).`,
    ),
  nobodySignedIn: () =>
    problem(400, 'login_required', 50058, 'A silent sign-in request was sent but no user is signed in.'),
  unknownPerson: (id: string) =>
    problem(400, 'invalid_grant', 50034, `The user account ${id} does not exist in the directory.`),
  grantType: (type: string) =>
    problem(400, 'unsupported_grant_type', 70003, `The app requested an unsupported grant type '${type}'.`),
  badCode: () =>
    problem(400, 'invalid_grant', 9002313, 'Invalid request. The code is not one of this directory.'),
  codeUsed: () =>
    problem(
      400,
      'invalid_grant',
      54005,
      'OAuth2 Authorization code was already redeemed, please retry with a new valid code.',
    ),
  expired: () =>
    problem(
      400,
      'invalid_grant',
      70008,
      'The provided authorization code or refresh token has expired due to inactivity. Send a new interactive authorization request.',
    ),
  otherClient: () =>
    problem(400, 'invalid_grant', 700005, 'The provided code or token was issued to another client.'),
  otherRedirect: () =>
    problem(
      400,
      'invalid_grant',
      500112,
      'The reply address does not match the reply address provided when requesting the authorization code.',
    ),
  verifier: () =>
    problem(
      400,
      'invalid_grant',
      501481,
      'The Code_Verifier does not match the code_challenge supplied in the authorization request.',
    ),
  badRefresh: () =>
    problem(
      400,
      'invalid_grant',
      9002313,
      'Invalid request. The refresh token is not one of this directory.',
    ),
  noSecret: () =>
    problem(
      401,
      'invalid_client',
      7000218,
      "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
    ),
  wrongSecret: () =>
    problem(
      401,
      'invalid_client',
      7000215,
      'Invalid client secret provided. Ensure the secret being sent in the request is the client secret value.',
    ),
  throttled: () =>
    problem(429, 'temporarily_unavailable', 90055, 'Tenant throttling: too many requests, try again later.'),
  unavailable: () =>
    problem(503, 'temporarily_unavailable', 90033, 'A transient error has occurred. Please try again.'),
  tooLarge: () => problem(413, 'invalid_request', 90013, 'Invalid input: the request is too large.'),
  crashed: () => problem(500, 'server_error', 50000, 'There was an error issuing a token.'),
};

/** `AADSTS50011: …` with the trace lines that the service adds. */
export const describeProblem = ({ code, message }: Problem, nowMs: number): string =>
  `AADSTS${code}: ${message} Trace ID: ${randomUUID()} Correlation ID: ${randomUUID()} Timestamp: ${stamp(nowMs)}`;

const stamp = (nowMs: number): string => new Date(nowMs).toISOString().replace('T', ' ').replace(/\.\d+/, '');

/** The JSON answer of the token endpoint and of unknown routes. */
export const answerProblem = (one: Problem, nowMs: number): HttpAnswer => ({
  status: one.status,
  headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
  body: JSON.stringify({
    error: one.error,
    error_description: describeProblem(one, nowMs),
    error_codes: [one.code],
    timestamp: stamp(nowMs),
    trace_id: randomUUID(),
    correlation_id: randomUUID(),
  }),
});
