/**
 * Queues and subscriptions with sessions: one message at a time per session, in order.
 * From: `listen.ts`. Next: the handler; `settle.ts` afterwards.
 * One acceptor waits for the next free session and hands it to a worker, up to `maxConcurrentSessions`
 * of them; a worker lets its session go when nothing came for `sessionIdleTimeout`.
 */
import type { ServiceBusClient, ServiceBusSessionReceiver } from '@azure/service-bus';
import type { Activity } from '../core/activity.ts';
import type { Listener } from '../listener.ts';
import { inputOfOne } from './message.ts';
import type { BusSettings, ServiceBusFunction } from './plain.ts';
import { pauseUnlessClosing, warnOfReceiveError } from './receive-error.ts';
import { settle } from './settle.ts';

/** What the receiver says when no session is free: not an error, the acceptor asks again. */
const noSession = new Set(['ServiceTimeout', 'SessionCannotBeLocked']);

export const listenToSessions = (
  client: ServiceBusClient,
  one: ServiceBusFunction,
  settings: BusSettings,
  activity: Activity,
): Listener => {
  const closing = new AbortController();
  const working = new Map<ServiceBusSessionReceiver, Promise<void>>();
  let freed = Promise.withResolvers<void>();

  const work = async (receiver: ServiceBusSessionReceiver) => {
    try {
      await workOff(receiver, one, settings.sessionIdleMs, activity, closing.signal);
    } catch (error) {
      if (!closing.signal.aborted) warnOfReceiveError(one.execution, error);
    }
    await receiver.close().catch((error: unknown) => warnOfReceiveError(one.execution, error));
    working.delete(receiver);
    freed.resolve();
  };

  const acceptOnce = async () => {
    const receiver = await acceptNext(client, one, settings, AbortSignal.any([closing.signal]));
    if (closing.signal.aborted) return receiver.close();
    working.set(receiver, work(receiver));
    if (working.size < settings.maxConcurrentSessions) return;
    freed = Promise.withResolvers<void>();
    await freed.promise;
  };

  const accept = async () => {
    while (!closing.signal.aborted)
      await acceptOnce().catch(async (error: unknown) => {
        if (closing.signal.aborted || noSession.has((error as { code?: string }).code ?? '')) return;
        warnOfReceiveError(one.execution, error);
        await pauseUnlessClosing(closing.signal);
      });
  };

  const accepting = accept();
  return {
    stop: async () => {
      closing.abort();
      freed.resolve();
      await Promise.all(working.values());
    },
    close: () => accepting,
  };
};

const acceptNext = (
  client: ServiceBusClient,
  { trigger }: ServiceBusFunction,
  { maxAutoLockRenewalMs }: BusSettings,
  abortSignal: AbortSignal,
): Promise<ServiceBusSessionReceiver> => {
  const options = {
    skipParsingBodyAsJson: true,
    maxAutoLockRenewalDurationInMs: maxAutoLockRenewalMs,
    abortSignal,
  };
  return trigger.queueName !== undefined
    ? client.acceptNextSession(trigger.queueName, options)
    : client.acceptNextSession(trigger.topicName ?? '', trigger.subscriptionName ?? '', options);
};

/** Handles the session's messages one after the other until none came for `idleMs`. */
const workOff = async (
  receiver: ServiceBusSessionReceiver,
  { execution, trigger, name }: ServiceBusFunction,
  idleMs: number,
  activity: Activity,
  closing: AbortSignal,
): Promise<void> => {
  while (!closing.aborted) {
    const abortSignal = AbortSignal.any([closing]);
    const [message] = await receiver.receiveMessages(1, { maxWaitTimeInMs: idleMs, abortSignal });
    if (!message) return;
    const outcome = await activity.during(async () => {
      const reached = await execution.attempt(inputOfOne(message, name, trigger.dataType));
      await settle(receiver, [message], reached, execution);
      return reached;
    });
    if (outcome.kind === 'lost') return; // as if this instance had died with the session
  }
};
