/**
 * The wrapper around every HTTP route that changes something by a JSON body.
 * From: staff and machines. Next: a piece's workflow.
 * Each call names itself by an Idempotency-Key: the same key again is the same call, not a second one.
 */
import type { HttpResponseInit } from '@azure/functions';
import type { ProblemCode } from '../contracts/problems.ts';
import { reasonsOf, type Schema } from '../contracts/schema.ts';
import { done, refuse, type Outcome } from '../domain/outcome.ts';
import { bytesOf, jsonOf } from './body.ts';
import type { Edge } from './edge.ts';
import {
  answerCall,
  registerRoute,
  seenBy,
  type Call,
  type HttpFunction,
  type RouteOf,
} from './http-call.ts';
import { checkAnswerFields, checkPaths, fieldsRefused, principalsFor, type FieldPaths } from './fields.ts';
import { hashOfRequest, onceOnly, type Written } from './idempotency.ts';
import { maskWords } from './mask-words.ts';
import { plainHeaders } from './problem.ts';

export type WriteRoute<Params, Query, Body, Answer> = RouteOf<Params, Query> & {
  method: 'POST' | 'PUT' | 'DELETE';
  /** What the body holds; a route without a body takes `undefined`. */
  body: Schema<Body>;
  /** Which places of the body hold fields of `access-fields.csv`; whoever may not write one is refused. */
  bodyFields?: FieldPaths;
  answer: Schema<Answer>;
  /** 200 when nothing is said. */
  status?: 200 | 201 | 202;
  /** `requestId` is the caller's and their key's: the same for the same change, for ids that derive from it. */
  run: (
    call: Call<Params, Query> & { body: Body; requestId: string },
  ) => Promise<Outcome<Answer, ProblemCode>>;
};

/** Registers a route that changes something. @throws when the matrix does not know its action. */
export const onWrite = <Params, Query, Body, Answer>(
  edge: Edge,
  route: WriteRoute<Params, Query, Body, Answer>,
): void => {
  checkAnswerFields(route, route.answer);
  checkPaths(route.name, route.bodyFields ?? {}, route.body);
  registerRoute(edge, route, [route.method], writeFunction(edge, route));
};

/** The function the platform calls, without its registration. */
export const writeFunction =
  <Params, Query, Body, Answer>(edge: Edge, route: WriteRoute<Params, Query, Body, Answer>): HttpFunction =>
  (request, context) =>
    answerCall(edge, route, request, context, async (call) => {
      const key = keyOf(request.headers.get('idempotency-key'));
      if (!key.ok) return key;
      const bytes = await bytesOf(request);
      if (!bytes.ok) return bytes;
      const json = jsonOf(request, bytes.value);
      if (!json.ok) return json;
      const body = route.body.safeParse(json.value);
      if (!body.success) return refuse('input-not-valid', reasonsOf(body.error));
      const refused = fieldsRefused(
        body.data,
        route.bodyFields ?? {},
        principalsFor(call.caller.principals, route.action),
      );
      if (refused.length > 0)
        return refuse('field-not-allowed', `Not yours to change: ${refused.join(', ')}.`);
      const hash = hashOfRequest(request, route.name, bytes.value);
      const name = { callerId: call.caller.id ?? 'nobody', key: key.value, hash, now: call.now };
      const written = await onceOnly(edge.requests, name, async () => {
        const requestId = `${name.callerId}:${name.key}`;
        const outcome = await route.run({ ...call, body: maskWords(body.data), requestId });
        if (!outcome.ok) return outcome;
        return done({ status: route.status ?? 200, json: JSON.stringify(route.answer.parse(outcome.value)) });
      });
      if (!written.ok) return written;
      // kept whole and shown as the caller may see it now, however they might when it was first answered
      const { status, json: kept } = written.value;
      const seen = (route.fields ?? route.reduced) ? seenBy(route, call.caller, JSON.parse(kept)) : undefined;
      return done(answerOf({ status, json: seen === undefined ? kept : JSON.stringify(seen) }));
    });

const answerOf = ({ status, json }: Written): HttpResponseInit => ({
  status,
  headers: { ...plainHeaders, 'content-type': 'application/json' },
  body: json,
});

/** Printable characters without spaces; a caller takes a new one, such as a UUID, for each new change. */
const keyPattern = /^[\x21-\x7e]{1,128}$/;

const keyOf = (header: string | null): Outcome<string, 'idempotency-key-missing'> =>
  header !== null && keyPattern.test(header)
    ? done(header)
    : refuse('idempotency-key-missing', 'The header Idempotency-Key is missing or not 1 to 128 characters.');
