/**
 * What an AMQP outcome means in Service Bus.
 * From: dispositions of receivers. Next: `core/settle.ts`.
 */
import type { Delivery } from 'rhea';
import type { Settlement } from '../core/settle.ts';

type Rejected = { error?: { condition?: string; description?: string; info?: Record<string, unknown> } };
type Modified = { undeliverable_here?: boolean; message_annotations?: Record<string, unknown> };

export const settlementOf = (outcome: string, { remote_state }: Delivery): Settlement => {
  switch (outcome) {
    case 'accepted':
      return { as: 'complete' };
    case 'modified': {
      const { undeliverable_here, message_annotations } = remote_state as unknown as Modified;
      return { as: undeliverable_here ? 'defer' : 'abandon', properties: message_annotations ?? {} };
    }
    case 'rejected':
      return deadLetterOf(remote_state as unknown as Rejected);
    default:
      return { as: 'release' };
  }
};

const deadLetterOf = ({ error }: Rejected): Settlement => {
  const { DeadLetterReason, DeadLetterErrorDescription, ...properties } = error?.info ?? {};
  return {
    as: 'dead-letter',
    reason:
      textOf(DeadLetterReason) ??
      (error?.condition === 'com.microsoft:dead-letter' ? undefined : error?.condition),
    description: textOf(DeadLetterErrorDescription) ?? undefined,
    properties,
  };
};

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
