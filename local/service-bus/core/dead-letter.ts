/**
 * Moves a message into the dead-letter queue beside its own.
 * From: `core/settle.ts`, `core/locks.ts`, `core/topic.ts`. Next: the sub-queue, a plain queue that never expires.
 */
import { addMessage, removeMessage } from './lanes.ts';
import type { Message, Queue } from './state.ts';

/** Reason and description become application properties, as in the service; what is undefined is left out. */
export const deadLetter = (
  queue: Queue,
  message: Message,
  reason?: string,
  description?: string,
  properties: Record<string, unknown> = {},
): void => {
  const { bus, deadLetters } = queue;
  const added: Record<string, unknown> = { ...properties };
  if (reason !== undefined) added['DeadLetterReason'] = reason;
  if (description !== undefined) added['DeadLetterErrorDescription'] = description;
  const bare = Object.keys(added).length > 0 ? bus.codec.withProperties(message.bare, added) : message.bare;
  bus.count('dead-lettered', queue.name);
  bus.store.together(() => {
    removeMessage(queue, message);
    if (deadLetters) addMessage(deadLetters, { ...message, bare, deferred: false, expiresAtMs: undefined });
  });
};
