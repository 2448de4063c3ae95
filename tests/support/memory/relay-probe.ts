/**
 * `RelayProbeStore` in memory; what the feed would show lies in `laid`. From and next: workflows under test.
 */
import { platformCompany } from '../../../shared/domain/parked-work.ts';
import { isInScope } from '../../../shared/domain/scope.ts';
import type { RelayProbeStore } from '../../../shared/ports/relay-probe.ts';

export const memoryRelayProbe = (): RelayProbeStore & { laid: Map<string, string> } => {
  const laid = new Map<string, string>();
  return {
    laid,
    lay: async (scope, { probe, slot }) => {
      if (!isInScope(scope, platformCompany)) throw new Error('marks of the relay are out of scope');
      laid.set(probe, slot);
    },
  };
};
