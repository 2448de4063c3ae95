/**
 * Takes one portion of a receipt back out of its account: its item is open again, its money free on the receipt.
 * From: returns, clerks who divide anew, advices that say otherwise. Next: the account's reversal, then the receipt's.
 */
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { Account } from '../../shared/domain/account.ts';
import { takenBackFacts } from '../../shared/domain/debit-returns.ts';
import { done, type Outcome } from '../../shared/domain/outcome.ts';
import { reversePortion } from '../../shared/domain/post-portion.ts';
import type { MoneyReturn, Portion, Receipt } from '../../shared/domain/receipt.ts';
import { itemsOfUndoing, undoPayment, withdrawReceived } from '../../shared/domain/undo-payment.ts';
import { readCompany } from '../../shared/edge/read-company.ts';
import { changeAccount, changeReceipt, type CashCall, type CashParts } from './cash-parts.ts';

/** The account first, then the receipt: between the two the money is counted in the portion. */
export const reverseOne = async (
  parts: CashParts,
  call: CashCall,
  receipt: Receipt,
  portion: Portion,
  because: string,
  on: MoneyReturn['on'],
): Promise<Outcome<Receipt, ProblemCode>> => {
  const company = await readCompany(parts.settings, call.scope, portion.account.companyId);
  if (!company.ok) return company;
  const isMirror = company.value.mode === 'erpLed' && receipt.standing === 'confirmed';
  const paymentId = portion.paymentId ?? '';
  const of = { ...portion, paymentId };
  const undone = isMirror ? done(undefined) : await undoInAccount(parts, call, receipt, of, because, on);
  if (!undone.ok) return undone;
  if (company.value.mode === 'erpLed') {
    const told = await tellTakenBack(parts, call, receipt, of, because, on);
    if (!told.ok) return told;
  }
  const key = { companyId: receipt.companyId, receiptId: receipt.id };
  return changeReceipt<ProblemCode>(parts, call, key, async (now) =>
    reversePortion(now, portion.id, { entryId: paymentId, because }),
  );
};

const undoInAccount = async (
  parts: CashParts,
  call: CashCall,
  receipt: Receipt,
  portion: Portion & { paymentId: string },
  reason: string,
  on: MoneyReturn['on'],
): Promise<Outcome<undefined, ProblemCode>> => {
  const { hashText } = parts;
  const uses = portion.uses.map(({ itemId }) => itemId);
  const { account: seen } = await parts.accounts.load(call.scope, portion.account, uses);
  const ids = itemsOfUndoing({ portion, hashText }, (itemId) => seen.items.get(itemId));
  const undo = (account: Account) => {
    return (isReceived(account, portion) ? undoPayment : withdrawReceived)(account, {
      receipt,
      portion,
      reason,
      on,
      hashText,
    });
  };
  return changeAccount<undefined, ProblemCode>(parts, call, portion.account, [...new Set(ids)], (account) => {
    const facts = undo(account);
    return facts.ok ? done({ facts: facts.value, value: undefined }) : facts;
  });
};

/** The book is its ERP's, which shows it by its own feed; who collects hears of it at once. */
const tellTakenBack = (
  parts: CashParts,
  call: CashCall,
  { valueOn: receivedOn }: Receipt,
  { account: key, uses, paymentId: receiptId }: Portion & { paymentId: string },
  reason: string,
  on: MoneyReturn['on'],
): Promise<Outcome<undefined, ProblemCode>> =>
  changeAccount(parts, call, key, [...new Set(uses.map(({ itemId }) => itemId))], ({ items }) => {
    const facts = uses.flatMap(({ itemId, amount }) => {
      const item = items.get(itemId);
      if (item === undefined) return [];
      return takenBackFacts(
        item,
        { itemId, receiptId, amount, currency: item.currency, receivedOn, on },
        reason,
      );
    });
    return done({ facts, value: undefined });
  });

/** Received into the book, not noted beside it. */
const isReceived = (account: Account, { paymentId }: { paymentId: string }): boolean =>
  (account.items.get(paymentId)?.original ?? 0) !== 0;
