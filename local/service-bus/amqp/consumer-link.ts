/**
 * A link that receives from us: gives out messages as credit allows, takes what is said about them.
 * From: `amqp/server.ts`. Next: `core/lanes.ts`, `core/settle.ts`.
 */
import { randomBytes } from 'node:crypto';
import type { Delivery, EventContext, Sender } from 'rhea';
import { notAllowed, sessionLockLost } from '../core/errors.ts';
import { dispatch } from '../core/lanes.ts';
import { releaseSession } from '../core/sessions.ts';
import { settle } from '../core/settle.ts';
import type { Consumer, Lane, Lock, Message, Queue } from '../core/state.ts';
import { deliverThroughFaults } from './delivery-faults.ts';
import { throughFaults, type Line } from './fault-gate.ts';
import { tagOf, tokenOf } from './lock-tokens.ts';
import { settlementOf } from './outcomes.ts';
import { demand, entityAt, toAmqpError, type Peer } from './peer.ts';
import { accepted, rejected } from './producer-link.ts';
import {
  answerDrain,
  creditLimit,
  endDrain,
  isDraining,
  rawFormat,
  roomIn,
  settleBeforeSending,
  settleForGood,
  transferred,
} from './rhea-internals.ts';
import { attachSession, hasSessionFilter } from './session-attach.ts';
import { writeMessage } from './write-message.ts';

export type ConsumerLink = Consumer & {
  peer: Peer;
  link: Sender;
  queue: Queue;
  lane: Lane | undefined;
  /** Deliveries begun since the link began. */
  issued: number;
  /** Of those, deliveries not yet handed to the wire: their removal is being written down. */
  unwritten: number;
  /** Settlements, in order. */
  line: Line;
  /** Deliveries, in order. */
  outLine: Line;
};

/** @throws BusError when the entity cannot be received from like this, or the app may not. */
export const openConsumer = (peer: Peer, link: Sender, address: string): void => {
  const queue = entityAt(peer, address);
  if (queue.kind === 'topic')
    throw notAllowed(`'${address}' is a topic: messages are received from its subscriptions.`);
  demand(peer, 'listens', queue, address);
  const consumer = createConsumer(peer, link, queue);
  wire(consumer);
  if (hasSessionFilter(link)) return attachSession(consumer);
  if (queue.settings.sessions)
    throw notAllowed(
      'It is not possible for an entity that requires sessions to create a non-sessionful message receiver.',
    );
  link.set_source(link.source);
  link.set_target(link.target);
  consumer.lane = queue.lane;
  queue.lane.consumers.add(consumer);
};

const createConsumer = (peer: Peer, link: Sender, queue: Queue): ConsumerLink => {
  const consumer: ConsumerLink = {
    peer,
    link,
    queue,
    lane: undefined,
    issued: 0,
    unwritten: 0,
    line: { tail: undefined },
    outLine: { tail: undefined },
    deletes: link.snd_settle_mode === 1,
    canTake: () => creditLimit(link) > consumer.issued && roomIn(link) > consumer.unwritten,
    deliver: (message, lock, kept) => {
      consumer.issued += 1;
      if (kept) return deliverWhenKept(consumer, message, kept);
      deliverThroughFaults(consumer, message, lock, transfer);
    },
    lostSession: () => {
      const id = consumer.lane?.session?.id ?? '';
      consumer.lane = undefined;
      link.close(toAmqpError(sessionLockLost(id)));
    },
  };
  return consumer;
};

/** Credit and room are taken already, so that nobody hands out more than was asked for meanwhile. */
const deliverWhenKept = (consumer: ConsumerLink, message: Message, kept: Promise<void>): void => {
  const { peer, link } = consumer;
  consumer.unwritten += 1;
  const send = () => {
    consumer.unwritten -= 1;
    if (link.is_open()) deliverThroughFaults(consumer, message, undefined, transfer);
  };
  kept.then(send).catch((error: unknown) => peer.server.log(`service bus: ${String(error)}`));
};

const transfer = (consumer: ConsumerLink, message: Message, lock: Lock | undefined): void => {
  const bytes = writeMessage(message, lock?.untilMs);
  const delivery = consumer.link.send(bytes, lock ? tagOf(lock.token) : randomBytes(16), rawFormat);
  (delivery as { format: number }).format = 0;
  if (!lock) settleBeforeSending(delivery);
};

const wire = (consumer: ConsumerLink): void => {
  const { link, peer } = consumer;
  const release = () => {
    peer.releases.delete(release);
    leave(consumer);
  };
  peer.releases.set(release, link.session);
  link.on('sender_flow', () => onFlow(consumer));
  link.on('sender_close', release);
  for (const outcome of ['accepted', 'rejected', 'released', 'modified'])
    link.on(outcome, ({ delivery }: EventContext) => delivery && onOutcome(consumer, outcome, delivery));
  // the ring of deliveries was full and has room again
  link.on('sendable', () => consumer.lane && dispatch(consumer.lane));
};

const onFlow = (consumer: ConsumerLink): void => {
  const { link } = consumer;
  if (consumer.lane) dispatch(consumer.lane);
  if (!isDraining(link)) return;
  endDrain(link);
  setImmediate(drain, consumer);
};

/** What was issued goes first; while the receiver's window is shut it waits. */
const drain = (consumer: ConsumerLink): void => {
  const { link } = consumer;
  if (!link.is_open()) return;
  if (transferred(link) < consumer.issued) return void setTimeout(drain, 2, consumer).unref();
  consumer.issued = creditLimit(link);
  answerDrain(link);
};

const onOutcome = (consumer: ConsumerLink, outcome: string, delivery: Delivery): void => {
  if (delivery.settled) return;
  throughFaults(consumer.peer, consumer.line, {
    operation: `settle ${consumer.queue.name}`,
    effect: () => settle(consumer.queue, tokenOf(delivery.tag as Buffer), settlementOf(outcome, delivery)),
    answer: () => settleForGood(delivery, accepted()),
    refuse: (error) => refuse(delivery, error),
    mayReorder: !consumer.queue.settings.sessions,
  });
};

const refuse = (delivery: Delivery, error: unknown): void =>
  settleForGood(delivery, rejected(toAmqpError(error)));

/** The link is gone: its session is free at once, single locks run out in their time. */
const leave = (consumer: ConsumerLink): void => {
  const { lane } = consumer;
  consumer.lane = undefined;
  if (!lane) return;
  lane.consumers.delete(consumer);
  if (lane.session?.owner?.consumer === consumer) releaseSession(lane.session, false);
};
