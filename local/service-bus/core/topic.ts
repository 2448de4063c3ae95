/**
 * A topic: every subscription whose filter lets a message through gets a copy with a number of its own.
 * From: the topic's intake. Next: the subscriptions, which are queues.
 */
import { deadLetter } from './dead-letter.ts';
import type { Message, Queue, Topic } from './state.ts';

export const fanOut = (topic: Topic, message: Message): void => {
  topic.bus.store.counter(topic.path, topic.intake.nextSequence);
  for (const { queue, matches } of topic.subscriptions) if (matches(message)) copyTo(queue, message);
};

const copyTo = (queue: Queue, message: Message): void => {
  const { intake } = queue;
  const copy = { ...message, enqueueSequence: message.sequence, sequence: intake.nextSequence++ };
  if (intake.needsSession && message.sessionId === undefined)
    deadLetter(
      queue,
      copy,
      'Session ID is null.',
      "Session enabled entity doesn't allow a message whose session identifier is null.",
    );
  else intake.accept(copy);
};
