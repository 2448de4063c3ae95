/**
 * Sending commands to queues.
 * From: workflows and the edge. Next: `shared/azure/service-bus-sender.ts`, in memory `tests/support/memory`.
 */
import type { Instant } from '../domain/calendar.ts';

export type OutgoingMessage = {
  /** Derived from content: the same command has the same id. At most 128 characters. */
  id: string;
  body: object;
  /** Session of the queues that have them, else absent. */
  sessionId?: string;
  /** Which try of the same work this is, from 1. */
  attempt?: number;
  /** Not delivered before; at once when absent. */
  dueAt?: Instant;
};

export interface MessageSender {
  /**
   * Resolves when the bus has taken all of them; a second one with an id it remembers is dropped by the bus.
   * @throws when it is unknown whether they were taken: send again, the ids are the same.
   */
  send(queue: string, messages: readonly OutgoingMessage[]): Promise<void>;
}
