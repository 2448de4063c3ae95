/**
 * The pages a customer sees: pay, try again, already paid, too late.
 * From: the browser, at the address in a session's `url`. Next: `payments.ts`, then back to the merchant.
 *
 * What can go other than well, as the real provider can produce it: the card is declined (try again);
 * a bank debit settles days later, or is returned; the merchant is told twice; the merchant is told nothing and the
 * browser does not come back. "Pays twice" is being told twice: each webhook arrives two times and
 * `checkout.session.completed` exists as two events. One session never takes money twice (a second press of the
 * button finds it complete); money really paid twice comes from two sessions, which the merchant made.
 */
import type { Clock } from '../clock.ts';
import type { HttpAnswer, HttpCall } from '../kit/http-service.ts';
import { closedPage, missingPage, payPage } from './checkout-page.ts';
import { checkoutCss } from './checkout-style.ts';
import { openDesk } from './desk.ts';
import { Refusal } from './errors.ts';
import { readForm } from './form.ts';
import { nameOf, type Row, type WebhookCourse } from './objects.ts';
import { attemptPayment, outcomes, type Outcome } from './payments.ts';
import type { Store } from './store.ts';

export type CheckoutParts = { store: Store; clock: Clock; baseUrl: () => string };

const courses = new Map<unknown, WebhookCourse>([
  ['once', { copies: 1, delaySeconds: 0 }],
  ['twice', { copies: 2, delaySeconds: 0 }],
  ['never', { copies: 0, delaySeconds: 0 }],
]);

/** Answers `/c/pay/…`. */
export const answerCheckout = async (parts: CheckoutParts, call: HttpCall): Promise<HttpAnswer> => {
  if (call.path === '/c/checkout.css')
    return { status: 200, headers: { 'content-type': 'text/css; charset=utf-8' }, body: checkoutCss };
  const row = parts.store.anywhere('checkout.session', call.path.slice('/c/pay/'.length));
  if (!row) return page(404, missingPage());
  if (call.method === 'GET' || call.method === 'HEAD') return show(parts, row);
  if (call.method !== 'POST') return { status: 405, headers: { allow: 'GET, POST' } };
  if (!comesFromOurPage(call)) return page(403, missingPage());
  return pay(parts, row, call);
};

/** A browser says where a form comes from; only our own page may pay. */
export const comesFromOurPage = ({ headers, origin }: HttpCall): boolean =>
  (headers['origin'] ?? origin) === origin && headers['sec-fetch-site'] !== 'cross-site';

const show = (parts: CheckoutParts, { account, value }: Row<'checkout.session'>): HttpAnswer => {
  const isOver = value.object.expires_at * 1000 <= parts.clock.now();
  if (value.object.status !== 'open' || isOver) return page(200, closedPage(value));
  const intent = parts.store.get('payment_intent', account, nameOf(value.object.payment_intent));
  const failed = intent?.object.last_payment_error?.message;
  const problem = failed === undefined ? undefined : `${failed} Please try another way to pay.`;
  return page(200, payPage(value, problem), value.object.success_url);
};

const pay = async (
  parts: CheckoutParts,
  row: Row<'checkout.session'>,
  call: HttpCall,
): Promise<HttpAnswer> => {
  const { id } = row.value.object;
  const here = `/c/pay/${id}`;
  try {
    const asked = readForm(call.body.toString('utf8'));
    const outcome = outcomes.find((one) => one === asked['method']) satisfies Outcome | undefined;
    const webhooks = courses.get(asked['after'] ?? 'once');
    if (!outcome || !webhooks) return page(400, payPage(row.value, 'Choose how you would like to pay.'));
    const email = typeof asked['email'] === 'string' && asked['email'] !== '' ? asked['email'] : undefined;
    if (email !== undefined && !isEmail(email))
      return page(400, payPage(row.value, 'That is not an email address.'));
    parts.store.transact(() => {
      const desk = openDesk({ ...parts, account: row.account, baseUrl: parts.baseUrl(), webhooks });
      attemptPayment(desk, id, { outcome, email });
    });
    await parts.store.flush();
    const isTold = outcome !== 'declined' && webhooks.copies > 0;
    return goTo(isTold ? successUrl(row.value.object) : here);
  } catch (error) {
    if (error instanceof Refusal) return goTo(here); // paid or expired meanwhile: the page says so
    throw error;
  }
};

const isEmail = (text: string): boolean => text.length <= 254 && /^[^\s@]+@[^\s@]+$/.test(text);

/** The merchant's page, told which session it is about. */
export const successUrl = ({ success_url, id }: { success_url: string | null; id: string }): string => {
  const filled = (success_url ?? '/').replaceAll('{CHECKOUT_SESSION_ID}', id);
  return filled.toWellFormed().replaceAll(/[^\x21-\x7e]+/g, encodeURIComponent); // a header takes nothing else
};

const goTo = (location: string): HttpAnswer => ({
  status: 303,
  headers: { location, 'cache-control': 'no-store' },
});

const page = (status: number, body: string, leadsTo?: string | null): HttpAnswer => {
  const origin = URL.parse((leadsTo ?? '').replaceAll(/[{}]/g, ''))?.origin;
  const target = origin === undefined ? '' : ` ${origin}`;
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'same-origin', // `no-referrer` would make the browser hide the form's origin
      'x-content-type-options': 'nosniff',
      'content-security-policy': `default-src 'none'; style-src 'self'; form-action 'self'${target}; base-uri 'none'; frame-ancestors 'none'`,
    },
    body,
  };
};
