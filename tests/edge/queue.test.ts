/**
 * The queue wrapper: every message is done, parked, or comes back. None is lost, none is half done.
 */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { mostAttempts } from '../../shared/domain/attempts.ts';
import { done, refuse } from '../../shared/domain/outcome.ts';
import { queueFunction, type QueueHandler } from '../../shared/edge/queue.ts';
import { everything, tenOClock, testContext, testEdge } from '../support/test-edge.ts';

type Order = { companyId?: string | undefined; amountMinor: number };

const handlerThat = (run: QueueHandler<Order>['run']): QueueHandler<Order> => ({
  name: 'test',
  queue: 'ticks',
  action: 'sys.job.tick',
  schema: z.strictObject({ companyId: z.string().optional(), amountMinor: z.int() }),
  run,
});

const metadata = (messageId: string, attempt?: number, sessionId?: string) => ({
  triggerMetadata: { messageId, sessionId, applicationProperties: attempt === undefined ? {} : { attempt } },
});

const callWith = async (run: QueueHandler<Order>['run'], body: unknown, envelope: object) => {
  const edge = testEdge();
  const { context, lines } = testContext(envelope);
  await queueFunction(edge, handlerThat(run), everything)(body, context);
  return { edge, lines, parked: [...edge.parked.work.values()], sent: edge.sender.sent.get('ticks') ?? [] };
};

const away = () => Promise.reject(new Error('the store is away'));

describe('a queue handler', () => {
  it('sees the parsed message, the business instant and the scope of the system', async () => {
    const seen: unknown[] = [];
    const run: QueueHandler<Order>['run'] = async (message, call) => done(seen.push(message, call));
    const { parked, sent } = await callWith(run, { amountMinor: 100 }, metadata('m1'));
    expect(seen).toEqual([{ amountMinor: 100 }, { now: tenOClock, scope: everything }]);
    expect([parked, sent]).toEqual([[], []]);
  });

  it('never sees a message of another shape: it is parked with what is wrong with it', async () => {
    const { parked } = await callWith(away, { amountMinor: 1.5, companyId: 'acme' }, metadata('m1'));
    expect(parked).toMatchObject([
      { code: 'message-not-readable', companyId: 'acme', source: 'ticks', workId: 'm1', attempts: 1 },
    ]);
    expect(parked[0]?.detail).toContain('amountMinor');
    expect(parked[0]?.body).toBe('{"amountMinor":1.5,"companyId":"acme"}');
  });

  it.each(['text', 5, null, undefined, []])('parks %j for the platform itself', async (body) => {
    const { parked } = await callWith(away, body, metadata('m1'));
    expect(parked).toMatchObject([{ code: 'message-not-readable', companyId: 'platform' }]);
  });

  it('that refuses has its work parked under the code of the refusal, not tried again', async () => {
    const run = async () => refuse('not-found', 'no such account');
    const { parked, sent } = await callWith(run, { amountMinor: 1 }, metadata('m1'));
    expect(parked).toMatchObject([{ code: 'not-found', detail: 'no such account' }]);
    expect(sent).toEqual([]);
  });

  it('that fails gets the message back after a rest, as the next attempt of the same work', async () => {
    const { parked, sent } = await callWith(away, { amountMinor: 1 }, metadata('m1', undefined, 'acme'));
    expect(parked).toEqual([]);
    expect(sent).toMatchObject([{ id: 'm1#2', attempt: 2, sessionId: 'acme', body: { amountMinor: 1 } }]);
    const restMs = sent[0]!.dueAt!.epochMilliseconds - tenOClock.epochMilliseconds;
    expect(restMs).toBeGreaterThanOrEqual(10_000);
    expect(restMs).toBeLessThanOrEqual(13_000);
  });

  it('that fails on a copy keeps the name of the work', async () => {
    const { sent } = await callWith(away, { amountMinor: 1 }, metadata('m1#3', 3));
    expect(sent).toMatchObject([{ id: 'm1#4', attempt: 4 }]);
  });

  it('that fails on the last attempt has its work parked with the fault', async () => {
    const last = metadata(`m1#${mostAttempts}`, mostAttempts);
    const { parked, sent } = await callWith(away, { amountMinor: 1 }, last);
    expect(parked).toMatchObject([{ code: 'kept-failing', workId: 'm1', attempts: mostAttempts }]);
    expect(parked[0]?.detail).toContain('the store is away');
    expect(sent).toEqual([]);
  });

  it('whose message is delivered twice brings back or parks it once', async () => {
    const edge = testEdge();
    const run = queueFunction(edge, handlerThat(away), everything);
    await run({ amountMinor: 1 }, testContext(metadata('m1')).context);
    await run({ amountMinor: 1 }, testContext(metadata('m1')).context);
    await run('unreadable', testContext(metadata('m2')).context);
    await run('unreadable', testContext(metadata('m2')).context);
    expect(edge.sender.sent.get('ticks')).toHaveLength(1);
    expect(edge.parked.work.size).toBe(1);
  });

  it('throws when the message can neither come back nor be parked, so that the bus redelivers', async () => {
    const edge = { ...testEdge(), sender: { send: away } };
    const call = queueFunction(edge, handlerThat(away), everything);
    await expect(call({ amountMinor: 1 }, testContext(metadata('m1')).context)).rejects.toThrow('away');
  });
});
