/**
 * `DeadLetterStore` on Azure Service Bus: the dead-letter subqueue beside each queue and subscription.
 * From: operations. Next: nothing; what is kept elsewhere is completed. An empty one costs a peek.
 */
import type { ServiceBusClient, ServiceBusReceivedMessage, ServiceBusReceiver } from '@azure/service-bus';
import { platformCompany } from '../domain/parked-work.ts';
import { isInScope } from '../domain/scope.ts';
import type { DeadLetter, DeadLetterStore } from '../ports/dead-letter-store.ts';

const longestWaitMs = 2_000;

export const serviceBusDeadLetters = (client: () => Promise<ServiceBusClient>): DeadLetterStore => {
  let beginning: SequenceNumber | undefined;
  /** The SDK goes on behind what was seen last, for all receivers alike, unless it is told where to begin. */
  const isEmpty = async (receiver: ServiceBusReceiver): Promise<boolean> => {
    const from = beginning === undefined ? {} : { fromSequenceNumber: beginning };
    const [first] = await receiver.peekMessages(1, from);
    const number = first?.sequenceNumber;
    if (number !== undefined) beginning = number.subtract(number);
    return first === undefined;
  };
  return {
    take: async (scope, source, limit, keep) => {
      if (!isInScope(scope, platformCompany)) return 0;
      const receiver = receiverOf(await client(), source);
      try {
        return (await isEmpty(receiver)) ? 0 : await takeSome(receiver, limit, keep);
      } finally {
        await receiver.close();
      }
    },
  };
};

type SequenceNumber = NonNullable<ServiceBusReceivedMessage['sequenceNumber']>;

const takeSome = async (
  receiver: ServiceBusReceiver,
  limit: number,
  keep: (letter: DeadLetter) => Promise<void>,
): Promise<number> => {
  const messages = await receiver.receiveMessages(limit, { maxWaitTimeInMs: longestWaitMs });
  for (const [index, message] of messages.entries())
    try {
      await keep(letterOf(message));
      await receiver.completeMessage(message);
    } catch (fault) {
      // back at once; where that fails, too, their locks run out
      await Promise.allSettled(messages.slice(index).map((one) => receiver.abandonMessage(one)));
      throw fault;
    }
  return messages.length;
};

const receiverOf = (client: ServiceBusClient, source: string): ServiceBusReceiver => {
  const options = { subQueueType: 'deadLetter', receiveMode: 'peekLock' } as const;
  const [entity = '', subscription] = source.split('/');
  return subscription === undefined
    ? client.createReceiver(entity, options)
    : client.createReceiver(entity, subscription, options);
};

const letterOf = (message: ServiceBusReceivedMessage): DeadLetter => ({
  id: String(message.messageId ?? message.sequenceNumber ?? ''),
  body: JSON.stringify(message.body ?? null),
  ...(message.sessionId === undefined ? {} : { sessionId: message.sessionId }),
  deliveries: (message.deliveryCount ?? 0) + 1,
  ...(message.enqueuedTimeUtc === undefined ? {} : { sentAt: message.enqueuedTimeUtc.toISOString() }),
  reason: [message.deadLetterReason, message.deadLetterErrorDescription].filter(Boolean).join(': '),
});
