/**
 * The shapes the broker keeps in memory: messages, queues, sessions, topics.
 * From: `core/build.ts` makes them from the topology. Next: the other files of `core/` change them;
 * nothing here knows AMQP: message bytes stay closed, `MessageCodec` opens them where it must be.
 */
import type { Clock } from '../../clock.ts';
import type { DueList } from './due-list.ts';
import type { ReadyList } from './ready-list.ts';
import type { Store } from './store.ts';

/** A message as a sender handed it in. */
export type Draft = {
  id: string;
  sessionId: string | undefined;
  ttlMs: number | undefined;
  /** Business instant at which it becomes available. */
  scheduledAtMs: number | undefined;
  durable: boolean;
  priority: number;
  /** The sender's own annotations: raw AMQP pairs, without those that belong to the broker. */
  annotations: Buffer;
  /** Everything from the properties section on, untouched. */
  bare: Buffer;
  sizeBytes: number;
};

export type Message = Omit<Draft, 'sizeBytes'> & {
  sequence: number;
  /** Its number in the topic, on a subscription's copy. */
  enqueueSequence: number | undefined;
  /** Business instant. */
  enqueuedAtMs: number;
  /** Business instant after which it is no longer delivered. */
  expiresAtMs: number | undefined;
  /** Deliveries that failed: abandoned, or the lock ran out. */
  deliveryCount: number;
  deferred: boolean;
};

export type Lock = {
  token: string;
  message: Message;
  lane: Lane;
  /** Real instant. */
  untilMs: number;
  /** None for a message of a session: it goes by the session's lock. */
  timer: NodeJS.Timeout | undefined;
};

/** A link that receives. */
export type Consumer = {
  /** Removes what it takes at once (receive-and-delete). */
  deletes: boolean;
  /** Has credit left. */
  canTake(): boolean;
  /** Uses up credit at once; the message goes out when its removal, if any, is `kept`. */
  deliver(message: Message, lock: Lock | undefined, kept?: Promise<void>): void;
  /** Its session's lock ran out. */
  lostSession(): void;
};

/** Messages that may be taken, and who takes them: a whole queue, or one session of it. */
export type Lane = {
  queue: Queue;
  session: Session | undefined;
  ready: ReadyList;
  consumers: Set<Consumer>;
  held: Set<Lock>;
};

export type Session = {
  id: string;
  lane: Lane;
  state: Buffer | undefined;
  /** Who holds the session, until when (real instant). */
  owner: { consumer: Consumer; untilMs: number; timer: NodeJS.Timeout } | undefined;
};

/** Somebody waiting for the next session that has messages. */
export type SessionWaiter = { grant(session: Session): void };

export type QueueSettings = {
  sessions: boolean;
  lockMs: number;
  maxDeliveryCount: number;
  timeToLiveMs: number | undefined;
};

/** The sending side of a queue or topic. */
export type Intake = {
  path: string;
  name: string;
  /** Takes messages without a session id. */
  needsSession: boolean;
  nextSequence: number;
  duplicateWindowMs: number | undefined;
  /** Message id to business instant, oldest first. */
  seen: Map<string, number>;
  scheduled: Map<number, Message>;
  due: DueList<Message>;
  /** Where an available message goes. */
  accept(message: Message): void;
};

export type Queue = {
  kind: 'queue';
  path: string;
  /** As the topology spells it: `queue`, `topic/subscription`. */
  name: string;
  settings: QueueSettings;
  intake: Intake;
  deadLetters: Queue | undefined;
  messages: Map<number, Message>;
  locks: Map<string, Lock>;
  /** All messages of a queue without sessions. */
  lane: Lane;
  sessions: Map<string, Session>;
  waiters: Set<SessionWaiter>;
  expiring: DueList<Message>;
  bus: Bus;
  /** The filter's words, for a subscription. */
  filterText: string | undefined;
};

export type Topic = {
  kind: 'topic';
  bus: Bus;
  path: string;
  name: string;
  intake: Intake;
  subscriptions: { queue: Queue; matches: (message: Message) => boolean }[];
};

/** The little that `core/` needs to know about bytes. */
export type MessageCodec = {
  /** The bare message with these application properties set. */
  withProperties(bare: Buffer, properties: Record<string, unknown>): Buffer;
  /** What filters look at: system properties by name, application properties. */
  view(message: Message): MessageView;
};

export type MessageView = { system: Record<string, unknown>; application: Record<string, unknown> };

export type Bus = {
  clock: Clock;
  store: Store;
  codec: MessageCodec;
  /** By lower-case path. */
  entities: Map<string, Queue | Topic>;
  count(what: 'sent' | 'delivered' | 'completed' | 'dead-lettered', name: string): void;
  counts: Record<string, number>;
};
