/**
 * Says whether this deployment is alive: its functions, whether its beat goes on, and what needs a look.
 * From: `GET api/health`. Next: monitors, the smoke test after a deployment, IT.
 */
import type { HealthAnswer } from '../../shared/contracts/operations.ts';
import { topology } from '../../shared/contracts/topology.ts';
import {
  relayJobs,
  relayLagMs,
  relayLatestMs,
  waitedTooLong,
  type RelayProgress,
} from '../../shared/domain/attention.ts';
import { textOfInstant, type Instant } from '../../shared/domain/calendar.ts';
import { done, type Done } from '../../shared/domain/outcome.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import { isBeatLost } from '../../shared/domain/ticks.ts';
import { registeredFunctions } from '../../shared/edge/edge.ts';
import type { RunStore } from '../../shared/ports/run-store.ts';
import { waitingJob } from './note-waiting.ts';
import { silenceJob, unfoundIn } from './probe-relay.ts';

/** Costs five point reads, however large the ledger. */
export const readHealth = async (
  host: { app: string; build: string },
  scope: Scope,
  now: Instant,
  runs: RunStore,
): Promise<Done<HealthAnswer>> => {
  const [beat, waiting, relay] = await Promise.all([
    runs.latest(scope, 'heartbeat'),
    runs.latest(scope, waitingJob),
    readRelay(scope, runs),
  ]);
  const isLost = isBeatLostAt(beat?.slot, now);
  const { deadLetterAt, parkedAt } = waiting?.note ?? {};
  return done({
    status: isLost ? 'beat-lost' : 'ok',
    attention: [
      ...(isLost ? (['beat-lost'] as const) : []),
      ...(relayLagMs(relay, now) > relayLatestMs ? (['relay-behind'] as const) : []),
      ...waitedTooLong({ deadLetterAt, parkedAt }, now),
    ],
    ...host,
    at: textOfInstant(now),
    heartbeat: beat ? { slot: beat.slot, missedSlots: beat.missedSlots } : null,
    functions: registeredFunctions(),
  });
};

export const isBeatLostAt = (lastSlot: string | undefined, now: Instant): boolean =>
  isBeatLost(lastSlot, now, topology.jobs['heartbeat']?.everyMinutes ?? 5);

/** How far the relay has come, as it noted. */
export const readRelay = async (scope: Scope, runs: RunStore): Promise<RelayProgress> => {
  const [failed, relayed, silence] = await Promise.all([
    runs.latest(scope, relayJobs.failed),
    runs.latest(scope, relayJobs.relayed),
    runs.latest(scope, silenceJob),
  ]);
  return {
    ...{ failedAt: failed?.slot, unfound: unfoundIn(silence?.note?.['unfound']) },
    relayed: relayed && { entryAt: relayed.slot, at: relayed.completedAt },
  };
};
