/**
 * Marks laid into the ledger for the relay to find: one that never calls is told from one with nothing to do.
 * From: operations, with every beat. Next: `shared/azure/cosmos-relay-probe.ts`; the change feed shows each mark.
 */
import type { Scope } from '../domain/scope.ts';

/** `probe`: which of the places; `slot`: the beat, as an ISO instant. */
export type RelayProbe = { probe: string; slot: string };

export interface RelayProbeStore {
  /** Lays the mark in its place, over the one of an earlier beat. @throws outside a scope over everything. */
  lay(scope: Scope, probe: RelayProbe): Promise<void>;
}
