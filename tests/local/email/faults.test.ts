/**
 * The fault switch on the mail service, in the service's own words, and input that is nonsense.
 * From: the official SDK, and bare sockets. Next: the mailer must live with each of them.
 */
import { request } from 'node:http';
import { connect } from 'node:net';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PortTaken } from '../../../local/kit/http-service.ts';
import {
  clientOf,
  getJson,
  isLocal,
  messageTo,
  refusalOf,
  send,
  startLocal,
  type Local,
} from './under-test.ts';

const to = 'ada@customer.example';

describe.runIf(isLocal)('under the fault switch', () => {
  let local: Local;
  beforeEach(async () => {
    local = await startLocal();
  });
  afterEach(() => local.close());

  const sending = () => local.client.beginSend(messageTo(to));

  it('a 429 is the one of the service, with Retry-After', async () => {
    await local.post('/admin/faults', { rules: [{ kind: '429', delayMs: 7_000, times: 1 }] });
    const refused = await refusalOf(sending());
    expect(refused).toMatchObject({ statusCode: 429, code: 'TooManyRequests' });
    expect(refused.response?.headers.get('retry-after')).toBe('7');
    expect((await sending()).getOperationState().status).toBe('succeeded');
  });

  it('a 503 is the one of the service, and nothing was sent', async () => {
    await local.post('/admin/faults', { rules: [{ kind: '503', times: 1 }] });
    expect(await refusalOf(sending())).toMatchObject({ statusCode: 503, code: 'ServiceUnavailable' });
    expect(await local.mailsTo(to)).toEqual([]);
  });

  it('an answer that never comes leaves the mail sent', async () => {
    await local.post('/admin/faults', { rules: [{ kind: 'lost-answer', operation: 'POST', times: 1 }] });
    const abortSignal = AbortSignal.timeout(300);
    await expect(local.client.beginSend(messageTo(to), { abortSignal })).rejects.toThrow();
    expect(await local.mailsTo(to)).toHaveLength(1);
  });

  it('a request that arrives twice is two mails without an operation id and one with it', async () => {
    await local.post('/admin/faults', { rules: [{ kind: 'duplicate', operation: 'POST', times: 2 }] });
    await sending();
    expect(await local.mailsTo(to)).toHaveLength(2);
    await send(local.client, messageTo('one@customer.example'), 'a3c2c1f0-0000-4000-8000-000000000001');
    expect(await local.mailsTo('one@customer.example')).toHaveLength(1);
  });

  it('the retries of the SDK get through a passing fault', async () => {
    await local.post('/admin/faults', { rules: [{ kind: '503', operation: 'POST', times: 2, delayMs: 0 }] });
    expect((await send(clientOf(local.connectionString, 3), messageTo(to))).status).toBe('Succeeded');
  });

  it('pages, lists and switches stay as they are', async () => {
    await local.post('/admin/faults', { rules: [{ kind: '503' }] });
    expect((await fetch(local.email.url)).status).toBe(200);
    expect((await local.post('/admin/faults', { rules: [] })).status).toBe(200);
    expect(await getJson(`${local.email.url}/admin/faults`)).toMatchObject({ rules: [], counts: {} });
  });

  it.each(['{', '[]', '{"rules":[{"kind":"fire"}]}', '7'])(
    'the plan %s is refused and changes nothing',
    async (body) => {
      const headers = { 'content-type': 'application/json' };
      const response = await fetch(`${local.email.url}/admin/faults`, { method: 'POST', headers, body });
      expect(response.status).toBe(400);
      expect(local.faults.plan().rules).toEqual([]);
    },
  );
});

describe.runIf(isLocal)('nonsense', () => {
  let local: Local;
  beforeEach(async () => {
    local = await startLocal();
  });
  afterEach(() => local.close());

  it('on the socket ends the connection, not the service', async () => {
    const socket = connect(local.email.port, '127.0.0.1');
    socket.end('\u0000\u0001 nonsense\r\n\r\n');
    socket.resume();
    await once(socket, 'close');
    expect((await send(local.client, messageTo(to))).status).toBe('Succeeded');
  });

  it.each(['/api/mails/%', '/api/nothing', '/admin/nothing', '/emails'])(
    'at %s is answered with an error',
    async (path) => {
      const response = await fetch(`${local.email.url}${path}`);
      expect(response.status).toBeGreaterThanOrEqual(400);
      expect(response.status).toBeLessThan(500);
    },
  );

  it('of a page elsewhere that points its name here is refused', async () => {
    const headers = { host: `evil.example:${local.email.port}` };
    const calling = request({ port: local.email.port, host: '127.0.0.1', path: '/api/mails', headers }).end();
    const [response] = (await once(calling, 'response')) as [{ statusCode: number; resume(): void }];
    response.resume();
    expect(response.statusCode).toBe(403);
  });

  it('as a port that is taken is one clear error', async () => {
    await expect(startLocal({ port: local.email.port })).rejects.toThrow(PortTaken);
  });
});
