/**
 * What becomes of messages after their handler: complete on return, abandon on throw.
 * From: the listeners. Next: the broker, which delivers an abandoned message again at once, until its count is up.
 */
import type { ServiceBusReceivedMessage, ServiceBusReceiver } from '@azure/service-bus';
import type { Execution, Outcome } from '../core/execution.ts';

/** A lost outcome settles nothing: the lock runs out, as after the death of an instance. */
export const settle = async (
  receiver: ServiceBusReceiver,
  messages: ServiceBusReceivedMessage[],
  outcome: Outcome,
  execution: Execution,
): Promise<void> => {
  if (outcome.kind === 'lost') return;
  const isDone = outcome.kind === 'done';
  const settled = await Promise.allSettled(
    messages.map((message) =>
      isDone ? receiver.completeMessage(message) : receiver.abandonMessage(message),
    ),
  );
  for (const one of settled)
    if (one.status === 'rejected') execution.warn(`a message could not be settled: ${String(one.reason)}`);
};
