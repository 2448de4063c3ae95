/**
 * A receiver that asks for a session: a named one at once, the next one when there is one.
 * From: `amqp/consumer-link.ts`. Next: the attach answer names the session and says until when it is held.
 */
import rhea from 'rhea';
import type { AmqpError, Sender } from 'rhea';
import { notAllowed, sessionTimeout } from '../core/errors.ts';
import { holdSession, sessionOf, waitForSession } from '../core/sessions.ts';
import type { Session, SessionWaiter } from '../core/state.ts';
import type { ConsumerLink } from './consumer-link.ts';
import { toAmqpError } from './peer.ts';
import { answerAttach, holdAttach } from './rhea-internals.ts';
import { ticksOf } from './write-message.ts';

const filterName = 'com.microsoft:session-filter';
const defaultWaitMs = 60_000;

const filterOf = (link: Sender): Record<string, unknown> =>
  (link.source as { filter?: Record<string, unknown> } | null)?.filter ?? {};

export const hasSessionFilter = (link: Sender): boolean => filterName in filterOf(link);

/** @throws BusError when the queue has no sessions or the session is held by another. */
export const attachSession = (consumer: ConsumerLink): void => {
  const { link, queue } = consumer;
  if (!queue.settings.sessions)
    throw notAllowed(
      'A sessionful message receiver cannot be created on an entity that does not require sessions.',
    );
  const asked = filterOf(link)[filterName];
  if (typeof asked === 'string') grant(consumer, sessionOf(queue, asked));
  else wait(consumer);
};

const grant = (consumer: ConsumerLink, session: Session): void => {
  const { link } = consumer;
  const untilMs = holdSession(session, consumer);
  consumer.lane = session.lane;
  link.set_source({ ...addressOf(link), filter: { [filterName]: session.id } });
  link.set_target(link.target);
  const properties = { 'com.microsoft:locked-until-utc': rhea.types.wrap_long(ticksOf(untilMs)) };
  answerAttach(link, { properties });
};

const addressOf = (link: Sender) => ({ address: link.source.address });

const wait = (consumer: ConsumerLink): void => {
  const { link, queue, peer } = consumer;
  const timer = setTimeout(() => stop(toAmqpError(sessionTimeout())), waitMs(link)).unref();
  const waiter: SessionWaiter = {
    grant: (session) => {
      finish();
      grant(consumer, session);
      link.open();
    },
  };
  const finish = () => {
    clearTimeout(timer);
    queue.waiters.delete(waiter);
    peer.releases.delete(abort);
    link.removeListener('sender_close', abort);
  };
  /** An attach must be answered even when nothing comes of it. */
  const stop = (error?: AmqpError) => {
    finish();
    link.open();
    link.close(error);
  };
  const abort = () => stop();
  holdAttach(link);
  peer.releases.set(abort, link.session);
  link.on('sender_close', abort);
  waitForSession(queue, waiter);
};

const waitMs = (link: Sender): number => {
  const asked = Number((link.properties as Record<string, unknown> | undefined)?.['com.microsoft:timeout']);
  return Number.isFinite(asked) && asked > 0 ? Math.min(asked, 2 ** 31 - 1) : defaultWaitMs;
};
