/**
 * Wiring of one app: its settings become clients, clients become ports, ports become what each piece needs.
 * From: `parseSettings`. Next: `main.ts` hands the parts to the pieces. No logic lives here.
 */
import type { Instant } from '../shared/domain/calendar.ts';
import { acsMailer } from '../shared/azure/acs-mailer.ts';
import { blobFiles } from '../shared/azure/blob-files.ts';
import { createClients, type AzureClients } from '../shared/azure/clients.ts';
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
import { cosmosRelayProbe } from '../shared/azure/cosmos-relay-probe.ts';
import { cosmosReports } from '../shared/azure/cosmos-reports.ts';
import { cosmosRequests } from '../shared/azure/cosmos-requests.ts';
import { cosmosSearch } from '../shared/azure/cosmos-search.ts';
import { cosmosRuns } from '../shared/azure/cosmos-runs.ts';
import { cosmosSettings } from '../shared/azure/cosmos-settings.ts';
import { cosmosWorklist } from '../shared/azure/cosmos-worklist.ts';
import { hashOfContent, sha256, sha256Bytes } from '../shared/azure/entry-hash.ts';
import { hmacLinks } from '../shared/azure/hmac-links.ts';
import { serviceBusDeadLetters } from '../shared/azure/service-bus-dead-letters.ts';
import { serviceBusSender } from '../shared/azure/service-bus-sender.ts';
import { businessCalendar } from '../shared/formats/business-calendar.ts';
import { renderMessage } from '../shared/formats/render-message.ts';
import type { AppSettings } from '../shared/contracts/settings.ts';
import { topology } from '../shared/contracts/topology.ts';
import { createAccess } from '../shared/edge/access.ts';
import type { Edge } from '../shared/edge/edge.ts';
import { createPace } from '../shared/edge/pace.ts';
import { dunningFrames, statesOf } from '../shared/edge/read-dunning-frame.ts';
import { companyZones } from '../shared/edge/read-company.ts';
import { rememberCompanies, type RememberedCompanies } from '../shared/ports/remembered-companies.ts';
import { rememberedBooks, type BookOf } from '../shared/edge/read-book.ts';
import type { AdministrationParts } from './administration/triggers.ts';
import { pendingPostings } from './erp-exchange/pending-postings.ts';
import type { CollectionsParts } from './collections/triggers.ts';
import { worklistFrames } from './collections/worklist-frame.ts';
import type { DisputeTriggerParts } from './disputes/staff-calls.ts';
import type { DunningTriggerParts } from './dunning/triggers.ts';
import type { EmailParts } from './email/parts.ts';
import type { ErpExchangeParts } from './erp-exchange/triggers.ts';
import type { IngestionParts } from './invoice-ingestion/triggers.ts';
import { touchingAccounts } from './ledger/touch-accounts.ts';
import type { LedgerParts } from './ledger/triggers.ts';
import type { OperationsParts } from './operations/triggers.ts';
import { disputesOf } from './parts-disputes.ts';
import { accessOf, portalOf } from './parts-portal.ts';
import type { PortalParts } from './portal/portal-parts.ts';
import type { ReportingParts } from './reporting/triggers.ts';

export type Parts = {
  ingestion: IngestionParts;
  administration: AdministrationParts;
  collections: CollectionsParts;
  disputes: DisputeTriggerParts;
  dunning: DunningTriggerParts;
  email: EmailParts;
  portal: PortalParts;
  erpExchange: ErpExchangeParts;
  ledger: LedgerParts;
  reporting: ReportingParts;
  operations: OperationsParts;
  /** Ends the app's clients. */
  close(): Promise<void>;
};

