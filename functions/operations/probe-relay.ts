/**
 * Asks with every beat whether the relay still follows the ledger: lays a mark, and looks which ones it found.
 * From: a tick of the heartbeat; what the relay noted of marks. Next: `runs`, read by `read-health.ts`.
 * A relay that fails notes it itself; one that is never called notes nothing, and only this shows it. It costs
 * one write and a read for each mark not found yet, however large the ledger.
 */
import { probeJob, probeOf, silenceAfter } from '../../shared/domain/attention.ts';
import { textOfInstant, type Instant } from '../../shared/domain/calendar.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { RelayProbeStore } from '../../shared/ports/relay-probe.ts';
import type { RunStore } from '../../shared/ports/run-store.ts';

/** Job of these notes; no ticks are sent for it. Its note: slots of marks not found yet, oldest first. */
export const silenceJob = 'probe-relay';

export const probeRelay = async (
  slot: string,
  { now, scope }: { now: Instant; scope: Scope },
  { probes, runs }: { probes: RelayProbeStore; runs: RunStore },
): Promise<void> => {
  const before = await runs.latest(scope, silenceJob);
  if (before !== undefined && before.slot >= slot) return; // a beat that came late or twice
  const waiting = unfoundIn(before?.note?.['unfound']);
  const found = await Promise.all(waiting.map((one) => isFound(one, scope, runs)));
  const unfound = silenceAfter(
    waiting.filter((_one, n) => !found[n]),
    slot,
  );
  await probes.lay(scope, { probe: probeOf(slot), slot });
  await runs.complete(scope, {
    ...{ job: silenceJob, slot, completedAt: textOfInstant(now), missedSlots: 0 },
    note: { unfound: unfound.join(' ') },
  });
};

/** Slots of a note; none where nothing was noted. */
export const unfoundIn = (text: string | undefined): string[] => (text ?? '').split(' ').filter(Boolean);

/** A mark is found when it was, or a later one in its place: the feed shows the newest alone. */
const isFound = async (slot: string, scope: Scope, runs: RunStore): Promise<boolean> => {
  const newest = await runs.latest(scope, probeJob(probeOf(slot)));
  return newest !== undefined && newest.slot >= slot;
};
