/**
 * Money that goes back out of a receipt: a returned debit, a reversed bank line, a chargeback.
 * From: lines below zero that name what they reverse. Next: items are open again in their accounts, the portions are
 * reversed, the return stands on the receipt. Each step finds what is done already.
 */
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { returnReasonOf } from '../../shared/domain/debit-returns.ts';
import type { ReceiptRow } from '../../shared/domain/feed-rows.ts';
import type { ImportDocument } from '../../shared/domain/imports.ts';
import { negate, subtract, sum, type AmountMinor } from '../../shared/domain/money.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { receiptIdOf } from '../../shared/domain/receipt-row.ts';
import type { MoneyReturn, Portion, Receipt } from '../../shared/domain/receipt.ts';
import { returnMoney } from '../../shared/domain/return-money.ts';
import { changeReceipt, type CashCall, type CashParts } from './cash-parts.ts';
import { causeOfResult, countMoved } from './count-moved.ts';
import { findReversed } from './find-reversed.ts';
import type { TakenIn } from './receive-result.ts';
import { reverseOne } from './reverse-portion.ts';
import { settleWhole } from './settle-receipt.ts';

type Key = { companyId: string; receiptId: string };

type RowToReverse = { imported: ImportDocument; part: string; row: ReceiptRow };

/** The same line in another file moves nothing, and says so. */
export const reverseRow = async (
  parts: CashParts,
  call: CashCall,
  { imported, part, row }: RowToReverse,
): Promise<TakenIn> => {
  const { source, companyId, importId, receivedAt: since } = imported;
  if (row.amount === 0) return { is: 'refused', code: 'receipt-amount-not-positive', entries: 0 };
  const receiptId = await findReversed(parts, call.scope, { companyId, source, row });
  if (receiptId === undefined) {
    const code = row.reversesId === undefined ? 'payment-out-unknown' : 'receipt-not-found';
    return { is: 'refused', code, entries: 0 };
  }
  const id = receiptIdOf(source, row.receiptId, parts.hashText);
  const returned = { id, kind: 'chargeback', amount: negate(row.amount), on: row.postedOn } as const;
  const cause = causeOfResult(importId, `${part}/${row.receiptId}`);
  const reason = returnReasonOf(row.returnReason);
  const outcome = await takeBack(parts, { ...call, cause }, { companyId, receiptId }, returned, reason);
  if (!outcome.ok) return { is: 'refused', code: outcome.code, entries: 0 };
  const moved = await countMoved(parts, call.scope, { companyId, receiptIds: [receiptId], cause, since });
  const isOurs = Object.values(moved.cash).some(({ received }) => received !== 0);
  return { is: isOurs ? 'posted' : 'unchanged', entries: isOurs ? 1 : 0, moved };
};

/** Frees as much of the receipt as goes back, then returns it. The same return again changes nothing. */
export const takeBack = async (
  parts: CashParts,
  call: CashCall,
  key: Key,
  returned: MoneyReturn,
  reason: string,
): Promise<Outcome<Receipt, ProblemCode>> => {
  const loaded = await parts.receipts.load(call.scope, key);
  if (loaded.receipt === undefined)
    return refuse('receipt-not-found', `there is no receipt ${key.receiptId}`);
  if (!loaded.receipt.returns.some(({ id }) => id === returned.id)) {
    // portions on their way to accounts arrive before they are taken back
    const settled = await settleWhole(parts, call, key);
    if (!settled.ok) return settled;
    const freed = await freeUp(parts, call, settled.value, returned, reason);
    if (!freed.ok) return freed;
  }
  return changeReceipt<ProblemCode>(parts, call, key, async (receipt) => returnMoney(receipt, returned));
};

const freeUp = async (
  parts: CashParts,
  call: CashCall,
  receipt: Receipt,
  { amount, on }: MoneyReturn,
  reason: string,
): Promise<Outcome<undefined, ProblemCode>> => {
  const chosen = portionsFor(receipt, amount);
  if (chosen === undefined)
    return refuse(
      'return-still-applied',
      `${amount} goes back of ${receipt.id}; choose the portions it was in`,
    );
  for (const portion of chosen) {
    const undone = await reverseOne(parts, call, receipt, portion, reason, on);
    if (!undone.ok) return undone;
  }
  return done(undefined);
};

/** All of them when all goes back, else those that make just what is missing: on account first, then one by amount. */
const portionsFor = (receipt: Receipt, amount: AmountMinor): Portion[] | undefined => {
  const missing = subtract(amount, receipt.free);
  if (missing <= 0) return [];
  const posted = receipt.portions.filter(({ state }) => state === 'posted');
  if (sum(...posted.map((one) => one.amount)) === missing) return posted;
  const alike = posted.filter((one) => one.amount === missing);
  const onAccount = alike.filter(({ itemId }) => itemId === undefined);
  const choice = onAccount.length > 0 ? onAccount : alike;
  return choice.length === 1 ? choice : undefined;
};
