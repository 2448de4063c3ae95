/**
 * The page a customer pays on, by plain HTTP as a browser without script would use it.
 * From: the local provider's `/c/pay/…`. Next: `npm test`.
 */
import type Stripe from 'stripe';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nameOf } from '../../../local/payments/objects.ts';
import { isLocal, oneInvoice, priced, startLocal, type Local } from './under-test.ts';

describe.runIf(isLocal)('the checkout page', () => {
  let local: Local;
  let stripe: Stripe;
  beforeEach(async () => {
    local = await startLocal();
    stripe = local.client();
  });
  afterEach(() => local.close());

  const made = async (more: Partial<Stripe.Checkout.SessionCreateParams> = {}) => {
    const { id, url } = await stripe.checkout.sessions.create(oneInvoice(more));
    return { id, url: url! };
  };
  const html = async (url: string) => (await fetch(url)).text();
  const submit = (url: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
    fetch(url, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      body: new URLSearchParams(fields).toString(),
    });
  const completions = async () =>
    (await stripe.events.list({ type: 'checkout.session.completed' })).data.length;

  it('shows who is paid, how much, for what, and that it is a test', async () => {
    const { url } = await made({
      branding_settings: { display_name: 'Acme Fasteners' },
      line_items: [priced('Invoice 7', 123_456, 'eur'), priced('Invoice 8', 50, 'eur', 2)],
    });
    const page = await html(url);
    for (const words of ['Acme Fasteners', '€1,235.56', 'Invoice 7', '€1,234.56', '2 × €0.50', 'Test mode'])
      expect(page).toContain(words);
  });

  it.each([
    ['letters beyond Latin', 'https://shop.example/danke/名', 'https://shop.example/danke/%E5%90%8D'],
    ['nothing but braces for a host', 'http://{}', 'http://{}'],
  ])('goes back to an address with %s', async (_what, success_url, location) => {
    const { url } = await made({ success_url });
    expect((await fetch(url)).status).toBe(200);
    const answer = await submit(url, { method: 'paid', email: 'ada@customer.example' });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, location]);
  });

  it('yen have no decimals', async () => {
    const { url } = await made({ line_items: [priced('Invoice', 5_000, 'jpy')] });
    expect(await html(url)).toContain('Pay ¥5,000');
  });

  it('pays and goes back to the merchant with the session’s name', async () => {
    const { id, url } = await made();
    const answer = await submit(url, { method: 'paid', after: 'once' });
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe(`https://portal.example.com/paid?session=${id}`);
    expect((await stripe.checkout.sessions.retrieve(id)).payment_status).toBe('paid');
  });

  it('a declined card comes back to the page, which says so and takes another try', async () => {
    const { id, url } = await made();
    const declined = await submit(url, { method: 'declined', after: 'once' });
    expect(declined.headers.get('location')).toBe(`/c/pay/${id}`);
    expect(await html(url)).toContain('Your card was declined.');
    await submit(url, { method: 'paid', after: 'once' });
    expect((await stripe.checkout.sessions.retrieve(id)).status).toBe('complete');
  });

  it('a second press of the button pays nothing more and tells nothing more', async () => {
    const { id, url } = await made();
    const presses = await Promise.all([1, 2, 3].map(() => submit(url, { method: 'paid', after: 'once' })));
    expect(presses.every(({ status }) => status === 303)).toBe(true);
    const { payment_intent } = await stripe.checkout.sessions.retrieve(id);
    expect((await stripe.charges.list({ payment_intent: nameOf(payment_intent) })).data).toHaveLength(1);
    expect(await completions()).toBe(1);
  });

  it('told twice: one payment, two completion events', async () => {
    const { url } = await made();
    await submit(url, { method: 'paid', after: 'twice' });
    expect(await completions()).toBe(2);
    expect((await stripe.charges.list()).data).toHaveLength(1);
  });

  it('no call back: paid, nothing sent, and the browser stays', async () => {
    const { id, url } = await made();
    await local.service.addWebhook({ account: 'acme', url: 'http://127.0.0.1:9/', secret: 'whsec_x' });
    const answer = await submit(url, { method: 'paid', after: 'never' });
    expect(answer.headers.get('location')).toBe(`/c/pay/${id}`);
    expect(await html(url)).toContain('Payment received');
    expect((await stripe.events.list({ limit: 1 })).data[0]?.pending_webhooks).toBe(0);
  });

  it('a bank debit goes back to the merchant before the money is there', async () => {
    const { id, url } = await made();
    const answer = await submit(url, { method: 'delayed-paid', after: 'once' });
    expect(answer.headers.get('location')).toContain(id);
    expect(await html(url)).toContain('Payment on its way');
  });

  it('a paid session shows that it is paid, not a form', async () => {
    const { id, url } = await made();
    await local.act(`sessions/${id}/pay`);
    const page = await html(url);
    expect(page).toContain('Payment received');
    expect(page).not.toContain('<form');
  });

  it('after a day the page has expired and pays nothing', async () => {
    const { id, url } = await made();
    await local.clock.moveTo(local.clock.now() + 86_401_000);
    expect(await html(url)).toContain('This page has expired');
    await submit(url, { method: 'paid', after: 'once' });
    expect((await stripe.checkout.sessions.retrieve(id)).payment_status).toBe('unpaid');
  });

  it('the way back leads to the merchant’s cancel address', async () => {
    const { url } = await made();
    expect(await html(url)).toContain('href="https://portal.example.com/invoices"');
  });

  it('what a merchant writes is shown, never run', async () => {
    const { url } = await made({
      line_items: [priced('<img src=x onerror=alert(1)>', 500)],
      branding_settings: { display_name: '"><script>alert(1)</script>' },
    });
    const page = await html(url);
    expect(page).not.toContain('<img');
    expect(page).not.toContain('<script');
  });

  it('a form from another site pays nothing', async () => {
    const { id, url } = await made();
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
    ])
      expect(
        (await submit(url, { method: 'paid', after: 'once' }, headers as Record<string, string>)).status,
      ).toBe(403);
    expect((await stripe.checkout.sessions.retrieve(id)).status).toBe('open');
  });

  it('the page runs no script, loads nothing from elsewhere and cannot be framed', async () => {
    const { url } = await made();
    const answer = await fetch(url);
    const policy = answer.headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("form-action 'self' https://portal.example.com");
    expect(await answer.text()).not.toMatch(/(src|href)="https?:\/\/(?!portal\.example\.com)/);
  });

  it('no field asks for a card number', async () => {
    const { url } = await made();
    expect(await html(url)).not.toMatch(/autocomplete="cc-|name="[^"]*(card|pan|cvc)/);
  });

  it('a form that was tampered with is told to choose, and pays nothing', async () => {
    const { id, url } = await made();
    const answers = [
      { method: 'free', after: 'once' },
      { method: 'paid', after: 'constructor' },
      { 'method[x]': 'paid' },
    ];
    for (const fields of answers) {
      const answer = await submit(url, fields);
      expect(answer.status).toBe(400);
    }
    expect((await stripe.checkout.sessions.retrieve(id)).status).toBe('open');
  });

  it('asks for an email when nobody has said one, and keeps what is typed', async () => {
    const { id, url } = await made();
    expect(await html(url)).toContain('type="email"');
    expect((await submit(url, { method: 'paid', after: 'once', email: 'not one' })).status).toBe(400);
    await submit(url, { method: 'paid', after: 'once', email: 'ap@example.com' });
    expect((await stripe.checkout.sessions.retrieve(id)).customer_details?.email).toBe('ap@example.com');
  });

  it('a link to nothing is a page that says so', async () => {
    const answer = await fetch(`${local.service.url}/c/pay/cs_test_nobody`);
    expect(answer.status).toBe(404);
    expect(await answer.text()).toContain('There is nothing to pay here');
  });
});
