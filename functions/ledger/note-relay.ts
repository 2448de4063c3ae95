/**
 * Notes how far the relay has come, so that health can tell when it is behind.
 * From: `relay-triggers.ts`, after each page of the feed. Next: `runs`, read by `functions/operations`.
 * The slot of a note is the instant of an entry: whoever notes late never hides what is newer. What was passed
 * on is noted once a minute, and at once where it ends a delay that was noted.
 */
import type { EntryChange } from '../../shared/contracts/reporting.ts';
import { probeJob, relayJobs } from '../../shared/domain/attention.ts';
import { instantFromText, textOfInstant, type Instant } from '../../shared/domain/calendar.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { RunStore } from '../../shared/ports/run-store.ts';

const noteEveryMs = 60_000;

type Call = { now: Instant; scope: Scope };

export type RelayNotes = {
  failed(entries: readonly EntryChange[], call: Call): Promise<void>;
  relayed(entries: readonly EntryChange[], call: Call): Promise<void>;
  /** A mark of operations: it is passed on to nobody. */
  found(mark: { probe: string; slot: string }, call: Call): Promise<void>;
};

/** One per process. A note that cannot be written holds nothing up: health shows the relay behind, and the next is tried. */
export const relayNotes = (runs: RunStore): RelayNotes => {
  let failedAt = '';
  let relayedAt = '';
  let notedMs = Number.NEGATIVE_INFINITY;
  return {
    failed: async (entries, call) => {
      const newest = newestOf(entries);
      if (newest > failedAt && (await isNoted(runs, relayJobs.failed, newest, call))) failedAt = newest;
    },
    relayed: async (entries, call) => {
      const newest = newestOf(entries);
      const endsDelay = failedAt > relayedAt && newest >= failedAt;
      if (!endsDelay && call.now.epochMilliseconds - notedMs < noteEveryMs) return;
      if (!(await isNoted(runs, relayJobs.relayed, newest, call))) return;
      if (newest > relayedAt) relayedAt = newest;
      notedMs = call.now.epochMilliseconds;
    },
    found: async ({ probe, slot }, call) => void (await isNoted(runs, probeJob(probe), slot, call)),
  };
};

/** Spelled with the same number of digits, so that the later one is the greater text. */
const newestOf = (entries: readonly EntryChange[]): string =>
  entries
    .map(({ entry }) => instantFromText(entry.at).toString({ fractionalSecondDigits: 3 }))
    .reduce((newest, one) => (one > newest ? one : newest), '');

/** Two tries: of two instances that note at once, one is refused the first time. */
const isNoted = async (runs: RunStore, job: string, slot: string, { now, scope }: Call): Promise<boolean> => {
  const run = { job, slot, completedAt: textOfInstant(now), missedSlots: 0 };
  const write = (): Promise<boolean> => runs.complete(scope, run).then(() => true);
  return write()
    .catch(write)
    .catch(() => false);
};
