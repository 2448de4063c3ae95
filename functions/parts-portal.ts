/**
 * Wiring of the portal: its stores, the payment provider, the access layer of customers.
 * From: `parts.ts`. Next: the portal's triggers. No logic lives here.
 */
import type { AzureClients } from '../shared/azure/clients.ts';
import { cosmosCheckouts } from '../shared/azure/cosmos-checkouts.ts';
import { cosmosMembers } from '../shared/azure/cosmos-members.ts';
import { cosmosTokens } from '../shared/azure/cosmos-tokens.ts';
import { cosmosSessions } from '../shared/azure/cosmos-sessions.ts';
import { sha256 } from '../shared/azure/entry-hash.ts';
import { hmacLinks } from '../shared/azure/hmac-links.ts';
import { newSecret } from '../shared/azure/secrets.ts';
import { stripeCheckouts } from '../shared/azure/stripe-checkouts.ts';
import type { AppSettings } from '../shared/contracts/settings.ts';
import { emailHashOf } from '../shared/domain/person.ts';
import type { Access } from '../shared/edge/access.ts';
import type { Edge } from '../shared/edge/edge.ts';
import { portalAccess } from '../shared/edge/portal-access.ts';
import { businessCalendar } from '../shared/formats/business-calendar.ts';
import type { AlertStore } from '../shared/ports/alert-store.ts';
import type { FileStore } from '../shared/ports/file-store.ts';
import type { ProposalStore } from '../shared/ports/proposal-store.ts';
import type { AccountStore } from '../shared/ports/account-store.ts';
import type { InboxStore } from '../shared/ports/inbox-store.ts';
import type { PeopleStore } from '../shared/ports/people-store.ts';
import type { RunStore } from '../shared/ports/run-store.ts';
import type { SettingsStore } from '../shared/ports/settings-store.ts';
import { portalCases } from './disputes/portal-cases.ts';
import { disputesOf } from './parts-disputes.ts';
import type { PortalParts } from './portal/portal-parts.ts';

type Opened = {
  alerts: AlertStore;
  proposals: ProposalStore;
  /** Container `documents`. */
  documents: FileStore;
  accounts: AccountStore;
  settings: SettingsStore;
  remembered: Pick<SettingsStore, 'read'>;
  inbox: InboxStore;
  people: PeopleStore;
  runs: RunStore;
};

const signInOf = (clients: AzureClients, { accounts }: Pick<Opened, 'accounts'>, settings: AppSettings) => ({
  accounts,
  sessions: cosmosSessions(() => clients.container('access')),
  members: cosmosMembers(() => clients.container('people')),
  tokens: cosmosTokens(() => clients.container('access')),
  links: hmacLinks(settings.secrets.linkKeys),
  hashText: sha256,
  hashEmail: (email: string) => emailHashOf(email, settings.secrets.peopleSalt, sha256),
  newSecret,
  origin: settings.portalOrigin,
});

/** The portal knows customers by sessions and links; every other app knows people by tokens. */
export const accessOf = (
  base: Access,
  clients: AzureClients,
  stores: Pick<Opened, 'accounts'>,
  settings: AppSettings,
): Access => (settings.app === 'portal' ? portalAccess(base, signInOf(clients, stores, settings)) : base);

/** Their libraries are large and seldom needed. */
const drawnLate: PortalParts['portal']['draw'] = {
  statement: async (...of) => (await import('../shared/formats/statement-pdf.ts')).statementPdf(...of),
  sheet: async (...of) => (await import('../shared/formats/mail-sheet.ts')).mailSheet('T13', ...of),
  copy: async (...of) => (await import('../shared/formats/invoice-copy-pdf.ts')).invoiceCopyPdf(...of),
};

export const portalOf = (
  edge: Edge,
  clients: AzureClients,
  stores: Opened,
  settings: AppSettings,
): PortalParts => {
  const signIn = signInOf(clients, stores, settings);
  const portal = {
    ...{ accounts: stores.accounts, settings: stores.settings, counter: edge.counter, sender: edge.sender },
    checkouts: cosmosCheckouts(() => clients.container('access')),
    provider: stripeCheckouts(settings.payments),
    ...{ hashText: sha256, calendarOf: businessCalendar, origin: settings.portalOrigin },
    ...{ documents: stores.documents, draw: drawnLate, people: stores.people },
    remembered: stores.remembered,
    ...{ members: signIn.members, hashEmail: signIn.hashEmail },
    // as the disputes piece works on them: its rules are nowhere else
    ...portalCases(disputesOf(edge, clients, stores).disputes),
  };
  return {
    ...{ edge, portal, events: { ...portal, inbox: stores.inbox, runs: stores.runs, alerts: stores.alerts } },
    signIn: { ...portal, ...signIn },
  };
};
