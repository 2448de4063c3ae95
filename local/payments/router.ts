/**
 * One API request from bearer key to answer: who asks, what for, once per idempotency key.
 * From: the `stripe` package. Next: a handler of `routes.ts` inside one transaction; the answer
 * goes out only when the books have reached the disk.
 */
import { createHash } from 'node:crypto';
import { setTimeout as realDelay } from 'node:timers/promises';
import type { Clock } from '../clock.ts';
import type { HttpAnswer, HttpCall } from '../kit/http-service.ts';
import { openDesk } from './desk.ts';
import { invalid, jsonAnswer, providerBroken, Refusal, unrecognizedUrl } from './errors.ts';
import { expandPaths } from './expand.ts';
import { flatten, readForm, type FormTree } from './form.ts';
import type { IdempotencyKeys, KeyedRequest } from './idempotency.ts';
import { accountOfKey, newId } from './ids.ts';
import type { Mishap, Mishaps } from './mishaps.ts';
import { apiVersion } from './objects.ts';
import { readParams } from './params.ts';
import { routes, type Route } from './routes.ts';
import type { Store } from './store.ts';

export type RouterParts = {
  store: Store;
  clock: Clock;
  keys: IdempotencyKeys;
  mishaps: Mishaps;
  baseUrl: () => string;
  /** Told of each request by method and route. */
  count: (operation: string) => void;
};

type Asked = {
  account: string;
  requestId: string;
  path: string;
  route: Route;
  id: string;
  tree: FormTree;
  keyed: KeyedRequest | undefined;
};

const compiled = routes.map((route) => ({
  route,
  pattern: new RegExp(`^${route.path.replaceAll('.', '\\.').replace(':id', '([^/]+)')}$`),
}));

/** Answers a call under `/v1/`; throws only what is a defect of this provider. */
export const answerApi = async (parts: RouterParts, call: HttpCall): Promise<HttpAnswer> => {
  const requestId = newId('req_', 14);
  const headers = headersFor(call, requestId);
  try {
    const asked = understand(parts, call, requestId);
    const kept = asked.keyed && parts.keys.recall(asked.keyed, parts.clock.now());
    if (kept)
      return { ...jsonText(kept.status, kept.body), headers: { ...headers, 'idempotent-replayed': 'true' } };
    const answer = await runOnce(parts, asked);
    return { ...answer, headers };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return jsonAnswer(error.status, { error: error.body }, headers);
  }
};

const headersFor = (call: HttpCall, requestId: string): Record<string, string> => {
  const key = call.headers['idempotency-key'];
  return {
    'content-type': 'application/json',
    'cache-control': 'no-cache, no-store',
    'request-id': requestId,
    'stripe-version': apiVersion,
    ...(key !== undefined && call.method === 'POST' ? { 'idempotency-key': key } : {}),
  };
};

const understand = (parts: RouterParts, call: HttpCall, requestId: string): Asked => {
  const account = accountOf(call.headers['authorization']);
  const version = call.headers['stripe-version'];
  if (version !== undefined && version !== apiVersion)
    throw invalid(`Invalid Stripe API version: ${version}. This local provider speaks ${apiVersion} only.`);
  if (call.headers['stripe-account'] !== undefined || call.headers['stripe-context'] !== undefined)
    throw invalid('This local provider knows no connected accounts; use the API key of the account.', {
      status: 403,
    });
  const { route, id } = routeOf(call);
  parts.count(`${call.method} ${route.path}`);
  const tree = readForm(call.method === 'POST' ? bodyOf(call) : call.query.toString());
  const key = call.headers['idempotency-key'];
  const asked = createHash('sha256').update(flatten(tree).join('\n')).digest('hex');
  const keyed =
    call.method === 'POST' && key !== undefined && key !== ''
      ? { account, key, path: call.path, asked }
      : undefined;
  return { account, requestId, path: call.path, route, id, tree, keyed };
};

const accountOf = (authorization: string | undefined): string => {
  const [, scheme, value = ''] = /^(Bearer|Basic) (\S+)$/i.exec(authorization ?? '') ?? [];
  if (scheme === undefined)
    throw invalid(
      "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
      { status: 401 },
    );
  const key =
    scheme.toLowerCase() === 'basic' ? Buffer.from(value, 'base64').toString().split(':')[0]! : value;
  const account = accountOfKey(key);
  if (account === undefined)
    throw invalid(`Invalid API Key provided: ${key.slice(0, 8)}${'*'.repeat(8)}${key.slice(-4)}`, {
      status: 401,
    });
  return account;
};

const routeOf = (call: HttpCall): { route: Route; id: string } => {
  for (const { route, pattern } of compiled) {
    const found = route.method === call.method ? pattern.exec(call.path) : null;
    if (found) return { route, id: decodeId(found[1] ?? '') };
  }
  throw unrecognizedUrl(call.method, call.path.slice(0, 200));
};

const decodeId = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

const bodyOf = (call: HttpCall): string => {
  const type = call.headers['content-type'] ?? '';
  if (call.body.length > 0 && !type.startsWith('application/x-www-form-urlencoded'))
    throw invalid(
      'Invalid request (check that your POST content type is application/x-www-form-urlencoded). If you have any questions, we can help at https://support.stripe.com/.',
    );
  return call.body.toString('utf8');
};

const runOnce = async (parts: RouterParts, asked: Asked): Promise<HttpAnswer> => {
  const params = readParams(asked.route.schema, asked.tree);
  const mishap = asked.route.method === 'POST' ? parts.mishaps.take(asked.path) : undefined;
  if (asked.keyed) parts.keys.begin(asked.keyed);
  try {
    if (mishap?.kind === 'slow') await realDelay(mishap.delayMs);
    const answer = execute(parts, asked, params, mishap);
    await parts.store.flush();
    return answer;
  } finally {
    if (asked.keyed) parts.keys.end(asked.keyed);
  }
};

/** The effect and the kept answer in one transaction; a refusal keeps its answer without any effect. */
const execute = (
  parts: RouterParts,
  asked: Asked,
  params: unknown,
  mishap: Mishap | undefined,
): HttpAnswer => {
  const { store, clock, keys } = parts;
  const keep = (answer: HttpAnswer) => {
    const body = String(answer.body);
    if (asked.keyed) keys.keep(asked.keyed, { status: answer.status, body }, clock.now());
    return answer;
  };
  try {
    return store.transact(() => {
      if (mishap?.kind === 'error-before') throw providerBroken();
      const desk = openDesk({
        store,
        clock,
        account: asked.account,
        baseUrl: parts.baseUrl(),
        request: { id: asked.requestId, idempotency_key: asked.keyed?.key ?? null },
      });
      const result = asked.route.run(desk, params as never, asked.id);
      const shown = expandPaths(desk, result, (params as { expand?: string[] }).expand);
      return keep(mishap ? afterMishap(mishap, shown) : jsonAnswer(200, shown));
    });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return store.transact(() => keep(jsonAnswer(error.status, { error: error.body })));
  }
};

const afterMishap = (mishap: Mishap, shown: object): HttpAnswer =>
  mishap.kind === 'error-after' ? jsonAnswer(500, { error: providerBroken().body }) : jsonAnswer(200, shown);

const jsonText = (status: number, body: string): HttpAnswer => ({ status, body });
