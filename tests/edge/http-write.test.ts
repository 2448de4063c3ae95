/**
 * Writes: each names itself, bodies mean one thing, card numbers get no further (A13), and the same key
 * has one effect and one answer.
 */
import { HttpRequest } from '@azure/functions';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { done, refuse } from '../../shared/domain/outcome.ts';
import { writeFunction, type WriteRoute } from '../../shared/edge/http-write.ts';
import { createTestIssuer, type TestIssuer } from '../support/test-issuer.ts';
import { tenOClock, testContext, testEdge } from '../support/test-edge.ts';

type Body = { text: string };
type Route = WriteRoute<unknown, unknown, Body, { n: number }>;
const routeThat = (run: Route['run']): Route => ({
  name: 'test',
  method: 'POST',
  route: 'api/test',
  action: 'adm.config.edit',
  body: z.strictObject({ text: z.string() }),
  answer: z.strictObject({ n: z.int() }),
  status: 201,
  run,
});

describe('a write', () => {
  let issuer: TestIssuer;
  let token: string;
  beforeAll(async () => {
    issuer = await createTestIssuer(tenOClock);
    token = await issuer.tokenFor({ roles: ['AR.Administrator'] });
    return issuer.close;
  });

  const callsOf = (run: Route['run'], edge = testEdge(issuer.access)) => {
    const handler = writeFunction(edge, routeThat(run));
    return async (body: string | Uint8Array, headers: Record<string, string> = {}) => {
      const request = new HttpRequest({
        url: 'http://localhost/api/test',
        method: 'POST',
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          'idempotency-key': 'k1',
          ...headers,
        },
        body: typeof body === 'string' ? { string: body } : { bytes: body },
      });
      const answer = await handler(request, testContext().context);
      const said = JSON.parse(answer.body as string) as { code?: string };
      return { status: answer.status, code: said.code, body: answer.body };
    };
  };
  const counting = () => {
    let n = 0;
    return async () => done({ n: (n += 1) });
  };

  it('runs, and answers with the status it promises', async () => {
    expect(await callsOf(counting())('{"text":"a"}')).toMatchObject({ status: 201, body: '{"n":1}' });
  });

  it('hands on what was written without card numbers, and the same again is the same call', async () => {
    const seen: string[] = [];
    const call = callsOf(async ({ body }) => (seen.push(body.text), done({ n: 1 })));
    const body = '{"text":"take 4111 1111 1111 1111"}';
    expect(await call(body)).toEqual(await call(body));
    expect(seen).toEqual(['take **** **** **** 1111']);
  });

  it.each([
    ['without a key', '{"text":"a"}', { 'idempotency-key': '' }, 400, 'idempotency-key-missing'],
    ['with a key of spaces', '{"text":"a"}', { 'idempotency-key': 'a b' }, 400, 'idempotency-key-missing'],
    [
      'with a key too long',
      '{"text":"a"}',
      { 'idempotency-key': 'k'.repeat(129) },
      400,
      'idempotency-key-missing',
    ],
    ['of another content type', '{"text":"a"}', { 'content-type': 'text/plain' }, 415, 'body-type-not-right'],
    [
      'in another encoding',
      '{"text":"a"}',
      { 'content-type': 'application/json; charset=latin1' },
      415,
      'body-type-not-right',
    ],
    ['that is no JSON', '{"text":', {}, 400, 'input-not-valid'],
    ['with a name that comes twice', '{"text":"a","text":"b"}', {}, 400, 'input-not-valid'],
    [
      'with a name twice, once spelled by escapes',
      '{"text":"a","\\u0074ext":"b"}',
      {},
      400,
      'input-not-valid',
    ],
    ['that reaches for the prototype', '{"text":"a","__proto__":{}}', {}, 400, 'input-not-valid'],
    ['as deep as a well', `${'['.repeat(40)}${']'.repeat(40)}`, {}, 400, 'input-not-valid'],
    ['with a field nobody knows', '{"text":"a","more":1}', {}, 400, 'input-not-valid'],
    ['without a body', '', {}, 400, 'input-not-valid'],
    ['larger than a mebibyte', `{"text":"${'x'.repeat(1_048_576)}"}`, {}, 413, 'body-too-large'],
  ])('%s is refused and changes nothing', async (_what, body, headers, status, code) => {
    let runs = 0;
    const call = callsOf(async () => done({ n: (runs += 1) }));
    expect([await call(body, headers), runs]).toMatchObject([{ status, code }, 0]);
  });

  it('in bytes that are no UTF-8 is refused', async () => {
    const bytes = new Uint8Array([...new TextEncoder().encode('{"text":"'), 0xff, 0x22, 0x7d]);
    expect(await callsOf(counting())(bytes)).toMatchObject({ status: 400, code: 'input-not-valid' });
  });

  it('with names that stand in different objects is taken', async () => {
    const call = callsOf(counting());
    expect(await call('{"text":"a{\\"text\\":\\"b\\"}"}')).toMatchObject({ status: 201 });
  });

  it('repeated with its key has one effect and the same answer', async () => {
    const call = callsOf(counting());
    const [first, second] = [await call('{"text":"a"}'), await call('{"text":"a"}')];
    expect(second).toEqual(first);
    expect(await call('{"text":"a"}', { 'idempotency-key': 'k2' })).toMatchObject({ body: '{"n":2}' });
  });

  it('with a used key and other content is refused', async () => {
    const call = callsOf(counting());
    await call('{"text":"a"}');
    expect(await call('{"text":"b"}')).toMatchObject({ status: 422, code: 'idempotency-key-reused' });
  });

  it('of fifty at once with one key, one runs and the others wait', async () => {
    const run = counting();
    const call = callsOf(run);
    const answers = await Promise.all(Array.from({ length: 50 }, () => call('{"text":"a"}')));
    const taken = answers.filter(({ status }) => status === 201);
    const waiting = answers.filter(({ code }) => code === 'request-in-progress');
    expect(taken.length + waiting.length).toBe(50);
    expect(new Set(taken.map(({ body }) => body))).toEqual(new Set(['{"n":1}']));
    expect((await run()).value.n).toBe(2);
  });

  it('that failed on our side may be sent again with its key', async () => {
    let runs = 0;
    const call = callsOf(async () => {
      runs += 1;
      if (runs === 1) throw new Error('the store is away');
      return done({ n: runs });
    });
    expect(await call('{"text":"a"}')).toMatchObject({ status: 500 });
    expect(await call('{"text":"a"}')).toMatchObject({ status: 201, body: '{"n":2}' });
  });

  it('that was refused is refused again, without running', async () => {
    let runs = 0;
    const call = callsOf(async () => {
      runs += 1;
      return refuse('setting-changed', 'somebody was first');
    });
    const [first, second] = [await call('{"text":"a"}'), await call('{"text":"a"}')];
    expect([first.status, second, runs]).toEqual([409, first, 1]);
  });

  it('that was refused because something was away for a while runs again', async () => {
    let runs = 0;
    const call = callsOf(async () => {
      runs += 1;
      return runs === 1 ? refuse('unexpected', 'away') : done({ n: runs });
    });
    expect(await call('{"text":"a"}')).toMatchObject({ status: 500 });
    expect(await call('{"text":"a"}')).toMatchObject({ status: 201, body: '{"n":2}' });
  });

  it('of one caller is not the write of another who chose the same key', async () => {
    const other = await issuer.tokenFor({ roles: ['AR.Administrator'], oid: 'somebody-else' });
    const call = callsOf(counting());
    expect(await call('{"text":"a"}')).toMatchObject({ body: '{"n":1}' });
    const theirs = { authorization: `Bearer ${other}` };
    expect(await call('{"text":"a"}', theirs)).toMatchObject({ body: '{"n":2}' });
    expect(await call('{"text":"b"}', theirs)).toMatchObject({ code: 'idempotency-key-reused' });
    expect(await call('{"text":"a"}')).toMatchObject({ body: '{"n":1}' });
  });

  it('whose host died half-way runs again a minute later, not before', async () => {
    let now = tenOClock;
    const edge = { ...testEdge(issuer.access), now: () => now };
    const dead = {
      ...edge.requests,
      end: () => Promise.reject(new Error('gone')),
      forget: () => Promise.reject(new Error('gone')),
    };
    await callsOf(counting(), { ...edge, requests: dead })('{"text":"a"}');
    const call = callsOf(counting(), edge);
    expect(await call('{"text":"a"}')).toMatchObject({ status: 409, code: 'request-in-progress' });
    now = now.add({ seconds: 60 });
    expect(await call('{"text":"a"}')).toMatchObject({ status: 201 });
  });
});
