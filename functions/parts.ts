/**
 * Wiring of one app: its settings become clients, clients become ports, ports become what each piece needs.
 * From: `parseSettings`. Next: `main.ts` hands the parts to the pieces. No logic lives here.
 */
import type { Instant } from '../shared/domain/calendar.ts';
import { blobFiles } from '../shared/azure/blob-files.ts';
import { createClients } from '../shared/azure/clients.ts';
import { cosmosAccounts } from '../shared/azure/cosmos-accounts.ts';
import { cosmosFeeds } from '../shared/azure/cosmos-feeds.ts';
import { cosmosImports } from '../shared/azure/cosmos-imports.ts';
import { cosmosParkedWork } from '../shared/azure/cosmos-parked-work.ts';
import { cosmosPayers } from '../shared/azure/cosmos-payers.ts';
import { cosmosProposals } from '../shared/azure/cosmos-proposals.ts';
import { cosmosReceipts } from '../shared/azure/cosmos-receipts.ts';
import { cosmosReferences } from '../shared/azure/cosmos-references.ts';
import { cosmosReports } from '../shared/azure/cosmos-reports.ts';
import { cosmosRequests } from '../shared/azure/cosmos-requests.ts';
import { cosmosSearch } from '../shared/azure/cosmos-search.ts';
import { cosmosRuns } from '../shared/azure/cosmos-runs.ts';
import { cosmosSettings } from '../shared/azure/cosmos-settings.ts';
import { hashOfContent, sha256, sha256Bytes } from '../shared/azure/entry-hash.ts';
import { serviceBusDeadLetters } from '../shared/azure/service-bus-dead-letters.ts';
import { serviceBusSender } from '../shared/azure/service-bus-sender.ts';
import { businessCalendar } from '../shared/formats/business-calendar.ts';
import type { AppSettings } from '../shared/contracts/settings.ts';
import { createAccess } from '../shared/edge/access.ts';
import type { AdministrationParts } from './administration/triggers.ts';
import { pendingPostings } from './erp-exchange/pending-postings.ts';
import type { CollectionsParts } from './collections/triggers.ts';
import type { ErpExchangeParts } from './erp-exchange/triggers.ts';
import type { IngestionParts } from './invoice-ingestion/triggers.ts';
import { touchingAccounts } from './ledger/touch-accounts.ts';
import type { LedgerParts } from './ledger/triggers.ts';
import type { OperationsParts } from './operations/triggers.ts';
import { companyZones } from './reporting/company-zone.ts';
import type { ReportingParts } from './reporting/triggers.ts';

export type Parts = {
  ingestion: IngestionParts;
  administration: AdministrationParts;
  collections: CollectionsParts;
  erpExchange: ErpExchangeParts;
  ledger: LedgerParts;
  reporting: ReportingParts;
  operations: OperationsParts;
  /** Ends the app's clients. */
  close(): Promise<void>;
};

export const partsFor = (settings: AppSettings, now: () => Instant): Parts => {
  const clients = createClients(settings);
  const settingsStore = cosmosSettings(() => clients.container('settings'));
  const edge = {
    app: settings.app,
    now,
    access: createAccess(settings.identity, settingsStore),
    sender: serviceBusSender(() => clients.serviceBus()),
    parked: cosmosParkedWork(() => clients.container('parked')),
    requests: cosmosRequests(() => clients.container('requests')),
  };
  const accounts = cosmosAccounts(() => clients.container('ledger'));
  const reports = cosmosReports(() => clients.container('reports'));
  const posting = {
    accounts,
    files: blobFiles(() => clients.blobs('uploads')),
    imports: cosmosImports(() => clients.container('imports')),
    feeds: cosmosFeeds(() => clients.container('imports')),
    settings: settingsStore,
    sender: edge.sender,
    hashText: sha256,
  };
  const ingestion = {
    files: posting.files,
    imports: posting.imports,
    feeds: posting.feeds,
    references: cosmosReferences(() => clients.container('imports')),
    settings: settingsStore,
    sender: edge.sender,
  };
  const search = cosmosSearch(() => clients.container('search'));
  const cash = {
    ...posting,
    accounts: touchingAccounts(accounts, posting.feeds),
    numbers: search,
    receipts: cosmosReceipts(() => clients.container('receipts')),
    payers: cosmosPayers(() => clients.container('receipts')),
  };
  const exports = blobFiles(() => clients.blobs('exports'));
  const reading = { accounts, exports, reports, settings: settingsStore, hashText: sha256 };
  const runs = cosmosRuns(() => clients.container('runs'));
  const checking = {
    ...{ accounts, reports, runs, sender: edge.sender, parked: edge.parked },
    ...{ hashText: sha256, hashBytes: sha256Bytes, hashOf: hashOfContent },
    anchors: blobFiles(() => clients.blobs('anchors')),
    feeds: cosmosFeeds(() => clients.container('imports')),
    receipts: cash.receipts,
  };
  const desk = {
    ...cash,
    calendarOf: businessCalendar,
    proposals: cosmosProposals(() => clients.container('receipts')),
  };
  const zoneOf = companyZones(settingsStore, now);
  const erpExchange = {
    edge,
    imports: posting.imports,
    feeds: posting.feeds,
    files: posting.files,
    exports,
    settings: settingsStore,
    postings: pendingPostings(cash.receipts, desk.proposals),
    calendarOf: businessCalendar,
    hashText: sha256,
  };
  return {
    ingestion: { edge, stores: ingestion },
    erpExchange,
    ledger: { edge, hashText: sha256, posting, cash, desk, reading, checking, settings: settingsStore },
    reporting: {
      edge,
      read: { reports, zoneOf },
      project: { accounts, reports, zoneOf, settings: settingsStore },
    },
    collections: { edge, collections: { accounts, search, settings: settingsStore } },
    administration: { edge, settings: settingsStore, accounts },
    operations: {
      ...{ edge, build: settings.build, runs, hashText: sha256 },
      deadLetters: serviceBusDeadLetters(() => clients.serviceBus()),
    },
    close: () => clients.close(),
  };
};
