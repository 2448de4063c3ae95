/**
 * `RelayProbeStore` on Cosmos DB, container `ledger`, key /companyId, /accountId.
 * From: operations. Next: the change feed of the container. Each place is a partition of its own, so that marks
 * fall into different ranges of the feed; no company is called as the platform is, so that no account has one.
 */
import type { Container } from '@azure/cosmos';
import { platformCompany } from '../domain/parked-work.ts';
import { isInScope } from '../domain/scope.ts';
import type { RelayProbeStore } from '../ports/relay-probe.ts';

export const cosmosRelayProbe = (container: () => Container): RelayProbeStore => ({
  lay: async (scope, { probe, slot }) => {
    if (!isInScope(scope, platformCompany)) throw new Error('marks of the relay are out of scope');
    const place = { companyId: platformCompany, accountId: `probe-${probe}` };
    await container().items.upsert({ id: 'probe', kind: 'probe', ...place, probe, slot });
  },
});
