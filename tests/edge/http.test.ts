/**
 * The HTTP wrapper: who may not is told so, bad input is named, and no fault shows its cause.
 */
import { HttpRequest } from '@azure/functions';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { problemDocument } from '../../shared/contracts/problems.ts';
import { done, refuse } from '../../shared/domain/outcome.ts';
import { readFunction, type HttpRoute } from '../../shared/edge/http.ts';
import { createTestIssuer, type TestIssuer } from '../support/test-issuer.ts';
import { tenOClock, testContext, testEdge } from '../support/test-edge.ts';

type Route = HttpRoute<unknown, { limit: number }, { sum: number }>;

const routeThat = (run: Route['run'], action: Route['action'] = 'ops.queue.read'): Route => ({
  name: 'test',
  route: 'api/test',
  action,
  query: z.strictObject({ limit: z.coerce.number().int().default(1) }),
  answer: z.strictObject({ sum: z.int() }),
  run,
});

describe('an HTTP route', () => {
  let issuer: TestIssuer;
  beforeAll(async () => {
    issuer = await createTestIssuer(tenOClock);
    return issuer.close;
  });

  const get = async (route: Route, query = '', authorization?: string) => {
    const headers = authorization === undefined ? {} : { authorization };
    const request = new HttpRequest({ url: `http://localhost/api/test${query}`, method: 'GET', headers });
    const { context, lines } = testContext();
    const answer = await readFunction(testEdge(issuer.access), route)(request, context);
    return {
      ...answer,
      lines,
      problem: problemDocument.safeParse(JSON.parse(typeof answer.body === 'string' ? answer.body : '{}'))
        .data,
    };
  };
  const as = async (role: string) => `Bearer ${await issuer.tokenFor({ roles: [role] })}`;
  const sum: Route['run'] = async ({ query }) => done({ sum: query.limit });

  it('answers who may', async () => {
    const answer = await get(routeThat(sum), '?limit=7', await as('AR.Administrator'));
    expect(answer).toMatchObject({ status: 200, body: '{"sum":7}' });
    expect(answer.headers).toMatchObject({ 'cache-control': 'no-store' });
  });

  it('answers nobody in particular where the matrix lets anyone in', async () => {
    expect(await get(routeThat(sum, 'sys.health.read'))).toMatchObject({ status: 200 });
  });

  it('asks for a sign-in where the matrix does not', async () => {
    const answer = await get(routeThat(sum));
    expect(answer).toMatchObject({ status: 401, problem: { code: 'not-signed-in' } });
    expect(answer.headers).toMatchObject({ 'www-authenticate': 'Bearer' });
  });

  it('refuses a signed-in role that lacks the action, and logs the denial', async () => {
    const answer = await get(routeThat(sum), '', await as('AR.Collector'));
    expect(answer).toMatchObject({ status: 403, problem: { code: 'action-not-allowed' } });
    expect(answer.lines.join()).toContain('denied');
  });

  it('names what is wrong with the query', async () => {
    const answer = await get(routeThat(sum), '?limit=much&colour=red', await as('AR.Administrator'));
    expect(answer).toMatchObject({ status: 400, problem: { code: 'input-not-valid' } });
    expect(answer.problem?.detail).toMatch(/limit.*colour/);
  });

  it('answers a refusal with the problem of its code', async () => {
    const run = async () => refuse('not-found', 'no such account');
    const answer = await get(routeThat(run), '', await as('AR.Administrator'));
    expect(answer).toMatchObject({ status: 404, problem: { code: 'not-found', detail: 'no such account' } });
    expect(answer.problem?.whatToDo).not.toBe('');
  });

  it('keeps the cause of a fault to the log', async () => {
    const run = () => Promise.reject(new Error('key=abc'));
    const answer = await get(routeThat(run), '', await as('AR.Administrator'));
    expect(answer).toMatchObject({ status: 500, problem: { code: 'unexpected' } });
    expect(JSON.stringify(answer.problem)).not.toContain('abc');
    expect(answer.lines.join()).toContain('key=abc');
  });

  it('asks the caller to wait when the store is throttled', async () => {
    const run = () => Promise.reject(Object.assign(new Error('429'), { code: 429 }));
    const answer = await get(routeThat(run), '', await as('AR.Administrator'));
    expect(answer).toMatchObject({ status: 503, problem: { code: 'busy' } });
    expect(answer.headers).toMatchObject({ 'retry-after': '5' });
  });

  it('shows nothing sensitive that it cannot note', async () => {
    const edge = testEdge(issuer.access);
    edge.readLog.note = () => Promise.reject(new Error('no log'));
    const headers = { authorization: await as('AR.Administrator') };
    const url = 'http://localhost/api/test';
    const open = async (action: Route['action']) =>
      readFunction(edge, routeThat(sum, action))(
        new HttpRequest({ url, method: 'GET', headers }),
        testContext().context,
      );
    expect(await open('aud.security.read')).toMatchObject({ status: 500 });
    expect(await open('ops.queue.read')).toMatchObject({ status: 200 });
  });

  it('never sends an answer of another shape than it promises', async () => {
    const run = async () => done({ sum: 1.5 });
    expect(await get(routeThat(run), '', await as('AR.Administrator'))).toMatchObject({ status: 500 });
  });
});
