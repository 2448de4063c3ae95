/**
 * The admin routes of a running local Azure: one clock, one fault switch for every service, what was counted.
 */
import { CosmosClient } from '@azure/cosmos';
import { ServiceBusClient } from '@azure/service-bus';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readEnvironment } from '../../../local/environment.ts';
import { localKey, ownerName } from '../../../local/kit/keys.ts';
import { runLocal, type Running } from '../../../local/run.ts';
import { topology } from '../../../shared/contracts/topology.ts';
import { ownerConnectionString } from '../../support/owner.ts';

let running: Running;
beforeAll(async () => {
  const environment = readEnvironment(['--memory'], {
    DUNWELL_LOCAL_PORTS: 'any',
    DUNWELL_LOCAL_FAULTS: JSON.stringify({
      payments: { seed: 3, rules: [{ kind: '503', operation: 'GET /v1/refunds', times: 1 }] },
    }),
  });
  running = await runLocal(environment, () => undefined);
});
afterAll(() => running.close());

type Answer = { status: number; body: Record<string, unknown> };

const admin = async (method: string, path: string, body?: unknown): Promise<Answer> => {
  const answer = await fetch(`${running.endpoints.admin}/admin/${path}`, {
    method,
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
};

const struck = async (service: string) => {
  const { body } = await admin('GET', 'faults');
  return (body[service] as { struck: Record<string, number> }).struck;
};

describe('the clock', () => {
  it('moves to an instant and by a duration, and says where it is', async () => {
    const { body } = await admin('GET', 'clock');
    const to = new Date(Date.parse(String(body['now'])) + 60_000).toISOString();
    expect((await admin('POST', 'clock', { to })).status).toBe(200);
    const after = await admin('POST', 'clock', { to: 'PT1H' });
    expect(Date.parse(String(after.body['now']))).toBeGreaterThanOrEqual(Date.parse(to) + 3_600_000);
  });

  it('refuses to go back', async () => {
    expect(await admin('POST', 'clock', { to: '2020-01-01T00:00:00Z' })).toMatchObject({
      status: 409,
      body: { detail: 'the clock only goes forward' },
    });
  });

  it.each([{}, { to: 'tomorrow' }, { to: 5 }, { to: 'PT1H', and: 'more' }, '{"to":', '[]'])(
    'refuses %j, saying what it takes',
    async (body) => {
      const answer = await admin('POST', 'clock', body);
      expect(answer.status).toBe(400);
      expect(answer.body['detail']).toMatch(/instant|JSON/);
    },
  );

  it('is the same under /admin of an app', async () => {
    const answer = await fetch(`${running.urls['staff']}/admin/clock`);
    expect(await answer.json()).toMatchObject({ now: expect.any(String) as string });
  });
});

describe('the fault switch', () => {
  const rules = [{ kind: '503', times: 1, delayMs: 1_000 }];

  it('is set from the environment, too', async () => {
    const call = () => fetch(`${running.endpoints.payments}/v1/refunds`);
    expect([(await call()).status, (await call()).status]).toEqual([503, 401]);
  });

  it.each([
    ['cosmos', () => fetch(`${running.endpoints.cosmos}/`)],
    ['blob', () => fetch(`${running.endpoints.blob}/documents?restype=container`)],
    ['email', () => fetch(`${running.endpoints.email}/emails/operations/x?api-version=2025-09-01`)],
    ['identity', () => fetch(running.endpoints.identity.keysUrl)],
    ['payments', () => fetch(`${running.endpoints.payments}/v1/charges`)],
    ['functions-host', () => fetch(`${running.urls['staff']}/api/health`)],
  ])('makes %s refuse once with 503, and counts the strike', async (service, call) => {
    expect((await admin('POST', 'faults', { service, seed: 1, rules })).status).toBe(200);
    expect((await call()).status).toBe(503);
    expect((await call()).status).not.toBe(503);
    expect(await struck(service)).toEqual({ '503': 1 });
    await admin('POST', 'faults', { service });
  });

  it('makes the bus busy once, which the SDK gets over', async () => {
    await admin('POST', 'faults', {
      service: 'service-bus',
      rules: [{ kind: '429', operation: 'send', times: 1 }],
    });
    const client = new ServiceBusClient(ownerConnectionString(running.endpoints.serviceBus), {
      retryOptions: { retryDelayInMs: 10, maxRetries: 3 },
    });
    await client.createSender('snapshots').sendMessages({ body: { v: 1 } });
    await client.close();
    expect(await struck('service-bus')).toEqual({ '429': 1 });
  });

  it('cuts the line after the effect: the document is there, its answer is not', async () => {
    const client = new CosmosClient({
      endpoint: running.endpoints.cosmos,
      key: localKey('cosmos', ownerName),
      connectionPolicy: { enableEndpointDiscovery: false },
    });
    const parked = client.database(topology.database).container('parked');
    await parked.items.create({ id: 'warm', companyId: 'acme' });
    const path = `POST /dbs/${topology.database}/colls/parked/docs`;
    const rule = { kind: 'reset-after', operation: path, times: 1 };
    await admin('POST', 'faults', { service: 'cosmos', rules: [rule] });
    await expect(parked.items.create({ id: 'half', companyId: 'acme' })).rejects.toThrow();
    expect((await parked.item('half', 'acme').read()).statusCode).toBe(200);
    client.dispose();
  });

  it.each([
    [{ service: 'gremlin' }, /service must be one of cosmos/],
    [{ service: 'constructor' }, /service must be one of cosmos/],
    [{ service: 'cosmos', rules: [{ kind: 'gremlin' }] }, /latency/],
    [{ service: 'cosmos', rules: [{ kind: '503', probability: 2 }] }, /<=1|less|small/i],
    ['{', /JSON/],
    ['5', /service/],
  ])('refuses %j', async (body, why) => {
    const answer = await admin('POST', 'faults', body);
    expect(answer.status).toBe(400);
    expect(String(answer.body['detail'])).toMatch(why);
  });
});

describe('the rest', () => {
  it('counts what was called, by service', async () => {
    const { body } = await admin('GET', 'status');
    expect(Object.keys(body)).toEqual(
      expect.arrayContaining(['now', 'cosmos', 'service-bus', 'blob', 'email', 'identity', 'payments']),
    );
    expect((body['service-bus'] as Record<string, unknown>)['url']).toContain('127.0.0.1');
  });

  it('is refused to pages of a browser', async () => {
    const answer = await fetch(`${running.endpoints.admin}/admin/clock`, {
      method: 'POST',
      body: '{"to":"P1D"}',
      headers: { origin: 'https://elsewhere.example' },
    });
    expect(answer.status).toBe(403);
  });

  it('answers 404 to a route it does not have, and to the wrong method', async () => {
    expect((await admin('GET', 'gremlins')).status).toBe(404);
    expect((await admin('DELETE', 'clock')).status).toBe(404);
  });
});
