/**
 * The first piece end to end on the local Azure: a timer, a queue, a change feed and HTTP routes, hosted as in
 * the cloud, reached through the official SDKs and over HTTP alone.
 */
import { ServiceBusClient } from '@azure/service-bus';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { healthAnswer, parkedWorkAnswer } from '../../shared/contracts/operations.ts';
import { problemDocument } from '../../shared/contracts/problems.ts';
import { readEnvironment } from '../../local/environment.ts';
import { ownerConnectionString } from '../support/owner.ts';
import { runLocal, type Running } from '../../local/run.ts';

let running: Running;
let bus: ServiceBusClient;

beforeAll(async () => {
  const environment = readEnvironment(['--memory'], { DUNWELL_LOCAL_PORTS: 'any' });
  running = await runLocal(environment, () => undefined);
  bus = new ServiceBusClient(ownerConnectionString(running.endpoints.serviceBus));
});
afterAll(async () => {
  await bus.close();
  await running.close();
});

const staff = (path: string, init?: RequestInit) => fetch(`${running.urls['staff']}${path}`, init);
const health = async () => healthAnswer.parse(await (await staff('/api/health')).json());

const tokenOf = async (persona: string): Promise<string> => {
  const origin = new URL(running.endpoints.identity.issuer).origin;
  return (await fetch(`${origin}/local/token?persona=${persona}`)).text();
};
const as = async (persona: string) => ({ headers: { authorization: `Bearer ${await tokenOf(persona)}` } });

describe('the beat', () => {
  it('is lost before the first tick, and goes on from the timer', async () => {
    expect((await health()).status).toBe('beat-lost');
    await running.clock.moveTo(running.clock.now() + 6 * 60_000);
    const after = await health();
    expect(after).toMatchObject({ status: 'ok', heartbeat: { missedSlots: 0 } });
    expect(Date.parse(after.heartbeat!.slot) % 300_000).toBe(0);
  });

  it('survives an hour of business time: every slot worked, none twice', async () => {
    const before = (await health()).heartbeat!.slot;
    await running.clock.moveTo(running.clock.now() + 60 * 60_000);
    const after = await health();
    expect(Date.parse(after.heartbeat!.slot) - Date.parse(before)).toBe(60 * 60_000);
    expect(after.heartbeat!.missedSlots).toBe(0);
  });

  it('is on time: no slot waits for the next instant the clock stops at', async () => {
    const slotMs = Math.ceil((running.clock.now() + 1) / 300_000) * 300_000;
    await running.clock.moveTo(slotMs + 1_000);
    expect(Date.parse((await health()).heartbeat!.slot)).toBe(slotMs);
  });

  it('lays a mark with each slot that the relay finds: health has nothing to say of it', async () => {
    await running.clock.moveTo(running.clock.now() + 30 * 60_000);
    expect((await health()).attention).not.toContain('relay-behind');
    const status = await (await staff('/api/operations/status', await as('ADM'))).json();
    expect(status).toMatchObject({ relay: { lagMinutes: 0 } });
  });

  it('is not disturbed by a tick sent twice and one three days late', async () => {
    const sender = bus.createSender('ticks');
    const late = new Date(Date.parse((await health()).heartbeat!.slot) - 3 * 86_400_000);
    const slot = late.toISOString().replace('.000', '');
    for (const messageId of ['late-1', 'late-2'])
      await sender.sendMessages({
        messageId,
        body: { v: 1, job: 'heartbeat', slot },
        contentType: 'application/json',
      });
    await running.clock.moveTo(running.clock.now() + 5 * 60_000);
    expect(await health()).toMatchObject({ status: 'ok', heartbeat: { missedSlots: 0 } });
  });
});

describe('work that cannot be done', () => {
  it('is parked with its reason, counted by the change feed, and shown to who may see it', async () => {
    const sender = bus.createSender('ticks');
    await sender.sendMessages({ messageId: 'bad-1', body: { v: 9 }, contentType: 'application/json' });
    await sender.sendMessages({
      messageId: 'bad-2',
      body: { v: 1, job: 'nap', slot: '2026-11-22T10:00:00Z' },
    });
    await sender.sendMessages({ messageId: 'bad-3', body: Buffer.from('not json at all') });
    await running.clock.moveTo(running.clock.now() + 1_000);
    const answer = await staff('/api/parked-work', await as('ADM'));
    const { counts, work } = parkedWorkAnswer.parse(await answer.json());
    expect(counts).toMatchObject([{ code: 'message-not-readable', count: 3 }]);
    expect(work).toHaveLength(3);
    expect(new Set(work.map(({ source }) => source))).toEqual(new Set(['ticks']));
  });

  it('is shown page by page', async () => {
    const first = await staff('/api/parked-work?limit=2', await as('ADM'));
    const page = parkedWorkAnswer.parse(await first.json());
    expect(page.work).toHaveLength(2);
    const next = await staff(
      `/api/parked-work?limit=2&after=${encodeURIComponent(page.after!)}`,
      await as('ADM'),
    );
    expect(parkedWorkAnswer.parse(await next.json()).work).toHaveLength(1);
  });

  it.each(['EXE', 'CRM', 'COL', 'CSR', 'DSO', 'SAL', 'ARC', 'BKK', 'INQ'])(
    'is not shown to %s',
    async (persona) => {
      const answer = await staff('/api/parked-work', await as(persona));
      expect(answer.status).toBe(403);
      expect(problemDocument.parse(await answer.json()).code).toBe('action-not-allowed');
    },
  );

  it('is not shown to nobody in particular, nor on the customers’ host', async () => {
    expect((await staff('/api/parked-work')).status).toBe(401);
    expect((await fetch(`${running.urls['portal']}/api/parked-work`, await as('ADM'))).status).toBe(401);
  });
});

describe('the routes', () => {
  it('answer HEAD as they answer GET, without a body', async () => {
    const answer = await staff('/api/health', { method: 'HEAD' });
    expect([answer.status, await answer.text()]).toEqual([200, '']);
  });

  it('say which methods an address takes, and that there is nothing where there is nothing', async () => {
    const wrong = await staff('/api/parked-work', { method: 'DELETE' });
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    expect(problemDocument.parse(await wrong.json()).code).toBe('method-not-allowed');
    const nowhere = await staff('/api/never/was', { method: 'PUT' });
    expect([nowhere.status, nowhere.headers.get('allow')]).toEqual([404, null]);
    expect(problemDocument.parse(await nowhere.json()).code).toBe('not-found');
  });

  it('tell who asks again with the tag that nothing has changed', async () => {
    const signedIn = await as('ADM');
    const first = await staff('/api/people', signedIn);
    const tag = first.headers.get('etag')!;
    await first.text();
    const again = await staff('/api/people', { headers: { ...signedIn.headers, 'if-none-match': tag } });
    expect([again.status, again.headers.get('etag'), await again.text()]).toEqual([304, tag, '']);
  });

  it('refuse what they do not know by name', async () => {
    const answer = await staff('/api/health?colour=red');
    expect(answer.status).toBe(400);
    expect(problemDocument.parse(await answer.json()).detail).toContain('colour');
  });

  it('refuse a token whose time is over by the business clock', async () => {
    const signedIn = await as('ADM');
    expect((await staff('/api/parked-work', signedIn)).status).toBe(200);
    await running.clock.moveTo(running.clock.now() + 2 * 3_600_000);
    expect((await staff('/api/parked-work', signedIn)).status).toBe(401);
  });
});
