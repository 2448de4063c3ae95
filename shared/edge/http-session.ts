/**
 * The wrapper around the few routes that open and end sessions: they may set the cookie, and know from which network
 * they are called. No Idempotency-Key: what they take works once anyway, and no secret is kept beside an answer.
 * From: browsers of customers. Next: the portal's sign-in.
 */
import type { HttpRequest } from '@azure/functions';
import type { ProblemCode } from '../contracts/problems.ts';
import { reasonsOf, type Schema } from '../contracts/schema.ts';
import { done, refuse, type Outcome } from '../domain/outcome.ts';
import { bytesOf, jsonOf } from './body.ts';
import type { Edge } from './edge.ts';
import { answerCall, registerRoute, type Call, type HttpFunction, type RouteOf } from './http-call.ts';
import { plainHeaders } from './problem.ts';
import { sessionCookie } from './portal-access.ts';

export type SessionRoute<Body, Answer> = RouteOf<undefined, undefined> & {
  body: Schema<Body>;
  answer: Schema<Answer>;
  status?: 200 | 202;
  /** `cookie`: what the session's cookie holds from now on; empty: it goes. */
  run: (
    call: Call<undefined, undefined> & { body: Body; network: string },
  ) => Promise<Outcome<{ answer: Answer; cookie?: string }, ProblemCode>>;
};

/** Registers a route of sign-in or sign-out. @throws when the matrix does not know its action. */
export const onSession = <Body, Answer>(
  edge: Edge,
  origin: string,
  route: SessionRoute<Body, Answer>,
): void => registerRoute(edge, route, ['POST'], sessionFunction(edge, origin, route));

/** The function the platform calls, without its registration. */
export const sessionFunction =
  <Body, Answer>(edge: Edge, origin: string, route: SessionRoute<Body, Answer>): HttpFunction =>
  (request, context) =>
    answerCall(edge, route, request, context, async (call) => {
      if (!isOurs(request, origin))
        return refuse('origin-not-right', 'Signing in and out is done on the pages of the portal.');
      const bytes = await bytesOf(request);
      if (!bytes.ok) return bytes;
      const json = jsonOf(request, bytes.value);
      if (!json.ok) return json;
      const body = route.body.safeParse(json.value);
      if (!body.success) return refuse('input-not-valid', reasonsOf(body.error));
      const outcome = await route.run({ ...call, body: body.data, network: networkOf(request) });
      if (!outcome.ok) return outcome;
      const { answer, cookie } = outcome.value;
      const headers = {
        ...plainHeaders,
        ...(cookie === undefined ? {} : { 'set-cookie': cookieText(cookie) }),
      };
      return done({ status: route.status ?? 200, headers, jsonBody: route.answer.parse(answer) });
    });

/** Nobody's page but ours may sign a browser in; what is no browser sends no origin. */
const isOurs = (request: HttpRequest, origin: string): boolean =>
  (request.headers.get('origin') ?? origin) === origin;

/** The platform puts the caller behind whatever the caller has put there. */
const networkOf = (request: HttpRequest): string =>
  (request.headers.get('x-forwarded-for') ?? '').split(',').at(-1)!.trim().slice(0, 60);

const seconds = 2 * 3_600;

const cookieText = (value: string): string =>
  [
    `${sessionCookie}=${value}`,
    ...['Path=/', 'Secure', 'HttpOnly', 'SameSite=Lax'],
    `Max-Age=${value === '' ? 0 : seconds}`,
  ].join('; ');
