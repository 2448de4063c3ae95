/**
 * The settings each app would have in the cloud, with the local Azure behind them.
 * From: where the stand-ins listen. Next: `parseSettings` and the Functions host; never the process environment.
 */
import { topology } from '../shared/contracts/topology.ts';
import { localKey } from './kit/keys.ts';
import { apiKeyOf } from './payments/ids.ts';
import { localAccount, webhookSecret } from './payment-webhook.ts';
import type { Endpoints } from './endpoints.ts';

/** Connection strings hold the app's own keys, so that a right it lacks shows here first. */
export const settingsFor = (app: string, at: Endpoints): Record<string, string> => ({
  DUNWELL_APP: app,
  DUNWELL_BUILD: 'local',
  COSMOS: `AccountEndpoint=${at.cosmos}/;AccountKey=${localKey('cosmos', app)};`,
  SERVICEBUS: `Endpoint=${at.serviceBus};SharedAccessKeyName=${app};SharedAccessKey=${localKey('service-bus', app)};UseDevelopmentEmulator=true;`,
  BLOB: blobConnectionString(app, at),
  EMAIL: `endpoint=${at.email}/;accesskey=${localKey('email', app)}`,
  // what the local mail service has linked
  MAIL_FROM_DOMAIN: 'dunwell.example',
  LINK_KEYS: localKey('links', 'all'),
  MAIL_WEBHOOK_KEYS: localKey('mail-webhook', 'all'),
  PEOPLE_SALT: localKey('people', 'all'),
  ...paymentSettings(at),
  // one machine's own tools look every few milliseconds
  DUNWELL_CALLS_PER_MINUTE: '1000000',
  IDENTITY_ISSUER: at.identity.issuer,
  IDENTITY_AUDIENCE: at.identity.audience,
  IDENTITY_KEYS_URL: at.identity.keysUrl,
});

/** One account takes the payments of all companies; its webhook is set up by `payment-webhook.ts`. */
const paymentSettings = ({ payments }: Endpoints): Record<string, string> => {
  const account = { key: apiKeyOf(localAccount), webhookSecrets: [webhookSecret] };
  return {
    PORTAL_ORIGIN: `http://localhost:${topology.apps['portal']?.localPort}`,
    PAYMENTS_ORIGIN: payments,
    PAYMENTS_ACCOUNTS: JSON.stringify({ default: account }),
  };
};

/** For an app, or for the owner who may do everything. */
export const blobConnectionString = (holder: string, { blob }: Endpoints): string =>
  [
    'DefaultEndpointsProtocol=http',
    `AccountName=${blob.split('/').at(-1)}`,
    `AccountKey=${localKey('blob', holder)}`,
    `BlobEndpoint=${blob}`,
  ].join(';');
