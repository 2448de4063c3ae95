/**
 * Says whether this deployment is alive: its functions, and whether its beat goes on.
 * From: `GET api/health`. Next: monitors, the smoke test after a deployment, IT.
 */
import type { HealthAnswer } from '../../shared/contracts/operations.ts';
import { topology } from '../../shared/contracts/topology.ts';
import { textOfInstant, type Instant } from '../../shared/domain/calendar.ts';
import { done, type Done } from '../../shared/domain/outcome.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import { isBeatLost } from '../../shared/domain/ticks.ts';
import { registeredFunctions } from '../../shared/edge/edge.ts';
import type { RunStore } from '../../shared/ports/run-store.ts';

/** Costs one point read, however large the ledger. */
export const readHealth = async (
  host: { app: string; build: string },
  scope: Scope,
  now: Instant,
  runs: RunStore,
): Promise<Done<HealthAnswer>> => {
  const latest = await runs.latest(scope, 'heartbeat');
  const everyMinutes = topology.jobs['heartbeat']?.everyMinutes ?? 5;
  return done({
    status: isBeatLost(latest?.slot, now, everyMinutes) ? 'beat-lost' : 'ok',
    ...host,
    at: textOfInstant(now),
    heartbeat: latest ? { slot: latest.slot, missedSlots: latest.missedSlots } : null,
    functions: registeredFunctions(),
  });
};
