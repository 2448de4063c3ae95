/**
 * Wiring of the disputes piece.
 * From: `parts.ts`. Next: its triggers. No logic lives here.
 */
import type { AzureClients } from '../shared/azure/clients.ts';
import { cosmosCases } from '../shared/azure/cosmos-cases.ts';
import { cosmosTokens } from '../shared/azure/cosmos-tokens.ts';
import { sha256 } from '../shared/azure/entry-hash.ts';
import { newSecret } from '../shared/azure/secrets.ts';
import type { Edge } from '../shared/edge/edge.ts';
import { businessCalendar } from '../shared/formats/business-calendar.ts';
import type { DisputeParts } from './disputes/dispute-parts.ts';
import type { DisputeTriggerParts } from './disputes/staff-calls.ts';

type Opened = Pick<DisputeParts, 'accounts' | 'alerts' | 'proposals' | 'settings' | 'documents'>;

export const disputesOf = (edge: Edge, clients: AzureClients, stores: Opened): DisputeTriggerParts => ({
  edge,
  disputes: {
    ...{ ...stores, hashText: sha256, calendarOf: businessCalendar },
    newSecret,
    ownScope: edge.access.systemScope('inv.dispute.open'),
    cases: cosmosCases(() => clients.container('cases')),
    tokens: cosmosTokens(() => clients.container('access')),
  },
});
