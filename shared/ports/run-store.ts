/**
 * Which slot of which recurring job was worked, and when.
 * From: operations. Next: `shared/azure/cosmos-runs.ts`. Kept 90 days.
 */
import type { Scope } from '../domain/scope.ts';

export type Run = {
  job: string;
  slot: string;
  /** ISO instant. Only this ends a tick: a run that merely exists was begun, not done. */
  completedAt: string;
  /** Slots since the run before that nobody worked, caught up by this one. */
  missedSlots: number;
  /** What the next run of the job goes on from; short. */
  note?: Readonly<Record<string, string>> | undefined;
};

/** Runs belong to no company: every call wants a scope over all of them. */
export interface RunStore {
  /** The run of that slot, if it was completed. */
  completed(scope: Scope, job: string, slot: string): Promise<Run | undefined>;
  /** The completed run with the latest slot. */
  latest(scope: Scope, job: string): Promise<Run | undefined>;
  /** Keeps the run, and makes it the latest unless a later slot already is. The same again changes nothing. */
  complete(scope: Scope, run: Run): Promise<void>;
}
