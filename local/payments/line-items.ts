/**
 * The lines of a checkout session: what is paid for, priced on the spot.
 * From: `line_items` of a new session. Next: its total, the page, `GET …/line_items`.
 */
import { z } from 'zod';
import { invalid, noSuch } from './errors.ts';
import { newId } from './ids.ts';
import type { LineItem } from './objects.ts';
import * as p from './params.ts';

export const lineItem = z.strictObject({
  price: p.text().optional(),
  price_data: z
    .strictObject({
      currency: p.text(3),
      unit_amount: p.integer(0),
      product_data: z.strictObject({
        name: p.text(),
        description: p.text().optional(),
        metadata: p.metadata().optional(),
      }),
    })
    .optional(),
  quantity: p.integer(1, 999_999).optional(),
});

const currencies = new Set(Intl.supportedValuesOf('currency').map((code) => code.toLowerCase()));

/** @throws Refusal for a stored price (there are none here), an unknown currency or no price at all. */
export const lineOf = (line: z.output<typeof lineItem>, index: number, created: number): LineItem => {
  const param = `line_items[${index}]`;
  if (line.price !== undefined) throw noSuch('price', line.price, `${param}[price]`, 400);
  if (!line.price_data)
    throw invalid(`Missing required param: ${param}[price_data].`, {
      param: `${param}[price_data]`,
      code: 'parameter_missing',
    });
  if (line.quantity === undefined)
    throw invalid(`Quantity is required. Add \`quantity\` to \`${param}\``, { param: `${param}[quantity]` });
  const { unit_amount, product_data } = line.price_data;
  const currency = line.price_data.currency.toLowerCase();
  if (!currencies.has(currency))
    throw invalid(`Invalid currency: ${currency}.`, { param: `${param}[price_data][currency]` });
  const amount = unit_amount * line.quantity;
  return {
    id: newId('li_1'),
    object: 'item',
    adjustable_quantity: null,
    amount_discount: 0,
    amount_subtotal: amount,
    amount_tax: 0,
    amount_total: amount,
    currency,
    description: product_data.name,
    metadata: {},
    price: priceOf(currency, unit_amount, created),
    quantity: line.quantity,
  };
};

const priceOf = (currency: string, unitAmount: number, created: number): LineItem['price'] => ({
  id: newId('price_1'),
  object: 'price',
  active: false,
  billing_scheme: 'per_unit',
  created,
  currency,
  custom_unit_amount: null,
  livemode: false,
  lookup_key: null,
  metadata: {},
  nickname: null,
  product: newId('prod_', 14),
  recurring: null,
  tax_behavior: 'unspecified',
  tiers_mode: null,
  transform_quantity: null,
  type: 'one_time',
  unit_amount: unitAmount,
  unit_amount_decimal: String(unitAmount),
});
