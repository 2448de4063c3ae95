/**
 * Takes back a payment that was keyed in by mistake: its items are open again, its money is gone; never a deletion.
 * From: the payment entry routes. Next: reversals in its accounts, then on the receipt. While nobody has used it (R9).
 */
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { dayAt } from '../../shared/domain/calendar.ts';
import { mayTakeBack } from '../../shared/domain/entered-payment.ts';
import { refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { Receipt } from '../../shared/domain/receipt.ts';
import type { ReceiptKey } from '../../shared/ports/receipt-store.ts';
import { readCompany } from '../../shared/edge/read-company.ts';
import type { CashParts } from './cash-parts.ts';
import { isWithinLimit, type EntryCall } from './enter-items.ts';
import { settleHeldFor } from './join-receipts.ts';
import { takeBack } from './reverse-receipt.ts';

/** Twice is once. */
export const takeBackPayment = async (
  parts: CashParts,
  call: EntryCall,
  key: ReceiptKey,
  reason: string,
): Promise<Outcome<Receipt, ProblemCode>> => {
  const { receipt } = await parts.receipts.load(call.scope, key);
  if (receipt === undefined) return refuse('receipt-not-found', `There is no receipt ${key.receiptId}.`);
  const id = `undo:${key.receiptId}`;
  const may = mayTakeBack(receipt, id);
  if (!may.ok) return may;
  const company = await readCompany(parts.settings, call.scope, key.companyId);
  if (!company.ok) return company;
  const { amount, currency } = receipt;
  const isMine = await isWithinLimit(parts, call, company.value, { currency, original: amount });
  if (!isMine.ok) return isMine;
  if (!isMine.value) return refuse('above-limit', `${key.receiptId} is of ${amount}.`);
  const on = receipt.returns.find((one) => one.id === id)?.on ?? dayAt(call.now, company.value.zone);
  const taken = await takeBack(parts, call, key, { id, kind: 'undone', amount, on }, reason);
  if (!taken.ok) return taken;
  const freed = await settleHeldFor(parts, call, taken.value);
  return freed.ok ? taken : freed;
};
