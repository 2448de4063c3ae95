/**
 * Mixed work on Service Bus: batches of sends, and receivers that complete or abandon.
 */
import { ServiceBusClient, type ServiceBusReceiver, type ServiceBusSender } from '@azure/service-bus';
import { ownerConnectionString } from '../../support/owner.ts';
import { wasAcknowledged, type Random, type Writer } from './facts.ts';

const queue = 'snapshots';

export const serviceBusWriter = (): Writer => {
  const sent = new Set<string>();
  const completed = new Set<string>();
  const maybeCompleted = new Set<string>();
  let messages = 0;
  let acknowledged = 0;
  let client: ServiceBusClient;
  let sender: ServiceBusSender;
  let receiver: ServiceBusReceiver;

  const send = async (stopped: () => boolean) => {
    const ids = Array.from({ length: 5 }, () => `message-${process.pid}-${messages++}`);
    const batch = ids.map((messageId) => ({ messageId, body: { messageId } }));
    if (!(await wasAcknowledged(() => sender.sendMessages(batch), stopped))) return;
    for (const id of ids) sent.add(id);
    acknowledged += 1;
  };

  const receive = async (random: Random, stopped: () => boolean) => {
    let received: Awaited<ReturnType<ServiceBusReceiver['receiveMessages']>> = [];
    await wasAcknowledged(async () => {
      received = await receiver.receiveMessages(3, { maxWaitTimeInMs: 50 });
    }, stopped);
    for (const message of received) {
      const id = String(message.messageId);
      if (completed.has(id)) throw new Error(`${id} was completed and came again`);
      if (random() < 0.3) {
        if (await wasAcknowledged(() => receiver.abandonMessage(message), stopped)) acknowledged += 1;
        continue;
      }
      const known = await wasAcknowledged(() => receiver.completeMessage(message), stopped);
      (known ? completed : maybeCompleted).add(id);
      if (known) acknowledged += 1;
    }
  };

  const waiting = async (): Promise<Set<string>> => {
    const ids = new Set<string>();
    for (const address of [{}, { subQueueType: 'deadLetter' as const }]) {
      const peeker = client.createReceiver(queue, address);
      for (let page = await peeker.peekMessages(500); page.length > 0; page = await peeker.peekMessages(500))
        for (const { messageId } of page) ids.add(String(messageId));
      await peeker.close();
    }
    return ids;
  };

  return {
    name: 'service-bus',
    acknowledged: () => acknowledged,
    connect: ({ serviceBus }) => {
      const retryOptions = { maxRetries: 0, timeoutInMs: 1_500 };
      client = new ServiceBusClient(ownerConnectionString(serviceBus), { retryOptions });
      sender = client.createSender(queue);
      receiver = client.createReceiver(queue);
    },
    write: async (random, stopped) => {
      while (!stopped()) await (random() < 0.5 ? send(stopped) : receive(random, stopped));
    },
    check: async () => {
      const there = await waiting();
      for (const id of sent)
        if (!there.has(id) && !completed.has(id) && !maybeCompleted.has(id))
          throw new Error(`${id} was taken and is gone`);
      for (const id of there) if (completed.has(id)) throw new Error(`${id} was completed and is back`);
    },
    disconnect: () => client.close(),
  };
};
