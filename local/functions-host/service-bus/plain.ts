/**
 * Queues and subscriptions without sessions: one message at a time per call, or batches.
 * From: `listen.ts`. Next: the handler; `settle.ts` afterwards.
 */
import type { ServiceBusClient, ServiceBusReceiver } from '@azure/service-bus';
import type { Activity } from '../core/activity.ts';
import type { Listener } from '../listener.ts';
import type { PlannedFunction } from '../plan.ts';
import type { HostSettings } from '../settings/host-json.ts';
import type { ServiceBusTrigger } from '../settings/triggers.ts';
import { keepLocked } from './lock-renewal.ts';
import { inputOfMany, inputOfOne } from './message.ts';
import { pauseUnlessClosing, warnOfReceiveError } from './receive-error.ts';
import { settle } from './settle.ts';

export type ServiceBusFunction = PlannedFunction<ServiceBusTrigger>;
export type BusSettings = HostSettings['serviceBus'];

const createReceiver = (client: ServiceBusClient, trigger: ServiceBusTrigger): ServiceBusReceiver => {
  const options = { skipParsingBodyAsJson: true, maxAutoLockRenewalDurationInMs: 0 };
  return trigger.queueName !== undefined
    ? client.createReceiver(trigger.queueName, options)
    : client.createReceiver(trigger.topicName ?? '', trigger.subscriptionName ?? '', options);
};

/** Up to `maxConcurrentCalls` handlers at a time. */
export const listenToSingles = (
  client: ServiceBusClient,
  { trigger, execution, name }: ServiceBusFunction,
  settings: BusSettings,
  activity: Activity,
): Listener => {
  const receiver = createReceiver(client, trigger);
  let isStopping = false;
  const subscription = receiver.subscribe(
    {
      processMessage: (message) =>
        activity.during(async () => {
          const renewForMs = settings.maxAutoLockRenewalMs;
          const stopRenewing = keepLocked(receiver, message, renewForMs, (text) => execution.warn(text));
          const outcome = await execution.attempt(inputOfOne(message, name, trigger.dataType));
          stopRenewing();
          await settle(receiver, [message], outcome, execution);
        }),
      processError: async ({ error }) => {
        if (!isStopping) warnOfReceiveError(execution, error);
      },
    },
    { autoCompleteMessages: false, maxConcurrentCalls: settings.maxConcurrentCalls },
  );
  return {
    stop: () => {
      isStopping = true;
      return subscription.close();
    },
    close: () => receiver.close(),
  };
};

/** What else comes so soon after a message is in its batch: of itself the SDK would wait for a second. */
const gatherMs = 200;

/** One batch after the other; the whole batch is completed or abandoned. Their locks are not renewed, as on the platform. */
export const listenToBatches = (
  client: ServiceBusClient,
  { trigger, execution, name }: ServiceBusFunction,
  settings: BusSettings,
  activity: Activity,
): Listener => {
  const receiver = createReceiver(client, trigger);
  const closing = new AbortController();

  const receive = (most: number, waiting: { maxWaitTimeInMs?: number }) => {
    const abortSignal = AbortSignal.any([closing.signal]); // one per call: the SDK leaves its listeners behind
    return receiver.receiveMessages(most, { ...waiting, abortSignal });
  };

  const receiveOnce = async () => {
    const messages = await receive(1, {});
    if (messages.length === 0) return;
    const rest = settings.maxMessageBatchSize - 1;
    if (rest > 0) messages.push(...(await receive(rest, { maxWaitTimeInMs: gatherMs })));
    await activity.during(async () => {
      const outcome = await execution.attempt(inputOfMany(messages, name));
      await settle(receiver, messages, outcome, execution);
    });
  };

  const loop = async () => {
    while (!closing.signal.aborted)
      await receiveOnce().catch(async (error: unknown) => {
        if (closing.signal.aborted) return;
        warnOfReceiveError(execution, error);
        await pauseUnlessClosing(closing.signal);
      });
  };
  const looping = loop();
  return {
    stop: () => {
      closing.abort();
      return looping;
    },
    close: () => receiver.close(),
  };
};
