/**
 * The wrapper around every HTTP route that reads: who, may they, is the input good, run, answer.
 * From: staff, customers, monitors. Next: a piece's workflow. Routes that change something: `http-write.ts`.
 * Who polls sends back the `ETag` and is answered 304 while nothing has changed for them.
 */
import { createHash } from 'node:crypto';
import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import type { ProblemCode } from '../contracts/problems.ts';
import type { Schema } from '../contracts/schema.ts';
import { done, type Outcome } from '../domain/outcome.ts';
import type { Edge } from './edge.ts';
import { checkAnswerFields } from './fields.ts';
import {
  answerCall,
  registerRoute,
  seenBy,
  type Call,
  type HttpFunction,
  type RouteOf,
} from './http-call.ts';
import { plainHeaders } from './problem.ts';
import { sensitiveShown } from './sensitive-reads.ts';

export type HttpRoute<Params, Query, Answer> = RouteOf<Params, Query> & {
  /** What goes out; an answer of another shape is a fault. */
  answer: Schema<Answer>;
  run: (call: Call<Params, Query>) => Promise<Outcome<Answer, ProblemCode>>;
};

/** Registers a route that reads; it answers GET and HEAD. @throws when the matrix does not know its action. */
export const onRead = <Params, Query, Answer>(edge: Edge, route: HttpRoute<Params, Query, Answer>): void => {
  checkAnswerFields(route, route.answer);
  registerRoute(edge, route, ['GET', 'HEAD'], readFunction(edge, route));
};

/** The function the platform calls, without its registration. */
export const readFunction =
  <Params, Query, Answer>(edge: Edge, route: HttpRoute<Params, Query, Answer>): HttpFunction =>
  (request, context) =>
    answerCall(edge, route, request, context, async (call) => {
      const outcome = await route.run(call);
      if (!outcome.ok) return outcome;
      const seen = seenBy(route, call.caller, route.answer.parse(outcome.value));
      for (const field of sensitiveShown(route, call.caller.principals, seen)) call.shown.add(field);
      return done(unlessKnown(request, JSON.stringify(seen)));
    });

/** The tag is of what this caller sees: whoever sends it back and would see the same is told so without it. */
const unlessKnown = (request: HttpRequest, body: string): HttpResponseInit => {
  const etag = `"${createHash('sha256').update(body).digest('base64url')}"`;
  const headers = { ...plainHeaders, etag };
  const known = (request.headers.get('if-none-match') ?? '').split(',').map((one) => one.trim());
  return known.includes(etag) || known.includes(`W/${etag}`) || known.includes('*')
    ? { status: 304, headers }
    : { status: 200, headers: { ...headers, 'content-type': 'application/json' }, body };
};
