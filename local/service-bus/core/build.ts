/**
 * Makes queues, topics and subscriptions of the topology; nothing else can make any.
 * From: `shared/contracts/topology.ts`. Next: `core/restore.ts` fills them, `amqp/` serves them.
 */
import type { QueueTopology, Topology, TopicTopology } from '../../../shared/contracts/topology.ts';
import type { Clock } from '../../clock.ts';
import { createDueList } from './due-list.ts';
import { durationMs } from './duration.ts';
import { parseFilter } from './filter.ts';
import { enqueueScheduled } from './intake.ts';
import { addMessage, createLane, expire } from './lanes.ts';
import { memoryStore, type Store } from './store.ts';
import { fanOut } from './topic.ts';
import type { Bus, Intake, Message, MessageCodec, Queue, QueueSettings, Topic } from './state.ts';

export const deadLetterSuffix = '/$DeadLetterQueue';

/** Everything the topology lists, empty. @throws Error naming a subscription whose filter cannot be read. */
export const buildBus = (topology: Topology, clock: Clock, codec: MessageCodec): Bus => {
  const counts: Record<string, number> = {};
  const bus: Bus = {
    clock,
    codec,
    store: memoryStore(),
    entities: new Map(),
    counts,
    count: (what, entity) => {
      const name = `${what} ${entity}`;
      counts[name] = (counts[name] ?? 0) + 1;
    },
  };
  for (const [name, listed] of Object.entries(topology.queues))
    buildQueue(bus, name, settingsOf(listed), listed.duplicateDetection);
  for (const [name, listed] of Object.entries(topology.topics)) buildTopic(bus, name, listed);
  return bus;
};

export const useStore = (bus: Bus, store: Store): void => {
  bus.store = store;
};

const settingsOf = (listed: Omit<QueueTopology, 'duplicateDetection'>): QueueSettings => ({
  sessions: listed.sessions,
  lockMs: durationMs(listed.lockDuration),
  maxDeliveryCount: listed.maxDeliveryCount,
  timeToLiveMs: listed.timeToLive === undefined ? undefined : durationMs(listed.timeToLive),
});

const nameOf = (path: string): string => path.replace('/Subscriptions/', '/');

const register = (bus: Bus, entity: Queue | Topic): void => {
  bus.entities.set(entity.path.toLowerCase(), entity);
};

const buildQueue = (bus: Bus, path: string, settings: QueueSettings, duplicateDetection?: string): Queue => {
  const queue = bareQueue(bus, path, settings);
  queue.intake.duplicateWindowMs =
    duplicateDetection === undefined ? undefined : durationMs(duplicateDetection);
  const endless = { ...settings, sessions: false, timeToLiveMs: undefined };
  queue.deadLetters = bareQueue(bus, path + deadLetterSuffix, endless);
  return queue;
};

const bareQueue = (bus: Bus, path: string, settings: QueueSettings): Queue => {
  const queue = { kind: 'queue', bus, path, name: nameOf(path), settings } as Queue;
  queue.intake = buildIntake(bus, path, settings.sessions, (message) =>
    addMessage(queue, { ...message, expiresAtMs: expiryOf(message, settings) }),
  );
  queue.deadLetters = undefined;
  queue.filterText = undefined;
  queue.messages = new Map();
  queue.locks = new Map();
  queue.lane = createLane(queue);
  queue.sessions = new Map();
  queue.waiters = new Set();
  queue.expiring = createDueList(bus.clock, (message) => expire(queue, message));
  register(bus, queue);
  return queue;
};

const buildIntake = (
  bus: Bus,
  path: string,
  needsSession: boolean,
  accept: (message: Message) => void,
): Intake => {
  const intake: Intake = {
    path,
    name: nameOf(path),
    needsSession,
    accept,
    nextSequence: 1,
    duplicateWindowMs: undefined,
    seen: new Map(),
    scheduled: new Map(),
    due: createDueList(bus.clock, (message) => enqueueScheduled(bus, intake, message)),
  };
  return intake;
};

/** The shorter of the message's own and the queue's time to live, from the moment it is enqueued. */
const expiryOf = (message: Message, { timeToLiveMs }: QueueSettings): number | undefined => {
  const ttlMs = Math.min(message.ttlMs ?? Infinity, timeToLiveMs ?? Infinity);
  return ttlMs === Infinity ? undefined : message.enqueuedAtMs + ttlMs;
};

const buildTopic = (bus: Bus, path: string, listed: TopicTopology): void => {
  const intake = buildIntake(bus, path, false, (message) => fanOut(topic, message));
  const topic: Topic = { kind: 'topic', bus, path, name: path, intake, subscriptions: [] };
  if (listed.duplicateDetection !== undefined)
    intake.duplicateWindowMs = durationMs(listed.duplicateDetection);
  for (const [name, subscription] of Object.entries(listed.subscriptions)) {
    const queue = buildQueue(bus, `${path}/Subscriptions/${name}`, settingsOf(subscription));
    queue.filterText = subscription.filter;
    const filter = parseFilter(subscription.filter, `${path}/${name}`);
    topic.subscriptions.push({ queue, matches: (message) => filter(bus.codec.view(message)) });
  }
  register(bus, topic);
};
