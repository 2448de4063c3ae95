/**
 * `CheckoutProvider` by Stripe: Checkout by redirect, one account per company, events by signed webhook.
 * From: keys of the settings, never logged and never handed on. Next: Stripe; no card detail passes through here.
 * The library is loaded when first asked for.
 */
import type Stripe from 'stripe';
import { decimalsOf } from '../domain/currencies.ts';
import { done, refuse } from '../domain/outcome.ts';
import type { CheckoutProvider, SessionState, StartWanted } from '../ports/checkout-provider.ts';
import { eventOf, instantOf, markIn, metadataOf, paymentOf, whenThere } from './stripe-shapes.ts';

export type PaymentAccount = {
  /** Secret key. */
  key: string;
  /** Secrets its webhooks may be signed by: two while one is being replaced. */
  webhookSecrets: readonly string[];
};

export type PaymentSettings = {
  /** Stripe's own address unless said: a stand-in on loopback. */
  origin?: string | undefined;
  accounts: Readonly<Record<string, PaymentAccount>>;
};

const timeoutMs = 8_000;
const webhookSeconds = 300;
const perPage = 100;
/** The provider counts these otherwise than everybody else. */
const countedOtherwise = new Set(['ISK', 'UGX']);

/** @throws from every call that the provider does not answer, or for an account without a key. */
export const stripeCheckouts = ({ origin, accounts }: PaymentSettings): CheckoutProvider => {
  const clients = new Map<string, Promise<Stripe>>();
  const accountOf = (account: string): PaymentAccount => {
    const found = Object.hasOwn(accounts, account) ? accounts[account] : undefined;
    if (found === undefined) throw new Error(`no key is set for the payment account ${account}`);
    return found;
  };
  const clientOf = (account: string): Promise<Stripe> => {
    const known = clients.get(account);
    if (known !== undefined) return known;
    const made = openClient(accountOf(account).key, origin);
    clients.set(account, made);
    return made;
  };
  return {
    accounts: () => Object.keys(accounts),
    start: async (account, wanted) => {
      const { currency, key } = wanted;
      const decimals = decimalsOf(currency);
      if (!decimals.ok || decimals.value > 2 || countedOtherwise.has(currency))
        return refuse('checkout-refused', `Payments in ${currency} are not taken here.`);
      const stripe = await clientOf(account);
      try {
        const made = await stripe.checkout.sessions.create(sessionOf(wanted), { idempotencyKey: key });
        if (made.url === null) return refuse('checkout-refused', 'The checkout has ended already.');
        return done({ sessionId: made.id, url: made.url, expiresAt: instantOf(made.expires_at) });
      } catch (fault) {
        if (!isRefusal(fault)) throw fault;
        return refuse('checkout-refused', 'The payment provider does not take this payment.');
      }
    },
    session: async (account, sessionId) => {
      const stripe = await clientOf(account);
      return whenThere(stripe.checkout.sessions.retrieve(sessionId), stateOf);
    },
    expire: async (account, sessionId) => {
      const stripe = await clientOf(account);
      try {
        return stateOf(await stripe.checkout.sessions.expire(sessionId));
      } catch (fault) {
        if (!isRefusal(fault)) throw fault;
        return whenThere(stripe.checkout.sessions.retrieve(sessionId), stateOf);
      }
    },
    payment: async (account, paymentId) => {
      const stripe = await clientOf(account);
      return whenThere(
        stripe.paymentIntents.retrieve(paymentId, { expand: ['latest_charge'] }),
        async (intent) => {
          const of = { payment_intent: paymentId, limit: perPage };
          const refunds = await stripe.refunds.list(of);
          return paymentOf(intent, refunds.data, (await stripe.disputes.list(of)).data);
        },
      );
    },
    verify: async (account, { bytes, signature, now }) => {
      const of = Object.hasOwn(accounts, account) ? accountOf(account) : undefined;
      const stripe = of === undefined ? undefined : await clientOf(account);
      for (const secret of of?.webhookSecrets ?? []) {
        const sent = { bytes, signature, secret, nowMs: now.epochMilliseconds };
        const said = await verified(stripe!, sent, isLiveKey(of!.key));
        if (said !== undefined) return said;
      }
      return refuse('signature-not-right', 'No signature of this account is on it.');
    },
    events: async (account, { since, after }) => {
      const stripe = await clientOf(account);
      const page = await stripe.events.list({
        limit: perPage,
        created: { gte: Math.floor(since.epochMilliseconds / 1000) },
        ...(after === undefined ? {} : { starting_after: after }),
      });
      const last = page.has_more ? page.data.at(-1)?.id : undefined;
      return { events: page.data.map(eventOf), ...(last === undefined ? {} : { after: last }) };
    },
  };
};

