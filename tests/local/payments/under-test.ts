/**
 * The payment provider under test: the real one in test mode when `CONFORMANCE_STRIPE_KEY` is set, else the local one.
 * From: the environment. Next: every suite in this folder, through the official `stripe` package.
 */
import Stripe from 'stripe';
import { createClock, type Clock } from '../../../local/clock.ts';
import { createFaultSwitch, type FaultSwitch } from '../../../local/kit/faults.ts';
import { startPayments, type PaymentsOptions, type PaymentsService } from '../../../local/payments/start.ts';
import { topology } from '../../../shared/contracts/topology.ts';

const realKey = process.env['CONFORMANCE_STRIPE_KEY'];

/** Cases that only the local provider can show run when this is true. */
export const isLocal = realKey === undefined;

export type Local = {
  service: PaymentsService;
  clock: Clock;
  faults: FaultSwitch;
  /** A client of an account of the local provider. */
  client(account?: string, config?: Partial<Stripe.StripeConfig>): Stripe;
  /** Sends JSON to a `/local/` route and gives what it answered. */
  act<T = Record<string, unknown>>(path: string, body?: unknown): Promise<T>;
  /** Waits until no webhook is due or on its way. */
  settled(): Promise<void>;
  /** Lines it logged. */
  logged: string[];
  close: () => Promise<void>;
};

/** Starts a local provider of its own on a free port, in memory unless told a directory. */
export const startLocal = async (options: Partial<PaymentsOptions> = {}): Promise<Local> => {
  const clock = options.clock ?? createClock();
  const faults = createFaultSwitch();
  const logged: string[] = [];
  const log = (line: string) => void logged.push(line);
  const service = await startPayments({
    port: 0,
    stateDir: undefined,
    topology,
    clock,
    faults,
    log,
    ...options,
  });
  return {
    service,
    clock,
    faults,
    client: (account = 'acme', config = {}) =>
      new Stripe(service.apiKey(account), {
        host: '127.0.0.1',
        port: service.port,
        protocol: 'http',
        maxNetworkRetries: 0,
        telemetry: false,
        ...config,
      }),
    act: async (path, body = {}) => {
      const answer = await fetch(`${service.url}/local/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      const said = (await answer.json()) as { error?: { message: string } };
      if (!answer.ok) throw new Error(said.error?.message);
      return said as never;
    },
    settled: () => clock.moveTo(clock.now() + 100), // a little more: real time passes between the two readings
    logged,
    close: async () => {
      await service.close();
      clock.close();
    },
  };
};

export type UnderTest = { stripe: Stripe; webhookUrl: string; close: () => Promise<void> };

/** The provider for suites that must hold for the real one too. */
export const startUnderTest = async (): Promise<UnderTest> => {
  if (realKey !== undefined) {
    const stripe = new Stripe(realKey, { maxNetworkRetries: 0 });
    return { stripe, webhookUrl: 'https://example.com/dunwell-conformance', close: () => Promise.resolve() };
  }
  const local = await startLocal();
  return { stripe: local.client(), webhookUrl: 'http://127.0.0.1:9/hook', close: local.close };
};

/** An order for one invoice of 119.00 EUR. */
export const oneInvoice = (
  more: Partial<Stripe.Checkout.SessionCreateParams> = {},
): Stripe.Checkout.SessionCreateParams => ({
  mode: 'payment',
  success_url: 'https://portal.example.com/paid?session={CHECKOUT_SESSION_ID}',
  cancel_url: 'https://portal.example.com/invoices',
  line_items: [priced('Invoice 2026-0042', 11_900)],
  ...more,
});

export const priced = (name: string, unitAmount: number, currency = 'eur', quantity = 1) => ({
  quantity,
  price_data: { currency, unit_amount: unitAmount, product_data: { name } },
});

/** What a call was refused with. @throws when it was not refused. */
export const refusalOf = async (call: Promise<unknown>): Promise<Stripe.errors.StripeError> => {
  const answer = await call.then(
    () => 'no refusal',
    (error: unknown) => error,
  );
  if (answer instanceof Stripe.errors.StripeError) return answer;
  throw new Error(`not a refusal: ${String(answer)}`);
};
