/**
 * Customers: a name and an address for receipts.
 * From: `POST /v1/customers`, and sessions that want one always. Next: sessions, intents, charges name them.
 */
import type Stripe from 'stripe';
import { z } from 'zod';
import type { Desk } from './desk.ts';
import { newId } from './ids.ts';
import { secondsOf } from './objects.ts';
import * as p from './params.ts';

export const createCustomerParams = z.strictObject({
  email: p.email().optional(),
  name: p.text(256).optional(),
  description: p.text().optional(),
  phone: p.text(20).optional(),
  metadata: p.metadata().optional(),
  ...p.expand,
});

export const makeCustomer = (desk: Desk, params: z.output<typeof createCustomerParams>): Stripe.Customer => {
  const id = newId('cus_', 14);
  const object: Stripe.Customer = {
    id,
    object: 'customer',
    address: null,
    balance: 0,
    created: secondsOf(desk.nowMs),
    currency: null,
    customer_account: null,
    default_source: null,
    delinquent: false,
    description: params.description ?? null,
    discount: null,
    email: params.email ?? null,
    invoice_prefix: id.slice(-8).toUpperCase(),
    invoice_settings: {
      custom_fields: null,
      default_payment_method: null,
      footer: null,
      rendering_options: null,
    },
    livemode: false,
    metadata: params.metadata ?? {},
    name: params.name ?? null,
    next_invoice_sequence: 1,
    phone: params.phone ?? null,
    preferred_locales: [],
    shipping: null,
    tax_exempt: 'none',
    test_clock: null,
  };
  desk.put('customer', { object });
  desk.emit('customer.created', object);
  return object;
};
