/**
 * Figures beside the accounts as they are read: sales by period, orders on hold, exchange rates, remittance advices.
 * From: paths and query strings. Next: `functions/invoice-ingestion/reference-routes.ts` answers, the newest of each.
 */
import { z } from 'zod';
import { referenceKinds } from '../domain/reference.ts';

const id = z.string().min(1).max(200);
const day = z.iso.date();
const amount = z.int();

export const referencesPlace = z.strictObject({ company: id, kind: z.enum(referenceKinds) });
/** Days from and to, both included; `after` as the page before gave it. */
export const referencesQuery = z.strictObject({
  ...{ fromOn: day, toOn: day },
  limit: z.coerce.number().int().min(1).max(1_000).default(200),
  after: z.coerce.number().int().min(0).default(0),
});

const told = { on: day, source: z.string(), asOf: z.string(), importId: z.string() };
const currency = z.string();
/** Amounts in minor units. Of a rate: so many minor units of `to` are worth so many of `from`. */
const line = z.discriminatedUnion('kind', [
  z.strictObject({
    ...{ kind: z.literal('sales'), ...told, toOn: day, currency, account: z.string().nullable() },
    ...{ gross: amount, net: amount.nullable(), creditNotes: amount.nullable() },
  }),
  z.strictObject({
    ...{ kind: z.literal('orderHold'), ...told, account: z.string(), order: z.string(), currency, amount },
    reason: z.string().nullable(),
  }),
  z.strictObject({
    ...{ kind: z.literal('exchangeRate'), ...told, from: currency, to: currency },
    ...{ fromMinor: amount, toMinor: amount },
  }),
  z.strictObject({
    ...{ kind: z.literal('remittance'), ...told, payment: z.string(), account: z.string().nullable() },
    ...{ number: z.string(), currency, amount, discount: amount, difference: amount },
  }),
]);
export type ReferenceLine = z.infer<typeof line>;
export const referencesAnswer = z.strictObject({ rows: z.array(line), after: z.int().nullable() });
