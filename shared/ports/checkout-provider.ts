/**
 * The payment provider, in our words: checkouts by redirect, what became of a payment, and its list of events.
 * From: the portal. Next: `shared/azure/stripe-checkouts.ts`, in memory `tests/support/memory`.
 * `account` names the company's account with the provider; its keys never leave the adapter.
 */
import type { Instant } from '../domain/calendar.ts';
import type { AmountMinor, Currency } from '../domain/money.ts';
import type { Outcome } from '../domain/outcome.ts';

/** Which checkout of ours a payment belongs to. */
export type CheckoutMark = { companyId: string; accountId: string; checkoutId: string };

export type StartWanted = {
  /** The same key and content is the same checkout, whatever was lost on the way. */
  key: string;
  mark: CheckoutMark;
  currency: Currency;
  amount: AmountMinor;
  /** What the customer reads beside the sum. */
  title: string;
  sellerName: string;
  expiresAt: Instant;
  successUrl: string;
  cancelUrl: string;
};

export type StartedSession = { sessionId: string; url: string; expiresAt: string };

export type SessionState = {
  state: 'open' | 'complete' | 'expired';
  mark?: CheckoutMark;
  paymentId?: string;
};

export type MoneyBack = {
  id: string;
  amount: AmountMinor;
  /** ISO instant. */
  at: string;
  /** `over`: it failed, or the bank decided for the seller: the money is here again. */
  state: 'taken' | 'over';
};

/** A payment as the provider knows it now. */
export type PaymentState = {
  paymentId: string;
  mark?: CheckoutMark;
  state: 'waiting' | 'processing' | 'succeeded' | 'failed';
  currency: Currency;
  /** What was captured; 0 before. */
  amount: AmountMinor;
  /** ISO instant of the capture. */
  paidAt?: string;
  method: string;
  refunds: readonly MoneyBack[];
  reversals: readonly MoneyBack[];
};

/** Ids alone: what happened is read from the provider, since events come in any order. */
export type ProviderEvent = {
  eventId: string;
  type: string;
  /** ISO instant. */
  at: string;
  sessionId?: string;
  paymentId?: string;
};

export type EventRefusal = 'signature-not-right' | 'event-not-readable' | 'event-of-other-account';

export interface CheckoutProvider {
  /** Accounts this deployment has keys for. */
  accounts(): readonly string[];
  /** @throws when the provider cannot be reached, or stays unclear: the same key again is safe. */
  start(account: string, wanted: StartWanted): Promise<Outcome<StartedSession, 'checkout-refused'>>;
  session(account: string, sessionId: string): Promise<SessionState | undefined>;
  /** Ends an open session; what it is after that. */
  expire(account: string, sessionId: string): Promise<SessionState | undefined>;
  payment(account: string, paymentId: string): Promise<PaymentState | undefined>;
  /** The event of a webhook's raw bytes, or why it is none of this account's. */
  verify(
    account: string,
    sent: { bytes: Uint8Array; signature: string | null; now: Instant },
  ): Promise<Outcome<ProviderEvent, EventRefusal>>;
  /** Events since an instant, the newest first; hand `after` back for the page before. */
  events(
    account: string,
    page: { since: Instant; after?: string },
  ): Promise<{ events: ProviderEvent[]; after?: string }>;
}
