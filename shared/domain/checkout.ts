/**
 * A payment a customer starts: chosen items net of chosen credits, priced here and never by the browser.
 * From: the portal, an account with its items at hand. Next: the payment provider's page, then `receive-checkout.ts`
 * of the ledger. The id derives from what is paid and how it stands: two clicks, tabs or people make one.
 */
import type { Account, AccountItem } from './account.ts';
import type { Day } from './calendar.ts';
import { sumToPay } from './discount.ts';
import type { HashText } from './document-ids.ts';
import { provisionalOf } from './evolve.ts';
import { negate, smaller, subtract, sum, zero, type AmountMinor, type Currency } from './money.ts';
import { done, refuse, type Outcome } from './outcome.ts';

/** Items one checkout pays, and credits it takes off. */
export const mostLinesOfCheckout = 50;
/** What one checkout of the provider takes, in minor units. */
export const sumsOfCheckout = { least: 50, most: 99_999_999 };

export type CheckoutLine = {
  itemId: string;
  number: string;
  /** Below 0: a credit that is taken off. */
  amount: AmountMinor;
};

/** starting: the provider may know of it. processing: the customer paid by a slow method. */
export type CheckoutState = 'starting' | 'open' | 'processing' | 'paid' | 'failed' | 'expired';

export type Checkout = {
  companyId: string;
  accountId: string;
  id: string;
  /** Of the payment provider. */
  provider: string;
  currency: Currency;
  amount: AmountMinor;
  lines: readonly CheckoutLine[];
  /** Whose link or session started it. */
  by: string;
  startedAt: string;
  state: CheckoutState;
  /** From 1; the same items may be tried again when a checkout ended unpaid. */
  attempt: number;
  sessionId?: string;
  /** Where the customer pays; absent until the provider has answered. */
  url?: string;
  expiresAt: string;
  paymentId?: string;
  changedAt: string;
};

export type CheckoutWanted = {
  currency: Currency;
  /** Without an amount: all that is to be paid of it today. */
  items: readonly { itemId: string; amount?: AmountMinor | undefined }[];
  credits: readonly string[];
};

export type PricedCheckout = { id: string; amount: AmountMinor; lines: CheckoutLine[] };

export type PricingRefusal =
  | ('items-missing' | 'item-not-found' | 'currency-differs' | 'amount-not-possible')
  | ('nothing-to-pay' | 'checkout-too-small' | 'checkout-too-large' | 'too-many-items');

/** What the checkout is over, or why it cannot be. Items must be at hand. */
export const priceCheckout = (
  account: Account,
  wanted: CheckoutWanted,
  today: Day,
  hashText: HashText,
  { least, most } = sumsOfCheckout,
): Outcome<PricedCheckout, PricingRefusal> => {
  const named = [...wanted.items.map(({ itemId }) => itemId), ...wanted.credits];
  if (wanted.items.length === 0) return refuse('items-missing', 'Choose at least one invoice.');
  if (named.length > mostLinesOfCheckout)
    return refuse('too-many-items', `At most ${mostLinesOfCheckout} at once.`);
  if (new Set(named).size < named.length) return refuse('amount-not-possible', 'An item is named twice.');
  const claims = claimLines(account, wanted, today);
  if (!claims.ok) return claims;
  const gross = sum(...claims.value.map(({ amount }) => amount));
  const credits = creditLines(account, wanted, gross);
  if (!credits.ok) return credits;
  const lines = [...claims.value, ...credits.value];
  const amount = sum(...lines.map((line) => line.amount));
  if (amount < least) return refuse('checkout-too-small', `${amount} is left to pay.`);
  if (amount > most) return refuse('checkout-too-large', `${amount} at once.`);
  return done({ id: idOf(account, wanted.currency, lines, hashText), amount, lines });
};

/** What is still to be paid of an item: money on its way is as good as paid. */
export const payableOf = (item: AccountItem): AmountMinor => subtract(item.open, provisionalOf(item));

/** What pays it whole on a day, net of the discount until its last day. */
export const wholeSumOf = (item: AccountItem, today: Day): AmountMinor =>
  item.provisional.some(({ state }) => state === 'noted')
    ? payableOf(item)
    : smaller(payableOf(item), sumToPay(item, today));

const claimLines = (
  { items }: Account,
  wanted: CheckoutWanted,
  today: Day,
): Outcome<CheckoutLine[], PricingRefusal> => {
  const lines: CheckoutLine[] = [];
  for (const { itemId, amount } of wanted.items) {
    const item = items.get(itemId);
    if (item === undefined) return refuse('item-not-found', 'One of the invoices is not there.');
    if (item.currency !== wanted.currency)
      return refuse('currency-differs', `${item.number} is in ${item.currency}.`);
    const payable = payableOf(item);
    if (payable <= 0) return refuse('nothing-to-pay', `Nothing is left to pay of ${item.number}.`);
    const paid = amount ?? wholeSumOf(item, today);
    if (paid <= 0 || paid > payable)
      return refuse('amount-not-possible', `Of ${item.number} up to ${payable} can be paid.`);
    lines.push({ itemId, number: item.number, amount: paid });
  }
  return done(lines);
};

/** In the order they were chosen, as far as they are needed; one that would take off nothing is left out. */
const creditLines = (
  { items }: Account,
  { credits, currency }: CheckoutWanted,
  gross: AmountMinor,
): Outcome<CheckoutLine[], PricingRefusal> => {
  let left = gross;
  const lines: CheckoutLine[] = [];
  for (const itemId of credits) {
    const credit = items.get(itemId);
    if (credit === undefined) return refuse('item-not-found', 'One of the credits is not there.');
    if (credit.currency !== currency)
      return refuse('currency-differs', `${credit.number} is in ${credit.currency}.`);
    const there = payableOf(credit);
    if (there >= 0) return refuse('amount-not-possible', `${credit.number} is no credit that is left.`);
    const used = smaller(left, negate(there));
    if (used > zero) lines.push({ itemId, number: credit.number, amount: negate(used) });
    left = subtract(left, used);
  }
  return done(lines);
};

/** How often an item was changed is in it: what was paid and came back can be paid again. */
const idOf = (
  { head, items }: Account,
  currency: Currency,
  lines: readonly CheckoutLine[],
  hashText: HashText,
): string => {
  const marks = lines
    .map(({ itemId, amount }) => {
      const { open, changes = [], provisional = [] } = items.get(itemId) ?? {};
      const states = provisional.map(({ id, state }) => [id, state]);
      return [itemId, amount, open ?? 0, changes.length, states];
    })
    .toSorted((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1));
  return hashText(JSON.stringify([head.companyId, head.accountId, currency, marks])).slice(0, 32);
};

/** Whether a customer may still pay by it. */
export const isPayable = ({ state, expiresAt }: Checkout, nowMs: number): boolean =>
  state === 'open' && Date.parse(expiresAt) > nowMs;
