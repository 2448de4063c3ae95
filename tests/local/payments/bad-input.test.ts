/**
 * Whatever comes in, the provider answers in its own words and goes on.
 * From: raw HTTP, as no SDK would send it. Next: `npm test`.
 */
import { connect } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readForm } from '../../../local/payments/form.ts';
import { isLocal, oneInvoice, startLocal, type Local } from './under-test.ts';

describe.runIf(isLocal)('bad input', () => {
  let local: Local;
  beforeAll(async () => {
    local = await startLocal();
  });
  afterAll(() => local.close());

  const post = async (body: string, path = '/v1/customers', type = 'application/x-www-form-urlencoded') => {
    const headers = { authorization: `Bearer ${local.service.apiKey('acme')}`, 'content-type': type };
    const answer = await fetch(local.service.url + path, { method: 'POST', headers, body });
    return {
      status: answer.status,
      body: (await answer.json()) as { error?: { type: string; message: string; param?: string } },
    };
  };

  const bodies: [string, string][] = [
    ['a broken escape', 'name=%E0%A4%A'],
    ['bytes that are not UTF-8', 'name=%FF%FE'],
    ['a name that begins with a bracket', '[name]=x'],
    ['a bracket that is never closed', 'metadata[a=x'],
    ['a name used as text and as a tree', 'metadata=x&metadata[a]=y'],
    ['a tree twenty deep', `a${'[b]'.repeat(20)}=x`],
    ['three thousand parameters', Array.from({ length: 3_000 }, (_, i) => `a${i}=1`).join('&')],
    ['the name of a prototype', '__proto__[polluted]=1'],
    ['a list where text belongs', 'name[]=a&name[]=b'],
    ['text where a tree belongs', 'metadata=text'],
  ];
  it.each(bodies)('%s is refused with 400', async (_what, body) => {
    const answer = await post(body);
    expect(answer).toMatchObject({ status: 400, body: { error: { type: 'invalid_request_error' } } });
  });

  it('nothing sent reaches the prototype of objects', () => {
    readForm('__proto__[polluted]=1&constructor[prototype][polluted]=1');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('JSON is refused with a word on the content type', async () => {
    const answer = await post('{"name":"A"}', '/v1/customers', 'application/json');
    expect(answer.status).toBe(400);
    expect(answer.body.error?.message).toContain('application/x-www-form-urlencoded');
  });

  it('a body of two megabytes is refused with 413', async () => {
    expect(await post(`name=${'x'.repeat(2 * 1024 * 1024)}`)).toMatchObject({
      status: 413,
      body: { error: {} },
    });
  });

  it('an address outside the API is 404 in the same shape', async () => {
    expect(await post('', '/v2/core/accounts')).toMatchObject({
      status: 404,
      body: { error: { type: 'invalid_request_error' } },
    });
  });

  it('bytes that are no HTTP are answered 400 and closed', async () => {
    const said = await new Promise<string>((resolve, reject) => {
      const socket = connect(local.service.port, '127.0.0.1', () =>
        socket.end('\x16\x03\x01 not http\r\n\r\n'),
      );
      let text = '';
      socket
        .on('data', (chunk) => (text += String(chunk)))
        .on('end', () => resolve(text))
        .on('error', reject);
    });
    expect(said).toMatch(/^HTTP\/1.1 400/);
  });

  it('a local route says what it cannot read', async () => {
    const headers = { 'content-type': 'application/json' };
    const url = `${local.service.url}/local/mishaps`;
    expect((await fetch(url, { method: 'POST', headers, body: '{"path":' })).status).toBe(400);
    expect((await fetch(url, { method: 'POST', headers, body: '{"path":1}' })).status).toBe(400);
    expect((await fetch(url, { method: 'POST', body: 'path=1' })).status).toBe(415);
    expect(
      (await fetch(url, { method: 'POST', headers: { ...headers, origin: 'https://evil.example' } })).status,
    ).toBe(403);
    expect((await fetch(`${local.service.url}/local/teapot`, { method: 'POST', headers })).status).toBe(404);
  });

  it('any text at all as a body is answered, never with 500', async () => {
    const parts = fc.constantFrom(
      'name',
      'metadata',
      '[',
      ']',
      '=',
      '&',
      '%',
      '%41',
      '[]',
      '[0]',
      'é',
      '\0',
      '+',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(parts, { maxLength: 20 }), async (pieces) => {
        expect((await post(pieces.join(''))).status).toBeLessThan(500);
      }),
      { numRuns: 150 },
    );
    expect(local.logged).toEqual([]);
  });

  it('and after all that it still works', async () => {
    expect((await local.client().checkout.sessions.create(oneInvoice())).status).toBe('open');
  });
});
