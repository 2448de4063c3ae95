/**
 * The webhook of the payment provider: signature first, kept second, answered third (P2, P4).
 * From: the provider. Next: `keep-event.ts`.
 */
import { webhookParams } from '../../shared/contracts/portal-sign-in.ts';
import { refuse } from '../../shared/domain/outcome.ts';
import type { Webhook } from '../../shared/edge/http-webhook.ts';
import type { ProviderEvent } from '../../shared/ports/checkout-provider.ts';
import { keepEvent } from './keep-event.ts';
import type { EventStores } from './portal-parts.ts';

type Events = Pick<EventStores, 'provider' | 'inbox' | 'sender'>;

export const paymentWebhook = (events: Events): Webhook<{ provider: string }, ProviderEvent> => ({
  ...{ name: 'receive-payment-event', route: 'api/webhooks/payments/{provider}' },
  ...{ action: 'sys.webhook.payment', sender: 'PSP', params: webhookParams },
  signedAt: (header) => String(Number(/^t=(\d+)/.exec(header('stripe-signature') ?? '')?.[1])),
  verify: async ({ params: { provider }, bytes, header, now }) =>
    events.provider.accounts().includes(provider)
      ? events.provider.verify(provider, { bytes, signature: header('stripe-signature'), now })
      : refuse('payment-account-unknown', 'No payments are taken under this name.'),
  run: (event, { params, now, scope }) => keepEvent(events, { now, scope }, params.provider, event),
});
