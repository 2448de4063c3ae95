/**
 * Checkout sessions: made by the merchant, paid or left by the customer, ended by the clock.
 * From: `POST /v1/checkout/sessions`. Next: the checkout page (`checkout.ts`), `payments.ts`.
 * Only what Dunwell uses: mode `payment`, the hosted page, lines priced on the spot.
 */
import { z } from 'zod';
import type { Desk } from './desk.ts';
import { invalid, noSuch } from './errors.ts';
import { newId } from './ids.ts';
import { lineItem, lineOf } from './line-items.ts';
import type { LineItem, Session } from './objects.ts';
import { secondsOf } from './objects.ts';
import * as p from './params.ts';
import { detailsOf, emptySession } from './session-shape.ts';

export const createSessionParams = z.strictObject({
  mode: p.oneOf(['payment']),
  ui_mode: p.oneOf(['hosted_page']).optional(),
  success_url: p.url(),
  cancel_url: p.url().optional(),
  line_items: p.list(lineItem),
  client_reference_id: p.text(200).optional(),
  customer: p.text().optional(),
  customer_email: p.email().optional(),
  customer_creation: p.oneOf(['always', 'if_required']).optional(),
  expires_at: p.integer().optional(),
  locale: p.text(10).optional(),
  submit_type: p.oneOf(['auto', 'pay']).optional(),
  branding_settings: z.strictObject({ display_name: p.text(250) }).optional(),
  payment_intent_data: z
    .strictObject({
      metadata: p.metadata().optional(),
      description: p.text(1000).optional(),
      receipt_email: p.email().optional(),
      statement_descriptor: p.text(22).optional(),
    })
    .optional(),
  metadata: p.metadata().optional(),
  ...p.expand,
});
type CreateParams = z.output<typeof createSessionParams>;

const shortestLifeSeconds = 30 * 60;
const longestLifeSeconds = 24 * 60 * 60;

export const createSession = (desk: Desk, params: CreateParams): Session => {
  const created = secondsOf(desk.nowMs);
  if (params.customer !== undefined && params.customer_email !== undefined)
    throw invalid('You may only specify one of these parameters: customer, customer_email.', {
      param: 'customer',
    });
  const customer = params.customer === undefined ? undefined : desk.get('customer', params.customer);
  if (params.customer !== undefined && !customer) throw noSuch('customer', params.customer, 'customer', 400);
  const lines = params.line_items.map((line, index) => lineOf(line, index, created));
  const total = totalOf(lines);
  const object: Session = {
    ...emptySession,
    id: newId('cs_test_a1', 56),
    ...total,
    cancel_url: params.cancel_url ?? null,
    client_reference_id: params.client_reference_id ?? null,
    created,
    customer: params.customer ?? null,
    customer_creation: customer ? null : (params.customer_creation ?? 'if_required'),
    customer_details: detailsOf(params.customer_email ?? customer?.object.email ?? null),
    customer_email: params.customer_email ?? null,
    expires_at: expiryOf(params.expires_at, created),
    locale: params.locale ?? null,
    metadata: params.metadata ?? {},
    submit_type: params.submit_type ?? null,
    success_url: params.success_url,
  };
  object.url = `${desk.baseUrl}/c/pay/${object.id}`;
  desk.put('checkout.session', {
    object,
    lines,
    merchant: params.branding_settings?.display_name ?? desk.account,
    forIntent: {
      metadata: params.payment_intent_data?.metadata ?? {},
      description: params.payment_intent_data?.description ?? null,
      receipt_email: params.payment_intent_data?.receipt_email ?? null,
      statement_descriptor: params.payment_intent_data?.statement_descriptor ?? null,
    },
  });
  return object;
};

const expiryOf = (wanted: number | undefined, created: number): number => {
  if (wanted === undefined) return created + longestLifeSeconds;
  const bound = (words: string) =>
    invalid(`The \`expires_at\` timestamp must be ${words} from Checkout Session creation.`, {
      param: 'expires_at',
    });
  if (wanted < created + shortestLifeSeconds) throw bound('at least 30 minutes');
  if (wanted > created + longestLifeSeconds) throw bound('less than 24 hours');
  return wanted;
};

const totalOf = (lines: LineItem[]) => {
  const first = lines[0];
  if (!first)
    throw invalid('Missing required param: line_items.', { param: 'line_items', code: 'parameter_missing' });
  if (lines.some((line) => line.currency !== first.currency))
    throw invalid('All line items must have the same currency.', { param: 'line_items' });
  const total = lines.reduce((sum, line) => sum + line.amount_total, 0);
  if (total < 50)
    throw invalid(
      "The Checkout Session's total amount due must add up to at least 50 of the smallest unit.",
      {
        code: 'amount_too_small',
      },
    );
  if (total > 99_999_999)
    throw invalid("The Checkout Session's total amount due must be no more than 99999999.", {
      code: 'amount_too_large',
    });
  return { amount_subtotal: total, amount_total: total, currency: first.currency };
};

/** Ends an open session: no more payment, and an attempt that failed on the way is canceled. */
export const expireSession = (desk: Desk, id: string): Session => {
  const row = desk.get('checkout.session', id);
  if (!row) throw noSuch('checkout.session', id, 'session');
  if (row.object.status !== 'open')
    throw invalid(
      `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of \`${row.object.status}\`.`,
    );
  const object: Session = { ...row.object, status: 'expired', url: null };
  desk.put('checkout.session', { ...row, object });
  const intent =
    typeof object.payment_intent === 'string' ? desk.get('payment_intent', object.payment_intent) : undefined;
  if (intent) {
    const canceled = {
      ...intent.object,
      status: 'canceled',
      canceled_at: secondsOf(desk.nowMs),
      cancellation_reason: 'expired',
    };
    desk.put('payment_intent', { ...intent, object: canceled });
    desk.emit('payment_intent.canceled', canceled);
  }
  desk.emit('checkout.session.expired', object);
  return object;
};
