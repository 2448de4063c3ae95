/**
 * Takes in what the payment provider has of a checkout: the money once, each return once, in any order and number.
 * From: queue `received-payments`, sent by the portal. Next: a receipt for the items the customer chose, provisional
 * where the ERP keeps the book; what goes back opens them again; the customer is told once that it came (T14).
 */
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { Account } from '../../shared/domain/account.ts';
import { checkoutHoldId, liftHold } from '../../shared/domain/checkout-hold.ts';
import {
  headOfCheckout,
  linesToldBy,
  moneyAgain,
  moneyOf,
  returnsInOrder,
  type CheckoutMoney,
  type CheckoutPayment,
} from '../../shared/domain/checkout-payment.ts';
import { payableOf } from '../../shared/domain/checkout.ts';
import { dayAt, instantFromText, textOfInstant } from '../../shared/domain/calendar.ts';
import type { Company } from '../../shared/domain/company.ts';
import { openReceipt } from '../../shared/domain/evolve-receipt.ts';
import type { ReceiptData } from '../../shared/domain/message-causes.ts';
import { larger, subtract, zero } from '../../shared/domain/money.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { noticeIdOf, planNotice } from '../../shared/domain/plan-notice.ts';
import { isSameReceipt } from '../../shared/domain/receipt-row.ts';
import type { Receipt } from '../../shared/domain/receipt.ts';
import { readCompany } from '../../shared/edge/read-company.ts';
import type { Paper } from '../../shared/ports/account-store.ts';
import { mostTries, type CashCall, type CashParts } from './cash-parts.ts';
import { standingOf } from './receive-row.ts';
import { returnOfCheckout } from './return-checkout.ts';
import { settleWhole } from './settle-receipt.ts';

/** @throws when others keep being first; the message comes back. */
export const receiveCheckout = async (
  parts: CashParts,
  call: CashCall,
  payment: CheckoutPayment,
): Promise<Outcome<Receipt, ProblemCode>> => {
  const company = await readCompany(parts.settings, call.scope, payment.companyId);
  if (!company.ok) return company;
  const received = await receiveMoney(parts, call, company.value, payment, moneyOf(payment));
  if (!received.ok) return received;
  const told = await tellCustomer(parts, call, company.value, payment, received.value);
  if (!told.ok) return told;
  let receipt = received.value;
  for (const returned of returnsInOrder(payment)) {
    const back = await returnOfCheckout(parts, call, company.value, receipt, returned);
    if (!back.ok) return back;
    receipt = back.value;
    if (!returned.isOver) continue;
    const again = await receiveMoney(parts, call, company.value, payment, moneyAgain(payment, returned));
    if (!again.ok) return again;
  }
  return done(receipt);
};

/** Received once, under an id of the provider's, then settled as far as it goes. */
const receiveMoney = async (
  parts: CashParts,
  call: CashCall,
  company: Company,
  payment: CheckoutPayment,
  money: CheckoutMoney,
): Promise<Outcome<Receipt, ProblemCode>> => {
  const origin = {
    zone: company.zone,
    standing: standingOf(company, { kind: 'bankStatement' }),
    receivedAt: textOfInstant(call.now),
  };
  const head = headOfCheckout(payment, money, origin, parts.hashText);
  const opened = openReceipt(head);
  if (!opened.ok) return opened;
  const key = { companyId: head.companyId, receiptId: head.id };
  for (let tries = 1; tries <= mostTries; tries += 1) {
    const loaded = await parts.receipts.load(call.scope, key);
    if (loaded.receipt !== undefined)
      return isSameReceipt(loaded.receipt, head)
        ? settleWhole(parts, call, key)
        : refuse('receipt-differs', `${head.id} came before with ${loaded.receipt.amount}`);
    const { now: at, actor, cause } = call;
    const facts = [...opened.value, ...linesToldBy(payment, money)];
    const appended = await parts.receipts.append(call.scope, loaded, { at, actor, cause, facts }, head);
    if (appended.outcome === 'appended') return settleWhole(parts, call, key);
  }
  throw new Error(`receipt ${head.id} changed under each of ${mostTries} tries`);
};

/**
 * Once, in one append: the hold of the checkout goes, the receipt is told of. The paper says what of, and that it was:
 * a late second delivery tells nobody again.
 */
const tellCustomer = async (
  { accounts }: CashParts,
  { scope, now, actor, cause }: CashCall,
  { zone }: Company,
  payment: CheckoutPayment,
  { id: receiptId }: Receipt,
): Promise<Outcome<undefined, ProblemCode>> => {
  const { companyId, accountId, checkoutId, lines } = payment;
  const key = { companyId, accountId };
  const on = dayAt(now, zone);
  const messageId = noticeIdOf('T14', receiptId) as Paper['id'];
  const itemIds = lines.flatMap(({ itemId, amount }) => (amount > 0 ? [itemId] : []));
  for (let tries = 1; tries <= mostTries; tries += 1) {
    const loaded = await accounts.load(scope, key, itemIds);
    const isTold = (await accounts.paper(scope, key, messageId)) !== undefined;
    const planned = isTold
      ? done([])
      : planNotice(loaded.account.head, { text: 'T14', causeId: receiptId, itemIds }, on);
    // with that many on their way the customer hears by the statement; the money counts all the same
    const facts = [
      ...liftHold(loaded.account, checkoutHoldId(checkoutId), on),
      ...(planned.ok ? planned.value : []),
    ];
    if (facts.length === 0) return done(undefined);
    const content = { cause: { receipt: receiptData(loaded.account, payment, zone) } };
    const papers = isTold ? [] : [{ id: messageId, content }];
    const appended = await accounts.append(
      scope,
      loaded,
      { at: now, actor, cause, facts },
      undefined,
      papers,
    );
    if (appended.outcome === 'appended') return done(undefined);
  }
  throw new Error(`account ${accountId} changed under each of ${mostTries} tries`);
};

/** What the text tells: what came, for what, and what is left. */
const receiptData = (
  { head, items }: Account,
  { amount, currency, paidAt, lines }: CheckoutPayment,
  zone: string,
): ReceiptData => ({
  amount: { amount, currency },
  on: dayAt(instantFromText(paidAt), zone),
  items: lines.flatMap(({ itemId, number, amount: paid }) => {
    const item = items.get(itemId);
    return item === undefined || paid <= 0
      ? []
      : [
          {
            number,
            amount: { amount: paid, currency },
            open: { amount: larger(zero, payableOf(item)), currency },
          },
        ];
  }),
  balances: Object.entries(head.balances).map(([name, { open, provisional }]) => ({
    ...{ amount: subtract(open, provisional), currency: name },
  })),
});
