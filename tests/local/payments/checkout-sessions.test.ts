/**
 * Checkout sessions as a merchant makes, reads and ends them; holds for the real provider too.
 * From: `under-test.ts`. Next: `npm test`, or the real test mode with a key.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { oneInvoice, priced, refusalOf, startUnderTest, type UnderTest } from './under-test.ts';

let it_: UnderTest;
beforeAll(async () => {
  it_ = await startUnderTest();
});
afterAll(() => it_.close());
const sessions = () => it_.stripe.checkout.sessions;

describe('making a session', () => {
  it('a new session is open, unpaid, in test mode, and says where to pay', async () => {
    const session = await sessions().create(oneInvoice());
    expect(session).toMatchObject({
      object: 'checkout.session',
      status: 'open',
      payment_status: 'unpaid',
      livemode: false,
    });
    expect(session.id).toMatch(/^cs_test_/);
    expect(session.url).toContain(session.id);
  });

  it('the total is the sum of the lines', async () => {
    const lines = [priced('Invoice 1', 1_999, 'eur', 3), priced('Invoice 2', 100_000)];
    const session = await sessions().create(oneInvoice({ line_items: lines }));
    expect([session.amount_total, session.amount_subtotal, session.currency]).toEqual([
      105_997,
      105_997,
      'eur',
    ]);
  });

  it('reference, metadata, email and addresses come back as given', async () => {
    const session = await sessions().create(
      oneInvoice({
        client_reference_id: 'checkout:7',
        customer_email: 'ap@example.com',
        metadata: { account: 'A-1' },
      }),
    );
    expect(session).toMatchObject({
      client_reference_id: 'checkout:7',
      customer_email: 'ap@example.com',
      metadata: { account: 'A-1' },
      cancel_url: 'https://portal.example.com/invoices',
      success_url: 'https://portal.example.com/paid?session={CHECKOUT_SESSION_ID}',
    });
  });

  it('a session lives for 24 hours unless told otherwise', async () => {
    const session = await sessions().create(oneInvoice());
    expect(session.expires_at - session.created).toBe(86_400);
  });

  it('a session can be told to live for an hour', async () => {
    const expires_at = Math.floor(Date.now() / 1000) + 3_600;
    expect((await sessions().create(oneInvoice({ expires_at }))).expires_at).toBe(expires_at);
  });

  it('no intent exists before the customer tries to pay', async () => {
    expect((await sessions().create(oneInvoice())).payment_intent).toBeNull();
  });

  it('a session for a known customer names it and its address', async () => {
    const customer = await it_.stripe.customers.create({ email: 'buyer@example.com', name: 'Buyer AG' });
    const session = await sessions().create(oneInvoice({ customer: customer.id }));
    expect([session.customer, session.customer_details?.email]).toEqual([customer.id, 'buyer@example.com']);
  });
});

describe('a session that cannot be made', () => {
  const cases: [string, Record<string, unknown>, Record<string, unknown>][] = [
    ['without a mode', { mode: undefined }, { param: 'mode' }],
    ['in a mode nobody knows', { mode: 'gift' }, { param: 'mode' }],
    ['without lines', { line_items: [] }, { param: 'line_items' }],
    [
      'with an address that is none',
      { success_url: 'not an address' },
      { code: 'url_invalid', param: 'success_url' },
    ],
    [
      'with an email that is none',
      { customer_email: 'nobody' },
      { code: 'email_invalid', param: 'customer_email' },
    ],
    [
      'for a customer nobody knows',
      { customer: 'cus_nobody' },
      { code: 'resource_missing', param: 'customer' },
    ],
    ['with a parameter nobody knows', { colour: 'blue' }, { code: 'parameter_unknown', param: 'colour' }],
    ['that expires in a minute', { expires_at: Math.floor(Date.now() / 1000) + 60 }, { param: 'expires_at' }],
    [
      'that expires in two days',
      { expires_at: Math.floor(Date.now() / 1000) + 172_800 },
      { param: 'expires_at' },
    ],
    [
      'with a stored price nobody knows',
      { line_items: [{ price: 'price_none', quantity: 1 }] },
      { code: 'resource_missing' },
    ],
    ['below the least amount', { line_items: [priced('Crumbs', 1)] }, { code: 'amount_too_small' }],
    ['above the largest amount', { line_items: [priced('Ship', 100_000_000)] }, { code: 'amount_too_large' }],
    [
      'with a quantity in words',
      { line_items: [{ ...priced('A', 500), quantity: 'two' }] },
      { code: 'parameter_invalid_integer', param: 'line_items[0][quantity]' },
    ],
    [
      'with a reference of 201 characters',
      { client_reference_id: 'x'.repeat(201) },
      { param: 'client_reference_id' },
    ],
    [
      'with an empty reference',
      { client_reference_id: '' },
      { code: 'parameter_invalid_empty', param: 'client_reference_id' },
    ],
  ];
  it.each(cases)('%s: refused with 400 naming what is wrong', async (_what, more, expected) => {
    const refusal = await refusalOf(sessions().create(oneInvoice(more)));
    expect(refusal).toMatchObject({ statusCode: 400, rawType: 'invalid_request_error', ...expected });
  });

  it('a wrong name deep inside is named with its whole path', async () => {
    const line = priced('Invoice', 5_000);
    const wrong = { ...line, price_data: { ...line.price_data, tint: 'red' } };
    const refusal = await refusalOf(sessions().create(oneInvoice({ line_items: [wrong] })));
    expect(refusal).toMatchObject({ code: 'parameter_unknown', param: 'line_items[0][price_data][tint]' });
  });
});

describe('reading and ending sessions', () => {
  it('a session is read back as it was made', async () => {
    const made = await sessions().create(oneInvoice({ metadata: { run: '1' } }));
    const read = await sessions().retrieve(made.id);
    expect(read).toEqual(made);
  });

  it('a session nobody knows is 404', async () => {
    const refusal = await refusalOf(sessions().retrieve('cs_test_nobody'));
    expect(refusal).toMatchObject({
      statusCode: 404,
      code: 'resource_missing',
      type: 'StripeInvalidRequestError',
    });
  });

  it('the lines are listed with name, price and quantity', async () => {
    const made = await sessions().create(oneInvoice({ line_items: [priced('Invoice 9', 2_500, 'usd', 2)] }));
    const { data } = await sessions().listLineItems(made.id);
    expect(data).toHaveLength(1);
    expect(data[0]).toMatchObject({
      object: 'item',
      description: 'Invoice 9',
      quantity: 2,
      amount_total: 5_000,
    });
    expect(data[0]?.price?.unit_amount).toBe(2_500);
  });

  it('the lines can be asked for together with the session', async () => {
    const made = await sessions().create(oneInvoice());
    const read = await sessions().retrieve(made.id, { expand: ['line_items'] });
    expect(read.line_items?.data[0]?.description).toBe('Invoice 2026-0042');
  });

  it('an expired session cannot be paid any more: no address', async () => {
    const made = await sessions().create(oneInvoice());
    const expired = await sessions().expire(made.id);
    expect([expired.status, expired.url]).toEqual(['expired', null]);
  });

  it('a session expires once only', async () => {
    const made = await sessions().create(oneInvoice());
    await sessions().expire(made.id);
    expect(await refusalOf(sessions().expire(made.id))).toMatchObject({ statusCode: 400 });
  });

  it('the list starts with the newest', async () => {
    const first = await sessions().create(oneInvoice());
    const second = await sessions().create(oneInvoice());
    const { data } = await sessions().list({ limit: 2 });
    expect(data.map(({ id }) => id).toSorted()).toEqual([first.id, second.id].toSorted());
  });

  it('only the expired ones can be asked for', async () => {
    const made = await sessions().create(oneInvoice());
    await sessions().expire(made.id);
    const { data } = await sessions().list({ status: 'expired', limit: 5 });
    expect(data.every(({ status }) => status === 'expired')).toBe(true);
    expect(data.map(({ id }) => id)).toContain(made.id);
  });
});
