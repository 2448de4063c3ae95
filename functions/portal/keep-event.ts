/**
 * Keeps an event of the payment provider, once, and has it worked; the provider hears of it only when it is kept (P2).
 * From: webhooks, the provider's own list of events. Next: queue `payment-events`.
 */
import type { KeptEvent } from '../../shared/contracts/portal-sign-in.ts';
import type { PaymentEventMessage } from '../../shared/contracts/messages.ts';
import { textOfInstant, type Instant } from '../../shared/domain/calendar.ts';
import { done, type Outcome } from '../../shared/domain/outcome.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { ProviderEvent } from '../../shared/ports/checkout-provider.ts';
import type { EventStores } from './portal-parts.ts';

/** Under which it lies in the inbox. */
export const inboxId = (provider: string, eventId: string): string => `payment:${provider}:${eventId}`;

/** The same event again is sent on again unless it is done: a message may have been lost behind the keeping. */
export const keepEvent = async (
  { inbox, sender }: Pick<EventStores, 'inbox' | 'sender'>,
  { scope, now }: { scope: Scope; now: Instant },
  provider: string,
  event: ProviderEvent,
): Promise<Outcome<'kept' | 'known', never>> => {
  const { eventId, type, at, sessionId, paymentId } = event;
  const id = inboxId(provider, eventId);
  const content: KeptEvent = {
    ...{ provider, type, at },
    ...(sessionId === undefined ? {} : { sessionId }),
    ...(paymentId === undefined ? {} : { paymentId }),
  };
  const kept = await inbox.keep(scope, {
    ...{ eventId: id, kind: 'payment', receivedAt: textOfInstant(now), state: 'new', content },
  });
  const isOpen = kept === 'kept' || (await inbox.read(scope, id))?.state === 'new';
  const body: PaymentEventMessage = { v: 1, provider, eventId };
  if (isOpen) await sender.send('payment-events', [{ id, body }]);
  return done(kept);
};
