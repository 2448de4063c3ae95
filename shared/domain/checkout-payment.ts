/**
 * What the payment provider has of a checkout that was paid, as the ledger hears of it: always the whole state, so that
 * the same end comes of events in any order and number.
 * From: the portal, which asked the provider. Next: `receive-checkout.ts` of the ledger.
 */
import { dayAt, instantFromText } from './calendar.ts';
import type { CheckoutLine } from './checkout.ts';
import type { HashText } from './document-ids.ts';
import { sum, type AmountMinor, type Currency } from './money.ts';
import { receiptIdOf } from './receipt-row.ts';
import type { ReceiptFact, ReceiptHead } from './receipt.ts';

/** Source of receipts that came through the portal. */
export const portalSource = 'portal';

export type CheckoutReturn = {
  id: string;
  kind: 'refund' | 'chargeback';
  amount: AmountMinor;
  /** ISO instant. */
  at: string;
  /** It failed, or was decided for the seller: the money is here again. */
  isOver: boolean;
};

export type CheckoutPayment = {
  companyId: string;
  accountId: string;
  checkoutId: string;
  paymentId: string;
  currency: Currency;
  amount: AmountMinor;
  /** ISO instant of the capture. */
  paidAt: string;
  method: string;
  lines: readonly CheckoutLine[];
  returns: readonly CheckoutReturn[];
};

/** In the order in which they happened, however they were told. */
export const returnsInOrder = ({ returns }: CheckoutPayment): CheckoutReturn[] =>
  returns.toSorted((a, b) => {
    const [first, second] = [`${a.at} ${a.id}`, `${b.at} ${b.id}`];
    return first < second ? -1 : first > second ? 1 : 0;
  });

/** The money of the payment, or money of it that came back once more. */
export type CheckoutMoney = { name: string; amount: AmountMinor; at: string };

export const moneyOf = ({ paymentId, amount, paidAt }: CheckoutPayment): CheckoutMoney => ({
  ...{ name: paymentId, amount, at: paidAt },
});

export const moneyAgain = (
  { paymentId }: CheckoutPayment,
  { id, amount, at }: CheckoutReturn,
): CheckoutMoney => ({
  ...{ name: `${paymentId}:${id}`, amount, at },
});

type Origin = { zone: string; standing: ReceiptHead['standing']; receivedAt: string };

export const headOfCheckout = (
  { companyId, accountId, currency, method }: CheckoutPayment,
  { name, amount, at }: CheckoutMoney,
  { zone, standing, receivedAt }: Origin,
  hashText: HashText,
): ReceiptHead => {
  const on = dayAt(instantFromText(at), zone);
  return {
    ...{ id: receiptIdOf(portalSource, name, hashText), companyId, source: portalSource },
    ...{ payer: { companyId, accountId }, valueOn: on, postedOn: on, receivedAt, paidAt: at },
    ...{ currency, amount, method, bankReference: name, text: '', standing },
  };
};

/** What the customer chose, where this money is all of it. */
export const linesToldBy = (
  { companyId, accountId, lines }: CheckoutPayment,
  { amount }: CheckoutMoney,
): ReceiptFact[] => {
  if (sum(...lines.map((line) => line.amount)) !== amount) return [];
  const account = { companyId, accountId };
  return [{ kind: 'designationNoted', lines: lines.map((line) => ({ ...line, account })) }];
};
