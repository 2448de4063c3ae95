/**
 * Messages the bus gave up on: their handlers died, or held them too long, on every delivery.
 * From: operations, which puts them where failed work is shown. Next: `shared/azure/service-bus-dead-letters.ts`.
 */
import type { Scope } from '../domain/scope.ts';

export type DeadLetter = {
  /** Of the message. */
  id: string;
  /** As JSON. */
  body: string;
  sessionId?: string;
  deliveries: number;
  /** ISO instant since when it has been waiting, deliveries included; absent where the bus does not say. */
  sentAt?: string;
  /** Why the bus gave up, in its words. */
  reason: string;
};

export interface DeadLetterStore {
  /**
   * Hands at most `limit` dead letters of a queue or `topic/subscription` to `keep`, one by one, and lets each go
   * only when it was kept: a crash in between hands it over again. Outside a scope over everything: none.
   * @returns how many were kept. @throws what `keep` throws.
   */
  take(
    scope: Scope,
    source: string,
    limit: number,
    keep: (letter: DeadLetter) => Promise<void>,
  ): Promise<number>;
}
