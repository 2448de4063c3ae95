/**
 * What the provider keeps: the objects as the `stripe` package types them, and beside each what it does not show.
 * From: the handlers. Next: `store.ts` keeps them, `router.ts` shows them. Typed by the package, so that
 * an object with a field missing does not compile.
 */
import type Stripe from 'stripe';

export type Price = Omit<Stripe.Price, 'unit_amount_decimal'> & { unit_amount_decimal: string };
export type LineItem = Omit<Stripe.LineItem, 'price'> & { price: Price };
export type Session = Omit<Stripe.Checkout.Session, 'line_items'>;
/** The package types events by their type; here one shape holds them all. */
export type ProviderEvent = {
  id: string;
  object: 'event';
  api_version: string;
  created: number;
  data: { object: object; previous_attributes?: object };
  livemode: false;
  request: { id: string | null; idempotency_key: string | null };
  type: EventType;
};

/** Every event this provider sends. */
export const eventTypes = [
  'charge.dispute.closed',
  'charge.dispute.created',
  'charge.dispute.funds_reinstated',
  'charge.dispute.funds_withdrawn',
  'charge.failed',
  'charge.pending',
  'charge.refund.updated',
  'charge.refunded',
  'charge.succeeded',
  'checkout.session.async_payment_failed',
  'checkout.session.async_payment_succeeded',
  'checkout.session.completed',
  'checkout.session.expired',
  'customer.created',
  'payment_intent.canceled',
  'payment_intent.created',
  'payment_intent.payment_failed',
  'payment_intent.processing',
  'payment_intent.succeeded',
  'refund.created',
  'refund.failed',
  'refund.updated',
] as const;
export type EventType = (typeof eventTypes)[number];

/** What happens to the webhooks of a payment: sent, sent late, twice, or not at all. */
export type WebhookCourse = { copies: 0 | 1 | 2; delaySeconds: number };

export type Stored = {
  'checkout.session': {
    object: Session;
    lines: LineItem[];
    merchant: string;
    forIntent: {
      metadata: Record<string, string>;
      description: string | null;
      receipt_email: string | null;
      statement_descriptor: string | null;
    };
  };
  payment_intent: {
    object: Stripe.PaymentIntent;
    session: string;
    /** A delayed payment: when it ends, how, and whether its webhooks go out. */
    settles?: { atMs: number; succeeds: boolean; webhooks: WebhookCourse };
  };
  charge: { object: Stripe.Charge };
  refund: { object: Stripe.Refund; settlesAtMs?: number };
  dispute: { object: Stripe.Dispute };
  balance_transaction: { object: Stripe.BalanceTransaction };
  customer: { object: Stripe.Customer };
  event: { object: ProviderEvent; hasFailed?: true };
  webhook_endpoint: {
    object: Stripe.WebhookEndpoint;
    /** The first is current; a rolled one signs on until its end. */
    secrets: { secret: string; untilMs?: number }[];
  };
  /** A webhook still to be delivered; gone once answered with 2xx, or after three days. */
  delivery: {
    object: {
      id: string;
      event: string;
      endpoint: string;
      attempts: number;
      nextAtMs: number;
      bornAtMs: number;
    };
  };
  /** The answer kept for an idempotency key. */
  answer: { object: { id: string; path: string; asked: string; status: number; body: string; atMs: number } };
};

export type Kind = keyof Stored;
export type Row<K extends Kind> = { kind: K; account: string; value: Stored[K] };

/** The one API version whose shapes these are. */
export const apiVersion = '2026-10-28.endive';

/** Seconds since 1970, as every object carries them. */
export const secondsOf = (ms: number): number => Math.floor(ms / 1000);

/** The name of what a field refers to; empty when it refers to nothing. */
export const nameOf = (reference: string | { id: string } | null | undefined): string =>
  typeof reference === 'string' ? reference : (reference?.id ?? '');
