/**
 * How fast and how much one person may: beyond it a Problem says when to come again, whatever else they send.
 */
import { HttpRequest } from '@azure/functions';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Principal } from '../../shared/contracts/access.ts';
import { problemDocument } from '../../shared/contracts/problems.ts';
import type { Instant } from '../../shared/domain/calendar.ts';
import { done } from '../../shared/domain/outcome.ts';
import { readFunction, type HttpRoute } from '../../shared/edge/http.ts';
import { createPace } from '../../shared/edge/pace.ts';
import { scopeOf } from '../../shared/domain/scope.ts';
import { memoryAlerts } from '../support/memory/alert-store.ts';
import { createTestIssuer, type TestIssuer } from '../support/test-issuer.ts';
import { tenOClock, testContext, testEdge } from '../support/test-edge.ts';

const later = (seconds: number): Instant => tenOClock.add({ seconds });
const person = (id: string, ...principals: Principal[]) => ({ id, principals });

describe('the pace of one person', () => {
  const takeUp = (pace: ReturnType<typeof createPace>, who: ReturnType<typeof person>, now: Instant) => {
    for (let calls = 0; ; calls += 1) if (pace.waitSeconds(who, now) > 0) return calls;
  };

  it('is 300 calls at once, and one more for each fifth of a second', () => {
    const pace = createPace(300);
    expect(takeUp(pace, person('a', 'CRM'), tenOClock)).toBe(300);
    expect(pace.waitSeconds(person('a', 'CRM'), tenOClock)).toBe(1);
    expect(takeUp(pace, person('a', 'CRM'), later(10))).toBe(50);
  });

  it('is never more than that, however long they were quiet', () => {
    const pace = createPace(300);
    takeUp(pace, person('a', 'CRM'), tenOClock);
    expect(takeUp(pace, person('a', 'CRM'), later(86_400))).toBe(300);
  });

  it('does not touch another person’s', () => {
    const pace = createPace(300);
    takeUp(pace, person('a', 'CRM'), tenOClock);
    expect(pace.waitSeconds(person('b', 'CRM'), tenOClock)).toBe(0);
  });

  it('is 60 for people of other firms, unless they are ours too', () => {
    const pace = createPace(300);
    expect(takeUp(pace, person('a', 'INQ'), tenOClock)).toBe(60);
    expect(takeUp(pace, person('b', 'INQ', 'COL'), tenOClock)).toBe(300);
  });

  it('gives nothing to a clock that steps back', () => {
    const pace = createPace(300);
    takeUp(pace, person('a', 'CRM'), later(60));
    expect(pace.waitSeconds(person('a', 'CRM'), tenOClock)).toBeGreaterThan(0);
  });

  it('does not hold up machines or who is not signed in', () => {
    const pace = createPace(1);
    const nobody = { id: undefined, principals: ['ANO'] as const };
    for (let n = 0; n < 5; n += 1)
      expect([pace.waitSeconds(person('m', 'SYS'), tenOClock), pace.waitSeconds(nobody, tenOClock)]).toEqual([
        0, 0,
      ]);
  });
});

describe('a call over a limit', () => {
  let issuer: TestIssuer;
  beforeAll(async () => {
    issuer = await createTestIssuer(tenOClock);
    return issuer.close;
  });

  const params = z.strictObject({ thing: z.string() });
  type Route = HttpRoute<{ thing: string }, unknown, { sum: number }>;
  const routeOf = (more: Partial<Route> = {}): Route => ({
    ...{ name: 'test', route: 'api/test/{thing}', action: 'ops.queue.read', params },
    ...{ answer: z.strictObject({ sum: z.int() }), run: async () => done({ sum: 1 }) },
    ...more,
  });
  const caller = (edge: ReturnType<typeof testEdge>, role: string, route: Route) => {
    let calls = 0;
    return async (thing = 'a', more: Record<string, string> = {}) => {
      const authorization = `Bearer ${await issuer.tokenFor({ roles: [role], oid: 'ann' })}`;
      const headers = { ...more, authorization };
      const url = `http://localhost/api/test/${thing}`;
      const request = new HttpRequest({ url, method: 'GET', headers, params: { thing } });
      const { context, lines } = testContext({ invocationId: `call-${(calls += 1)}` });
      return { ...(await readFunction(edge, route)(request, context)), lines };
    };
  };

  it('is answered 429 with when to come again, and logged without anything sent', async () => {
    const edge = { ...testEdge(issuer.access), pace: createPace(2) };
    const call = caller(edge, 'AR.Administrator', routeOf());
    expect([(await call()).status, (await call()).status]).toEqual([200, 200]);
    const answer = await call('secret', { 'x-forwarded-for': '10.0.0.9', 'x-ms-client-principal-id': 'bob' });
    expect(answer).toMatchObject({ status: 429, headers: { 'retry-after': '30' } });
    expect(problemDocument.parse(JSON.parse(answer.body as string)).code).toBe('too-many-calls');
    expect(answer.lines.join()).toContain('too-many-calls');
    expect(answer.lines.join()).not.toContain('secret');
  });

  it('is the sixth export of an hour, and the first of the next is none', async () => {
    const edge = testEdge(issuer.access);
    const call = caller(edge, 'AR.Administrator', routeOf({ countedAs: 'export' }));
    for (let n = 0; n < 5; n += 1) expect((await call()).status).toBe(200);
    expect(await call()).toMatchObject({ status: 429, headers: { 'retry-after': '3600' } });
    edge.now = () => later(3_600);
    expect((await call()).status).toBe(200);
  });

  it('is the 501st thing somebody of another firm opens in a day; a thing again is none', async () => {
    const edge = testEdge(issuer.access);
    const call = caller(edge, 'AR.Inquiry', routeOf({ action: 'inv.read' }));
    const most = { callerId: 'tenant:ann', what: 'lent', span: '2026-11-22', most: 500 };
    for (let n = 1; n < 500; n += 1) await edge.counter.count({ ...most, thing: `x${n}` });
    expect((await call('a')).status).toBe(200);
    expect(await call('b')).toMatchObject({ status: 429, headers: { 'retry-after': '50400' } });
    expect((await call('a')).status).toBe(200);
  });

  it('of somebody of another firm is told to the company that lent it, once a day', async () => {
    const alerts = memoryAlerts();
    const lent = scopeOf([
      { companies: ['acme'], accounts: { by: 'grant', accountId: 'north', itemIds: 'all' } },
    ]);
    const access = { ...issuer.access, scopeFor: async () => done(lent) };
    const edge = { ...testEdge(access), alerts };
    const call = caller(edge, 'AR.Inquiry', routeOf({ action: 'inv.read' }));
    const most = { callerId: 'tenant:ann', what: 'lent', span: '2026-11-22', most: 500 };
    for (let n = 1; n <= 500; n += 1) await edge.counter.count({ ...most, thing: `x${n}` });
    expect([(await call('b')).status, (await call('c')).status]).toEqual([429, 429]);
    expect(alerts.raised).toMatchObject([
      { rule: 'outsiderReadsMuch', companyId: 'acme', to: ['it', 'creditManager'] },
    ]);
  });
});
