/**
 * Wiring of one app: its settings become clients, clients become ports, ports become what each piece needs.
 * From: `parseSettings`. Next: `main.ts` hands the parts to the pieces. No logic lives here.
 */
import { readFile } from 'node:fs/promises';
import type { Instant } from '../shared/domain/calendar.ts';
import { createClients } from '../shared/azure/clients.ts';
import { cosmosCases } from '../shared/azure/cosmos-cases.ts';
import { cosmosTokens } from '../shared/azure/cosmos-tokens.ts';
import { newSecret } from '../shared/azure/secrets.ts';
import { cosmosRelayProbe } from '../shared/azure/cosmos-relay-probe.ts';
import { hashOfContent, sha256, sha256Bytes } from '../shared/azure/entry-hash.ts';
import { serviceBusDeadLetters } from '../shared/azure/service-bus-dead-letters.ts';
import { serviceBusSender } from '../shared/azure/service-bus-sender.ts';
import { businessCalendar } from '../shared/formats/business-calendar.ts';
import { topology } from '../shared/contracts/topology.ts';
import type { AppSettings } from '../shared/contracts/settings.ts';
import { createAccess } from '../shared/edge/access.ts';
import type { Edge } from '../shared/edge/edge.ts';
import { createPace } from '../shared/edge/pace.ts';
import { toPlatform, type TakeFunction } from '../shared/edge/platform.ts';
import { dunningFrames } from '../shared/edge/read-dunning-frame.ts';
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
import { owedByCollector } from './reporting/read-groups.ts';
import type { ReportingParts } from './reporting/triggers.ts';
import { dunningOf, emailOf } from './parts-mail.ts';
import { storesOf, type Stores } from './parts-stores.ts';

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

export const partsFor = (
  settings: AppSettings,
  now: () => Instant,
  take: TakeFunction = toPlatform,
): Parts => {
  const clients = createClients(settings);
  const opened = storesOf(clients);
  const { settings: settingsStore, remembered } = rememberCompanies(opened.settings, now);
  const stores = { ...opened, settings: settingsStore };
  const sender = serviceBusSender(() => clients.serviceBus());
  const edge: Edge = {
    ...{ app: settings.app, take, now, sender, parked: stores.parked, requests: stores.requests },
    ...{
      readLog: stores.readLog,
      counter: stores.counter,
      alerts: stores.alerts,
      pace: createPace(settings.callsPerMinute),
    },
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
    email: emailOf(edge, { ...stores, companies: remembered }, settings, clients),
    portal: portalOf(edge, clients, { ...stores, remembered }, settings),
    ledger: ledgerOf(edge, stores, remembered, bookOf),
    reporting: {
      ...{ edge, read: { ...stores, zoneOf, bookOf }, project: { ...stores, zoneOf } },
      mails: {
        ...{ ...stores, zoneOf, bookOf, sender, calendarOf: businessCalendar, hashText: sha256 },
        scopeFor: (...asked) => edge.access.scopeFor(...asked),
        mailsPerHour: topology.limits['mailsPerHour'] ?? 100,
        cases: cosmosCases(() => clients.container('cases')),
        ...{ tokens: cosmosTokens(() => clients.container('access')), newSecret },
        draw: async (chart) => (await import('../shared/formats/charts.ts')).chartPng(chart, readFile),
      },
    },
    collections: {
      edge,
      collections: collectionsOf(stores, remembered),
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

const collectionsOf = (
  stores: Stores,
  remembered: RememberedCompanies['remembered'],
): CollectionsParts['collections'] => {
  const owedBy = owedByCollector(stores.reports);
  const known = { ...stores, calendarOf: businessCalendar, owedBy };
  return { ...known, hashText: sha256, rowsOf: worklistFrames({ ...known, settings: remembered }) };
};

const exchangeOf = (stores: Stores): Omit<ErpExchangeParts, 'edge'> => ({
  ...stores,
  postings: pendingPostings(stores.receipts, stores.proposals),
  calendarOf: businessCalendar,
  hashText: sha256,
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
