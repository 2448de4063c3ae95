/**
 * Starts a payment at the provider: chosen items net of chosen credits, priced here, once however often it is asked.
 * From: `POST …/payments` by a customer or the holder of a link. Next: the provider's own page; its events come back.
 * Our record is written first and the items are held from chasing; the provider is asked under a key that derives from
 * the content, so that every step may be done again (P6, P9).
 */
import type { CheckoutAnswer, CheckoutBody } from '../../shared/contracts/portal.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { AccountKey } from '../../shared/domain/account.ts';
import { dayAt, instantFromText, textOfInstant } from '../../shared/domain/calendar.ts';
import {
  checkoutHoldId,
  checkoutsOver,
  placeHold,
  placeHoldAnew,
} from '../../shared/domain/checkout-hold.ts';
import { isPayable, type Checkout } from '../../shared/domain/checkout.ts';
import type { Company } from '../../shared/domain/company.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { KeptCheckout } from '../../shared/ports/checkout-store.ts';
import { endCheckout } from './end-checkout.ts';
import { providerOf, type PortalStores } from './portal-parts.ts';
import { pace, price, type Priced, type StartCall } from './price-payment.ts';

/** The shortest the provider allows, and a little. */
const openMinutes = 35;
const mostTries = 8;

export const startCheckout = async (
  parts: PortalStores,
  call: StartCall,
  key: AccountKey,
  body: CheckoutBody,
): Promise<Outcome<CheckoutAnswer, ProblemCode>> => {
  const provider = providerOf(parts.provider, key.companyId);
  const paced = await pace(parts, call, key);
  if (!paced.ok) return paced;
  for (let tries = 1; tries <= mostTries; tries += 1) {
    const priced = await price(parts, call, key, body);
    if (!priced.ok) return priced;
    if (provider === undefined)
      return refuse('payments-not-set-up', 'The seller takes payments by bank transfer.');
    const begun = await begin(parts, call, { ...priced.value, key, provider, currency: body.currency });
    if (!begun.ok) return begun;
    if (begun.value === 'again') continue;
    return open(parts, call, begun.value, priced.value.company);
  }
  return refuse('busy', 'The account is being changed by others.');
};

type ToBegin = Priced & { key: AccountKey; provider: string; currency: string };

/** The record and the hold, under the version the amount was worked out of; `again`: it has changed meanwhile. */
const begin = async (
  parts: PortalStores,
  call: StartCall,
  wanted: ToBegin,
): Promise<Outcome<KeptCheckout | 'again', ProblemCode>> => {
  const { id, lines, loaded, key, today } = wanted;
  const known = await parts.checkouts.read(call.scope, key, id);
  if (known?.checkout.state === 'processing' || known?.checkout.state === 'paid')
    return refuse('payment-under-way', `Payment ${id} is being confirmed.`);
  const itemIds = lines.map(({ itemId }) => itemId);
  const others = await endOthers(parts, call, key, checkoutsOver(loaded.account.head, id, itemIds, today));
  if (!others.ok) return others;
  if (others.value) return done('again');
  const nowMs = call.now.epochMilliseconds;
  const isGoingOn = known !== undefined && isLeft(known.checkout, nowMs);
  const kept = isGoingOn
    ? known
    : await parts.checkouts.save(call.scope, { checkout: recordOf(call, wanted, known), mark: known?.mark });
  if (kept === 'version-conflict') return done('again');
  const untilOn = dayAt(call.now.add({ minutes: openMinutes }), wanted.company.zone);
  const hold = { id: checkoutHoldId(id), code: 'payment-pending' as const, itemIds, untilOn };
  // whoever has just ended the one before may be lifting its hold: until the page is open it is placed anew
  const facts = (kept.checkout.state === 'open' ? placeHold : placeHoldAnew)(loaded.account, hold, today);
  if (facts.length === 0) return done(kept);
  const appended = await parts.accounts.append(call.scope, loaded, {
    ...{ at: call.now, actor: { kind: 'customer', id: call.callerId }, facts },
    cause: { kind: 'checkout', id },
  });
  return done(appended.outcome === 'appended' ? kept : 'again');
};

