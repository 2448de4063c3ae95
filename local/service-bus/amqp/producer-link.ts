/**
 * A link that sends to us: each transfer is let in, kept, then accepted; or refused with its reason.
 * From: `amqp/server.ts`. Next: `core/intake.ts`.
 */
import rhea, { type Delivery, type EventContext, type Receiver } from 'rhea';
import { maxMessageBytes, submit } from '../core/intake.ts';
import { notAllowed } from '../core/errors.ts';
import type { Draft, Intake } from '../core/state.ts';
import { throughFaults, type Line } from './fault-gate.ts';
import { demand, entityAt, toAmqpError, type Peer } from './peer.ts';
import { readBatch, readMessage } from './read-message.ts';
import { answerAttach, batchFormat } from './rhea-internals.ts';

/** @throws BusError when the entity is unknown or the app may not send there. */
export const openProducer = (peer: Peer, link: Receiver, address: string): void => {
  const entity = entityAt(peer, address);
  if (entity.kind === 'queue' && /\/(\$DeadLetterQueue|Subscriptions\/[^/]+)$/i.test(entity.path))
    throw notAllowed(`Messages cannot be sent to '${address}'.`);
  demand(peer, 'sends', entity, address);
  link.set_source(link.source);
  link.set_target(link.target);
  answerAttach(link, { max_message_size: maxMessageBytes });
  const line: Line = { tail: undefined };
  link.on('message', ({ message, delivery }: EventContext) => {
    if (delivery) takeIn(peer, line, entity.intake, message as unknown as Buffer, delivery);
  });
};

const takeIn = (peer: Peer, line: Line, intake: Intake, bytes: Buffer, delivery: Delivery): void => {
  let drafts: Draft[] | undefined; // read once: an id made up must be the same when a fault repeats the effect
  throughFaults(peer, line, {
    operation: `send ${intake.name}`,
    effect: () => {
      drafts ??= delivery.format === batchFormat ? readBatch(bytes) : [readMessage(bytes)];
      submit(peer.server.bus, intake, drafts);
    },
    answer: () => accept(delivery),
    refuse: (error) => refuse(delivery, error),
    mayReorder: !intake.needsSession,
  });
};

const accept = (delivery: Delivery): void => delivery.update(true, accepted());

const refuse = (delivery: Delivery, error: unknown): void =>
  delivery.update(true, rejected(toAmqpError(error)));

type Outcome = { described(): unknown };
const outcomes = rhea.message as unknown as {
  accepted(): Outcome;
  rejected(fields: { error: unknown }): Outcome;
};

export const accepted = (): unknown => outcomes.accepted().described();
export const rejected = (error: { condition: string; description: string }): unknown =>
  outcomes.rejected({ error }).described();
