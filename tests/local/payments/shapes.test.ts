/**
 * Whether our objects have the fields of the provider's own published examples.
 * From: the evaluation corpora beside the project, when they are there. Next: `npm test`. Nothing is copied from them.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type Stripe from 'stripe';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nameOf } from '../../../local/payments/objects.ts';
import { isLocal, oneInvoice, startLocal, type Local } from './under-test.ts';

const published = join(import.meta.dirname, '../../../../shared/corpora/stripe-fixtures/fixtures3.json');
const areHere = existsSync(published);

/** Fields of the examples that are filled only when asked for or used: expansions, set-ups, old versions. */
const notOurs = new Set(['refunds', 'secret', 'line_items']);

describe.runIf(isLocal && areHere)(
  'objects compared with the published examples (needs the shared corpora)',
  () => {
    let local: Local;
    let stripe: Stripe;
    let charge: string;
    let intent: string;
    let session: string;
    const examples = () =>
      (JSON.parse(readFileSync(published, 'utf8')) as { resources: Record<string, Record<string, unknown>> })
        .resources;
    const missing = (kind: string, ours: object) =>
      Object.keys(examples()[kind]!).filter((field) => !(field in ours) && !notOurs.has(field));

    beforeAll(async () => {
      local = await startLocal();
      stripe = local.client();
      session = (await stripe.checkout.sessions.create(oneInvoice())).id;
      await local.act(`sessions/${session}/pay`);
      intent = nameOf((await stripe.checkout.sessions.retrieve(session)).payment_intent);
      charge = nameOf((await stripe.paymentIntents.retrieve(intent)).latest_charge);
    });
    afterAll(() => local.close());

    it('a session has every field', async () => {
      expect(missing('checkout.session', await stripe.checkout.sessions.retrieve(session))).toEqual([]);
    });
    it('an intent has every field', async () => {
      expect(missing('payment_intent', await stripe.paymentIntents.retrieve(intent))).toEqual([]);
    });
    it('a charge has every field', async () => {
      expect(missing('charge', await stripe.charges.retrieve(charge))).toEqual([]);
    });
    it('a refund has every field', async () => {
      expect(missing('refund', await stripe.refunds.create({ charge, amount: 100 }))).toEqual([]);
    });
    it('a dispute has every field', async () => {
      const { id } = await local.act<Stripe.Dispute>(`charges/${charge}/dispute`);
      expect(missing('dispute', await stripe.disputes.retrieve(id))).toEqual([]);
    });
    it('an event has every field', async () => {
      expect(missing('event', (await stripe.events.list()).data[0]!)).toEqual([]);
    });
    it('a customer has every field', async () => {
      expect(missing('customer', await stripe.customers.create({}))).toEqual([]);
    });
    it('a movement of the balance has every field', async () => {
      expect(missing('balance_transaction', (await stripe.balanceTransactions.list()).data[0]!)).toEqual([]);
    });
    it('a line has every field', async () => {
      expect(missing('item', (await stripe.checkout.sessions.listLineItems(session)).data[0]!)).toEqual([]);
    });
    it('a webhook endpoint has every field', async () => {
      const made = await stripe.webhookEndpoints.create({
        url: 'http://127.0.0.1:9/',
        enabled_events: ['*'],
      });
      expect(missing('webhook_endpoint', made)).toEqual([]);
    });
  },
);
