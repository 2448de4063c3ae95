/**
 * What goes back of a checkout's money: a refund by the seller, a card reversal by the payer's bank.
 * From: `receive-checkout.ts`. Next: items open again, the return on the receipt; what was freed beyond it pays the same
 * items again. Each step finds what is done already.
 */
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { dayAt, instantFromText } from '../../shared/domain/calendar.ts';
import type { CheckoutReturn } from '../../shared/domain/checkout-payment.ts';
import type { Company } from '../../shared/domain/company.ts';
import { subtract, type AmountMinor } from '../../shared/domain/money.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { Portion, Receipt } from '../../shared/domain/receipt.ts';
import { reservePortions, type WantedPortion } from '../../shared/domain/reserve-portions.ts';
import { returnMoney } from '../../shared/domain/return-money.ts';
import { changeReceipt, type CashCall, type CashParts } from './cash-parts.ts';
import { reverseOne } from './reverse-portion.ts';
import { settleWhole } from './settle-receipt.ts';

/** The same return again changes nothing. */
export const returnOfCheckout = async (
  parts: CashParts,
  call: CashCall,
  company: Company,
  receipt: Receipt,
  { id, kind, amount, at }: CheckoutReturn,
): Promise<Outcome<Receipt, ProblemCode>> => {
  const key = { companyId: receipt.companyId, receiptId: receipt.id };
  const on = dayAt(instantFromText(at), company.zone);
  let now = receipt;
  if (!receipt.returns.some((one) => one.id === id)) {
    const chosen = portionsToOpen(receipt, amount);
    if (chosen === undefined)
      return refuse('return-exceeds-receipt', `${amount} goes back of ${receipt.id}, which holds less`);
    for (const portion of chosen) {
      const freed = await reverseOne(parts, call, now, portion, kind, on);
      if (!freed.ok) return freed;
      now = freed.value;
    }
  }
  const back = await changeReceipt<ProblemCode>(parts, call, key, async (one) =>
    returnMoney(one, { id, kind, amount, on }),
  );
  return back.ok ? payAgain(parts, call, back.value, id, kind) : back;
};

/** From the last: whole portions until the amount is free. */
const portionsToOpen = ({ free, portions }: Receipt, amount: AmountMinor): Portion[] | undefined => {
  const chosen: Portion[] = [];
  let missing = subtract(amount, free);
  for (const portion of portions.toReversed()) {
    if (missing <= 0) break;
    if (portion.state !== 'posted') continue;
    chosen.push(portion);
    missing = subtract(missing, portion.amount);
  }
  return missing > 0 ? undefined : chosen;
};

/** The rest of the last portion that was opened goes where it was. */
const payAgain = async (
  parts: CashParts,
  call: CashCall,
  receipt: Receipt,
  returnId: string,
  because: string,
): Promise<Outcome<Receipt, ProblemCode>> => {
  const reservationId = `after-${returnId}`;
  const key = { companyId: receipt.companyId, receiptId: receipt.id };
  const reserved = await changeReceipt<ProblemCode>(parts, call, key, async (now) => {
    if (now.free === 0 || now.portions.some((one) => one.reservationId === reservationId)) return done([]);
    // opened from the end, so that the first of them is the one that was not needed whole
    const opened = now.portions.find(({ state }) => state === 'reversed');
    if (opened === undefined) return refuse('return-still-applied', `${now.id}: ${because} of no portion`);
    return reservePortions(now, reservationId, [restOf(now, opened)], 0, parts.hashText);
  });
  return reserved.ok ? settleWhole(parts, call, key) : reserved;
};

const restOf = ({ free, currency }: Receipt, { account, itemId }: Portion): WantedPortion => ({
  ...{ account, amount: free, currency },
  ...(itemId === undefined ? {} : { itemId }),
});
