/**
 * Quotas by the minute and the hour, and the Retry-After they answer with.
 * From: the official SDK on a clock that moves; the counting also alone. Next: the pacing of the mailer.
 */
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createQuota } from '../../../local/email/quota.ts';
import {
  askFor,
  clientOf,
  getJson,
  isLocal,
  messageTo,
  refusalOf,
  signedFetch,
  startLocal,
  type Local,
  type Refused,
} from './under-test.ts';

const firstLimits = { perMinute: 30, perHour: 100, statusPerMinute: 60, statusPerHour: 200 };
const retryAfter = (refused: Refused) => Number(refused.response?.headers.get('retry-after'));

describe.runIf(isLocal)('a quota', () => {
  let local: Local;
  beforeEach(async () => {
    local = await startLocal(firstLimits);
  });
  afterEach(() => local.close());

  const post = async (): Promise<number> => {
    const url = `${local.email.url}/emails:send?api-version=2025-09-01`;
    return (await signedFetch(url, { body: JSON.stringify(messageTo('ada@customer.example')) })).status;
  };
  const postTimes = async (times: number): Promise<number[]> => {
    const statuses: number[] = [];
    for (let made = 0; made < times; made += 1) statuses.push(await post());
    return statuses;
  };
  const advance = (ms: number) => local.clock.moveTo(local.clock.now() + ms);
  const refusedSend = () => refusalOf(local.client.beginSend(messageTo('ada@customer.example')));

  it('lets thirty mails a minute pass, and says when there is room again', async () => {
    expect(new Set(await postTimes(30))).toEqual(new Set([202]));
    const refused = await refusedSend();
    expect(refused).toMatchObject({ statusCode: 429, code: 'TooManyRequests' });
    expect(retryAfter(refused)).toBeGreaterThan(50);
    expect(retryAfter(refused)).toBeLessThanOrEqual(60);
  });

  it('has room once Retry-After has passed', async () => {
    await postTimes(30);
    await advance(retryAfter(await refusedSend()) * 1000);
    expect(await post()).toBe(202);
  });

  it('lets a hundred mails an hour pass', async () => {
    for (const times of [30, 30, 30, 10]) {
      expect(new Set(await postTimes(times))).toEqual(new Set([202]));
      await advance(61_000);
    }
    expect(retryAfter(await refusedSend())).toBeGreaterThan(3000);
  });

  it('counts refused calls, so that hammering never gets through', async () => {
    await postTimes(30);
    await advance(59_000);
    expect(new Set(await postTimes(31))).toEqual(new Set([429]));
    await advance(2_000);
    expect(await post()).toBe(429);
  });

  it('counts messages that were refused for what they say', async () => {
    const bad = messageTo('bad');
    for (let made = 0; made < 30; made += 1) await refusalOf(local.client.beginSend(bad));
    expect(await post()).toBe(429);
  });

  it('for questions is sixty a minute', async () => {
    const id = randomUUID();
    const ask = () =>
      signedFetch(`${local.email.url}/emails/operations/${id}?api-version=2025-09-01`, { method: 'GET' });
    for (let made = 0; made < 60; made += 1) expect((await ask()).status).toBe(404);
    expect((await refusalOf(askFor(local.connectionString, id))).statusCode).toBe(429);
    expect(await post()).toBe(202);
  });

  it('is one for all apps', async () => {
    await postTimes(30);
    const client = clientOf(local.email.connectionString('mail'));
    expect((await refusalOf(client.beginSend(messageTo('ada@customer.example')))).statusCode).toBe(429);
  });

  it('can be raised and lowered while the service runs', async () => {
    await postTimes(30);
    await local.post('/admin/settings', { perMinute: 31 });
    expect(await postTimes(2)).toEqual([202, 429]);
    expect(await getJson(`${local.email.url}/admin/settings`)).toMatchObject({ perMinute: 31, perHour: 100 });
    await local.post('/admin/settings', { perMinute: 0 });
    await advance(120_000);
    expect(await post()).toBe(429);
  });

  it('is not changed to something that makes no sense', async () => {
    expect((await local.post('/admin/settings', { perMinute: -1 })).status).toBe(400);
    expect((await local.post('/admin/settings', { perDay: 5 })).status).toBe(400);
    expect(await getJson(`${local.email.url}/admin/settings`)).toMatchObject({ perMinute: 30 });
  });
});

describe('counting calls', () => {
  it('names the longer of the two waits', () => {
    const quota = createQuota(() => ({ perMinute: 1, perHour: 2 }));
    expect(quota.take(0)).toBeUndefined();
    expect(quota.take(60_000)).toBeUndefined();
    expect(quota.take(90_000)).toBe(60_000 + 3_600_000 - 90_000);
  });

  it('lets the call pass that comes exactly when Retry-After says', () => {
    const quota = createQuota(() => ({ perMinute: 2, perHour: 100 }));
    [0, 10].forEach((atMs) => quota.take(atMs));
    const waitMs = quota.take(20);
    expect(waitMs).toBe(10 + 60_000 - 20);
    expect(quota.take(20 + waitMs! - 1)).toBeDefined();
  });

  it('lets nothing pass at a limit of nought', () => {
    expect(createQuota(() => ({ perMinute: 0, perHour: 0 })).take(5)).toBe(3_600_000);
  });
});
