/**
 * Service Bus triggers of the other kinds: batches, topics, sessions.
 */
import { app } from '@azure/functions';
import { describe, expect, it } from 'vitest';
import { connection, hostOn, peek, send } from './bus-support.ts';
import { until } from './support.ts';

describe('a batch trigger', () => {
  it('gets lists, and the whole batch is completed', async () => {
    const batches: { bodies: unknown; ids: unknown }[] = [];
    await send(
      'many',
      Array.from({ length: 4 }, (_, n) => ({ body: { n }, messageId: `m${n}` })),
    );
    await hostOn(() =>
      app.serviceBusQueue('many', {
        connection,
        queueName: 'many',
        cardinality: 'many',
        handler: (bodies, { triggerMetadata }) =>
          void batches.push({ bodies, ids: triggerMetadata?.['messageIdArray'] }),
      }),
    );
    await until(() => batches.length === 1);
    expect(batches[0]).toEqual({ bodies: [0, 1, 2, 3].map((n) => ({ n })), ids: ['m0', 'm1', 'm2', 'm3'] });
    await until(async () => (await peek('many')).length === 0);
  });
});

describe('a topic trigger', () => {
  it('gets what its subscription holds', async () => {
    const seen: unknown[] = [];
    await hostOn(() =>
      app.serviceBusTopic('audit', {
        connection,
        topicName: 'events',
        subscriptionName: 'audit',
        handler: (message) => void seen.push(message),
      }),
    );
    await send('events', { body: { kind: 'posted' } });
    await until(() => seen.length === 1);
    expect(seen).toEqual([{ kind: 'posted' }]);
  });
});

describe('a session trigger', () => {
  const ofSession = (sessionId: string, count: number) =>
    Array.from({ length: count }, (_, n) => ({ body: { sessionId, n }, sessionId }));

  it('handles each session in order and sessions side by side, as many as host.json allows', async () => {
    const seen: Record<string, number[]> = {};
    const gate = Promise.withResolvers<void>();
    let running = 0;
    let most = 0;
    await hostOn(() =>
      app.serviceBusQueue('accounts', {
        connection,
        queueName: 'accounts',
        isSessionsEnabled: true,
        handler: async (message, { triggerMetadata }) => {
          most = Math.max(most, ++running);
          await gate.promise;
          (seen[String(triggerMetadata?.['sessionId'])] ??= []).push((message as { n: number }).n);
          running -= 1;
        },
      }),
    );
    await send('accounts', [...ofSession('a', 10), ...ofSession('b', 10), ...ofSession('c', 10)]);
    await until(() => running === 2, 'two sessions side by side');
    gate.resolve();
    await until(() => Object.values(seen).flat().length === 30);
    const inOrder = Array.from({ length: 10 }, (_, n) => n);
    expect(seen).toEqual({ a: inOrder, b: inOrder, c: inOrder });
    expect(most).toBe(2);
  });

  it('a message that fails comes again before the next of its session', async () => {
    const seen: number[] = [];
    await hostOn(() =>
      app.serviceBusQueue('failing', {
        connection,
        queueName: 'failing',
        isSessionsEnabled: true,
        handler: (message) => {
          const { n } = message as { n: number };
          seen.push(n);
          if (n === 0 && seen.length < 3) throw new Error('not yet');
        },
      }),
    );
    await send('failing', ofSession('x', 3));
    await until(() => seen.length === 5);
    expect(seen).toEqual([0, 0, 0, 1, 2]);
  });
});
