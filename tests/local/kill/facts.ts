/**
 * What clients were told before a kill: the only things that must still be true after it.
 * From: the writers beside this file. Next: their own checks after the restart.
 */
import type { seededRandom } from '../../../local/kit/faults.ts';
import type { Endpoints } from '../../../local/endpoints.ts';

export type Random = ReturnType<typeof seededRandom>;

export type Writer = {
  name: string;
  /** Acknowledged operations so far. */
  acknowledged(): number;
  /** Makes clients for the addresses of this run. */
  connect(at: Endpoints): Promise<void> | void;
  /** One operation after another until `stopped()`; an answer that never came leaves the fact open. */
  write(random: Random, stopped: () => boolean): Promise<void>;
  /** What was acknowledged since the last check, or ever, still holds. @throws with what was lost. */
  check(which: 'new' | 'all'): Promise<void>;
  disconnect(): Promise<void>;
};

/** Runs the operation; false when its answer never came, so that nobody knows. */
export const wasAcknowledged = async (
  operation: () => Promise<unknown>,
  stopped: () => boolean,
): Promise<boolean> => {
  try {
    await operation();
    return true;
  } catch (error) {
    if (!stopped()) throw error; // nothing was killed: this is a fault of its own
    return false;
  }
};
