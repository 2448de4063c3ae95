/**
 * One payment that was started here, as whoever comes back from the provider's page sees it (P7): paid at the provider and
 * not heard of yet it is being confirmed, and is neither paid nor to be paid again.
 * From: `GET …/payments/{payment}`. Next: the page the provider sends customers back to. Looking changes nothing; what the
 * payment comes to is for the events to say.
 */
import type { CheckoutAnswer } from '../../shared/contracts/portal.ts';
import type { AccountKey } from '../../shared/domain/account.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { PortalStores } from './portal-parts.ts';
import { checkoutAnswerOf } from './start-checkout.ts';

export const showPayment = async (
  { checkouts, provider: providers }: Pick<PortalStores, 'checkouts' | 'provider'>,
  scope: Scope,
  key: AccountKey,
  payment: string,
): Promise<Outcome<CheckoutAnswer, 'not-found'>> => {
  const kept = await checkouts.read(scope, key, payment);
  if (kept === undefined) return refuse('not-found', 'There is no such payment.');
  const { checkout } = kept;
  const { provider, sessionId, state } = checkout;
  const isAsked = state === 'open' && sessionId !== undefined;
  const session = isAsked ? await providers.session(provider, sessionId) : undefined;
  return done(
    checkoutAnswerOf(session?.state === 'complete' ? { ...checkout, state: 'processing' } : checkout),
  );
};
