/**
 * Every route of the API that Dunwell uses, on one page.
 * From: `router.ts`. Next: the handlers. What is not here is answered "Unrecognized request URL".
 */
import { z } from 'zod';
import { createCustomerParams, makeCustomer } from './customers.ts';
import type { Desk } from './desk.ts';
import { invalid, noSuch } from './errors.ts';
import { eventFilter, listEventsParams, retrieveEvent, showEvent } from './events.ts';
import { asOf } from './ledger.ts';
import type { Kind, Stored } from './objects.ts';
import { pageOf } from './paging.ts';
import * as p from './params.ts';
import { createRefund, createRefundParams } from './refunds.ts';
import { createSession, createSessionParams, expireSession } from './sessions.ts';
import {
  createEndpoint,
  createEndpointParams,
  deleteEndpoint,
  updateEndpoint,
  updateEndpointParams,
} from './webhook-endpoints.ts';

export type Route = {
  method: 'GET' | 'POST' | 'DELETE';
  /** `:id` stands for one segment. */
  path: string;
  schema: z.ZodType;
  run: (desk: Desk, params: never, id: string) => object;
};

const route = <T extends z.ZodType>(
  method: Route['method'],
  path: string,
  schema: T,
  run: (desk: Desk, params: z.output<T>, id: string) => object,
): Route => ({ method, path, schema, run });

/** What the provider calls a kind in a message, where it is not its name. */
const spoken: { [kind in Kind]?: string } = {
  balance_transaction: 'balance transaction',
  webhook_endpoint: 'webhook endpoint',
};

const only = z.strictObject(p.expand);
const filters = (...names: string[]) =>
  z.strictObject({ ...p.paging, ...Object.fromEntries(names.map((name) => [name, p.text().optional()])) });

/** `GET path/:id` for a kind; `param` is what the provider calls the id when nothing is there. */
const retrieve = <K extends Kind>(path: string, kind: K, param = 'id', show = plain<K>) =>
  route('GET', `${path}/:id`, only, (desk, _params, id) => {
    const row = desk.get(kind, id);
    if (!row) throw noSuch(spoken[kind] ?? kind, id, param);
    return show(desk, row);
  });

/** `GET path` for a kind, narrowed by fields of the object. */
const listing = <K extends Kind>(path: string, kind: K, fields: string[] = [], show = plain<K>) =>
  route('GET', path, filters(...fields), (desk, params) => {
    const asked = params as Record<string, unknown>;
    const fitting = [...desk.newestFirst(kind)].filter(({ object }) =>
      fields.every(
        (field) => asked[field] === undefined || (object as Record<string, unknown>)[field] === asked[field],
      ),
    );
    return pageOf(
      fitting.map((row) => show(desk, row)),
      params,
      path,
    );
  });

const plain = <K extends Kind>(_desk: Desk, row: Stored[K]): Stored[K]['object'] => row.object;
const settled = (desk: Desk, { object }: Stored['balance_transaction']) => asOf(object, desk.nowMs);

const listSessions = z.strictObject({
  ...p.paging,
  payment_intent: p.text().optional(),
  customer: p.text().optional(),
  customer_details: z.strictObject({ email: p.text() }).optional(),
  status: p.oneOf(['open', 'complete', 'expired']).optional(),
});

const sessions = '/v1/checkout/sessions';

export const routes: Route[] = [
  route('POST', sessions, createSessionParams, createSession),
  retrieve(sessions, 'checkout.session', 'session'),
  route(
    'GET',
    sessions,
    listSessions,
    (desk, { customer_details, payment_intent, customer, status, ...page }) => {
      const fitting = [...desk.newestFirst('checkout.session')]
        .map(({ object }) => object)
        .filter(
          (one) =>
            (payment_intent === undefined || one.payment_intent === payment_intent) &&
            (customer === undefined || one.customer === customer) &&
            (status === undefined || one.status === status) &&
            (customer_details === undefined || one.customer_details?.email === customer_details.email),
        );
      return pageOf(fitting, page, sessions);
    },
  ),
  route('POST', `${sessions}/:id/expire`, only, (desk, _params, id) => expireSession(desk, id)),
  route('GET', `${sessions}/:id/line_items`, filters(), (desk, params, id) => {
    const row = desk.get('checkout.session', id);
    if (!row) throw noSuch('checkout.session', id, 'session');
    return pageOf(row.lines, params, `${sessions}/${id}/line_items`);
  }),
  retrieve('/v1/payment_intents', 'payment_intent', 'intent'),
  listing('/v1/payment_intents', 'payment_intent', ['customer']),
  route('POST', '/v1/payment_intents/:id/cancel', cancelParams(), (desk, _params, id) => {
    const row = desk.get('payment_intent', id);
    if (!row) throw noSuch('payment_intent', id, 'intent');
    throw refuseCancel(row);
  }),
  retrieve('/v1/charges', 'charge'),
  listing('/v1/charges', 'charge', ['payment_intent', 'customer']),
  route('POST', '/v1/refunds', createRefundParams, createRefund),
  retrieve('/v1/refunds', 'refund'),
  listing('/v1/refunds', 'refund', ['charge', 'payment_intent']),
  retrieve('/v1/disputes', 'dispute', 'dispute'),
  listing('/v1/disputes', 'dispute', ['charge', 'payment_intent']),
  retrieve('/v1/balance_transactions', 'balance_transaction', 'id', settled),
  listing('/v1/balance_transactions', 'balance_transaction', ['type', 'source', 'currency'], settled),
  route('POST', '/v1/customers', createCustomerParams, makeCustomer),
  retrieve('/v1/customers', 'customer'),
  listing('/v1/customers', 'customer', ['email']),
  route('GET', '/v1/events', listEventsParams, (desk, params) => {
    const fitting = [...desk.newestFirst('event')].filter(eventFilter(desk, params));
    const page = pageOf(
      fitting.map(({ object }) => object),
      params,
      '/v1/events',
    );
    return { ...page, data: page.data.map((object) => showEvent(desk, { object })) };
  }),
  route('GET', '/v1/events/:id', only, (desk, _params, id) => retrieveEvent(desk, id)),
  route('POST', '/v1/webhook_endpoints', createEndpointParams, (desk, params) =>
    createEndpoint(desk, params),
  ),
  retrieve('/v1/webhook_endpoints', 'webhook_endpoint', 'webhook_endpoint'),
  listing('/v1/webhook_endpoints', 'webhook_endpoint'),
  route('POST', '/v1/webhook_endpoints/:id', updateEndpointParams, (desk, params, id) =>
    updateEndpoint(desk, id, params),
  ),
  route('DELETE', '/v1/webhook_endpoints/:id', only, (desk, _params, id) => deleteEndpoint(desk, id)),
];

function cancelParams() {
  const reasons = ['duplicate', 'fraudulent', 'requested_by_customer', 'abandoned'] as const;
  return z.strictObject({ cancellation_reason: p.oneOf(reasons).optional(), ...p.expand });
}

/** Every intent here belongs to a session, and those are ended by expiring the session. */
function refuseCancel({ object }: Stored['payment_intent']) {
  if (object.status === 'requires_payment_method')
    return invalid(
      'You cannot cancel the PaymentIntent for a Checkout Session. Expire the Checkout Session instead.',
      { param: 'intent' },
    );
  return invalid(`You cannot cancel this PaymentIntent because it has a status of ${object.status}.`, {
    param: 'intent',
    code: 'payment_intent_unexpected_state',
  });
}
