/**
 * Which address does what, and which browser pages may read the answer.
 * From: the HTTP kit. Next: discovery, authorize, token endpoint, local routes.
 */
import type { HttpAnswer, HttpCall } from '../kit/http-service.ts';
import { authorize, logout } from './authorize.ts';
import { refuse } from './context.ts';
import type { Context } from './context.ts';
import { isLoopback, tenantId } from './directory.ts';
import { instanceDiscovery, keyDocument, openIdConfiguration } from './discovery.ts';
import { adminKeys, localToken } from './local-routes.ts';
import { problems } from './problems.ts';
import { token } from './token-endpoint.ts';

type Route = (call: HttpCall, context: Context) => HttpAnswer | Promise<HttpAnswer>;

const getOnly =
  (route: Route): Route =>
  (call, context) =>
    call.method === 'GET' || call.method === 'HEAD'
      ? route(call, context)
      : refuse(problems.method('GET', call.method), context);

type TenantRoute = { route: Route; crossOrigin: boolean };

/** By what follows the tenant. Only scripts read some of them; the pages are no other page's business. */
const tenantRoutes: Record<string, TenantRoute> = {
  'v2.0/.well-known/openid-configuration': {
    route: getOnly((_call, context) => openIdConfiguration(context)),
    crossOrigin: true,
  },
  'discovery/v2.0/keys': { route: getOnly((_call, context) => keyDocument(context)), crossOrigin: true },
  'oauth2/v2.0/token': { route: token, crossOrigin: true },
  'oauth2/v2.0/authorize': { route: authorize, crossOrigin: false },
  'oauth2/v2.0/logout': { route: getOnly((call) => logout(call)), crossOrigin: false },
};

const discovery: TenantRoute = {
  route: getOnly((_call, context) => instanceDiscovery(context)),
  crossOrigin: true,
};

/** What the operation is called in counts. */
export const operationOf = ({ path }: Pick<HttpCall, 'path'>): string => {
  const [, tenant = '', ...rest] = path.split('/');
  if (path === '/local/token') return 'local token';
  if (tenant === 'admin' && rest[0] === 'keys') return 'admin keys';
  return Object.hasOwn(tenantRoutes, rest.join('/')) ? rest.at(-1)! : 'other';
};

export const answer: Route = async (call, context) => {
  if (call.path === '/local/token') return getOnly(localToken)(call, context);
  if (call.path === '/admin/keys' || call.path.startsWith('/admin/keys/')) return adminKeys(call, context);
  if (call.path === '/common/discovery/instance') return withCors(discovery, call, context);
  const [, tenant = '', ...rest] = call.path.split('/');
  const name = rest.join('/');
  if (!Object.hasOwn(tenantRoutes, name)) return refuse(problems.noRoute(), context);
  if (['common', 'organizations', 'consumers'].includes(tenant))
    return refuse(problems.notMultiTenant(), context);
  if (tenant.toLowerCase() !== tenantId) return refuse(problems.unknownTenant(tenant), context);
  return withCors(tenantRoutes[name]!, call, context);
};

/** Lets pages from this machine, and no others, read the answer. */
const withCors = async (one: TenantRoute, call: HttpCall, context: Context): Promise<HttpAnswer> => {
  const origin = call.headers['origin'];
  if (!one.crossOrigin || origin === undefined || !isLoopback(origin))
    return call.method === 'OPTIONS'
      ? refuse(problems.method('GET and POST', call.method), context)
      : one.route(call, context);
  const allowed = { 'access-control-allow-origin': origin, vary: 'Origin' };
  if (call.method === 'OPTIONS') return { status: 204, headers: { ...allowed, ...preflightHeaders(call) } };
  const answered = await one.route(call, context);
  return { ...answered, headers: { ...answered.headers, ...allowed } };
};

const preflightHeaders = (call: HttpCall): Record<string, string> => ({
  'access-control-allow-methods': 'GET, POST, OPTIONS',
  'access-control-allow-headers': call.headers['access-control-request-headers'] ?? 'content-type',
  'access-control-max-age': '86400',
});