export const partsFor = (settings: AppSettings, now: () => Instant): Parts => {
  const clients = createClients(settings);
  const opened = storesOf(clients);
  const { settings: settingsStore, remembered } = rememberCompanies(opened.settings, now);
  const stores = { ...opened, settings: settingsStore };
  const sender = serviceBusSender(() => clients.serviceBus());
  const edge: Edge = {
    ...{ app: settings.app, now, sender, parked: stores.parked, requests: stores.requests },
    ...{ readLog: stores.readLog, counter: stores.counter, pace: createPace(settings.callsPerMinute) },
    access: accessOf(createAccess(settings.identity, stores.settings), clients, stores, settings),
  };
  const zoneOf = companyZones(remembered);
  const frameOf = dunningFrames({ ...stores, calendarOf: businessCalendar, hashText: sha256 });
  const bookOf = rememberedBooks(stores.feeds, remembered, now, frameOf);
  return {
    ingestion: { edge, stores: { ...stores, numbers: stores.search, sender } },
    erpExchange: { edge, ...exchangeOf(stores) },
    disputes: disputesOf(edge, clients, stores),
    dunning: { edge, dunning: dunningOf(edge, stores, settings) },
    email: emailOf(edge, stores, settings, clients),
    portal: portalOf(edge, clients, stores, settings),
    ledger: ledgerOf(edge, stores, remembered, bookOf),
    reporting: { edge, read: { ...stores, zoneOf, bookOf }, project: { ...stores, zoneOf } },
    collections: {
      edge,
      collections: {
        ...{ ...stores, hashText: sha256, calendarOf: businessCalendar },
        rowsOf: worklistFrames({ ...stores, settings: remembered, calendarOf: businessCalendar }),
      },
    },
    administration: { edge, ...stores },
    operations: {
      ...{ edge, build: settings.build, runs: stores.runs, hashText: sha256 },
      deadLetters: serviceBusDeadLetters(() => clients.serviceBus()),
      probes: cosmosRelayProbe(() => clients.container('ledger')),
    },
    close: () => clients.close(),
  };
};

/** Every store and file container, each opened when first used. */
const storesOf = (clients: AzureClients) => ({
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
type Stores = ReturnType<typeof storesOf>;

const exchangeOf = (stores: Stores): Omit<ErpExchangeParts, 'edge'> => ({
  ...stores,
  postings: pendingPostings(stores.receipts, stores.proposals),
  calendarOf: businessCalendar,
  hashText: sha256,
});

/** One frame for all that judges a company's accounts, remembered together. */
const dunningOf = (
  { sender }: Edge,
  stores: Stores,
  { secrets }: AppSettings,
): DunningTriggerParts['dunning'] => ({
  ...{ accounts: stores.accounts, settings: stores.settings, sender, hashText: sha256 },
  frameOf: dunningFrames({ ...stores, calendarOf: businessCalendar, hashText: sha256 }),
  calendarOf: businessCalendar,
  statesOf: (...of) => statesOf({ people: stores.people, salt: secrets.peopleSalt, hashText: sha256 }, ...of),
});

const emailOf = (
  edge: Edge,
  stores: Stores,
  { secrets }: AppSettings,
  clients: AzureClients,
): EmailParts => ({
  ...{ edge, webhookKeys: secrets.mailWebhookKeys },
  mail: {
    ...{ ...stores, sender: edge.sender, hashText: sha256, salt: secrets.peopleSalt },
    mailer: acsMailer({ client: clients.email, endpoint: clients.emailEndpoint, now: edge.now }),
    links: hmacLinks(secrets.linkKeys),
    frameOf: dunningFrames({ ...stores, calendarOf: businessCalendar, hashText: sha256 }),
    calendarOf: businessCalendar,
    render: (text, language, data) => renderMessage(text, language, data),
    // their libraries are large and seldom needed
    letterOf: async (...of) => (await import('../shared/formats/letter-pdf.ts')).letterPdf(...of),
    sheetOf: async (...of) => (await import('../shared/formats/mail-sheet.ts')).mailSheet(...of),
  },
});

const ledgerOf = (
  edge: Edge,
  stores: Stores,
  remembered: RememberedCompanies['remembered'],
  bookOf: BookOf,
): LedgerParts => {
  const posting = { ...stores, sender: edge.sender, hashText: sha256 };
  const cash = {
    ...posting,
    accounts: touchingAccounts(stores.accounts, stores.feeds),
    ...{ numbers: stores.search, names: stores.search },
    calendarOf: businessCalendar,
  };
  return {
    ...{ edge, hashText: sha256, posting, cash, settings: stores.settings },
    desk: cash,
    entry: { ...cash, entryRequests: stores.entryRequests },
    attachments: { ...cash, documents: stores.documents, numbers: stores.search },
    reading: { ...stores, bookOf, settings: remembered, hashText: sha256 },
    checking: { ...posting, hashBytes: sha256Bytes, hashOf: hashOfContent },
  };
};
