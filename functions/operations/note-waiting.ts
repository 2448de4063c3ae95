/**
 * Notes with every beat since when failed work has been waiting, so that health need not look for it.
 * From: a tick of the heartbeat, the summaries of parked work. Next: `runs`, read by `read-health.ts`.
 */
import { deadLetterCode, oldestOf } from '../../shared/domain/attention.ts';
import { textOfInstant, type Instant } from '../../shared/domain/calendar.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { ParkedWorkStore } from '../../shared/ports/parked-work-store.ts';
import type { RunStore } from '../../shared/ports/run-store.ts';

/** Job of these notes; no ticks are sent for it. */
export const waitingJob = 'note-waiting';

/** Instants since when; absent where nothing waits. */
export type WaitingNote = { deadLetterAt?: string; parkedAt?: string };

export const noteWaiting = async (
  slot: string,
  { now, scope }: { now: Instant; scope: Scope },
  { parked, runs }: { parked: ParkedWorkStore; runs: RunStore },
): Promise<void> => {
  const counts = await parked.allCounts(scope);
  const deadLetterAt = oldestOf(counts, (code) => code === deadLetterCode);
  const parkedAt = oldestOf(counts);
  const note: WaitingNote = {
    ...(deadLetterAt === undefined ? {} : { deadLetterAt }),
    ...(parkedAt === undefined ? {} : { parkedAt }),
  };
  await runs.complete(scope, {
    ...{ job: waitingJob, slot, completedAt: textOfInstant(now), missedSlots: 0 },
    note,
  });
};
