/**
 * One export of a person runs at a time: the next waits for it, others are not held up, and one that died ends by itself.
 */
import { HttpRequest } from '@azure/functions';
import { beforeAll, describe, expect, it } from 'vitest';
import { done } from '../../shared/domain/outcome.ts';
import { downloadFunction, type Download, type DownloadRoute } from '../../shared/edge/http-files.ts';
import { createTestIssuer, type TestIssuer } from '../support/test-issuer.ts';
import { tenOClock, testContext, testEdge } from '../support/test-edge.ts';

const file = (bytes: Download['bytes']) => done({ fileName: 'a.csv', contentType: 'text/csv', bytes });

describe('an export', () => {
  let issuer: TestIssuer;
  beforeAll(async () => {
    issuer = await createTestIssuer(tenOClock);
    return issuer.close;
  });

  type Run = DownloadRoute<unknown, unknown>['run'];
  const caller = (
    edge: ReturnType<typeof testEdge>,
    oid = 'ann',
    more: { countedAs?: 'export' } = { countedAs: 'export' },
  ) => {
    let calls = 0;
    return async (run: Run) => {
      const route = { name: 'test', route: 'api/test', action: 'ops.queue.read', run, ...more } as const;
      const authorization = `Bearer ${await issuer.tokenFor({ roles: ['AR.Administrator'], oid })}`;
      const request = new HttpRequest({
        url: 'http://localhost/api/test',
        method: 'GET',
        headers: { authorization },
      });
      const { context } = testContext({ invocationId: `${oid}-${(calls += 1)}` });
      const { status, body, headers } = await downloadFunction(edge, route)(request, context);
      return { status, body, headers };
    };
  };
  /** Bytes that come when they are let. */
  const slow = () => {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const begun = Promise.withResolvers<undefined>();
    const bytes = async function* () {
      begun.resolve(undefined);
      await promise;
      yield new Uint8Array([1]);
    };
    return { run: async () => file(bytes()), end: () => resolve(undefined), begun: begun.promise };
  };

  it('beside one that runs is refused until its last byte has come', async () => {
    const call = caller(testEdge(issuer.access));
    const first = slow();
    const running = call(first.run);
    await first.begun;
    const second = await call(slow().run);
    expect(second).toMatchObject({ status: 409, headers: { 'retry-after': '5' } });
    expect(second.body).toContain('export-running');
    first.end();
    expect(await running).toMatchObject({ status: 200, body: Buffer.from([1]) });
    expect(await call(async () => file(new Uint8Array([2])))).toMatchObject({ status: 200 });
  });

  it('of somebody else is not held up, nor is what is no export', async () => {
    const edge = testEdge(issuer.access);
    const first = slow();
    const running = caller(edge)(first.run);
    await first.begun;
    expect(await caller(edge, 'bob')(async () => file(new Uint8Array([2])))).toMatchObject({ status: 200 });
    expect(await caller(edge, 'ann', {})(async () => file(new Uint8Array([2])))).toMatchObject({
      status: 200,
    });
    first.end();
    await running;
  });

  it('that failed makes room at once', async () => {
    const call = caller(testEdge(issuer.access));
    expect(await call(() => Promise.reject(new Error('away')))).toMatchObject({ status: 500 });
    expect(await call(async () => file(new Uint8Array([2])))).toMatchObject({ status: 200 });
  });

  it('that died with its host makes room after five minutes, not before', async () => {
    let now = tenOClock;
    const edge = { ...testEdge(issuer.access), now: () => now };
    await edge.requests.begin(
      { callerId: 'tenant:ann', key: 'running export' },
      { hash: 'export', now, holdUntil: now.add({ seconds: 300 }) },
    );
    const call = caller(edge);
    const run = async () => file(new Uint8Array([2]));
    now = now.add({ seconds: 299 });
    expect(await call(run)).toMatchObject({ status: 409 });
    now = now.add({ seconds: 1 });
    expect(await call(run)).toMatchObject({ status: 200 });
  });
});
