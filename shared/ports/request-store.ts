/**
 * Requests that change something, by the key their caller gave them: once worked, their answer stands.
 * From: the edge. Next: `shared/azure/cosmos-requests.ts`, `tests/support/memory`. Kept 48 hours.
 * It asks for no scope: the first part of the key is the caller.
 */
import type { Instant } from '../domain/calendar.ts';

export type RequestKey = { callerId: string; key: string };

/** What was answered: a JSON text with its status, or a refusal by its code. */
export type KeptAnswer =
  { ok: true; status: number; json: string } | { ok: false; code: string; detail: string };

export type Begun =
  /** Work on it; `mark` ends it. */
  | { is: 'begun'; mark: string }
  /** Somebody works on it, and may until then. */
  | { is: 'running'; hash: string }
  | { is: 'answered'; hash: string; answer: KeptAnswer };

export interface RequestStore {
  /**
   * Begins the request, or says how far it is. One that was begun and not ended by `holdUntil` counts as left:
   * whoever comes next may begin it again, with the same `hash` of its content alone.
   */
  begin(key: RequestKey, request: { hash: string; now: Instant; holdUntil: Instant }): Promise<Begun>;
  /** Keeps the answer, unless somebody else has begun it again meanwhile. */
  end(key: RequestKey, begun: { hash: string; mark: string }, answer: KeptAnswer): Promise<void>;
  /** It came to nothing: the next one begins afresh. */
  forget(key: RequestKey, mark: string): Promise<void>;
}
