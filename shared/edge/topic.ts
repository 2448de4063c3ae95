/**
 * The wrapper around every topic subscription: a batch of facts, parsed and handed on together.
 * From: a subscription of a Service Bus topic. Next: a piece's workflow, which ignores what it has seen.
 * Unreadable: parked. Failed: it throws, and the bus redelivers the whole batch. On the last delivery each
 * message runs alone, and only what still fails is parked: one bad message never holds back the others.
 */
import type { InvocationContext } from '@azure/functions';
import type { ActionName } from '../contracts/access.ts';
import { reasonsOf, type Schema } from '../contracts/schema.ts';
import { topology } from '../contracts/topology.ts';
import type { Instant } from '../domain/calendar.ts';
import type { Scope } from '../domain/scope.ts';
import { noteFunction, type Edge } from './edge.ts';
import { logWarning, messageOf } from './log.ts';
import { companyOf } from './queue.ts';

export type TopicHandler<Message> = {
  name: string;
  topic: string;
  subscription: string;
  /** What the system must be allowed to do to run this. */
  action: ActionName;
  schema: Schema<Message>;
  /** May be called again for the same messages, in any order. Throws when they must come back. */
  runBatch: (messages: Message[], call: { now: Instant; scope: Scope }) => Promise<void>;
};

/** Registers the handler with the platform. @throws when the subscription or the right for it is missing. */
export const onTopic = <Message>(edge: Edge, handler: TopicHandler<Message>): void => {
  const { name, topic, subscription } = handler;
  const known = topology.topics[topic]?.subscriptions[subscription];
  if (!known) throw new Error(`function ${name}: topology.json has no ${topic}/${subscription}`);
  const scope = edge.access.systemScope(handler.action);
  noteFunction(edge.app, {
    ...{ name, kind: 'topic', source: `${topic}/${subscription}`, action: handler.action },
  });
  const options = {
    ...{ connection: 'SERVICEBUS', topicName: topic, subscriptionName: subscription },
    ...{ isSessionsEnabled: known.sessions, cardinality: 'many' as const },
  };
  edge.take(
    { kind: 'serviceBusTopic', name, options },
    topicFunction(edge, handler, scope, known.maxDeliveryCount),
  );
};

/** The function the platform calls, without its registration. */
export const topicFunction =
  <Message>(edge: Edge, handler: TopicHandler<Message>, scope: Scope, mostDeliveries: number) =>
  async (bodies: unknown, context: InvocationContext): Promise<void> => {
    const readable: (Received & { message: Message })[] = [];
    for (const received of receivedOf(bodies, context)) {
      const parsed = handler.schema.safeParse(received.body);
      if (parsed.success) readable.push({ ...received, message: parsed.data });
      else await park(edge, handler, scope, received, 'message-not-readable', reasonsOf(parsed.error));
    }
    if (readable.length === 0) return;
    const run = (some: Message[]) => handler.runBatch(some, { now: edge.now(), scope });
    if (readable.every(({ deliveries }) => deliveries < mostDeliveries))
      return run(readable.map(({ message }) => message));
    for (const received of readable) {
      try {
        await run([received.message]);
      } catch (fault) {
        await park(edge, handler, scope, received, 'kept-failing', messageOf(fault));
        logWarning(context, 'parked', { id: received.id, code: 'kept-failing' });
      }
    }
  };

type Received = { body: unknown; id: string; deliveries: number };

/** The platform hands metadata of a batch over as one list per field. */
const receivedOf = (bodies: unknown, { triggerMetadata, invocationId }: InvocationContext): Received[] => {
  const ids = listOf(triggerMetadata?.['messageIdArray']);
  const counts = listOf(triggerMetadata?.['deliveryCountArray']);
  return listOf(bodies).map((body, index) => ({
    body,
    id: typeof ids[index] === 'string' ? ids[index] : `${invocationId} ${index}`,
    deliveries: typeof counts[index] === 'number' ? counts[index] : 1,
  }));
};

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

const park = (
  edge: Edge,
  { topic, subscription }: { topic: string; subscription: string },
  scope: Scope,
  { body, id, deliveries }: Received,
  code: 'message-not-readable' | 'kept-failing',
  detail: string,
): Promise<void> =>
  edge.parked.park(scope, {
    companyId: companyOf(body),
    source: `${topic}/${subscription}`,
    workId: id,
    code,
    detail,
    body: JSON.stringify(body ?? null),
    attempts: deliveries,
    parkedAt: edge.now().toString(),
  });