const openClient = async (key: string, origin: string | undefined): Promise<Stripe> => {
  const { default: Client } = await import('stripe');
  const place = origin === undefined ? {} : placeOf(new URL(origin));
  return new Client(key, { maxNetworkRetries: 2, timeout: timeoutMs, telemetry: false, ...place });
};

const placeOf = ({ hostname, port, protocol }: URL): Stripe.StripeConfig => ({
  host: hostname,
  port,
  protocol: protocol === 'http:' ? 'http' : 'https',
});

const sessionOf = (wanted: StartWanted): Stripe.Checkout.SessionCreateParams => {
  const { currency, amount, title, mark, sellerName } = wanted;
  const metadata = metadataOf(mark);
  const price = { currency: currency.toLowerCase(), unit_amount: amount, product_data: { name: title } };
  return {
    mode: 'payment',
    line_items: [{ quantity: 1, price_data: price }],
    client_reference_id: mark.checkoutId,
    ...{ metadata, payment_intent_data: { metadata, description: title } },
    ...{ success_url: wanted.successUrl, cancel_url: wanted.cancelUrl },
    expires_at: Math.floor(wanted.expiresAt.epochMilliseconds / 1000),
    branding_settings: { display_name: sellerName },
  };
};

const sessionStates: Readonly<Record<string, SessionState['state']>> = {
  ...{ open: 'open', complete: 'complete', expired: 'expired' },
};

const stateOf = (session: Stripe.Checkout.Session): SessionState => {
  const { payment_intent: intent, metadata, status } = session;
  const paymentId = typeof intent === 'string' ? intent : intent?.id;
  return {
    state: sessionStates[status ?? 'expired'] ?? 'expired',
    ...markIn(metadata),
    ...(paymentId === undefined ? {} : { paymentId }),
  };
};

/** What the provider says no to, however often it is asked; all else may be different next time. */
const isRefusal = (fault: unknown): boolean =>
  (fault as { type?: unknown } | null)?.type === 'StripeInvalidRequestError';

type Signed = { bytes: Uint8Array; signature: string | null; secret: string; nowMs: number };

const isLiveKey = (key: string): boolean => key.slice(2).startsWith('_live_');

/** Undefined when this secret has not signed it. */
const verified = async (stripe: Stripe, { bytes, signature, secret, nowMs }: Signed, isLive: boolean) => {
  if (signature === null || !shape.test(signature) || isAhead(signature, nowMs)) return undefined;
  const body = Buffer.from(bytes).toString('utf8');
  try {
    const args = [body, signature, secret, webhookSeconds, undefined, nowMs] as const;
    const event = await stripe.webhooks.constructEventAsync(...args);
    return event.livemode === isLive && event.account === undefined
      ? done(eventOf(event))
      : refuse('event-of-other-account', 'Its mode or its account is not that of the key.');
  } catch (fault) {
    if (fault instanceof SyntaxError) return refuse('event-not-readable', 'It is no event.');
    if ((fault as { type?: unknown }).type !== 'StripeSignatureVerificationError') throw fault;
    return undefined;
  }
};

/** Of what is shaped otherwise the library makes a fault of ours. */
const shape = /^t=\d{1,12}(,v\d=[0-9a-f]{1,128}){1,8}$/;

/** The library looks at old ones only. */
const isAhead = (signature: string, nowMs: number): boolean =>
  Number(/(?:^|,)t=(\d{1,12})(?:,|$)/.exec(signature)?.[1] ?? 0) * 1000 > nowMs + webhookSeconds * 1000;
