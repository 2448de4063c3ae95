/**
 * `MessageSender` in memory, with the bus's memory for ids.
 * From: workflows under test. Next: tests look at what was sent.
 */
import type { MessageSender, OutgoingMessage } from '../../../shared/ports/message-sender.ts';

export type MemorySender = MessageSender & {
  /** What the bus took, duplicates dropped, by queue. */
  sent: Map<string, OutgoingMessage[]>;
};

export const memorySender = (): MemorySender => {
  const sent = new Map<string, OutgoingMessage[]>();
  return {
    sent,
    send: async (queue, messages) => {
      const taken = sent.get(queue) ?? [];
      for (const message of messages) if (!taken.some(({ id }) => id === message.id)) taken.push(message);
      sent.set(queue, taken);
    },
  };
};
