/**
 * HTTP functions on the local host, registered with the real `@azure/functions`.
 */
import { app, type HttpRequest, type HttpResponseInit } from '@azure/functions';
import { request as rawRequest } from 'node:http';
import { describe, expect, it } from 'vitest';
import { hostOf } from './support.ts';

/** An HTTP function that tells what it got. */
const echo = (name: string, route: string, methods: ('GET' | 'POST' | 'HEAD')[] = ['GET']) =>
  app.http(name, {
    route,
    methods,
    handler: (request) => ({ jsonBody: { name, params: request.params } }),
  });

const get = async (url: string) => {
  const answer = await fetch(url);
  return { status: answer.status, body: await answer.text() };
};
const getJson = async (url: string): Promise<unknown> => (await fetch(url)).json();

describe('routing', () => {
  it('a literal route wins over a constrained one, that over a parameter, that over a catch-all', async () => {
    const { url } = await hostOf(() => {
      echo('rest', 'api/accounts/{*rest}');
      echo('any', 'api/accounts/{id}');
      echo('number', 'api/accounts/{id:int}');
      echo('mine', 'api/accounts/mine');
    });
    expect(await getJson(`${url}/api/accounts/mine`)).toEqual({ name: 'mine', params: {} });
    expect(await getJson(`${url}/api/accounts/17`)).toEqual({ name: 'number', params: { id: '17' } });
    expect(await getJson(`${url}/api/accounts/abc`)).toEqual({ name: 'any', params: { id: 'abc' } });
    expect(await getJson(`${url}/api/accounts/a/b`)).toEqual({ name: 'rest', params: { rest: 'a/b' } });
  });

  it('an optional parameter may be missing', async () => {
    const { url } = await hostOf(() => echo('page', 'api/pages/{page?}'));
    expect(await getJson(`${url}/api/pages`)).toEqual({ name: 'page', params: {} });
    expect(await getJson(`${url}/api/pages/2`)).toEqual({ name: 'page', params: { page: '2' } });
  });

  it('letter case of the path does not matter, parameters keep theirs and are decoded', async () => {
    const { url } = await hostOf(() => echo('one', 'api/Accounts/{id}'));
    expect(await getJson(`${url}/API/accounts/M%C3%BCller%20A`)).toEqual({
      name: 'one',
      params: { id: 'Müller A' },
    });
  });

  it('a catch-all route at the root answers everything, the root itself too', async () => {
    const { url } = await hostOf(() => echo('client', '{*path}'));
    expect(await getJson(`${url}/`)).toEqual({ name: 'client', params: {} });
    expect(await getJson(`${url}/a/b.js`)).toEqual({ name: 'client', params: { path: 'a/b.js' } });
  });

  it('a function without a route answers under its name', async () => {
    const { url } = await hostOf(() => app.get('health', () => ({ body: 'fine' })));
    expect((await get(`${url}/health`)).body).toBe('fine');
  });

  it('an unknown path and the bare root are 404', async () => {
    const { url } = await hostOf(() => echo('one', 'api/one'));
    expect(await get(`${url}/api/two`)).toEqual({ status: 404, body: '' });
    expect(await get(`${url}/`)).toEqual({ status: 404, body: '' });
  });

  it('a known path under another method is 404, HEAD on a GET route too, as on the platform', async () => {
    const { url } = await hostOf(() => {
      echo('read', 'api/one');
      echo('both', 'api/two', ['GET', 'HEAD']);
    });
    expect((await fetch(`${url}/api/one`, { method: 'POST', body: 'x' })).status).toBe(404);
    expect((await fetch(`${url}/api/one`, { method: 'HEAD' })).status).toBe(404);
    const head = await fetch(`${url}/api/two`, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length')]).toEqual([200, '27']);
    expect(await head.text()).toBe('');
  });

  it('the route prefix of host.json stands before every route', async () => {
    const { url } = await hostOf(() => echo('one', 'one'), { hostJson: { version: '2.0' } });
    expect((await get(`${url}/api/one`)).status).toBe(200);
    expect((await get(`${url}/one`)).status).toBe(404);
  });

  it('/admin goes to who started the host; else it is 404 like /runtime, even under a catch-all', async () => {
    const register = () => echo('client', '{*path}');
    const closed = await hostOf(register);
    expect((await get(`${closed.url}/admin/clock`)).status).toBe(404);
    expect((await get(`${closed.url}/runtime/webhooks`)).status).toBe(404);
    const open = await hostOf(register, {
      onAdmin: ({ method, path, body }) => ({ status: 202, body: `${method} ${path} ${body.toString()}` }),
    });
    const answer = await fetch(`${open.url}/admin/clock?x=1`, { method: 'POST', body: '{"to":1}' });
    expect([answer.status, await answer.text()]).toEqual([202, 'POST /admin/clock {"to":1}']);
  });
});

describe('what a handler sees', () => {
  const seen = async (send: (url: string) => Promise<unknown>) => {
    let request: HttpRequest | undefined;
    let bytes: ArrayBuffer | undefined;
    const { url } = await hostOf(() =>
      app.http('look', {
        route: 'api/look',
        methods: ['GET', 'POST'],
        handler: async (one) => {
          request = one;
          bytes = await one.arrayBuffer();
          return {};
        },
      }),
    );
    await send(url);
    if (!request || !bytes) throw new Error('the handler was not called');
    return { request, bytes: Buffer.from(bytes) };
  };

  it('headers by lower-case name, empty ones left out', async () => {
    const { request } = await seen((url) =>
      fetch(`${url}/api/look`, { headers: { 'X-One': 'a', 'X-Empty': '' } }),
    );
    expect(request.headers.get('x-one')).toBe('a');
    expect(request.headers.has('x-empty')).toBe(false);
  });

  it('the query decoded, a repeated parameter joined by a comma', async () => {
    const { request } = await seen((url) => fetch(`${url}/api/look?name=M%C3%BCller+A&tag=1&tag=2&empty=`));
    expect(Object.fromEntries(request.query)).toEqual({ name: 'Müller A', tag: '1,2', empty: '' });
  });

  it('names that mean something to JavaScript are names like any other', async () => {
    const { request } = await seen((url) => fetch(`${url}/api/look?__proto__=1&constructor=2`));
    expect(request.query.get('constructor')).toBe('2');
    expect('value' in {}).toBe(false);
  });

  it('the whole address as the client spelled it', async () => {
    const { request } = await seen((url) => fetch(`${url}/api/look?x=1`));
    expect(request.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/api\/look\?x=1$/);
  });

  it('a binary body byte by byte', async () => {
    const sent = Buffer.from(Array.from({ length: 256 }, (_, index) => index));
    const { bytes } = await seen((url) => fetch(`${url}/api/look`, { method: 'POST', body: sent }));
    expect(bytes.equals(sent)).toBe(true);
  });

  it('a body sent in chunks without a length', async () => {
    const { bytes } = await seen(
      (url) =>
        new Promise((resolve, reject) => {
          const call = rawRequest(`${url}/api/look`, { method: 'POST' }, (answer) => {
            answer.resume().on('end', () => resolve(answer.statusCode));
          });
          call.on('error', reject);
          call.write('one ');
          call.end('two');
        }),
    );
    expect(bytes.toString()).toBe('one two');
  });
});

describe('what a client sees', () => {
  const answerOf = async (result: HttpResponseInit | undefined) => {
    const { url } = await hostOf(() =>
      app.http('give', { route: 'api/give', handler: () => result as HttpResponseInit }),
    );
    return fetch(`${url}/api/give`);
  };

  it('status, headers and JSON of the response', async () => {
    const answer = await answerOf({ status: 201, headers: { 'X-One': 'a' }, jsonBody: { ok: true } });
    expect(answer.status).toBe(201);
    expect(answer.headers.get('x-one')).toBe('a');
    expect(answer.headers.get('content-type')).toBe('application/json');
    expect(await answer.json()).toEqual({ ok: true });
  });

  it('bytes as they are', async () => {
    const body = new Uint8Array([0, 255, 1, 254]);
    const answer = await answerOf({ body, headers: { 'content-type': 'application/octet-stream' } });
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(body);
  });

  it('204 when the handler returns nothing', async () => {
    const answer = await answerOf(undefined);
    expect([answer.status, await answer.text()]).toEqual([204, '']);
  });

  it('304 without a body', async () => {
    const answer = await answerOf({ status: 304, headers: { etag: '"7"' }, body: 'ignored' });
    expect([answer.status, answer.headers.get('etag'), await answer.text()]).toEqual([304, '"7"', '']);
  });

  it('each cookie in a line of its own', async () => {
    const answer = await answerOf({
      cookies: [
        { name: 'session', value: 'a b', httpOnly: true, secure: true, sameSite: 'Lax', maxAge: 60 },
        { name: 'old', value: '', expires: new Date(0 + 1_000), path: '/pay' },
      ],
    });
    expect(answer.headers.getSetCookie()).toEqual([
      'session=a%20b; max-age=60; path=/; secure; samesite=lax; httponly',
      'old=; expires=Thu, 01 Jan 1970 00:00:01 GMT; path=/pay',
    ]);
  });

  it('500 without a body when the handler throws, and the log says why', async () => {
    const host = await hostOf(() =>
      app.get('broken', () => {
        throw new Error('no luck');
      }),
    );
    expect(await get(`${host.url}/broken`)).toEqual({ status: 500, body: '' });
    expect(host.lines.join('\n')).toMatch(/^work\/broken error: failed \([0-9a-f-]{36}\): Error: no luck/);
    expect(host.counts()).toEqual({ 'work/broken executions': 1, 'work/broken failures': 1 });
  });

  it('500 when what the handler returned is no response', async () => {
    const { url } = await hostOf(() => app.get('text', (() => 'text') as never));
    expect((await get(`${url}/text`)).status).toBe(500);
  });

  it('413 for a body above the limit, announced or not, and the next request is served', async () => {
    const { url } = await hostOf(() => echo('one', 'api/one', ['POST']), { maxBodyBytes: 1_000 });
    const post = (body: NonNullable<RequestInit['body']>) =>
      fetch(`${url}/api/one`, { method: 'POST', body, duplex: 'half' });
    expect((await post('x'.repeat(1_001))).status).toBe(413);
    expect((await post(new Blob(['x'.repeat(2_000)]).stream())).status).toBe(413);
    expect((await post('x'.repeat(1_000))).status).toBe(200);
  });

  it('504 when the handler takes longer than the platform waits', async () => {
    const gate = Promise.withResolvers<object>();
    const { url } = await hostOf(() => app.get('slow', () => gate.promise), { answerTimeoutMs: 30 });
    expect((await get(`${url}/slow`)).status).toBe(504);
    gate.resolve({});
  });

  it('400 for what is no request, and the host goes on', async () => {
    const { url } = await hostOf(() => app.get('health', () => ({ body: 'fine' })));
    const odd = await new Promise<number | undefined>((resolve, reject) => {
      rawRequest(url, { path: '/health', headers: { host: 'not a host' } }, (answer) => {
        resolve(answer.resume().statusCode);
      })
        .on('error', reject)
        .end();
    });
    expect(odd).toBe(400);
    expect((await get(`${url}/health`)).status).toBe(200);
  });
});
