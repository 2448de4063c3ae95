/**
 * `MessageSender` on Azure Service Bus.
 * From: workflows and the edge. Next: the queues of `infra/topology.json`.
 * Scheduled times are the business clock's; locally both clocks may differ, in the cloud they do not.
 */
import type { ServiceBusClient, ServiceBusMessage, ServiceBusSender } from '@azure/service-bus';
import type { MessageSender, OutgoingMessage } from '../ports/message-sender.ts';

export const serviceBusSender = (client: () => Promise<ServiceBusClient>): MessageSender => {
  const senders = new Map<string, ServiceBusSender>();
  const senderOf = async (queue: string): Promise<ServiceBusSender> => {
    const bus = await client();
    const sender = senders.get(queue) ?? bus.createSender(queue);
    senders.set(queue, sender);
    return sender;
  };
  return {
    send: (queue, messages) =>
      withItsCause(async () => sendInBatches(await senderOf(queue), queue, messages)),
  };
};

const sendInBatches = async (
  sender: ServiceBusSender,
  queue: string,
  messages: readonly OutgoingMessage[],
): Promise<void> => {
  let batch = await sender.createMessageBatch();
  for (const message of messages.map(toWire)) {
    if (batch.tryAddMessage(message)) continue;
    await sender.sendMessages(batch);
    batch = await sender.createMessageBatch();
    if (!batch.tryAddMessage(message))
      throw new Error(`message ${String(message.messageId)} for ${queue} is too large for the bus`);
  }
  if (batch.count > 0) await sender.sendMessages(batch);
};

/** After its retries the SDK throws a collection without a message; the last error in it says what was wrong. */
const withItsCause = async (work: () => Promise<void>): Promise<void> => {
  try {
    await work();
  } catch (fault) {
    throw fault instanceof AggregateError ? fault.errors.at(-1) : fault;
  }
};

const toWire = ({ id, body, sessionId, attempt, dueAt }: OutgoingMessage): ServiceBusMessage => ({
  messageId: id,
  body,
  contentType: 'application/json',
  applicationProperties: { attempt: attempt ?? 1 },
  ...(sessionId === undefined ? {} : { sessionId }),
  ...(dueAt === undefined ? {} : { scheduledEnqueueTimeUtc: new Date(dueAt.epochMilliseconds) }),
});
