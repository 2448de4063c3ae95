/**
 * Service Bus queue triggers on the local host, against the local broker, messages sent by the official SDK.
 */
import { app, type InvocationContext } from '@azure/functions';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createFaultSwitch } from '../../../local/kit/faults.ts';
import { client, connection, hostOn, peek, send } from './bus-support.ts';
import { until } from './support.ts';

describe('a queue trigger', () => {
  it('gets the parsed body and what the platform tells about the message, and completes it', async () => {
    const seen: [unknown, InvocationContext][] = [];
    await hostOn(() =>
      app.serviceBusQueue('one', {
        connection,
        queueName: '%QUEUE%',
        handler: (message, context) => void seen.push([message, context]),
      }),
    );
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    await send('one', {
      body: { invoice: 'R-1', amount: 1_190 },
      messageId: 'post:R-1',
      correlationId: 'import-7',
      subject: 'post',
      contentType: 'application/json',
      applicationProperties: { Version: 1, 'Diagnostic-Id': traceparent },
    });
    await until(() => seen.length === 1);
    const [body, context] = seen[0]!;
    expect(body).toEqual({ invoice: 'R-1', amount: 1_190 });
    expect(context.triggerMetadata).toMatchObject({
      messageId: 'post:R-1',
      correlationId: 'import-7',
      subject: 'post',
      contentType: 'application/json',
      deliveryCount: 1,
      applicationProperties: { version: 1 },
    });
    expect(Date.parse(String(context.triggerMetadata?.['enqueuedTimeUtc']))).toBeGreaterThan(0);
    expect(context.traceContext?.traceParent).toMatch(
      /^00-0af7651916cd43dd8448eb211c80319c-[0-9a-f]{16}-01$/,
    );
    await until(async () => (await peek('one')).length === 0);
  });

  it('a handler that throws gets the message again at once, until it is a dead letter', async () => {
    const counts: unknown[] = [];
    const host = await hostOn(() =>
      app.serviceBusQueue('poison', {
        connection,
        queueName: 'poison',
        handler: (_message, { triggerMetadata }) => {
          counts.push(triggerMetadata?.['deliveryCount']);
          throw new Error('no luck');
        },
      }),
    );
    await send('poison', { body: { n: 1 } });
    await until(async () => (await peek('poison', 'deadLetter')).length === 1);
    expect(counts).toEqual([1, 2, 3]);
    expect(host.counts()).toMatchObject({ 'work/poison executions': 3, 'work/poison failures': 3 });
    const receiver = client.createReceiver('poison', { subQueueType: 'deadLetter' });
    onTestFinished(() => receiver.close());
    const [dead] = await receiver.receiveMessages(1);
    expect(dead?.deadLetterReason).toBe('MaxDeliveryCountExceeded');
  });

  it('never runs more handlers at a time than host.json allows', async () => {
    let running = 0;
    let most = 0;
    let done = 0;
    const gate = Promise.withResolvers<void>();
    await hostOn(() =>
      app.serviceBusQueue('limited', {
        connection,
        queueName: 'limited',
        handler: async () => {
          most = Math.max(most, ++running);
          await gate.promise;
          running -= 1;
          done += 1;
        },
      }),
    );
    await send(
      'limited',
      Array.from({ length: 10 }, (_, n) => ({ body: { n } })),
    );
    await until(() => running === 3);
    gate.resolve();
    await until(() => done === 10);
    expect(most).toBe(3);
  });

  it('bytes stay bytes when the trigger asks for them', async () => {
    let seen: unknown;
    await hostOn(() =>
      app.serviceBusQueue('binary', {
        connection,
        queueName: 'binary',
        handler: (message) => {
          seen = message;
        },
        ...{ dataType: 'binary' },
      }),
    );
    await send('binary', { body: Buffer.from([0, 255, 7]) });
    await until(() => seen !== undefined);
    expect(Buffer.from(seen as Buffer)).toEqual(Buffer.from([0, 255, 7]));
  });

  it('a lock is renewed while its handler runs longer than the lock lasts', async () => {
    let runs = 0;
    await hostOn(() =>
      app.serviceBusQueue('brief', {
        connection,
        queueName: 'brief',
        handler: async () => {
          runs += 1;
          await new Promise((resolve) => setTimeout(resolve, 2_500));
        },
      }),
    );
    await send('brief', { body: {} });
    await until(async () => runs > 0 && (await peek('brief')).length === 0);
    expect(runs).toBe(1);
    expect(await peek('brief', 'deadLetter')).toEqual([]);
  });

  it('two hosts share the messages of a queue, each goes to one', async () => {
    const seen: string[] = [];
    const register = (host: string) => () =>
      app.serviceBusQueue('shared', {
        connection,
        queueName: 'shared',
        handler: (message) => void seen.push(`${host}:${(message as { n: number }).n}`),
      });
    await hostOn(register('a'));
    await hostOn(register('b'));
    await send(
      'shared',
      Array.from({ length: 20 }, (_, n) => ({ body: { n } })),
    );
    await until(() => seen.length === 20);
    expect(new Set(seen.map((one) => one.split(':')[1])).size).toBe(20);
  });

  it('a message whose outcome is lost comes again when its lock has run out', async () => {
    const deliveries: unknown[] = [];
    const atMs: number[] = [];
    const faults = createFaultSwitch({
      rules: [{ kind: 'lost-answer', operation: 'invoke work/lost', times: 1 }],
    });
    await hostOn(
      () =>
        app.serviceBusQueue('lost', {
          connection,
          queueName: 'brief',
          handler: (_message, { triggerMetadata }) => {
            deliveries.push(triggerMetadata?.['deliveryCount']);
            atMs.push(performance.now());
          },
        }),
      faults,
    );
    await send('brief', { body: {} });
    await until(() => deliveries.length === 2);
    expect(deliveries).toEqual([1, 2]);
    expect((atMs[1] ?? 0) - (atMs[0] ?? 0)).toBeGreaterThan(800); // the lock lasts a second
  });

  it('the fault switch runs a handler twice for one message', async () => {
    let runs = 0;
    const faults = createFaultSwitch({
      rules: [{ kind: 'duplicate', operation: 'invoke work/twice', times: 1 }],
    });
    await hostOn(
      () => app.serviceBusQueue('twice', { connection, queueName: 'twice', handler: () => void runs++ }),
      faults,
    );
    await send('twice', { body: {} });
    await until(async () => runs === 2 && (await peek('twice')).length === 0);
  });

  it('closing lets the running handler finish and leaves the rest in the queue', async () => {
    const gate = Promise.withResolvers<void>();
    let started = 0;
    let finished = 0;
    const host = await hostOn(() =>
      app.serviceBusQueue('left', {
        connection,
        queueName: 'left',
        handler: async () => {
          started += 1;
          await gate.promise;
          finished += 1;
        },
      }),
    );
    await send(
      'left',
      Array.from({ length: 5 }, (_, n) => ({ body: { n } })),
    );
    await until(() => started === 3);
    const closed = host.close();
    gate.resolve();
    await closed;
    expect([started, finished]).toEqual([3, 3]);
    expect(await peek('left')).toHaveLength(2);
  });
});
