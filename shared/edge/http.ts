/**
 * The wrapper around every HTTP route: who, may they, is the input good, run, answer.
 * From: staff, customers, monitors. Next: a piece's workflow.
 * Refusals and faults become Problem documents; a route without an action of the matrix does not start.
 */
import {
  app,
  type HttpMethod,
  type HttpRequest,
  type HttpResponseInit,
  type InvocationContext,
} from '@azure/functions';
import type { ActionName } from '../contracts/access.ts';
import type { ProblemCode } from '../contracts/problems.ts';
import { reasonsOf, type Schema } from '../contracts/schema.ts';
import type { Instant } from '../domain/calendar.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { Scope } from '../domain/scope.ts';
import type { Caller } from './access.ts';
import { noteFunction, type Edge } from './edge.ts';
import { logError, logWarning, messageOf } from './log.ts';
import { plainHeaders, problemAnswer, problemOfFault } from './problem.ts';

export type HttpRoute<Query, Answer> = {
  name: string;
  /** Answers GET and HEAD. */
  route: string;
  action: ActionName;
  /** What the query string may hold; anything else is refused. */
  query: Schema<Query>;
  /** What goes out; an answer of another shape is a fault. */
  answer: Schema<Answer>;
  run: (call: {
    query: Query;
    caller: Caller;
    scope: Scope;
    now: Instant;
  }) => Promise<Outcome<Answer, ProblemCode>>;
};

const readMethods: HttpMethod[] = ['GET', 'HEAD'];

/** Registers a route that reads. @throws when the matrix does not know its action. */
export const onRead = <Query, Answer>(edge: Edge, route: HttpRoute<Query, Answer>): void => {
  edge.access.allow({ id: undefined, principals: [] }, route.action);
  noteFunction(edge.app, route.name);
  app.http(route.name, {
    methods: readMethods,
    route: route.route,
    authLevel: 'anonymous',
    handler: readFunction(edge, route),
  });
};

/** The function the platform calls, without its registration. */
export const readFunction =
  <Query, Answer>(edge: Edge, route: HttpRoute<Query, Answer>) =>
  (request: HttpRequest, context: InvocationContext): Promise<HttpResponseInit> =>
    handle(edge, route, request, context);

const handle = async <Query, Answer>(
  edge: Edge,
  route: HttpRoute<Query, Answer>,
  request: HttpRequest,
  context: InvocationContext,
): Promise<HttpResponseInit> => {
  try {
    return await answerOf(edge, route, request, context);
  } catch (fault) {
    logError(context, 'route-failed', { route: route.name, fault: messageOf(fault) });
    return problemOfFault(fault);
  }
};

const answerOf = async <Query, Answer>(
  edge: Edge,
  { name, action, query, answer, run }: HttpRoute<Query, Answer>,
  request: HttpRequest,
  context: InvocationContext,
): Promise<HttpResponseInit> => {
  const now = edge.now();
  const caller = await edge.access.identify(request.headers.get('authorization'), now);
  if (!caller.ok) return problemAnswer(caller.code, caller.detail);
  const scope = edge.access.allow(caller.value, action);
  if (!scope.ok) {
    logWarning(context, 'denied', { route: name, action, caller: caller.value.id, code: scope.code });
    return problemAnswer(scope.code, scope.detail);
  }
  const asked = query.safeParse(Object.fromEntries(request.query));
  if (!asked.success) return problemAnswer('input-not-valid', reasonsOf(asked.error));
  const outcome = await run({ query: asked.data, caller: caller.value, scope: scope.value, now });
  if (!outcome.ok) return problemAnswer(outcome.code, outcome.detail);
  return { status: 200, headers: plainHeaders, jsonBody: answer.parse(outcome.value) };
};
