/**
 * Every store and file container of an app, each opened when first used.
 * From: the app's clients. Next: `parts.ts` and its neighbours. No logic lives here.
 */
import { blobFiles } from '../shared/azure/blob-files.ts';
import { type AzureClients } from '../shared/azure/clients.ts';
import { cosmosAccounts } from '../shared/azure/cosmos-accounts.ts';
import { cosmosAdvices } from '../shared/azure/cosmos-advices.ts';
import { cosmosAlerts } from '../shared/azure/cosmos-alerts.ts';
import { cosmosCallCounter } from '../shared/azure/cosmos-call-counter.ts';
import { cosmosCustomers } from '../shared/azure/cosmos-customers.ts';
import { cosmosEntryRequests } from '../shared/azure/cosmos-entry-requests.ts';
import { cosmosFeeds } from '../shared/azure/cosmos-feeds.ts';
import { cosmosGroups } from '../shared/azure/cosmos-groups.ts';
import { cosmosImports } from '../shared/azure/cosmos-imports.ts';
import { cosmosInbox } from '../shared/azure/cosmos-inbox.ts';
import { cosmosPacing } from '../shared/azure/cosmos-pacing.ts';
import { cosmosParkedWork } from '../shared/azure/cosmos-parked-work.ts';
import { cosmosPayers } from '../shared/azure/cosmos-payers.ts';
import { cosmosPeople } from '../shared/azure/cosmos-people.ts';
import { cosmosProposals } from '../shared/azure/cosmos-proposals.ts';
import { cosmosReadLog } from '../shared/azure/cosmos-read-log.ts';
import { cosmosReceipts } from '../shared/azure/cosmos-receipts.ts';
import { cosmosReferences } from '../shared/azure/cosmos-references.ts';
import { cosmosReports } from '../shared/azure/cosmos-reports.ts';
import { cosmosRequests } from '../shared/azure/cosmos-requests.ts';
import { cosmosSearch } from '../shared/azure/cosmos-search.ts';
import { cosmosRuns } from '../shared/azure/cosmos-runs.ts';
import { cosmosSettings } from '../shared/azure/cosmos-settings.ts';
import { cosmosStaffMails } from '../shared/azure/cosmos-staff-mails.ts';
import { cosmosWorklist } from '../shared/azure/cosmos-worklist.ts';
import { topology } from '../shared/contracts/topology.ts';

export const storesOf = (clients: AzureClients) => ({
  accounts: cosmosAccounts(() => clients.container('ledger')),
  groups: cosmosGroups(
    () => clients.container('groups'),
    cosmosAccounts(() => clients.container('ledger')),
  ),
  receipts: cosmosReceipts(() => clients.container('receipts')),
  payers: cosmosPayers(() => clients.container('receipts')),
  proposals: cosmosProposals(() => clients.container('receipts')),
  customers: cosmosCustomers(() => clients.container('receipts')),
  advices: cosmosAdvices(() => clients.container('receipts')),
  entryRequests: cosmosEntryRequests(() => clients.container('receipts')),
  imports: cosmosImports(() => clients.container('imports')),
  references: cosmosReferences(() => clients.container('imports')),
  feeds: cosmosFeeds(() => clients.container('imports')),
  settings: cosmosSettings(() => clients.container('settings')),
  reports: cosmosReports(() => clients.container('reports')),
  search: cosmosSearch(() => clients.container('search')),
  worklist: cosmosWorklist(() => clients.container('worklist')),
  parked: cosmosParkedWork(() => clients.container('parked')),
  requests: cosmosRequests(() => clients.container('requests')),
  counter: cosmosCallCounter(() => clients.container('requests')),
  alerts: cosmosAlerts(() => clients.container('alerts')),
  staffMails: cosmosStaffMails(() => clients.container('alerts')),
  readLog: cosmosReadLog(() => clients.container('audit')),
  people: cosmosPeople(() => clients.container('people')),
  inbox: cosmosInbox(() => clients.container('inbox')),
  pacing: cosmosPacing(() => clients.container('access'), mailLimits),
  runs: cosmosRuns(() => clients.container('runs')),
  files: blobFiles(() => clients.blobs('uploads')),
  documents: blobFiles(() => clients.blobs('documents')),
  exports: blobFiles(() => clients.blobs('exports')),
  anchors: blobFiles(() => clients.blobs('anchors')),
});
const mailLimits = {
  perMinute: topology.limits['mailsPerMinute'] ?? 30,
  perHour: topology.limits['mailsPerHour'] ?? 100,
};
export type Stores = ReturnType<typeof storesOf>;
