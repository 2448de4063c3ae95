/**
 * The wrapper around every HTTP route that reads: who, may they, is the input good, run, answer.
 * From: staff, customers, monitors. Next: a piece's workflow. Routes that change something: `http-write.ts`.
 */
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
      const jsonBody = seenBy(route, call.caller, route.answer.parse(outcome.value));
      return done({ status: 200, headers: plainHeaders, jsonBody });
    });
