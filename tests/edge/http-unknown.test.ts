/**
 * What an app says of addresses and methods it does not take; and what it says to who polls.
 */
import { HttpRequest } from '@azure/functions';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { problemDocument } from '../../shared/contracts/problems.ts';
import { done } from '../../shared/domain/outcome.ts';
import { forgetFunctions, registeredRoutes } from '../../shared/edge/edge.ts';
import { onUnknown } from '../../shared/edge/http-unknown.ts';
import { onWrite } from '../../shared/edge/http-write.ts';
import { onRead } from '../../shared/edge/http.ts';
import { testContext, testEdge } from '../support/test-edge.ts';

const edge = { ...testEdge(), app: 'unknown-test' };
const any = z.record(z.string(), z.string());
const answer = z.strictObject({ n: z.int() });
let shown = 1;

beforeAll(() => {
  const action = 'sys.health.read';
  const run = async () => done({ n: shown });
  onRead(edge, { name: 'read', route: 'api/things/{id}', action, params: any, answer, run });
  const write = { route: 'api/things/{id}', action, params: any, body: z.undefined(), answer, run } as const;
  onWrite(edge, { name: 'write', method: 'PUT', ...write });
  onRead(edge, { name: 'mine', route: 'api/things/mine', action, answer, run });
  onUnknown(edge, { params: any, query: any });
});
afterAll(() => forgetFunctions(edge.app));

const call = async (name: string, method: string, path: string, headers: Record<string, string> = {}) => {
  const route = registeredRoutes().find((one) => one.app === edge.app && one.name === name)!;
  const request = new HttpRequest({ url: `http://localhost/${path}`, method, params: {}, headers });
  const said = await route.handler(request, testContext().context);
  return { ...said, headers: said.headers as Record<string, string> };
};
const problemOf = (body: unknown) => problemDocument.parse(JSON.parse(body as string)).code;

describe('an address', () => {
  it.each([
    ['POST', 'api/things/7', 'GET, HEAD, PUT'],
    ['DELETE', 'api/things/7/', 'GET, HEAD, PUT'],
    ['PATCH', 'api/Things/mine', 'GET, HEAD, PUT'],
    ['OPTIONS', 'api/things/a%2Fb', 'GET, HEAD, PUT'],
  ])('that does not take %s says so of %s, and names what it takes', async (method, path, allow) => {
    const said = await call('unknown-route', method, path);
    expect([said.status, said.headers['allow'], problemOf(said.body)]).toEqual([
      ...[405, allow, 'method-not-allowed'],
    ]);
  });

  it.each(['api/things', 'api/things/7/8', 'api/other/7', 'api'])('%s has nothing there', async (path) => {
    const said = await call('unknown-route', 'GET', path);
    expect([said.status, said.headers['allow'], problemOf(said.body)]).toEqual([404, undefined, 'not-found']);
  });

  it('that reads takes HEAD wherever it takes GET', () => {
    const gets = registeredRoutes().filter(({ methods }) => methods.includes('GET'));
    expect(gets.filter(({ methods }) => !methods.includes('HEAD'))).toEqual([]);
  });
});

describe('who asks again', () => {
  const again = (tag: string) => call('mine', 'GET', 'api/things/mine', { 'if-none-match': tag });

  it('with the tag is told that nothing has changed, without a body, and of a change at once', async () => {
    const first = await call('mine', 'GET', 'api/things/mine');
    const tag = first.headers['etag']!;
    expect(tag).toMatch(/^"[\w-]{43}"$/);
    for (const known of [tag, `W/${tag}`, `"other", ${tag}`]) {
      const same = await again(known);
      expect([same.status, same.body, same.headers['etag']]).toEqual([304, undefined, tag]);
    }
    shown = 2;
    const changed = await again(tag);
    expect([changed.status, changed.body]).toEqual([200, '{"n":2}']);
    expect(changed.headers['etag']).not.toBe(tag);
  });

  it('with another tag is answered in full', async () => {
    expect((await again('"else"')).status).toBe(200);
  });
});
