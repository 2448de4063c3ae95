/**
 * Routes called as a router would call them, by people named in the bearer token: `ann:ARC` is Ann, a clerk.
 * From: a piece's registration. Next: tests of what a caller gets, on in-memory ports.
 */
import { HttpRequest } from '@azure/functions';
import { isActionName, cellOf, type Principal } from '../../shared/contracts/access.ts';
import { done, refuse } from '../../shared/domain/outcome.ts';
import { scopeOver, type Scope } from '../../shared/domain/scope.ts';
import type { Access } from '../../shared/edge/access.ts';
import { forgetFunctions, registeredRoutes, type Edge } from '../../shared/edge/edge.ts';
import { testContext, testEdge } from './test-edge.ts';

export type Called = {
  params?: Record<string, string>;
  query?: Record<string, string>;
  body?: unknown;
  bytes?: Uint8Array;
  as?: string;
  key?: string;
};
export type Answered = {
  status: number;
  json: Record<string, unknown>;
  bytes: Uint8Array;
  headers: Record<string, string>;
};

/** Everybody reaches `scope`; the matrix decides what they may do there. */
const accessTo = (scope: () => Scope): Access => ({
  identify: async (authorization) => {
    const [id = '', role = ''] = (authorization ?? '').replace('Bearer ', '').split(':');
    return done({ id, principals: [role as Principal] });
  },
  allow: (caller, action) => {
    const letters = caller.principals.map((one) => cellOf(action, one).scope).filter((one) => one !== '-');
    return letters.length > 0 ? done(letters) : refuse('action-not-allowed', action);
  },
  scopeFor: async (caller, action) => {
    const letters = caller.principals.map((one) => cellOf(action, one).scope).filter((one) => one !== '-');
    return letters.length > 0 ? done(scope()) : refuse('action-not-allowed', action);
  },
  systemScope: (action) => {
    if (!isActionName(action) || cellOf(action, 'SYS').scope === '-') throw new Error(`not the system's`);
    return scopeOver('all');
  },
});

let keys = 0;

/** Registers once; `reach` changes what everybody reaches from then on. */
export const httpRoutes = (register: (edge: Edge) => void, more: Partial<Edge> = {}) => {
  let scope = scopeOver('all');
  const edge = { ...testEdge(accessTo(() => scope)), ...more, app: `test-${(keys += 1)}` };
  register(edge);
  const routes = registeredRoutes().filter(({ app }) => app === edge.app);
  return {
    edge,
    reach: (narrower: Scope) => void (scope = narrower),
    forget: () => forgetFunctions(edge.app),
    call: async (name: string, called: Called = {}): Promise<Answered> => {
      const route = routes.find((one) => one.name === name);
      if (route === undefined) throw new Error(`no route ${name}`);
      const request = requestOf(route.methods[0] ?? 'GET', called);
      const answer = await route.handler(request, testContext().context);
      const { body } = answer;
      const jsonBody = answer.jsonBody as unknown;
      const text = typeof body === 'string' ? body : undefined;
      return {
        status: answer.status ?? 200,
        json: (jsonBody ?? (text === undefined ? {} : JSON.parse(text))) as Record<string, unknown>,
        bytes: body instanceof Uint8Array ? body : new Uint8Array(),
        headers: (answer.headers ?? {}) as Record<string, string>,
      };
    },
  };
};

const requestOf = (method: string, { params = {}, query = {}, as = 'ann:ARC', ...sent }: Called) =>
  new HttpRequest({
    ...{ url: 'http://localhost/test', method, params, query },
    headers: {
      authorization: `Bearer ${as}`,
      ...(method === 'GET' ? {} : { 'idempotency-key': sent.key ?? `key-${(keys += 1)}` }),
      ...(sent.body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(method === 'GET'
      ? {}
      : {
          body:
            sent.bytes === undefined
              ? { string: sent.body === undefined ? '' : JSON.stringify(sent.body) }
              : { bytes: sent.bytes },
        }),
  });
