/**
 * What an app answers where it has no route, or has it for other methods alone.
 * From: any address below `api/` that no route takes; the platform itself would say 404 to both, without a word.
 * Next: a Problem document; 405 names in `Allow` what the address takes.
 */
import type { HttpMethod, HttpResponseInit } from '@azure/functions';
import type { Schema } from '../contracts/schema.ts';
import { done, refuse } from '../domain/outcome.ts';
import { registeredRoutes, type Edge } from './edge.ts';
import { answerCall, registerRoute, type RouteOf } from './http-call.ts';
import { problemAnswer } from './problem.ts';

const everyMethod: HttpMethod[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** Registers the route that takes what the others leave. @throws when the matrix does not know its action. */
export const onUnknown = (
  edge: Edge,
  { params, query }: { params: Schema<unknown>; query: Schema<unknown> },
): void => {
  const route: RouteOf<unknown, unknown> = {
    ...{ name: 'unknown-route', route: 'api/{*rest}', action: 'sys.route.refuse' },
    ...{ params, query },
  };
  registerRoute(edge, route, everyMethod, (request, context) =>
    answerCall(edge, route, request, context, async () => {
      const methods = methodsAt(edge.app, new URL(request.url).pathname);
      return methods.length === 0
        ? refuse('not-found', 'There is nothing at this address.')
        : done(notAllowed(request.method, methods));
    }),
  );
};

/** What the routes of an app take at an address; empty where there is none. */
export const methodsAt = (app: string, pathname: string): string[] => {
  const given = pathname.replace(/^\/|\/$/g, '').split('/');
  const there = registeredRoutes().filter((one) => one.app === app && isAt(one.route.split('/'), given));
  return [...new Set(there.flatMap(({ methods }) => methods))].toSorted();
};

const isAt = (spelled: readonly string[], given: readonly string[]): boolean =>
  spelled.length === given.length &&
  spelled.every((part, n) =>
    part.startsWith('{')
      ? !part.startsWith('{*') && given[n] !== ''
      : part.toLowerCase() === given[n]!.toLowerCase(),
  );

const notAllowed = (method: string, methods: readonly string[]): HttpResponseInit => {
  const answer = problemAnswer('method-not-allowed', `This address does not take ${method}.`);
  return { ...answer, headers: { ...answer.headers, allow: methods.join(', ') } };
};
