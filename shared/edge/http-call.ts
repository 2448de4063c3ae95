/**
 * What every HTTP route has in common: who calls, may they, are path and query good, and what goes wrong.
 * From: the wrappers `http.ts`, `http-write.ts`, `http-files.ts`. Next: their own part of the work.
 * Refusals and faults become Problem documents; a route without an action of the matrix does not start.
 */
import type { HttpMethod, HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import { kindOf, type ActionName, type FieldName } from '../contracts/access.ts';
import type { ProblemCode } from '../contracts/problems.ts';
import { reasonsOf, type Schema } from '../contracts/schema.ts';
import { sensitiveFields } from '../contracts/sensitive-reads.ts';
import type { Instant } from '../domain/calendar.ts';
import { done, refuse, type Outcome } from '../domain/outcome.ts';
import type { Scope } from '../domain/scope.ts';
import type { Caller, Denial, Entered } from './access.ts';
import { withBanner } from './break-glass.ts';
import { noteFunction, noteRoute, type Edge } from './edge.ts';
import {
  isReduced,
  maskFields,
  principalsFor,
  sightOf,
  withoutPaths,
  type FieldPaths,
  type Sight,
} from './fields.ts';
import { refusal, tooMany } from './http-refusal.ts';
import { spentSeconds } from './limits.ts';
import type { LinkIdentify } from './link-caller.ts';
import { logError, messageOf } from './log.ts';
import { speaking } from './problem-language.ts';
import { problemAnswer, problemOfFault } from './problem.ts';
import { noteSensitiveRead } from './sensitive-reads.ts';

export type RouteOf<Params, Query> = {
  name: string;
  /** Such as `api/companies/{companyId}`. */
  route: string;
  action: ActionName;
  /** What the places of the route may hold; needed when it has any. */
  params?: Schema<Params>;
  /** What the query string may hold; anything else, or anything at all without it, is refused. */
  query?: Schema<Query>;
  /** Which places of the answer hold fields of `access-fields.csv`. */
  fields?: FieldPaths;
  /** Places of the answer left out for callers whose cells all say `r`, a reduced set of fields. */
  reduced?: readonly string[];
  /** The action whose cells say `r`, where it is not the route's own: who changes a thing sees it as who reads it. */
  reducedBy?: ActionName;
  /** Changes nothing and shows what it was sent or named: a look, whatever its action counts as. */
  isLook?: true;
  /** What it is counted as, where one person may have so many alone. */
  countedAs?: 'export';
  /** Who calls by a link, where the route is for its holder; whoever has none signs in. */
  identify?: LinkIdentify;
};

export type Call<Params, Query> = {
  params: Params;
  query: Query;
  caller: Caller;
  scope: Scope;
  now: Instant;
  /** How the caller sees a field of `access-fields.csv`, for what no path leads to: columns of a file. */
  sees: (field: FieldName) => Sight;
  /** Sensitive fields the answer shows: wrappers and `sees` add to it, and the log of reads is told. */
  shown: Set<FieldName>;
};

/** What a route does with a call that may be made; a refusal is answered with the problem of its code. */
export type Work<Params, Query> = (
  call: Call<Params, Query>,
) => Promise<Outcome<HttpResponseInit, ProblemCode>>;

export type HttpFunction = (request: HttpRequest, context: InvocationContext) => Promise<HttpResponseInit>;

/** Registers a route with the platform. @throws when the matrix does not know its action. */
export const registerRoute = (
  edge: Edge,
  {
    name,
    route,
    action,
    fields,
    bodyFields,
    body,
    reduced,
    isLook,
  }: RouteOf<unknown, unknown> & { bodyFields?: FieldPaths; body?: Schema<unknown> },
  methods: HttpMethod[],
  plain: HttpFunction,
): void => {
  const handler = speaking(edge.app, plain);
  edge.access.allow({ id: undefined, principals: [] }, action);
  noteFunction(edge.app, { name, kind: 'http', source: route, action });
  const known = { app: edge.app, name, methods, route, action };
  noteRoute({ ...known, fields, bodyFields, body, reduced, isLook, handler });
  edge.take({ kind: 'http', name, options: { methods, route, authLevel: 'anonymous' } }, handler);
};

/** Answers one request: the checks all routes share, then `work`. Never throws. */
export const answerCall = async <Params, Query>(
  edge: Edge,
  route: RouteOf<Params, Query>,
  request: HttpRequest,
  context: InvocationContext,
  work: Work<Params, Query>,
): Promise<HttpResponseInit> => {
  let callerId: string | undefined;
  try {
    const now = edge.now();
    const holder = route.identify?.(request);
    const caller = holder ? done(holder) : await edge.access.identify(credentialOf(edge, request), now);
    if (!caller.ok) return refusal(route, undefined, caller, context);
    callerId = caller.value.id;
    const rest = edge.pace.waitSeconds(caller.value, now);
    if (rest > 0) return tooMany(route, callerId, rest, context);
    const entered = await enter(edge, route, caller.value, now);
    if (!entered.ok) return refusal(route, callerId, entered, context);
    const { glass, ...admitted } = entered.value;
    const asked = inputOf(route, request);
    if (!asked.ok) return problemAnswer(asked.code, asked.detail);
    const spent = await spentSeconds(edge, route, { ...asked.value, ...admitted, now }, context);
    if (spent > 0) return tooMany(route, callerId, spent, context);
    const principals = principalsFor(admitted.caller.principals, route.action);
    const shown = new Set<FieldName>();
    const sees = (field: FieldName): Sight => {
      const sight = sightOf(field, principals);
      if (sight === 'plain' && sensitiveFields.has(field)) shown.add(field);
      return sight;
    };
    const call = { ...asked.value, ...admitted, now, sees, shown };
    const outcome = await work(call);
    if (!outcome.ok) return refusal(route, callerId, outcome, context);
    // kept before the answer leaves: what cannot be noted is not shown
    if (kindOf(route.action) === 'R' || route.isLook)
      await noteSensitiveRead(edge, route, { ...call, reason: glass?.reason }, context);
    return glass === undefined ? outcome.value : withBanner(outcome.value, glass.untilAt);
  } catch (fault) {
    logError(context, 'route-failed', { route: route.name, caller: callerId, fault: messageOf(fault) });
    return problemOfFault(fault);
  }
};

/** By the matrix, or by broken glass where the matrix says no. */
const enter = async (
  { access }: Edge,
  { action }: RouteOf<unknown, unknown>,
  caller: Caller,
  now: Instant,
): Promise<Outcome<Entered, Denial>> => {
  const scope = await access.scopeFor(caller, action, now);
  if (scope.ok) return done({ caller, scope: scope.value });
  const entered = scope.code === 'action-not-allowed' && (await access.brokenGlass?.(caller, action, now));
  return entered ? done(entered) : scope;
};

/** What a request says of its sender. */
export const credentialOf = ({ access }: Pick<Edge, 'access'>, request: HttpRequest): string | null =>
  access.credentialOf === undefined ? request.headers.get('authorization') : access.credentialOf(request);

/** An answer as this caller may see it. */
export const seenBy = (
  { action, fields = {}, reduced = [], reducedBy = action }: RouteOf<unknown, unknown>,
  { principals }: Caller,
  answer: unknown,
): unknown => {
  const seen = maskFields(answer, fields, principalsFor(principals, action));
  return isReduced(reducedBy, principals) ? withoutPaths(seen, reduced) : seen;
};

const inputOf = <Params, Query>(
  { params, query }: RouteOf<Params, Query>,
  request: HttpRequest,
): Outcome<{ params: Params; query: Query }, 'input-not-valid'> => {
  const path = parsed(params, request.params);
  if (!path.ok) return path;
  const asked = parsed(query, Object.fromEntries(request.query));
  return asked.ok ? done({ params: path.value, query: asked.value }) : asked;
};

/** Without a schema nothing is expected, and anything there is refused. */
const parsed = <Value>(
  schema: Schema<Value> | undefined,
  input: Record<string, string>,
): Outcome<Value, 'input-not-valid'> => {
  if (schema === undefined) {
    const names = Object.keys(input);
    return names.length === 0
      ? done(undefined as Value)
      : refuse('input-not-valid', `Not expected: ${names.join(', ').slice(0, 200)}.`);
  }
  const answer = schema.safeParse(input);
  return answer.success ? done(answer.data) : refuse('input-not-valid', reasonsOf(answer.error));
};
