/**
 * The local payment provider's account, and where its events go.
 * From: the portal's address. Next: the provider's list of webhooks; the settings of the apps.
 */
import { localKey } from './kit/keys.ts';
import type { WebhookTarget } from './payments/start.ts';

export const localAccount = 'dunwell';

export const webhookSecret = `whsec_${localKey('payments', 'webhook').replaceAll(/[^A-Za-z0-9]/g, '')}`;

export const webhookAt = (portalUrl: string): WebhookTarget => ({
  account: localAccount,
  url: `${portalUrl.replace('localhost', '127.0.0.1')}/api/webhooks/payments/default`,
  secret: webhookSecret,
});
