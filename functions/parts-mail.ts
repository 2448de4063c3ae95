/**
 * Wiring of dunning and mail: both judge a company's accounts by one frame.
 * From: `parts.ts`. Next: the triggers of both pieces. No logic lives here.
 */
import { acsMailer } from '../shared/azure/acs-mailer.ts';
import { type AzureClients } from '../shared/azure/clients.ts';
import { sha256 } from '../shared/azure/entry-hash.ts';
import { cosmosMembers } from '../shared/azure/cosmos-members.ts';
import { cosmosTokens } from '../shared/azure/cosmos-tokens.ts';
import { hmacLinks } from '../shared/azure/hmac-links.ts';
import { sealedBy } from '../shared/azure/secrets.ts';
import { businessCalendar } from '../shared/formats/business-calendar.ts';
import { renderMessage } from '../shared/formats/render-message.ts';
import type { AppSettings } from '../shared/contracts/settings.ts';
import { emailHashOf } from '../shared/domain/person.ts';
import type { Edge } from '../shared/edge/edge.ts';
import { dunningFrames, statesOf } from '../shared/edge/read-dunning-frame.ts';
import type { DunningTriggerParts } from './dunning/triggers.ts';
import type { EmailParts } from './email/parts.ts';
import type { Stores } from './parts-stores.ts';
import type { Mailer } from '../shared/ports/mailer.ts';

/** One frame for all that judges a company's accounts, remembered together. */
export const dunningOf = (
  { sender }: Edge,
  stores: Stores,
  { secrets }: AppSettings,
): DunningTriggerParts['dunning'] => ({
  ...{ accounts: stores.accounts, settings: stores.settings, sender, hashText: sha256 },
  frameOf: dunningFrames({ ...stores, calendarOf: businessCalendar, hashText: sha256 }),
  calendarOf: businessCalendar,
  statesOf: (...of) => statesOf({ people: stores.people, salt: secrets.peopleSalt, hashText: sha256 }, ...of),
});

export const emailOf = (
  edge: Edge,
  stores: Stores & Pick<EmailParts['mail'], 'companies'>,
  settings: AppSettings,
  clients: AzureClients,
): EmailParts => {
  const { secrets, mailDomains } = settings;
  const mailer = acsMailer({ client: clients.email, endpoint: clients.emailEndpoint, now: edge.now });
  return {
    ...{ edge, webhookKeys: secrets.mailWebhookKeys, staffMails: stores.staffMails, alerts: stores.alerts },
    signIn: signInOf(edge, { ...stores, mailer }, settings, clients),
    mail: {
      ...{ ...stores, sender: edge.sender, hashText: sha256, salt: secrets.peopleSalt, mailer },
      ...{ links: hmacLinks(secrets.linkKeys), senderDomains: mailDomains },
      frameOf: dunningFrames({ ...stores, calendarOf: businessCalendar, hashText: sha256 }),
      calendarOf: businessCalendar,
      render: renderMessage,
      // their libraries are large and seldom needed
      letterOf: async (...of) => (await import('../shared/formats/letter-pdf.ts')).letterPdf(...of),
      statementOf: async (...of) => (await import('../shared/formats/statement-pdf.ts')).statementPdf(...of),
      copyOf: async (...of) => (await import('../shared/formats/invoice-copy-pdf.ts')).invoiceCopyPdf(...of),
      sheetOf: async (...of) => (await import('../shared/formats/mail-sheet.ts')).mailSheet(...of),
    },
  };
};

const signInOf = (
  { sender }: Edge,
  { accounts, settings, pacing, mailer }: Stores & { mailer: Mailer },
  { secrets, portalOrigin }: AppSettings,
  clients: AzureClients,
): EmailParts['signIn'] => ({
  ...{ accounts, settings, pacing, mailer, sender, hashText: sha256, origin: portalOrigin },
  members: cosmosMembers(() => clients.container('people')),
  tokens: cosmosTokens(() => clients.container('access')),
  hashEmail: (email) => emailHashOf(email, secrets.peopleSalt, sha256),
  seal: sealedBy(secrets.linkKeys),
});
