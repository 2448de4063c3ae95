/**
 * The topic wrapper: a batch runs together, comes back whole when it fails, and one bad message stops no other.
 */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { topicFunction, type TopicHandler } from '../../shared/edge/topic.ts';
import { everything, testContext, testEdge } from '../support/test-edge.ts';

type Event = { n: number };

const callWith = async (
  runBatch: TopicHandler<Event>['runBatch'],
  bodies: unknown[],
  deliveryCountArray = bodies.map(() => 1),
) => {
  const edge = testEdge();
  const handler: TopicHandler<Event> = {
    ...{ name: 'test', topic: 'ar-events', subscription: 'reporting', action: 'sys.report.project' },
    schema: z.strictObject({ n: z.int() }),
    runBatch,
  };
  const messageIdArray = bodies.map((_body, index) => `m${index}`);
  const { context } = testContext({ triggerMetadata: { messageIdArray, deliveryCountArray } });
  const run = topicFunction(edge, handler, everything, 5)(bodies, context);
  const failed = await run.then(() => false).catch(() => true);
  return { failed, parked: [...edge.parked.work.values()] };
};

describe('a topic handler', () => {
  it('sees the readable messages of a batch at once, and the others are parked', async () => {
    const seen: Event[][] = [];
    const { parked, failed } = await callWith(
      async (batch) => void seen.push(batch),
      [{ n: 1 }, 'x', { n: 2 }],
    );
    expect([seen, failed]).toEqual([[[{ n: 1 }, { n: 2 }]], false]);
    expect(parked).toMatchObject([
      { code: 'message-not-readable', source: 'ar-events/reporting', workId: 'm1', body: '"x"' },
    ]);
  });

  it('that fails throws, so that the bus redelivers the batch', async () => {
    const { parked, failed } = await callWith(() => Promise.reject(new Error('away')), [{ n: 1 }]);
    expect([parked, failed]).toEqual([[], true]);
  });

  it('on the last delivery parks what still fails, and that alone', async () => {
    const done: number[] = [];
    const run = async (batch: Event[]) => {
      if (batch.some(({ n }) => n === 2)) throw new Error('poison');
      done.push(...batch.map(({ n }) => n));
    };
    const { parked, failed } = await callWith(run, [{ n: 1 }, { n: 2 }, { n: 3 }], [1, 5, 1]);
    expect([done, failed]).toEqual([[1, 3], false]);
    expect(parked).toMatchObject([{ code: 'kept-failing', workId: 'm1', attempts: 5 }]);
  });
});