/** Begun and neither ended nor out of time: it is gone on with. */
const isLeft = (checkout: Checkout, nowMs: number): boolean =>
  isPayable(checkout, nowMs) || (checkout.state === 'starting' && Date.parse(checkout.expiresAt) > nowMs);

const recordOf = (
  { callerId, now }: StartCall,
  { id, amount, lines, key, provider, currency }: ToBegin,
  known: KeptCheckout | undefined,
): Checkout => {
  const at = textOfInstant(now);
  return {
    ...{ companyId: key.companyId, accountId: key.accountId, id, provider, currency, amount, lines },
    ...{ by: callerId, startedAt: at, changedAt: at, state: 'starting' },
    attempt: (known?.checkout.attempt ?? 0) + 1,
    expiresAt: textOfInstant(now.add({ minutes: openMinutes })),
  };
};

/** Another open checkout of the same invoices is ended first; whether any was. One that is being paid stays. */
const endOthers = async (
  parts: PortalStores,
  call: StartCall,
  key: AccountKey,
  ids: readonly string[],
): Promise<Outcome<boolean, ProblemCode>> => {
  for (const id of ids) {
    const ended = await endCheckout(
      parts,
      { ...call, actor: { kind: 'customer', id: call.callerId } },
      key,
      id,
    );
    if (!ended.ok) return ended;
  }
  return done(ids.length > 0);
};

/** Asks the provider for the page, and writes down where it is. */
const open = async (
  parts: PortalStores,
  call: StartCall,
  kept: KeptCheckout,
  { legalName }: Company,
): Promise<Outcome<CheckoutAnswer, ProblemCode>> => {
  const { checkout } = kept;
  if (checkout.state === 'open') return done(checkoutAnswerOf(checkout));
  const { companyId, accountId, id, provider, attempt, currency, amount, lines } = checkout;
  const back = `${parts.origin}/payments/${id}`;
  const started = await parts.provider.start(provider, {
    ...{ key: `${id}:${attempt}`, mark: { companyId, accountId, checkoutId: id }, currency, amount },
    ...{ title: titleOf(lines), sellerName: legalName, successUrl: back, cancelUrl: parts.origin },
    // of the record: the same content under the same key, however late it is asked again
    expiresAt: instantFromText(checkout.expiresAt),
  });
  if (!started.ok) {
    const ended = await endCheckout(
      parts,
      { ...call, actor: { kind: 'customer', id: call.callerId } },
      { companyId, accountId },
      id,
    );
    return ended.ok ? started : ended;
  }
  const opened: Checkout = {
    ...checkout,
    ...started.value,
    state: 'open',
    changedAt: textOfInstant(call.now),
  };
  const saved = await parts.checkouts.save(call.scope, { checkout: opened, mark: kept.mark });
  if (saved !== 'version-conflict') return done(checkoutAnswerOf(opened));
  // somebody else's click was first, and asked under the same key; or one over the same invoices has ended this one
  const now = await parts.checkouts.read(call.scope, { companyId, accountId }, id);
  const isTheirs = now?.checkout.state === 'open' && now.checkout.sessionId === opened.sessionId;
  if (!isTheirs) await parts.provider.expire(provider, started.value.sessionId);
  return done(checkoutAnswerOf(now?.checkout ?? { ...opened, state: 'expired' }));
};

/** Numbers of invoices: what the customer reads beside the sum. */
const titleOf = (lines: Checkout['lines']): string => {
  const numbers = lines.filter(({ amount }) => amount > 0).map(({ number }) => number);
  const text = numbers.slice(0, 10).join(', ');
  return numbers.length > 10 ? `${text} +${numbers.length - 10}` : text;
};

export const checkoutAnswerOf = (checkout: Checkout): CheckoutAnswer => ({
  ...{ payment: checkout.id, currency: checkout.currency, amount: checkout.amount, state: checkout.state },
  lines: checkout.lines.map(({ itemId, number, amount }) => ({ item: itemId, number, amount })),
  url: checkout.state === 'open' ? (checkout.url ?? null) : null,
  ...{ startedAt: checkout.startedAt, expiresAt: checkout.expiresAt },
});
